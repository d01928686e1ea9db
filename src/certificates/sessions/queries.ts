import { asMoment, fromMoment } from '../../database/moment.ts'
import type { Database } from '../../database/schema.ts'
import type { Attended } from './rules.ts'

export type AttendedSession = Attended & {
  sessionId: number
  session: string
  programme: string
  administrationId: number
  administration: string
  person: string
  startsAt: Temporal.Instant
  endsAt: Temporal.Instant
}

/** The session as this person attended it, for whichever administration; undefined when nothing says that they did. */
export async function findAttended(
  db: Database,
  { sessionId, personId }: { sessionId: number; personId: number },
  now: Temporal.Instant,
): Promise<AttendedSession | undefined> {
  const row = await db
    .selectFrom('attendance')
    .innerJoin('session', 'session.id', 'attendance.session_id')
    .innerJoin('programme', 'programme.id', 'session.programme_id')
    .innerJoin('administration', 'administration.id', 'attendance.administration_id')
    .innerJoin('person', 'person.id', 'attendance.person_id')
    .where('attendance.session_id', '=', sessionId)
    .where('attendance.person_id', '=', personId)
    .select(['session.title as session', 'programme.title as programme', 'person.name as person'])
    .select(['administration.id as administrationId', 'administration.name as administration'])
    .select(['attendance.status', 'attendance.minutes as attended', 'session.threshold_minutes as threshold'])
    .select(['session.starts_at', 'session.ends_at', 'session.cancelled_at'])
    .executeTakeFirst()
  if (!row) return undefined
  const { starts_at, ends_at, cancelled_at, ...rest } = row
  const [startsAt, endsAt] = [fromMoment(starts_at), fromMoment(ends_at)]
  const offered = Math.round(startsAt.until(endsAt).total('minutes'))
  return {
    ...rest,
    sessionId,
    startsAt,
    endsAt,
    offered,
    attended: Math.min(rest.attended, offered),
    over: ends_at <= asMoment(now),
    cancelled: cancelled_at !== null,
    staff: await isStaffOf(db, { sessionId, personId }),
  }
}

async function isStaffOf(db: Database, { sessionId, personId }: { sessionId: number; personId: number }): Promise<boolean> {
  const found = await db
    .selectFrom('role_grant')
    .where('person_id', '=', personId)
    .where('revoked_at', 'is', null)
    .select('person_id')
    .union(db.selectFrom('session_trainer').where('session_id', '=', sessionId).where('person_id', '=', personId).select('person_id'))
    .executeTakeFirst()
  return found !== undefined
}

/** Those of a session that stand although the attendance, as it is now, does not reach the threshold they were issued by. */
export async function standingWithoutAttendance(db: Database, sessionId: number): Promise<number[]> {
  const rows = await db
    .selectFrom('certificate')
    .innerJoin('session', 'session.id', 'certificate.session_id')
    .leftJoin('attendance', (join) =>
      join
        .onRef('attendance.session_id', '=', 'certificate.session_id')
        .onRef('attendance.person_id', '=', 'certificate.person_id')
        .on('attendance.status', '=', 'present')
        .onRef('attendance.minutes', '>=', 'session.threshold_minutes'),
    )
    .where('certificate.session_id', '=', sessionId)
    .where('certificate.revoked_at', 'is', null)
    .where('attendance.id', 'is', null)
    .select('certificate.id')
    .execute()
  return rows.map(({ id }) => id)
}
