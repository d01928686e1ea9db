import { fold } from '../../../../language/fold.ts'
import { type Columns, columnsOf, isTable } from './columns.ts'
import { secondsOf } from './durations.ts'
import type { Row } from './grid.ts'
import { type Role, rolesOf } from './headers.ts'
import { writtenTime } from './times.ts'

/**
 * A header with the rows under it, and the number of the section that it stands in (Teams: `2. Participants`). `whole`:
 * whoever is listed was there all the time.
 */
export type Table = { header: string[]; columns: Columns; rows: Row[]; section: number | null; whole?: boolean }

type Begun = Omit<Table, 'columns' | 'whole'>

/** The tables of a file: each begins with a row of plain words and ends at a heading or at the next header, not at an empty row. */
export function tablesOf(rows: readonly Row[]): Table[] {
  const found: Begun[] = []
  let current: Begun | null = null
  let section: number | null = null
  const filled = filledRows(rows)
  for (const [index, each] of filled.entries()) {
    const only = each.texts.length === 1 ? each.texts[0] : undefined
    if (only !== undefined && isHeading(only, current, filled[index + 1])) {
      section = sectionOf(only) ?? section
      current = null
    } else if (current && isAgain(each.row, current)) continue
    else if (current?.rows.length === 0 && isSecondHeader(each.row, current)) current.header = bothHeaders(current.header, each.row.cells)
    else if (only === undefined && beginsTable(each, current)) {
      current = { header: each.row.cells, rows: [], section }
      found.push(current)
    } else if (current) current.rows.push(each.row)
    else if (section === 1) found.push({ header: [], rows: [each.row], section })
  }
  return found.map(withColumns)
}

/** `texts`: the cells that hold something. `afterGap`: an empty row stands before. */
type Filled = { row: Row; texts: string[]; afterGap: boolean }

function filledRows(rows: readonly Row[]): Filled[] {
  const texts = rows.map(({ cells }) => cells.filter((cell) => cell !== ''))
  return rows
    .map((row, index) => ({ row, texts: texts[index] ?? [], afterGap: texts[index - 1]?.length === 0 }))
    .filter((each) => each.texts.length > 0)
}

const withColumns = (table: Begun): Table => ({ ...table, columns: columnsOf(table.header, table.rows) })

/** A single word in a table may also be somebody without times. */
const isHeading = (text: string, current: Begun | null, next: Filled | undefined) =>
  current === null || sectionOf(text) !== null || (next !== undefined && next.texts.length > 1 && isHeader(next.row.cells))

/** After an empty row, words in as many cells as before are one more row, unless nobody is listed above. */
function beginsTable({ row, afterGap }: Filled, current: Begun | null) {
  if (!isHeader(row.cells)) return false
  if (current === null || isTable(columnsOf(row.cells, []))) return true
  // A few rows tell: all of them, again after each gap, would take minutes in a hostile file.
  const above = { ...current, rows: current.rows.slice(0, 20) }
  return afterGap && (row.cells.length !== current.header.length || !isTable(withColumns(above).columns))
}

function sectionOf(heading: string): number | null {
  const number = /^(\d)\. /.exec(heading)
  return number ? Number(number[1]) : null
}

/** Files joined together repeat their header. */
const isAgain = ({ cells }: Row, { header }: Begun) => header.join('\t') === cells.join('\t')

const named: readonly (Role | null)[] = ['name', 'firstName', 'lastName', 'email', 'otherEmail']

/** Two rows of headers, one under the other: the second says more, and nobody's name stands where names will. */
function isSecondHeader({ cells }: Row, { header }: Begun) {
  if (!isHeader(cells)) return false
  const [above, below] = [rolesOf(header.map(fold)), rolesOf(cells.map(fold))]
  const isNobody = above.every(
    (role, index) => !named.includes(role) || (cells[index] ?? '') === '' || named.includes(below[index] ?? null),
  )
  return isNobody && below.some((role) => role !== null)
}

function bothHeaders(above: readonly string[], below: readonly string[]): string[] {
  const known = rolesOf(below.map(fold))
  const width = Math.max(above.length, below.length)
  return Array.from({ length: width }, (_, index) => {
    const [first = '', second = ''] = [above[index], below[index]]
    return known[index] || first === '' ? second : first
  })
}

/** Words only: no time, figure or address among them. */
const isHeader = (cells: readonly string[]) => cells.every((cell) => !isValue(cell))
const isValue = (cell: string) =>
  cell.includes('@') || writtenTime(cell) !== null || secondsOf(cell) !== null || /^(-+|yes|no|sì|si)$/i.test(cell)

/** True when one of the table's headers reads so, however it is spelled. */
export const hasHeader = ({ header }: Table, pattern: RegExp) => header.some((cell) => pattern.test(fold(cell)))
