import { fold } from '../../../../language/fold.ts'
import type { Columns } from './columns.ts'
import { secondsOf } from './durations.ts'
import type { Grid, Row } from './grid.ts'
import type { Role } from './headers.ts'
import type { Table } from './tables.ts'
import { writtenTime } from './times.ts'

/** What somebody told us about lists of one shape: the role of each column, and whether those listed were there all the time. */
export type LearnedColumns = { roles: (Role | null)[]; whole: boolean }

/** The shape of a list by its headers, however they are spelled; without headers by what stands in each cell of its first row. */
export const shapeOf = (cells: readonly string[], hasHeader: boolean): string =>
  hasHeader ? cells.map(fold).join('\t') : `#${cells.map(kindOf).join('')}`

function kindOf(cell: string): string {
  if (cell === '') return '-'
  if (cell.includes('@')) return 'e'
  if (writtenTime(cell)) return 'd'
  return secondsOf(cell) === null ? 't' : 'n'
}

/** Headers stand near the top, below a title and some lines about the meeting. */
const linesOfTitle = 60

/** The list that begins with headers somebody has told us about; or, without headers, whose first row is of a known shape. */
export function learnedTable(rows: readonly Row[], learned: ReadonlyMap<string, LearnedColumns>): Table | null {
  const filled = rows.filter(({ cells }) => cells.some((cell) => cell !== ''))
  for (const [index, { cells }] of filled.slice(0, linesOfTitle).entries()) {
    const told = learned.get(shapeOf(cells, true))
    if (told) return { ...tableOf(cells, told), rows: filled.slice(index + 1) }
  }
  const first = filled[0]?.cells ?? []
  const told = learned.get(shapeOf(first, false))
  return told ? { ...tableOf([], told), rows: filled } : null
}

const tableOf = (header: string[], { roles, whole }: LearnedColumns) => ({ header, columns: columnsFrom(roles), section: null, whole })

const columnsFrom = (roles: LearnedColumns['roles']): Columns =>
  Object.fromEntries(roles.flatMap((role, index) => (role ? [[role, index]] : [])))

/** The rows under the delimiter that makes the most regular table of at least two columns, the empty ones left out; null where none does. */
export function likeliestRows(grids: readonly Grid[]): Row[] | null {
  const candidates = grids.flatMap((grid) => {
    const rows = 'rows' in grid ? grid.rows.filter(({ cells }) => cells.some((cell) => cell !== '')) : []
    const widths = Map.groupBy(rows, ({ cells }) => cells.length)
    const [width, alike] = [...widths].reduce<[number, number]>(
      (best, [width, { length }]) => (length > best[1] ? [width, length] : best),
      [0, 0],
    )
    return width >= 2 ? [{ rows, regular: alike / rows.length }] : []
  })
  const best = candidates.reduce<(typeof candidates)[number] | null>((a, b) => (a && a.regular >= b.regular ? a : b), null)
  return best?.rows ?? null
}
