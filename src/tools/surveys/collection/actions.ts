import { sql } from 'kysely'
import type { Database } from '../../../database/schema.ts'
import { inTransaction, lockRow } from '../../../database/transaction.ts'
import { countResponses, surveyById } from '../queries.ts'
import { type AnswerRefusal, answerRefusal } from '../rules.ts'
import type { Answers, Survey } from '../survey.ts'

type Received = { formKey: string; answers: Answers; today: Temporal.PlainDate }

/**
 * Takes a citizen's answer; the same form again is taken as the one it is. One statement, committed before it returns; where the
 * survey closes at a number, the answers come one after the other. No author and no time of day: nobody is to be recognisable.
 */
export async function receiveAnswer(db: Database, survey: Survey, received: Received): Promise<AnswerRefusal | null> {
  if (survey.mostAnswers === null) {
    if (await insertIfOpen(db, survey.id, received)) return null
    return whyNot(db, survey.id, received)
  }
  return inTransaction(db, async (tx) => {
    await lockRow(tx, 'survey', survey.id)
    if (await isKept(tx, survey.id, received.formKey)) return null
    const refusal = await whyNot(tx, survey.id, received)
    if (!refusal) await insertIfOpen(tx, survey.id, received)
    return refusal
  })
}

/** True when a row was written: the survey takes answers today and the form was not sent before. */
async function insertIfOpen(db: Database, surveyId: number, { formKey, answers, today }: Received): Promise<boolean> {
  const { rows } = await sql<{ id: number }>`
    insert into survey_response (survey_id, source, form_key, answers, received_on)
    select id, 'online', ${formKey}, ${JSON.stringify(answers)}, ${today.toString()} from survey
    where id = ${surveyId} and published_at is not null and closed_at is null and (closes_on is null or closes_on >= ${today.toString()})
    on conflict (survey_id, form_key) do nothing
    returning id`.execute(db)
  return rows.length > 0
}

async function whyNot(db: Database, surveyId: number, { formKey, today }: Received): Promise<AnswerRefusal | null> {
  if (await isKept(db, surveyId, formKey)) return null
  const survey = await surveyById(db, surveyId)
  if (!survey) return 'not_open'
  return answerRefusal(survey, { today, received: await countResponses(db, surveyId) })
}

async function isKept(db: Database, surveyId: number, formKey: string): Promise<boolean> {
  const row = await db
    .selectFrom('survey_response')
    .where('survey_id', '=', surveyId)
    .where('form_key', '=', formKey)
    .select('id')
    .executeTakeFirst()
  return row !== undefined
}
