import type { Selectable } from 'kysely'
import { fromMoment, fromMomentOrNull } from '../../database/moment.ts'
import type { Database, SurveyItemTable } from '../../database/schema.ts'
import { findEnrolment } from '../../pathways/progress/queries.ts'
import type { Person } from '../../web/env.ts'
import type { Dimension, Item, Option, Survey } from './survey.ts'

const surveys = (db: Database) =>
  db
    .selectFrom('survey')
    .innerJoin('enrolment', 'enrolment.id', 'survey.enrolment_id')
    .innerJoin('administration', 'administration.id', 'enrolment.administration_id')
    .selectAll('survey')
    .select(['administration.id as administration_id', 'administration.name as administration'])

type Row = Awaited<ReturnType<ReturnType<typeof surveys>['executeTakeFirstOrThrow']>>

const asSurvey = (row: Row): Survey => ({
  id: row.id,
  enrolmentId: row.enrolment_id,
  administrationId: row.administration_id,
  administration: row.administration,
  repeatsId: row.repeats_id,
  code: row.code,
  title: row.title,
  service: row.service,
  family: row.family,
  points: row.points,
  introduction: row.introduction,
  introductionEn: row.introduction_en,
  reached: row.reached,
  minimumCell: row.minimum_cell,
  closesOn: row.closes_on === null ? null : Temporal.PlainDate.from(row.closes_on),
  mostAnswers: row.most_answers,
  formSecret: row.form_secret,
  revision: row.revision,
  createdAt: fromMoment(row.created_at),
  publishedAt: fromMomentOrNull(row.published_at),
  closedAt: fromMomentOrNull(row.closed_at),
})

/** Any survey, whoever asks; for actions and for the public page. */
export async function surveyById(db: Database, id: number): Promise<Survey | undefined> {
  const row = await surveys(db).where('survey.id', '=', id).executeTakeFirst()
  return row && asSurvey(row)
}

export async function surveyByCode(db: Database, code: string): Promise<Survey | undefined> {
  const row = await surveys(db).where('survey.code', '=', code).executeTakeFirst()
  return row && asSurvey(row)
}

/** The survey, or undefined when there is none on a pathway that this person may see; `ended` when the administration has left it. */
export async function findSurvey(db: Database, id: number, person: Person): Promise<{ survey: Survey; ended: boolean } | undefined> {
  const survey = await surveyById(db, id)
  const enrolment = survey && (await findEnrolment(db, survey.enrolmentId, person))
  return survey && enrolment && { survey, ended: enrolment.endedAt !== null }
}

export type ListedSurvey = Survey & { received: number }

/** The surveys of an enrolment, newest first, with how many answers each has. */
export async function surveysOf(db: Database, enrolmentId: number): Promise<ListedSurvey[]> {
  const rows = await surveys(db)
    .where('survey.enrolment_id', '=', enrolmentId)
    .select((eb) =>
      eb
        .selectFrom('survey_response')
        .whereRef('survey_response.survey_id', '=', 'survey.id')
        .select(({ fn }) => fn.countAll<number>().as('count'))
        .as('received'),
    )
    .orderBy('survey.id', 'desc')
    .execute()
  return rows.map((row) => ({ ...asSurvey(row), received: row.received ?? 0 }))
}

/** The questions in their order. */
export async function itemsOf(db: Database, surveyId: number): Promise<Item[]> {
  const rows = await db.selectFrom('survey_item').where('survey_id', '=', surveyId).orderBy('position').orderBy('id').selectAll().execute()
  return rows.map(asItem)
}

export const asItem = (row: Selectable<SurveyItemTable>): Item => ({
  id: row.id,
  position: row.position,
  code: row.code,
  kind: row.kind,
  dimension: row.dimension as Dimension | null,
  bankKey: row.bank_key,
  it: row.text_it,
  en: row.text_en,
  options: JSON.parse(row.options) as Option[],
})

export async function countResponses(db: Database, surveyId: number): Promise<number> {
  const { count } = await db
    .selectFrom('survey_response')
    .where('survey_id', '=', surveyId)
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  return count
}

/** How many answers came which way. */
export async function countBySource(db: Database, surveyId: number): Promise<Record<'online' | 'paper' | 'import', number>> {
  const rows = await db
    .selectFrom('survey_response')
    .where('survey_id', '=', surveyId)
    .groupBy('source')
    .select(({ fn }) => ['source', fn.countAll<number>().as('count')])
    .execute()
  return { online: 0, paper: 0, import: 0, ...Object.fromEntries(rows.map(({ source, count }) => [source, count])) }
}

/** The re-measurements of this survey, oldest first. */
export async function repetitionsOf(db: Database, surveyId: number): Promise<{ id: number; title: string }[]> {
  return db.selectFrom('survey').where('repeats_id', '=', surveyId).orderBy('id').select(['id', 'title']).execute()
}
