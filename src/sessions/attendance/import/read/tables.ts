import { fold } from '../../../../language/fold.ts'
import { type Columns, columnsOf, isTable } from './columns.ts'
import { secondsOf } from './durations.ts'
import type { Row } from './grid.ts'
import { writtenTime } from './times.ts'

/** A header with the rows under it, and the number of the section that it stands in (Teams: `2. Participants`). */
export type Table = { header: string[]; columns: Columns; rows: Row[]; section: number | null }

/** The tables of a file: each begins with a row of plain words and ends at an empty row, a heading, or the next header. */
export function tablesOf(rows: readonly Row[]): Table[] {
  const found: Omit<Table, 'columns'>[] = []
  let current: Omit<Table, 'columns'> | null = null
  let section: number | null = null
  for (const row of rows) {
    const filled = row.cells.filter((cell) => cell !== '')
    if (filled.length <= 1) {
      section = sectionOf(filled[0] ?? '') ?? section
      current = null
    } else if (isHeader(row.cells) && (current === null || isTable(columnsOf(row.cells, [])))) {
      current = { header: row.cells, rows: [], section }
      found.push(current)
    } else current?.rows.push(row)
  }
  return found.map((table) => ({ ...table, columns: columnsOf(table.header, table.rows) }))
}

function sectionOf(heading: string): number | null {
  const number = /^(\d)\. /.exec(heading)
  return number ? Number(number[1]) : null
}

/** Words only: no time, figure or address among them. */
const isHeader = (cells: readonly string[]) => cells.every((cell) => !isValue(cell))
const isValue = (cell: string) =>
  cell.includes('@') || writtenTime(cell) !== null || secondsOf(cell) !== null || /^(-+|yes|no|sì|si)$/i.test(cell)

/** True when one of the table's headers reads so, however it is spelled. */
export const hasHeader = ({ header }: Table, pattern: RegExp) => header.some((cell) => pattern.test(fold(cell)))
