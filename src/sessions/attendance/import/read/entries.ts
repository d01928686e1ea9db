import { secondsOf } from './durations.ts'
import type { Row } from './grid.ts'
import { isPerson, type PersonCells, personIn } from './names.ts'
import type { Table } from './tables.ts'
import { type Written, writtenTime } from './times.ts'

export type IgnoredReason =
  | 'waiting_room'
  | 'not_attended'
  | 'no_name'
  | 'unreadable_time'
  | 'unreadable_duration'
  | 'left_without_joining'
  | 'leaves_before_joining'
  | 'other_day'
export type Ignored = { line: number; reason: IgnoredReason }

/** One stay of one person as written; day and month are still to be told apart. It is no longer than the `seconds` stated. */
export type Entry = PersonCells & { line: number; join: Written | null; leave: Written | null; seconds: number | null }
/** `ends`: moments of which the last may be the meeting's end; without, who doesn't leave stays until the session's. */
export type Entries = { entries: Entry[]; ignored: Ignored[]; ends?: Written[] }

/** Rows that each tell one stay. */
export function entriesOf(tables: readonly Table[]): Entries {
  const found: Entries = { entries: [], ignored: [] }
  for (const table of tables)
    for (const row of table.rows) {
      const entry = entryOf(table, row)
      if (typeof entry === 'string') found.ignored.push({ line: row.line, reason: entry })
      else found.entries.push(entry)
    }
  return found
}

function entryOf({ header, columns }: Table, row: Row): Entry | IgnoredReason {
  const cell = (index: number | undefined) => (index === undefined ? '' : (row.cells[index] ?? ''))
  const person = personIn(header, columns, row)
  if (!isPerson(person)) return 'no_name'
  if (columns.attended !== undefined && isNo(cell(columns.attended))) return 'not_attended'
  if (columns.waiting !== undefined && isYes(cell(fromTheRight(columns.waiting, header, row)))) return 'waiting_room'

  const [join, leave] = [cell(columns.join), cell(columns.leave)]
  const seconds = secondsOf(cell(columns.duration))
  const entry = { ...person, line: row.line, join: writtenTime(join), leave: writtenTime(leave), seconds }
  if (isUnreadable(join, entry.join) || isUnreadable(leave, entry.leave)) return 'unreadable_time'
  if (entry.join) return entry
  if (entry.leave) return 'unreadable_time'
  return entry.seconds === null ? 'unreadable_duration' : entry
}

/** Zoom writes one cell too many for guests, before the last columns. */
const fromTheRight = (index: number, header: readonly string[], { cells }: Row) => index + Math.max(0, cells.length - header.length)

const isUnreadable = (cell: string, written: Written | null) => written === null && !/^-*$/.test(cell)
const isNo = (cell: string) => /^(no|non|nein|falso|false|-+)$/i.test(cell)
const isYes = (cell: string) => /^(yes|sì|si|s[iì]'|sí|ja|oui|true|vero|y)$/i.test(cell.normalize('NFC'))
