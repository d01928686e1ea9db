import { asMoment, fromMoment, fromMomentOrNull } from '../../database/moment.ts'
import type { Database } from '../../database/schema.ts'
import { inParts } from '../attendance/import/queries.ts'
import type { Stay } from './bigbluebutton/analytics.ts'
import { type RoomFailureReason, roomFailures } from './provider.ts'

export type SessionRoom = {
  id: number
  sessionId: number
  meetingId: string
  openedAt: Temporal.Instant | null
  endedAt: Temporal.Instant | null
  failedAt: Temporal.Instant | null
  failure: RoomFailureReason | null
}

export async function findRoom(db: Database, sessionId: number): Promise<SessionRoom | undefined> {
  const row = await rooms(db).where('session_id', '=', sessionId).executeTakeFirst()
  return row && asRoom(row)
}

/**
 * Rooms of which to ask who is inside: open ones of sessions that may still go on, not looked at since the moment given.
 * A session that has overrun for longer than `until` is over whatever happens in its room.
 */
export async function roomsToLookAt(
  db: Database,
  { lookedBefore, endedAfter }: { lookedBefore: Temporal.Instant; endedAfter: Temporal.Instant },
): Promise<(SessionRoom & { title: string; isOver: boolean })[]> {
  const rows = await rooms(db)
    .innerJoin('session', 'session.id', 'session_room.session_id')
    .where('opened_at', 'is not', null)
    .where('ended_at', 'is', null)
    .where((eb) => eb.or([eb('looked_at', 'is', null), eb('looked_at', '<=', asMoment(lookedBefore))]))
    .select(['session.title', 'session.ends_at'])
    .execute()
  return rows.map((row) => ({ ...asRoom(row), title: row.title, isOver: row.ends_at <= asMoment(endedAfter) }))
}

/** Who was seen in the room, by the order in which they came. */
export async function staysIn(db: Database, roomId: number): Promise<Stay[]> {
  const rows = await db.selectFrom('room_stay').where('session_room_id', '=', roomId).orderBy('id').selectAll().execute()
  return rows.map(({ person_id, name, first_seen_at, last_seen_at }) => ({
    personId: person_id,
    name,
    from: fromMoment(first_seen_at),
    until: fromMoment(last_seen_at),
  }))
}

/** Names and addresses as we know them ourselves. */
export async function peopleById(db: Database, ids: readonly number[]): Promise<Map<number, { name: string; email: string }>> {
  const rows = await inParts(ids, (part) => db.selectFrom('person').where('id', 'in', part).select(['id', 'name', 'email']).execute())
  return new Map(rows.map(({ id, ...person }) => [id, person]))
}

const rooms = (db: Database) =>
  db
    .selectFrom('session_room')
    .select([
      'session_room.id',
      'session_room.session_id',
      'session_room.meeting_id',
      'session_room.opened_at',
      'session_room.ended_at',
      'session_room.failed_at',
      'session_room.failure',
    ])

type Row = Awaited<ReturnType<ReturnType<typeof rooms>['executeTakeFirstOrThrow']>>

const asRoom = (row: Row): SessionRoom => ({
  id: row.id,
  sessionId: row.session_id,
  meetingId: row.meeting_id,
  openedAt: fromMomentOrNull(row.opened_at),
  endedAt: fromMomentOrNull(row.ended_at),
  failedAt: fromMomentOrNull(row.failed_at),
  failure: roomFailures.find((reason) => reason === row.failure) ?? null,
})
