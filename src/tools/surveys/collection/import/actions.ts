import { createHash } from 'node:crypto'
import { asMoment } from '../../../../database/moment.ts'
import type { Database, Tx } from '../../../../database/schema.ts'
import { inTransaction, lockRow } from '../../../../database/transaction.ts'
import { record, type Who } from '../../actions.ts'
import { countResponses, itemsOf, surveyById } from '../../queries.ts'
import { mostAnswersEver } from '../../rules.ts'
import type { Survey } from '../../survey.ts'
import { type ImportedRow, type ImportRefusal, type Layout, type ReadFile, readAnswerFile } from './read.ts'

export type ImportPreview = ReadFile & {
  /** Rows that came with an earlier file, by their number. */
  known: number
  fresh: ImportedRow[]
  alreadyImported: boolean
}
export type Refused = { refusal: ImportRefusal | 'not_published' | 'full' | 'nothing_new' }

/** What importing the file would do; nothing is written. */
export async function previewAnswers(db: Database, survey: Survey, bytes: Uint8Array): Promise<ImportPreview | Refused> {
  if (survey.publishedAt === null) return { refusal: 'not_published' }
  const read = readAnswerFile(bytes, survey, await itemsOf(db, survey.id))
  if ('refusal' in read) return read
  const hash = hashOf(bytes)
  const alreadyImported = await isStanding(db, survey.id, hash)
  const fresh = await freshRows(db, survey.id, read, hash)
  return { ...read, fresh, known: read.rows.length - fresh.length, alreadyImported }
}

type File = { fileName: string; bytes: Uint8Array; today: Temporal.PlainDate }

/** Keeps the rows that are new, all or none; a file that was imported before changes nothing. */
export async function importAnswers(
  db: Database,
  surveyId: number,
  { fileName, bytes, today }: File,
  who: Who,
): Promise<{ answers: number } | Refused> {
  return inTransaction(db, async (tx): Promise<{ answers: number } | Refused> => {
    await lockRow(tx, 'survey', surveyId)
    const survey = await surveyById(tx, surveyId)
    if (!survey) return { refusal: 'not_published' }
    const preview = await previewAnswers(tx, survey, bytes)
    if ('refusal' in preview) return preview
    const { fresh, layout } = preview
    if (fresh.length === 0 || preview.alreadyImported) return { refusal: 'nothing_new' }
    if ((await countResponses(tx, surveyId)) + fresh.length > mostAnswersEver) return { refusal: 'full' }

    const hash = hashOf(bytes)
    const { id } = await tx
      .insertInto('survey_import')
      .values({
        survey_id: surveyId,
        file_name: fileName,
        layout,
        content_hash: hash,
        standing_hash: hash,
        answers: fresh.length,
        imported_at: asMoment(who.at),
        imported_by: who.by.id,
        undone_at: null,
        undone_by: null,
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    await insertRows(tx, { surveyId, importId: id, layout, hash, today }, fresh)
    await record(tx, surveyId, 'survey_answers_imported', who, { import: id, answers: fresh.length, layout })
    return { answers: fresh.length }
  })
}

const rowsAtOnce = 500

async function insertRows(
  tx: Tx,
  {
    surveyId,
    importId,
    layout,
    hash,
    today,
  }: { surveyId: number; importId: number; layout: Layout; hash: string; today: Temporal.PlainDate },
  rows: readonly ImportedRow[],
) {
  for (let from = 0; from < rows.length; from += rowsAtOnce)
    await tx
      .insertInto('survey_response')
      .values(
        rows.slice(from, from + rowsAtOnce).map((row) => ({
          survey_id: surveyId,
          source: 'import' as const,
          form_key: rowKey(row, layout, hash),
          answers: JSON.stringify(row.answers),
          received_on: today.toString(),
          keyed_by: null,
          survey_import_id: importId,
        })),
      )
      .execute()
}

/**
 * A numbered row that says the same is known in whatever file it comes, so that a longer export can be imported after a shorter
 * one; two offices that both began to count at 1 don't meet. Rows without a number are known by the file and their line.
 */
function rowKey({ number, line, answers }: ImportedRow, layout: Layout, hash: string): string {
  if (number === null) return `file-${hash.slice(0, 24)}-${line}`
  return `${layout}-${number.slice(0, 40)}-${hashOf(JSON.stringify(answers)).slice(0, 16)}`
}

/** The rows that no import has brought yet; of two with one number the first. */
async function freshRows(db: Database, surveyId: number, { rows, layout }: ReadFile, hash: string): Promise<ImportedRow[]> {
  const kept = await db
    .selectFrom('survey_response')
    .where('survey_id', '=', surveyId)
    .where('source', '=', 'import')
    .select('form_key')
    .execute()
  const taken = new Set(kept.map(({ form_key }) => form_key))
  return rows.filter((row) => {
    const key = rowKey(row, layout, hash)
    if (taken.has(key)) return false
    taken.add(key)
    return true
  })
}

const hashOf = (bytes: Uint8Array | string) => createHash('sha256').update(bytes).digest('hex')

async function isStanding(db: Database, surveyId: number, hash: string): Promise<boolean> {
  const row = await db
    .selectFrom('survey_import')
    .where('survey_id', '=', surveyId)
    .where('standing_hash', '=', hash)
    .select('id')
    .executeTakeFirst()
  return row !== undefined
}

/** Takes an import's answers out again; null when it was undone already or is not of this survey. */
export async function undoImport(
  db: Database,
  { surveyId, importId }: { surveyId: number; importId: number },
  who: Who,
): Promise<{ removed: number } | null> {
  return inTransaction(db, async (tx) => {
    const undone = await tx
      .updateTable('survey_import')
      .set({ undone_at: asMoment(who.at), undone_by: who.by.id, standing_hash: null })
      .where('id', '=', importId)
      .where('survey_id', '=', surveyId)
      .where('undone_at', 'is', null)
      .executeTakeFirst()
    if (undone.numUpdatedRows === 0n) return null
    const ofImport = tx.selectFrom('survey_response').where('survey_import_id', '=', importId).select('id')
    await tx.deleteFrom('survey_hidden_text').where('survey_response_id', 'in', ofImport).execute()
    const { numDeletedRows } = await tx.deleteFrom('survey_response').where('survey_import_id', '=', importId).executeTakeFirst()
    await record(tx, surveyId, 'survey_import_undone', who, { import: importId, answers: Number(numDeletedRows) })
    return { removed: Number(numDeletedRows) }
  })
}
