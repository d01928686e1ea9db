import { emailField } from '../../web/forms.ts'
import { columnOf, type RowProblem, readTable, type TableRefusal, type TableRow } from '../csv/table.ts'
import { codeKey } from '../register/read.ts'

export type ReferentRow = { line: number; name: string; email: string; key: string }
export type ReferentRowReason =
  | RowProblem
  | 'no_name'
  | 'bad_email'
  | 'no_code'
  | 'repeated'
  | 'unknown_administration'
  | 'closed_administration'
export type RejectedReferent = { line: number; email: string; reason: ReferentRowReason }

export type ReferentRefusal = TableRefusal | 'not_referents'

export type ReferentReading = { refusal: ReferentRefusal } | { rows: ReferentRow[]; rejected: RejectedReferent[] }

/** Reads a list of referents: name (in one column or two), e-mail, code of the administration; headings in Italian or English. */
export function readReferents(bytes: Uint8Array): ReferentReading {
  const table = readTable(bytes, (header) => (findColumns(header) ? null : ('not_referents' as const)))
  if ('refusal' in table) return table
  const columns = findColumns(table.header)
  if (!columns) return { refusal: 'not_referents' }

  const rows: ReferentRow[] = []
  const rejected: RejectedReferent[] = []
  const seen = new Set<string>()
  for (const each of table.rows) {
    const row = readRow(each, columns)
    if ('reason' in row) rejected.push(row)
    else if (seen.has(`${row.key} ${row.email}`)) rejected.push({ line: row.line, email: row.email, reason: 'repeated' })
    else {
      seen.add(`${row.key} ${row.email}`)
      rows.push(row)
    }
  }
  return { rows, rejected }
}

type Columns = { name: number; surname: number | undefined; email: number; code: number }

function findColumns(header: readonly string[]): Columns | null {
  const whole = columnOf(header, ['nomeecognome', 'cognomeenome', 'nominativo', 'referente', 'fullname'])
  const name = whole ?? columnOf(header, ['nome', 'name', 'firstname', 'givenname'])
  const email = columnOf(header, [
    'email',
    'mail',
    'posta',
    'postaelettronica',
    'indirizzoemail',
    'emailaddress',
    'indirizzodipostaelettronica',
  ])
  const code = columnOf(header, [
    'codiceipa',
    'codice',
    'ipa',
    'code',
    'ipacode',
    'codamm',
    'codiceamministrazione',
    'administrationcode',
    'administration',
    'amministrazione',
  ])
  if (name === undefined || email === undefined || code === undefined) return null
  return {
    name,
    surname: whole === undefined ? columnOf(header, ['cognome', 'surname', 'lastname', 'familyname']) : undefined,
    email,
    code,
  }
}

function readRow({ line, cells, problem }: TableRow, columns: Columns): ReferentRow | RejectedReferent {
  const cell = (column: number | undefined) => (column === undefined ? '' : clean(cells[column] ?? ''))
  const name = [cell(columns.name), cell(columns.surname)].filter(Boolean).join(' ').slice(0, 120)
  const code = cell(columns.code)
  const { success, data: email } = emailField.safeParse(cell(columns.email))
  const reason = problem ?? (!success ? 'bad_email' : name === '' ? 'no_name' : code === '' ? 'no_code' : null)
  return reason || !success
    ? { line, email: cell(columns.email), reason: reason ?? 'bad_email' }
    : { line, name, email, key: codeKey(code) }
}

const clean = (text: string) =>
  text
    .toWellFormed()
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
    .trim()
