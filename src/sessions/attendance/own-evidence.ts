import { fromMoment } from '../../database/moment.ts'
import type { Database } from '../../database/schema.ts'
import { countsFrom, usualGraceMinutes } from '../check-in/rules.ts'
import type { Stay } from './import/queries.ts'

type Meeting = {
  id: number
  startsAt: Temporal.Instant
  endsAt: Temporal.Instant
  publishedAt: Temporal.Instant | null
  cancelledAt: Temporal.Instant | null
  entriesCountedAt: Temporal.Instant | null
}

/** What people did themselves: they checked in, or went into the room by our link where that counts. Each stays until the end. */
export async function ownStaysOf(db: Database, session: Meeting): Promise<Stay[]> {
  const desk = await db.selectFrom('check_in_desk').where('session_id', '=', session.id).select('grace_minutes').executeTakeFirst()
  const grace = desk?.grace_minutes ?? usualGraceMinutes
  const checkIns = await db
    .selectFrom('check_in')
    .where('session_id', '=', session.id)
    .select(['person_id as personId', 'scanned_at as moment'])
    .execute()
  const entries = session.entriesCountedAt
    ? await db
        .selectFrom('room_entry')
        .where('session_id', '=', session.id)
        .select(['person_id as personId', 'entered_at as moment'])
        .execute()
    : []
  return [...checkIns, ...entries].map(({ personId, moment }) => ({
    personId,
    from: countsFrom(fromMoment(moment), session, grace),
    until: session.endsAt,
  }))
}
