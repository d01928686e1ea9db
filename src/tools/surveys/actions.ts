import { asMoment } from '../../database/moment.ts'
import type { Database, Tx } from '../../database/schema.ts'
import { inTransaction, lockRow } from '../../database/transaction.ts'
import type { Happening } from '../../history/happenings.ts'
import { recordHistory } from '../../history/record.ts'
import { kitOf } from './bank/kits.ts'
import { newFormSecret, newSurveyCode } from './code.ts'
import { itemsOf, surveyById } from './queries.ts'
import { type CloseRefusal, type PublishRefusal, publishRefusal, type RepeatRefusal } from './rules.ts'
import type { Family, Item, Survey } from './survey.ts'

export type Who = { by: { id: number }; at: Temporal.Instant }
type NewSurvey = { enrolmentId: number; title: string; service: string; family: Family; points: number }

/** Prepares a survey with the questions of the family's kit. */
export async function createSurvey(db: Database, survey: NewSurvey, who: Who): Promise<{ id: number }> {
  return inTransaction(db, async (tx) => {
    const id = await insertSurvey(tx, { ...survey, repeatsId: null }, who)
    const kit = kitOf(survey.family).map((item) => ({ ...item, bankKey: item.key, options: item.options ?? [] }))
    await insertItems(tx, id, withCodes(kit))
    await record(tx, id, 'survey_created', who)
    return { id }
  })
}

/** Prepares a re-measurement: the same questions under the same codes, so that the results can be compared. */
export async function repeatSurvey(
  db: Database,
  surveyId: number,
  title: string,
  who: Who,
): Promise<{ id: number } | { refusal: RepeatRefusal }> {
  return inTransaction(db, async (tx) => {
    const first = await surveyById(tx, surveyId)
    if (!first) return { refusal: 'not_found' }
    if (first.publishedAt === null) return { refusal: 'not_published' }
    // The chain is one link long: a third measurement is compared with the first, too.
    const id = await insertSurvey(tx, { ...first, title, repeatsId: first.repeatsId ?? first.id }, who)
    await insertItems(tx, id, await itemsOf(tx, first.id))
    await record(tx, id, 'survey_created', who, { repeats: first.id })
    return { id }
  })
}

type Content = Omit<Item, 'id' | 'position' | 'code'>

/** Scales count Q1, Q2…, choices P1…, texts T1…. */
function withCodes(items: readonly Content[]): Omit<Item, 'id'>[] {
  const counts = { scale: 0, choice: 0, text: 0 }
  return items.map((item, index) => {
    counts[item.kind] += 1
    return { ...item, position: index + 1, code: `${codeLetter[item.kind]}${counts[item.kind]}` }
  })
}

export const codeLetter = { scale: 'Q', choice: 'P', text: 'T' } as const

