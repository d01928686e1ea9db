import { type RowProblem, readTable, type TableRefusal } from '../../../../administrations/csv/table.ts'
import { arrayCode } from '../../questionnaire/limesurvey.ts'
import { type AnswerProblem, readAnswers } from '../../questionnaire/read.ts'
import type { Answers, Item, Survey } from '../../survey.ts'

export type Layout = 'own' | 'limesurvey'
/** A row that counts; `number` is its own number in the file it came from, where it has one. */
export type ImportedRow = { line: number; number: string | null; answers: Answers }
export type SkippedRow = { line: number; reason: RowProblem | 'empty' | 'not_finished' | { field: string; problem: AnswerProblem } }
export type ImportRefusal = TableRefusal | 'no_columns' | 'too_many_rows'
export type ReadFile = { layout: Layout; rows: ImportedRow[]; skipped: SkippedRow[]; unknown: string[] }

export const mostRows = 20_000

/**
 * Answers out of a CSV file of either layout. Our own has a column a field: `Q1_S` and `Q1_I` for the two scales, `P1`, `T1`,
 * and `numero` for the row's own number. LimeSurvey's export "by question code" has `SATACCE[Q1]` (older ones `SATACCE_Q1`),
 * `id` and `submitdate`: who did not finish is left out. Points may be written `4` or `A4`, as LimeSurvey numbers its answers.
 */
export function readAnswerFile(
  bytes: Uint8Array,
  survey: Pick<Survey, 'points'>,
  items: readonly Item[],
): ReadFile | { refusal: ImportRefusal } {
  const columns = columnsOf(items)
  const known = (name: string) => columns.get(plain(name))
  const table = readTable(bytes, (header) => (header.some((name) => known(name)) ? null : 'no_columns'))
  if ('refusal' in table) return table
  if (table.rows.length > mostRows) return { refusal: 'too_many_rows' }

  const fields = table.header.map(known)
  const numberAt = table.header.findIndex((name) => numberColumns.includes(plain(name)))
  const submittedAt = table.header.findIndex((name) => plain(name) === 'submitdate')
  const layout = fields.some((field) => field?.layout === 'limesurvey') || submittedAt !== -1 ? 'limesurvey' : 'own'
  const unknown = table.header.filter((name, index) => !fields[index] && index !== numberAt && !isLimeSurveysOwn(name))

  const read: ReadFile = { layout, rows: [], skipped: [], unknown }
  for (const { line, cells, problem } of table.rows) {
    const skip = (reason: SkippedRow['reason']) => void read.skipped.push({ line, reason })
    if (problem) skip(problem)
    else if (submittedAt !== -1 && isUnset(cells[submittedAt])) skip('not_finished')
    else {
      const typed = Object.fromEntries(fields.flatMap((field, index) => (field ? [[field.name, pointIn(field, cells[index] ?? '')]] : [])))
      const { answers, problems } = readAnswers(items, survey.points, typed)
      const [wrong] = Object.entries(problems)
      if (wrong) skip({ field: wrong[0], problem: wrong[1] })
      else if (Object.keys(answers).length === 0) skip('empty')
      else read.rows.push({ line, number: cells[numberAt]?.trim() || null, answers })
    }
  }
  return read
}

type Field = { name: string; layout: Layout | 'both'; scale: boolean }

/** Which field each column holds, by its name in lower case without spaces. */
function columnsOf(items: readonly Item[]): Map<string, Field> {
  const columns = new Map<string, Field>()
  for (const { kind, code, dimension } of items) {
    if (kind !== 'scale') columns.set(plain(code), { name: code, layout: 'both', scale: false })
    else
      for (const scale of ['s', 'i'] as const) {
        const name = `${code}_${scale}`
        columns.set(plain(name), { name, layout: 'own', scale: true })
        if (!dimension) continue
        const array = arrayCode(scale, dimension)
        for (const written of [`${array}[${code}]`, `${array}_${code}`])
          columns.set(plain(written), { name, layout: 'limesurvey', scale: true })
      }
  }
  return columns
}

const plain = (name: string) => name.trim().toLowerCase().replace(/\s+/g, '')
const numberColumns = ['numero', 'number', 'id', 'idrisposta', 'responseid']

const isLimeSurveysOwn = (name: string) =>
  ['submitdate', 'lastpage', 'startlanguage', 'seed', 'startdate', 'datestamp', 'data', 'date'].includes(plain(name))

/** LimeSurvey writes dates of 1980 for answers without one. */
const isUnset = (date: string | undefined) => !date?.trim() || date.startsWith('1980-01-01')

/** `A4` is LimeSurvey's fourth answer; `N/A` and `-oth-` are none. */
function pointIn({ scale }: Field, cell: string): string {
  const text = cell.trim()
  if (text === 'N/A' || text === '-oth-') return ''
  return scale ? text.replace(/^A(?=\d+$)/i, '') : text
}
