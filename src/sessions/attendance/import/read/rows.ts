import { type Entries, entriesOf } from './entries.ts'
import { hasHeader, type Table } from './tables.ts'

/** Zoom, Meet, BigBlueButton and plain lists: a row a stay. Only a webinar's report has several such tables, one a role. */
export function rowsReport(tables: readonly Table[]): Entries {
  const largest = tables.reduce((best, table) => (table.rows.length > best.rows.length ? table : best))
  return entriesOf(isWebinar(tables) ? tables : [largest])
}

const isWebinar = (tables: readonly Table[]) => tables.some(({ columns }) => columns.attended !== undefined && columns.join !== undefined)

export function providerOf(tables: readonly Table[]): string {
  const has = (pattern: RegExp) => tables.some((table) => hasHeader(table, pattern))
  if (has(/upn/)) return 'teams'
  if (isWebinar(tables)) return 'zoom_webinar'
  if (has(/waiting room|sala d'?attesa|original|user email|recording consent|guest/)) return 'zoom'
  if (has(/activity score|punteggio (di )?attivita|moderator|talk time/)) return 'bigbluebutton'
  if (tables.some(isMeet)) return 'google_meet'
  return tables.some(isTeams) ? 'teams' : 'csv'
}

/** Six columns in any language: two names, address, duration, two times of day. */
const isMeet = ({ header, columns: { firstName, lastName, email, duration, join, leave } }: Table) =>
  header.length === 6 && ![firstName, lastName, email, duration, join, leave].includes(undefined)

/** Teams of 2021: name, two times, duration, address and the role in the meeting. */
const isTeams = (table: Table) => {
  const { name, email, duration, join, leave } = table.columns
  return hasHeader(table, /^(role|ruolo|rolle|rol|funcao|rola)$/) && ![name, email, duration, join, leave].includes(undefined)
}
