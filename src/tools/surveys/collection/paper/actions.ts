import type { Database } from '../../../../database/schema.ts'
import { inTransaction, lockRow } from '../../../../database/transaction.ts'
import { record, type Who } from '../../actions.ts'
import { countResponses, surveyById } from '../../queries.ts'
import { mostAnswersEver } from '../../rules.ts'
import type { Answers } from '../../survey.ts'

export type KeyRefusal = 'not_published' | 'sheet_taken' | 'full' | 'nothing' | 'not_found'
type Sheet = { number: number; answers: Answers; today: Temporal.PlainDate }

/** Keeps what stood on a sheet of paper; each numbered sheet once. Paper may be keyed in after the collection has closed. */
export async function keyIn(db: Database, surveyId: number, { number, answers, today }: Sheet, who: Who): Promise<KeyRefusal | null> {
  if (Object.keys(answers).length === 0) return 'nothing'
  return inTransaction(db, async (tx) => {
    await lockRow(tx, 'survey', surveyId)
    const survey = await surveyById(tx, surveyId)
    if (!survey) return 'not_found'
    if (survey.publishedAt === null) return 'not_published'
    if ((await countResponses(tx, surveyId)) >= mostAnswersEver) return 'full'
    const kept = await tx
      .insertInto('survey_response')
      .values({
        survey_id: surveyId,
        source: 'paper',
        form_key: sheetKey(number),
        answers: JSON.stringify(answers),
        received_on: today.toString(),
        keyed_by: who.by.id,
        survey_import_id: null,
      })
      .onConflict((conflict) => conflict.columns(['survey_id', 'form_key']).doNothing())
      .returning('id')
      .executeTakeFirst()
    if (!kept) return 'sheet_taken'
    await record(tx, surveyId, 'survey_answer_keyed', who, { sheet: number })
    return null
  })
}

export const sheetKey = (number: number) => `paper-${String(number).padStart(6, '0')}`
export const sheetNumber = (formKey: string) => Number(formKey.slice('paper-'.length))

/** Takes a mistaken sheet out, to key it in again. */
export async function removeSheet(db: Database, surveyId: number, number: number, who: Who): Promise<KeyRefusal | null> {
  return inTransaction(db, async (tx) => {
    const sheet = await tx
      .selectFrom('survey_response')
      .where('survey_id', '=', surveyId)
      .where('source', '=', 'paper')
      .where('form_key', '=', sheetKey(number))
      .select('id')
      .executeTakeFirst()
    if (!sheet) return 'not_found'
    await tx.deleteFrom('survey_hidden_text').where('survey_response_id', '=', sheet.id).execute()
    await tx.deleteFrom('survey_response').where('id', '=', sheet.id).execute()
    await record(tx, surveyId, 'survey_answer_removed', who, { sheet: number })
    return null
  })
}

/** The sheets keyed in last, and the number that the next one would have. */
export async function lastSheets(db: Database, surveyId: number): Promise<{ sheets: number[]; next: number }> {
  const rows = await db
    .selectFrom('survey_response')
    .where('survey_id', '=', surveyId)
    .where('source', '=', 'paper')
    .orderBy('form_key', 'desc')
    .limit(10)
    .select('form_key')
    .execute()
  const sheets = rows.map(({ form_key }) => sheetNumber(form_key))
  return { sheets, next: (sheets[0] ?? 0) + 1 }
}
