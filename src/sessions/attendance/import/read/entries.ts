import { fold } from '../../../../language/fold.ts'
import { secondsOf, unitIn } from './durations.ts'
import type { Row } from './grid.ts'
import { isPerson, type PersonCells, personIn } from './names.ts'
import type { Table } from './tables.ts'
import { isBareTime, type Written, writtenTime } from './times.ts'

export type IgnoredReason =
  | 'waiting_room'
  | 'not_attended'
  | 'no_name'
  | 'total'
  | 'unreadable_time'
  | 'unreadable_duration'
  | 'left_without_joining'
  | 'leaves_before_joining'
  | 'other_day'
export type Ignored = { line: number; reason: IgnoredReason }

/**
 * One stay of one person as written; day and month are still to be told apart. It is no longer than the `seconds` stated;
 * `whole`: the list says that they were there, and nothing of when.
 */
export type Entry = PersonCells & { line: number; join: Written | null; leave: Written | null; seconds: number | null; whole?: true }
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

function entryOf({ header, columns, whole }: Table, row: Row): Entry | IgnoredReason {
  const cell = (index: number | undefined) => (index === undefined ? '' : (row.cells[index] ?? ''))
  const person = personIn(header, columns, row)
  if (!isPerson(person)) return 'no_name'
  if (isTotal(person)) return 'total'
  if (columns.attended !== undefined && isNo(cell(columns.attended))) return 'not_attended'
  if (columns.waiting !== undefined && isYes(cell(fromTheRight(columns.waiting, header, row)))) return 'waiting_room'

  const [join, leave] = [withDay(cell(columns.date), cell(columns.join)), cell(columns.leave)]
  const seconds = secondsOf(cell(columns.duration), unitIn(fold(header[columns.duration ?? -1] ?? '')))
  const entry = { ...person, line: row.line, join: writtenTime(join), leave: writtenTime(leave), seconds }
  if (isUnreadable(join, entry.join) || isUnreadable(leave, entry.leave)) return 'unreadable_time'
  if (entry.join) return entry
  if (entry.leave) return 'unreadable_time'
  if (whole) return { ...entry, whole: true }
  if (tellsOnlyWho(columns)) return isYes(cell(columns.attended)) ? { ...entry, whole: true } : 'not_attended'
  return entry.seconds === null ? 'unreadable_duration' : entry
}

/** Zoom writes one cell too many for guests, before the last columns. */
const fromTheRight = (index: number, header: readonly string[], { cells }: Row) => index + Math.max(0, cells.length - header.length)

/** A column of days beside times of day. */
const withDay = (day: string, time: string) => (day !== '' && isBareTime(time) ? `${day} ${time}` : time)

/** A sheet of signatures: yes or no, without times. */
const tellsOnlyWho = ({ attended, join, duration }: Table['columns']) =>
  attended !== undefined && join === undefined && duration === undefined

/** The last row of many a sheet is nobody. */
const isTotal = ({ name, email }: PersonCells) =>
  email === null && /^(total[ei]?|totale complessivo|media|average|summe|gesamt)$/.test(fold(name))

const isUnreadable = (cell: string, written: Written | null) => written === null && !/^-*$/.test(cell)
const isNo = (cell: string) => /^(no|non|nein|nao|não|falso|false|assente|absent|a|0|-+)$/i.test(cell.normalize('NFC'))
const isYes = (cell: string) =>
  /^(yes|sì|si|s[iì]'|sí|sim|ja|oui|true|vero|y|s|x|p|1|✓|✔|presente|present|anwesend)$/i.test(cell.normalize('NFC'))
