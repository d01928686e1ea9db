import type { Database } from '../../../database/schema.ts'
import { countResponses, itemsOf, surveyById } from '../queries.ts'
import type { Answers, Item, Source, Survey } from '../survey.ts'

/** What was answered to a survey, one entry a person, in the order of arrival. */
export async function answersTo(db: Database, surveyId: number): Promise<Answers[]> {
  const rows = await db.selectFrom('survey_response').where('survey_id', '=', surveyId).orderBy('id').select('answers').execute()
  return rows.map(({ answers }) => JSON.parse(answers) as Answers)
}

export type ResponseRow = { id: number; source: Source; receivedOn: string; answers: Answers }

/** The same with how and on which day each came; for the administration's own files. */
export async function responsesTo(db: Database, surveyId: number): Promise<ResponseRow[]> {
  const rows = await db
    .selectFrom('survey_response')
    .where('survey_id', '=', surveyId)
    .orderBy('id')
    .select(['id', 'source', 'received_on', 'answers'])
    .execute()
  return rows.map((row) => ({ id: row.id, source: row.source, receivedOn: row.received_on, answers: JSON.parse(row.answers) as Answers }))
}

export type Collected = { survey: Survey; items: Item[]; answers: Answers[] }

/** A survey with its questions and answers; undefined where there is none. Three queries, however many answers. */
export async function collectedBy(db: Database, surveyId: number): Promise<Collected | undefined> {
  const survey = await surveyById(db, surveyId)
  return survey && { survey, items: await itemsOf(db, surveyId), answers: await answersTo(db, surveyId) }
}

/** The newest published survey of an enrolment that has answers. */
export async function latestAnswered(db: Database, enrolmentId: number): Promise<number | null> {
  const rows = await db
    .selectFrom('survey')
    .where('enrolment_id', '=', enrolmentId)
    .where('published_at', 'is not', null)
    .orderBy('id', 'desc')
    .select('id')
    .execute()
  for (const { id } of rows) if ((await countResponses(db, id)) > 0) return id
  return null
}
