import { seenBy } from '../../administrations/queries.ts'
import { fromMoment, fromMomentOrNull } from '../../database/moment.ts'
import type { Database } from '../../database/schema.ts'
import { fold } from '../../language/fold.ts'
import type { Person } from '../../web/env.ts'
import { type ListRequest, rowsPerPage } from '../../web/lists.ts'
import { inParts } from './import/queries.ts'
import { type AttendanceSource, type AttendanceStatus, attendanceStatuses, type Recorded } from './rules.ts'

export type Attendee = {
  personId: number
  name: string
  email: string
  administrationId: number
  administration: string
  recorded: { status: AttendanceStatus; minutes: number; source: AttendanceSource; reason: string | null } | null
  /** What they did themselves: the check-in, and going into the room by our link. */
  checkedInAt: Temporal.Instant | null
  enteredAt: Temporal.Instant | null
}

export const attendeeSorts = ['name', 'administration'] as const
export const attendeeFilters = ['status'] as const
/** A status, or nothing recorded yet. */
export const attendeeStates = [...attendanceStatuses, 'none'] as const

type AttendeeList = ListRequest<(typeof attendeeSorts)[number]>

/** Who registered or was there, as far as this person may see them, a page at a time; two queries. */
export async function listAttendees(
  db: Database,
  sessionId: number,
  list: AttendeeList,
  person: Person,
): Promise<{ rows: Attendee[]; total: number }> {
  const wanted = fold(list.q).split(' ').filter(Boolean)
  const status = attendanceStatuses.find((each) => each === list.filters.status)
  const matching = attendees(db, sessionId, person)
    .where((eb) =>
      eb.and(
        wanted.map((word) =>
          eb.or([eb(eb.fn('lower', ['person.name']), 'like', `%${word}%`), eb('administration.search_text', 'like', `%${word}%`)]),
        ),
      ),
    )
    .$if(status !== undefined, (query) => query.where('attendance.status', '=', status ?? 'present'))
    .$if(list.filters.status === 'none', (query) => query.where('attendance.id', 'is', null))
  const { total } = await matching.select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow()
  const direction = list.descending ? 'desc' : 'asc'
  const rows = await matching
    .select(attendeeColumns)
    .$if(list.sort === 'administration', (query) => query.orderBy('administration.search_text', direction))
    .orderBy('person.name', list.sort === 'name' ? direction : 'asc')
    .orderBy('person.id')
    .limit(rowsPerPage)
    .offset((list.page - 1) * rowsPerPage)
    .execute()
  return { rows: rows.map(asAttendee), total: Number(total) }
}

/** Those of these people who registered or were there and whom this person may see. */
export async function attendeesAmong(db: Database, sessionId: number, personIds: readonly number[], person: Person): Promise<Attendee[]> {
  const rows = await inParts(personIds, (part) =>
    attendees(db, sessionId, person).where('person.id', 'in', part).select(attendeeColumns).execute(),
  )
  return rows.map(asAttendee)
}

/** The registered of whom nothing is recorded, no check-in that still has to be counted either, as far as this person may see them. */
export async function unrecorded(db: Database, sessionId: number, person: Person): Promise<Attendee[]> {
  const rows = await attendees(db, sessionId, person)
    .where('attendance.id', 'is', null)
    .where('check_in.id', 'is', null)
    .select(attendeeColumns)
    .execute()
  return rows.map(asAttendee)
}

/** One row a person: with what is recorded of them, else as registered; with what they did themselves. */
const attendees = (db: Database, sessionId: number, person: Person) =>
  db
    .selectFrom((eb) =>
      eb
        .selectFrom('attendance')
        .where('session_id', '=', sessionId)
        .select(['person_id', 'administration_id'])
        .unionAll(
          eb
            .selectFrom('registration')
            .where('session_id', '=', sessionId)
            .where('cancelled_at', 'is', null)
            .where(({ not, exists, selectFrom }) =>
              not(
                exists(
                  selectFrom('attendance')
                    .whereRef('attendance.person_id', '=', 'registration.person_id')
                    .where('attendance.session_id', '=', sessionId)
                    .select('attendance.id'),
                ),
              ),
            )
            .select(['person_id', 'administration_id']),
        )
        .as('listed'),
    )
    .innerJoin('person', 'person.id', 'listed.person_id')
    .innerJoin('administration', 'administration.id', 'listed.administration_id')
    .leftJoin('attendance', (join) =>
      join.onRef('attendance.person_id', '=', 'listed.person_id').on('attendance.session_id', '=', sessionId),
    )
    .leftJoin('check_in', (join) => join.onRef('check_in.person_id', '=', 'listed.person_id').on('check_in.session_id', '=', sessionId))
    .leftJoin('room_entry', (join) =>
      join.onRef('room_entry.person_id', '=', 'listed.person_id').on('room_entry.session_id', '=', sessionId),
    )
    .where((eb) => seenBy(eb, person))

const attendeeColumns = [
  'person.id as personId',
  'person.name',
  'person.email',
  'administration.id as administrationId',
  'administration.name as administration',
  'attendance.status',
  'attendance.minutes',
  'attendance.source',
  'attendance.reason',
  'check_in.scanned_at',
  'room_entry.entered_at',
] as const

type AttendeeRow = Pick<Attendee, 'personId' | 'name' | 'email' | 'administrationId' | 'administration'> & {
  status: AttendanceStatus | null
  minutes: number | null
  source: AttendanceSource | null
  reason: string | null
  scanned_at: string | null
  entered_at: string | null
}

function asAttendee({ status, minutes, source, reason, scanned_at, entered_at, ...row }: AttendeeRow): Attendee {
  const recorded = status && source ? { status, minutes: minutes ?? 0, source, reason } : null
  return { ...row, recorded, checkedInAt: fromMomentOrNull(scanned_at), enteredAt: fromMomentOrNull(entered_at) }
}

/** How many went into the room by our link without having any attendance. */
export async function enteredWithout(db: Database, sessionId: number): Promise<number> {
  const { count } = await db
    .selectFrom('room_entry')
    .leftJoin('attendance', (join) =>
      join.onRef('attendance.person_id', '=', 'room_entry.person_id').onRef('attendance.session_id', '=', 'room_entry.session_id'),
    )
    .where('room_entry.session_id', '=', sessionId)
    .where('attendance.id', 'is', null)
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  return Number(count)
}

/** When a trainer decided that going into the room by our link counts; null where it doesn't. */
export async function entriesCounted(db: Database, sessionId: number): Promise<boolean> {
  const row = await db.selectFrom('session').where('id', '=', sessionId).select('entries_counted_at').executeTakeFirst()
  return row?.entries_counted_at != null
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
