import { fold } from '../../../../language/fold.ts'
import type { Row } from './grid.ts'
import { type Role, rolesOf } from './headers.ts'
import { writtenTime } from './times.ts'
import { isJoined, isLeft } from './verbs.ts'

/** Positions of the columns we know; headers decide where we speak their language, else what stands below them. */
export type Columns = Partial<Record<Role, number>>

/** Blocks about the meeting itself look like tables of people. */
const aboutTheMeeting = /^(meeting id|topic|argomento|id riunione|webinar id|tema|thema|sujet|meeting title|titolo riunione)$/

export function columnsOf(header: readonly string[], rows: readonly Row[]): Columns {
  const folded = header.map(fold)
  if (folded.some((name) => aboutTheMeeting.test(name))) return {}

  const columns: Columns = {}
  for (const [index, role] of rolesOf(folded).entries()) if (role) columns[role] = index
  return withShape(columns, header, rows)
}

/** What the headers didn't say, the cells may. */
function withShape(columns: Columns, header: readonly string[], rows: readonly Row[]): Columns {
  const taken = new Set(Object.values(columns))
  const free = (test: (cell: string) => boolean) =>
    header.flatMap((_, index) => (!taken.has(index) && mostly(rows, index, test) ? [index] : []))
  const dated = free((cell) => writtenTime(cell)?.date != null)
  const [email] = free((cell) => cell.includes('@'))
  const [action] = free((cell) => isJoined(cell) || isLeft(cell))
  const found: Columns = defined({ email, action, ...timesByShape(columns, dated), ...columns })
  return defined({ name: header.length > 2 ? nameByShape(found, rows) : undefined, action: actionByShape(found, header, rows), ...found })
}

/** Where one of the two headers is known, the other is the column of dates beside it. */
function timesByShape({ join, leave }: Columns, dated: readonly number[]): Columns {
  if (join === undefined && leave === undefined) return defined({ join: dated[0], leave: dated[1] })
  if (join === undefined) return defined({ join: dated.find((index) => index + 1 === leave) })
  return defined({ leave: dated.find((index) => index - 1 === join) })
}

/** Lists begin with who it is: words there, beside an address or times, are names in whatever language the header is. */
function nameByShape(columns: Columns, rows: readonly Row[]): number | undefined {
  const known = columns.name ?? columns.firstName ?? columns.lastName
  const toldOtherwise = Object.values(columns).includes(0) || (columns.email === undefined && columns.join === undefined)
  return known === undefined && !toldOtherwise && mostly(rows, 0, isWords) ? 0 : undefined
}

/** Who, which of a few words, and when: a list of comings and goings in a language that we don't speak. */
function actionByShape(columns: Columns, header: readonly string[], rows: readonly Row[]): number | undefined {
  const isList = header.length === 3 && columns.join === 2 && columns.leave === undefined && rows.length > 2
  if (!isList || Object.values(columns).includes(1)) return undefined
  const words = new Set(rows.map(({ cells }) => cells[1] ?? ''))
  return words.size <= 4 && words.size < rows.length && mostly(rows, 1, isWords) ? 1 : undefined
}

const isWords = (cell: string) => /\p{L}{2}/u.test(cell) && !cell.includes('@') && writtenTime(cell) === null

function defined(columns: Record<string, number | undefined>): Columns {
  return Object.fromEntries(Object.entries(columns).filter(([, index]) => index !== undefined))
}

/** Of the cells that hold something. */
function mostly(rows: readonly Row[], index: number, test: (cell: string) => boolean) {
  const cells = rows.map(({ cells }) => cells[index] ?? '').filter((cell) => cell !== '')
  return cells.length > 0 && cells.filter(test).length >= cells.length / 2
}

export const isNamed = ({ name, firstName, lastName, email }: Columns) =>
  [name, firstName, lastName, email].some((index) => index !== undefined)

/** Somebody, and something about their time. */
export const isTable = (columns: Columns) =>
  isNamed(columns) && [columns.join, columns.duration, columns.action, columns.attended].some((index) => index !== undefined)