async function insertSurvey(
  tx: Tx,
  survey: NewSurvey & { repeatsId: number | null; introduction?: string; introductionEn?: string; minimumCell?: number },
  { by, at }: Who,
) {
  const { id } = await tx
    .insertInto('survey')
    .values({
      enrolment_id: survey.enrolmentId,
      repeats_id: survey.repeatsId,
      code: newSurveyCode(),
      title: survey.title,
      service: survey.service,
      family: survey.family,
      points: survey.points,
      introduction: survey.introduction ?? '',
      introduction_en: survey.introductionEn ?? '',
      ...(survey.minimumCell && { minimum_cell: survey.minimumCell }),
      reached: null,
      closes_on: null,
      most_answers: null,
      form_secret: newFormSecret(),
      created_at: asMoment(at),
      created_by: by.id,
      published_at: null,
      published_by: null,
      closed_at: null,
      closed_by: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

export async function insertItems(tx: Tx, surveyId: number, items: readonly Omit<Item, 'id'>[]) {
  if (items.length === 0) return
  await tx
    .insertInto('survey_item')
    .values(
      items.map(({ position, code, kind, dimension, bankKey, it, en, options }) => ({
        survey_id: surveyId,
        position,
        code,
        kind,
        dimension,
        bank_key: bankKey,
        text_it: it,
        text_en: en,
        options: JSON.stringify(options),
      })),
    )
    .execute()
}

export type Settings = Pick<
  Survey,
  'title' | 'service' | 'introduction' | 'introductionEn' | 'reached' | 'minimumCell' | 'closesOn' | 'mostAnswers'
>
export type SettingsOutcome = { saved: true } | { conflict: Survey } | { refusal: 'not_found' }

/** Saves the settings unless a colleague saved others since this person opened them; the same ones are no conflict. */
export async function saveSettings(
  db: Database,
  surveyId: number,
  { settings, revision }: { settings: Settings; revision: number },
  who: Who,
): Promise<SettingsOutcome> {
  return inTransaction(db, async (tx): Promise<SettingsOutcome> => {
    await lockRow(tx, 'survey', surveyId)
    const kept = await surveyById(tx, surveyId)
    if (!kept) return { refusal: 'not_found' }
    if (sameSettings(kept, settings)) return { saved: true }
    if (kept.revision !== revision) return { conflict: kept }
    await tx
      .updateTable('survey')
      .set({
        title: settings.title,
        service: settings.service,
        introduction: settings.introduction,
        introduction_en: settings.introductionEn,
        reached: settings.reached,
        minimum_cell: settings.minimumCell,
        closes_on: settings.closesOn?.toString() ?? null,
        most_answers: settings.mostAnswers,
      })
      .where('id', '=', surveyId)
      .execute()
    await markChanged(tx, surveyId, who)
    return { saved: true }
  })
}

function sameSettings(a: Settings, b: Settings) {
  const shown = ({ title, service, introduction, introductionEn, reached, minimumCell, closesOn, mostAnswers }: Settings) =>
    JSON.stringify([title, service, introduction, introductionEn, reached, minimumCell, closesOn, mostAnswers])
  return shown(a) === shown(b)
}

/** From now on citizens can answer, and the questions stay as they are. */
export async function publishSurvey(
  db: Database,
  surveyId: number,
  { today, ...who }: Who & { today: Temporal.PlainDate },
): Promise<PublishRefusal | null> {
  return inTransaction(db, async (tx) => {
    await lockRow(tx, 'survey', surveyId)
    const survey = await surveyById(tx, surveyId)
    if (!survey) return 'not_found'
    const scales = (await itemsOf(tx, surveyId)).filter(({ kind }) => kind === 'scale').length
    const refusal = publishRefusal(survey, { scales, today })
    if (refusal) return refusal
    await tx
      .updateTable('survey')
      .set({ published_at: asMoment(who.at), published_by: who.by.id })
      .where('id', '=', surveyId)
      .execute()
    await record(tx, surveyId, 'survey_published', who)
    return null
  })
}

/** Takes no more answers from citizens, before the day or number that would close it. */
export async function closeSurvey(db: Database, surveyId: number, who: Who): Promise<CloseRefusal | null> {
  return inTransaction(db, async (tx) => {
    const survey = await surveyById(tx, surveyId)
    if (!survey) return 'not_found'
    if (survey.publishedAt === null) return 'not_open'
    const closed = await tx
      .updateTable('survey')
      .set({ closed_at: asMoment(who.at), closed_by: who.by.id })
      .where('id', '=', surveyId)
      .where('closed_at', 'is', null)
      .executeTakeFirst()
    if (closed.numUpdatedRows === 0n) return 'closed'
    await record(tx, surveyId, 'survey_closed', who)
    return null
  })
}

export async function reopenSurvey(db: Database, surveyId: number, who: Who): Promise<CloseRefusal | null> {
  return inTransaction(db, async (tx) => {
    const opened = await tx
      .updateTable('survey')
      .set({ closed_at: null, closed_by: null })
      .where('id', '=', surveyId)
      .where('closed_at', 'is not', null)
      .executeTakeFirst()
    if (opened.numUpdatedRows === 0n) return 'not_closed'
    await record(tx, surveyId, 'survey_reopened', who)
    return null
  })
}

/** Counts the change, so that a colleague's older form is recognised, and keeps who made it. */
export async function markChanged(tx: Tx, surveyId: number, who: Who, details?: Record<string, unknown>) {
  await tx
    .updateTable('survey')
    .set(({ eb }) => ({ revision: eb('revision', '+', 1) }))
    .where('id', '=', surveyId)
    .execute()
  await record(tx, surveyId, 'survey_changed', who, details)
}

export async function record(tx: Tx, surveyId: number, happening: Happening, { by, at }: Who, details?: Record<string, unknown>) {
  const survey = await surveyById(tx, surveyId)
  await recordHistory(tx, {
    happening,
    subject: 'survey',
    subjectId: surveyId,
    administrationId: survey?.administrationId ?? null,
    by,
    at,
    ...(details && { details }),
  })
}
