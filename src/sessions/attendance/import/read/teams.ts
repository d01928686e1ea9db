import { fold } from '../../../../language/fold.ts'
import { type Entries, type Entry, entriesOf } from './entries.ts'
import type { Row } from './grid.ts'
import { isPerson, personIn } from './names.ts'
import type { Table } from './tables.ts'
import { type Written, writtenTime } from './times.ts'
import { verbsIn } from './verbs.ts'

/**
 * The report since 2022, in any language: section 2 has a row a person, section 3 a row a stay. They tell the same minutes
 * twice, so each person is read from section 3, and from 2 only where 3 doesn't know them.
 */
export function teamsReport(tables: readonly Table[]): Entries {
  const section = (number: number) => tables.filter((table) => table.section === number && hasTimes(table)).map(named)
  const [people, stays] = [entriesOf(section(2)), entriesOf(section(3))]
  const known = new Set(stays.entries.map(keyOf))
  const entries = [...people.entries.filter((entry) => !known.has(keyOf(entry))), ...stays.entries]
  const summary = tables.filter(({ section }) => section === 1).flatMap(({ rows }) => rows.flatMap(({ cells }) => cells))
  const ends = [...summary.map(writtenTime), ...entries.map(({ leave }) => leave)].filter((moment) => moment !== null)
  return { entries, ignored: [...people.ignored, ...stays.ignored], ends: ends.filter(({ date }) => date !== null) }
}

export const isTeamsReport = (tables: readonly Table[]) =>
  tables.some((table) => (table.section === 2 || table.section === 3) && hasTimes(table))

const hasTimes = ({ columns }: Table) => columns.join !== undefined
/** In a language whose word for it we don't know, the first column is the name. */
const named = (table: Table): Table => ({ ...table, columns: { name: 0, ...table.columns } })
const keyOf = ({ email, name }: Entry) => email ?? fold(name)

export const isTeamsList = ({ columns }: Table) => columns.action !== undefined && columns.join !== undefined

/** The list of 2020 and 2021: a row each time that somebody joins or leaves. Who doesn't leave stays until the end, as far as the list tells it. */
export function teamsList({ header, columns, rows }: Table): Entries {
  const found: Entries = { entries: [], ignored: [] }
  const open = new Map<string, Entry>()
  const wordOf = ({ cells }: Row) => fold(cells[columns.action ?? -1] ?? '')
  const whoIn = (row: Row) => personIn(header, { name: 0, ...columns }, row)
  const verbs = verbsIn(rows.map((row) => ({ who: fold(whoIn(row).name), word: wordOf(row) })))
  for (const row of rows) {
    const ignore = (reason: Entries['ignored'][number]['reason']) => void found.ignored.push({ line: row.line, reason })
    const person = whoIn(row)
    const moment: Written | null = writtenTime(row.cells[columns.join ?? -1] ?? '')
    const word = wordOf(row)
    const key = fold(person.name)
    if (!isPerson(person)) ignore('no_name')
    else if (!moment || word === '') ignore('unreadable_time')
    else if (verbs.get(word) === 'left') {
      const stay = open.get(key)
      if (!stay) ignore('left_without_joining')
      else stay.leave = moment
      open.delete(key)
    } else if (!open.has(key)) {
      const stay: Entry = { ...person, line: row.line, join: moment, leave: null, seconds: null }
      open.set(key, stay)
      found.entries.push(stay)
    }
  }
  return found
}
