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
  if (has(/^time (joined|exited)$/)) return 'google_meet'
  if (has(/activity score|moderator|talk time/)) return 'bigbluebutton'
  return 'csv'
}
