import type { Database } from '../../database/schema.ts'
import { type Imported, importAttendance, type Refused } from '../attendance/import/actions.ts'
import type { Stay } from './bigbluebutton/analytics.ts'
import { peopleById } from './queries.ts'

type Setting = { at: Temporal.Instant; zone: string }

/**
 * Hands what a room tells over to the importer of attendance as a file like any other: it matches, counts and can be undone
 * there; the same again changes nothing. Who came in by our door bears the address we know. Null when nobody was there.
 */
export async function importStays(
  db: Database,
  sessionId: number,
  { stays, fileName }: { stays: readonly Stay[]; fileName: string },
  { at, zone }: Setting,
): Promise<Imported | Refused | null> {
  if (stays.length === 0) return null
  const people = await peopleById(db, [...new Set(stays.flatMap(({ personId }) => personId ?? []))])
  const rows = stays.map(({ personId, name, from, until }) => {
    const known = personId === null ? undefined : people.get(personId)
    return [known?.name ?? name, known?.email ?? '', '', from.toString(), until.toString()]
  })
  const bytes = Buffer.from([header, ...rows].map((row) => row.map(quoted).join(',')).join('\r\n'))
  return importAttendance(db, sessionId, { fileName, bytes }, { by: null, at, zone })
}

/** By its column of moderators the importer knows whose file this is. */
const header = ['Name', 'Email', 'Moderator', 'Join', 'Left']

const quoted = (cell: string) => `"${cell.replaceAll('"', '""').replace(/\p{Cc}+/gu, ' ')}"`
