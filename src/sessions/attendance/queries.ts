import { seenBy } from '../../administrations/queries.ts'
import { fromMoment } from '../../database/moment.ts'
import type { Database } from '../../database/schema.ts'
import type { Person } from '../../web/env.ts'
import { registeredSeenBy } from '../registration/queries.ts'
import type { AttendanceSource, AttendanceStatus, Recorded } from './rules.ts'

export type Attendee = {
  personId: number
  name: string
  email: string
  administrationId: number
  administration: string
  recorded: { status: AttendanceStatus; minutes: number; source: AttendanceSource; reason: string | null } | null
}

/** Who registered or was there, as far as this person may see them, by name; two queries. */
export async function attendeesSeenBy(db: Database, sessionId: number, person: Person): Promise<Attendee[]> {
  const registered = await registeredSeenBy(db, sessionId, person)
  const rows = await db
    .selectFrom('attendance')
    .innerJoin('person', 'person.id', 'attendance.person_id')
    .innerJoin('administration', 'administration.id', 'attendance.administration_id')
    .where('attendance.session_id', '=', sessionId)
    .where((eb) => seenBy(eb, person))
    .select([
      'person.id as personId',
      'person.name',
      'person.email',
      'administration.id as administrationId',
      'administration.name as administration',
      'attendance.status',
      'attendance.minutes',
      'attendance.source',
      'attendance.reason',
    ])
    .execute()
  const attended = rows.map(({ status, minutes, source, reason, ...row }) => ({ ...row, recorded: { status, minutes, source, reason } }))
  const known = new Set(attended.map(({ personId }) => personId))
  const others = registered.filter(({ personId }) => !known.has(personId)).map((row) => ({ ...row, recorded: null }))
  return [...attended, ...others].toSorted((a, b) => a.name.localeCompare(b.name, 'it') || a.personId - b.personId)
}

/** What is recorded already, by person. */
export async function recordedIn(db: Database, sessionId: number): Promise<Map<number, Recorded & { id: number }>> {
  const rows = await db
    .selectFrom('attendance')
    .where('session_id', '=', sessionId)
    .select(['id', 'person_id', 'administration_id as administrationId', 'status', 'minutes', 'source'])
    .execute()
  return new Map(rows.map(({ person_id, ...row }) => [person_id, row]))
}

export type ReferentFound = { personId: number; name: string; administrationId: number; administration: string }

/** The administrations of a referent, as far as this person may see them. */
export async function referentsByEmail(db: Database, email: string, person: Person): Promise<ReferentFound[]> {
  return db
    .selectFrom('referent')
    .innerJoin('person', 'person.id', 'referent.person_id')
    .innerJoin('administration', 'administration.id', 'referent.administration_id')
    .where('person.email', '=', email)
    .where('referent.until', 'is', null)
    .where((eb) => seenBy(eb, person))
    .orderBy('administration.search_text')
    .select(['person.id as personId', 'person.name', 'administration.id as administrationId', 'administration.name as administration'])
    .execute()
}

export type Attended = { sessionId: number; title: string; startsAt: Temporal.Instant; people: number; minutes: number }

/** The sessions of a module at which the administration was there, the latest first; numbers, no names. */
export async function attendedByAdministration(
  db: Database,
  { moduleId, administrationId, limit }: { moduleId: number; administrationId: number; limit: number },
): Promise<Attended[]> {
  const rows = await db
    .selectFrom('attendance')
    .innerJoin('session', 'session.id', 'attendance.session_id')
    .where('session.module_id', '=', moduleId)
    .where('attendance.administration_id', '=', administrationId)
    .where('attendance.status', 'in', ['present', 'partial'])
    .groupBy(['session.id', 'session.title', 'session.starts_at'])
    .select(['session.id as sessionId', 'session.title', 'session.starts_at'])
    .select((eb) => [eb.fn.countAll<number>().as('people'), eb.fn.max('attendance.minutes').as('minutes')])
    .orderBy('session.starts_at', 'desc')
    .orderBy('session.id', 'desc')
    .limit(limit)
    .execute()
  return rows.map(({ starts_at, ...row }) => ({ ...row, startsAt: fromMoment(starts_at) }))
}

/** What is recorded of one person. */
export async function ownAttendance(
  db: Database,
  sessionId: number,
  personId: number,
): Promise<{ status: AttendanceStatus; minutes: number } | undefined> {
  return db
    .selectFrom('attendance')
    .where('session_id', '=', sessionId)
    .where('person_id', '=', personId)
    .select(['status', 'minutes'])
    .executeTakeFirst()
}
