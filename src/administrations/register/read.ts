import type { SizeClass } from '../../database/schema.ts'
import { columnOf, type RowProblem, readTable, type TableRefusal, type TableRow } from '../csv/table.ts'
import { categoryByName, type Kind, kindOf } from '../kinds.ts'
import { type RegionCode, regionByName, regionOfMunicipality } from '../regions.ts'
import { sizeByName } from '../sizes.ts'

/** One body as the file has it. Undefined: this layout doesn't say, so what is known stays; null: it says there is none. */
export type RegisterRow = {
  line: number
  code: string
  /** The code as it is compared. */
  key: string
  name: string
  category: string | undefined
  kind: Kind | undefined
  region: RegionCode
  municipalityCode: string | null | undefined
  province: string | null | undefined
  taxCode: string | null | undefined
  website: string | null | undefined
  email: string | null | undefined
  sizeClass: SizeClass | null | undefined
}

export type RowReason = RowProblem | 'no_code' | 'no_name' | 'unknown_region' | 'duplicate_code'
export type RejectedRow = { line: number; code: string; reason: RowReason }

/** Why the file as a whole is not taken; a key for `registerReason`. */
export type RegisterRefusal = TableRefusal | `not_a_register:${string}`

export type RegisterReading = { refusal: RegisterRefusal } | { rows: RegisterRow[]; rejected: RejectedRow[] }

/**
 * Reads the national register: the layout of 35 columns that is published today and the older one (`cod_amm`, `des_amm`…),
 * columns in any order, others ignored. Pure; what can't be used is returned with its reason.
 */
export function readRegister(bytes: Uint8Array): RegisterReading {
  const table = readTable(bytes, missingColumns)
  if ('refusal' in table) return table

  const columns = findColumns(table.header)
  const rows: RegisterRow[] = []
  const rejected: RejectedRow[] = []
  const seen = new Set<string>()
  for (const each of table.rows) {
    const row = readRow(each, columns)
    if ('reason' in row) rejected.push(row)
    else if (seen.has(row.key)) rejected.push({ line: row.line, code: row.code, reason: 'duplicate_code' })
    else {
      seen.add(row.key)
      rows.push(row)
    }
  }
  return { rows, rejected }
}

export const codeKey = (code: string): string => code.toLowerCase()

// Columns -----------------------------------------------------------------------------------------------------------

/** Each column by the names that the layouts give it, today's first. */
const names = {
  code: ['codiceipa', 'codamm'],
  name: ['denominazioneente', 'desamm'],
  category: ['codicecategoria'],
  categoryName: ['tipologiaistat'],
  municipality: ['codicecomuneistat'],
  region: ['regione'],
  province: ['provincia'],
  taxCode: ['codicefiscaleente', 'cf'],
  website: ['sitoistituzionale'],
  /** Not in the published register; whoever knows it can add the column. */
  sizeClass: ['classedimensionale', 'dimensione'],
} satisfies Record<string, string[]>

type Columns = Partial<Record<keyof typeof names, number>> & { mails: { address: number; type: number | undefined }[]; old: boolean }

function findColumns(header: string[]): Columns {
  const found = Object.fromEntries(Object.entries(names).map(([name, aliases]) => [name, columnOf(header, aliases)]))
  const mails = [1, 2, 3, 4, 5].flatMap((number) => {
    const address = columnOf(header, [`mail${number}`])
    return address === undefined ? [] : [{ address, type: columnOf(header, [`tipomail${number}`]) }]
  })
  return { ...found, mails, old: columnOf(header, ['codamm']) !== undefined }
}

function missingColumns(header: string[]): RegisterRefusal | null {
  const { code, name, municipality, region } = findColumns(header)
  const missing = [
    code === undefined && 'Codice_IPA',
    name === undefined && 'Denominazione_ente',
    municipality === undefined && region === undefined && 'Codice_comune_ISTAT',
  ].filter((column) => column !== false)
  return missing.length > 0 ? `not_a_register:${missing.join(', ')}` : null
}

// Rows --------------------------------------------------------------------------------------------------------------

function readRow({ line, cells, problem }: TableRow, columns: Columns): RegisterRow | RejectedRow {
  /** Undefined when the layout has no such column, empty when the cell is. */
  const cell = (column: number | undefined) => (column === undefined ? undefined : clean(cells[column] ?? '', columns.old))
  const optional = (column: number | undefined) => (column === undefined ? undefined : cell(column) || null)

  const code = cell(columns.code) ?? ''
  const name = cell(columns.name) ?? ''
  const municipality = municipalityCode(cell(columns.municipality))
  const region = regionOf(municipality, cell(columns.region))
  const reason = problem ?? (code === '' ? 'no_code' : name === '' ? 'no_name' : region === null ? 'unknown_region' : null)
  if (reason || !region) return { line, code, reason: reason ?? 'unknown_region' }

  const category = categoryOf(cell(columns.category), cell(columns.categoryName))
  return {
    line,
    code,
    key: codeKey(code),
    name,
    category,
    kind: category === undefined ? undefined : kindOf(category, name),
    region,
    municipalityCode: municipality,
    province: optional(columns.province),
    taxCode: optional(columns.taxCode),
    website: columns.website === undefined ? undefined : websiteOf(cell(columns.website) ?? ''),
    sizeClass: columns.sizeClass === undefined ? undefined : sizeByName(cell(columns.sizeClass) ?? ''),
    email: columns.mails.length === 0 ? undefined : emailOf(columns.mails.map(({ address, type }) => [cell(address), cell(type)])),
  }
}

/** One line of text; the older layout writes `null` where it has nothing. (`NA` is Napoli.) */
function clean(text: string, old: boolean): string {
  const line = text
    .toWellFormed()
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
    .trim()
  return old && line === 'null' ? '' : line
}

/** Six digits; spreadsheets drop the zeros in front. Null when there is none, undefined when the layout has no such column. */
function municipalityCode(text: string | undefined): string | null | undefined {
  if (text === undefined) return undefined
  return /^\d{4,6}$/.test(text) ? text.padStart(6, '0') : null
}

function regionOf(municipality: string | null | undefined, name: string | undefined): RegionCode | null {
  return (municipality && regionOfMunicipality(municipality)) || (name ? regionByName(name) : null)
}

const categoryOf = (code: string | undefined, name: string | undefined): string | undefined =>
  code?.toUpperCase() || (name && categoryByName(name)) || undefined

/** Some write dashes, or a mail address, where the site should be. */
const websiteOf = (text: string): string | null => (/^[^\s@]+\.[^\s@]{2,}$/.test(text) ? text : null)

/** People read ordinary mail more than certified mail (PEC), so that comes first. */
function emailOf(mails: readonly (readonly [address: string | undefined, type: string | undefined])[]): string | null {
  const usable = mails.flatMap(([address = '', type = '']) =>
    /^[^\s@<>"']+@[^\s@<>"']+\.[a-z]{2,}$/i.test(address) ? [{ address: address.toLowerCase(), pec: type.toLowerCase() === 'pec' }] : [],
  )
  return (usable.find(({ pec }) => !pec) ?? usable[0])?.address ?? null
}
