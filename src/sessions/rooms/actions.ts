import { randomUUID } from 'node:crypto'
import { asMoment } from '../../database/moment.ts'
import type { Database, Tx } from '../../database/schema.ts'
import { inTransaction, lockRow } from '../../database/transaction.ts'
import { recordHistory } from '../../history/record.ts'
import { type Inside, type Room, RoomFailure, type RoomFailureReason, type RoomProvider, type Surroundings } from './provider.ts'
import { findRoom, type SessionRoom } from './queries.ts'

type Who = { by: { id: number } | null; at: Temporal.Instant }
type Meeting = { id: number; title: string }

/** Somebody who comes this soon after a room was opened finds it open: the server need not be asked again. */
const surelyOpenFor = Temporal.Duration.from({ seconds: 60 })

/**
 * Makes sure that the session's room is open, asking its provider outside of any transaction. A failure is kept for those in
 * charge to read and harms nothing else: the next who comes tries again.
 */
export async function openRoom(
  db: Database,
  { session, provider, surroundings }: { session: Meeting; provider: RoomProvider; surroundings: (meetingId: string) => Surroundings },
  { by, at }: Who,
): Promise<{ room: Room } | { failure: RoomFailureReason }> {
  const found = await roomOf(db, session.id)
  const room = { meetingId: found.meetingId, title: session.title }
  if (isSurelyOpen(found, at)) return { room }
  try {
    await provider.open(room, surroundings(room.meetingId))
  } catch (error) {
    if (!(error instanceof RoomFailure)) throw error
    await noteFailure(db, session.id, error, at)
    return { failure: error.reason }
  }
  await noteOpened(db, session.id, { by, at })
  return { room }
}

const isSurelyOpen = ({ openedAt, endedAt }: SessionRoom, at: Temporal.Instant): boolean =>
  openedAt !== null && endedAt === null && Temporal.Instant.compare(openedAt.add(surelyOpenFor), at) > 0

/** Of two who come first at once, one makes the room. */
async function roomOf(db: Database, sessionId: number): Promise<SessionRoom> {
  await db
    .insertInto('session_room')
    .values({ ...unopened, session_id: sessionId, meeting_id: `percorsi-${randomUUID()}` })
    .onConflict((conflict) => conflict.column('session_id').doNothing())
    .execute()
  const room = await findRoom(db, sessionId)
  if (!room) throw new Error(`no room of session ${sessionId}`)
  return room
}

const unopened = { opened_at: null, opened_by: null, looked_at: null, ended_at: null, failed_at: null, failure: null }

async function noteOpened(db: Database, sessionId: number, { by, at }: Who) {
  await inTransaction(db, async (tx) => {
    const room = await held(tx, sessionId)
    const isNew = room?.openedAt === null || room?.endedAt !== null
    await tx
      .updateTable('session_room')
      .set({ opened_at: asMoment(at), ended_at: null, failed_at: null, failure: null, ...(isNew && { opened_by: by?.id ?? null }) })
      .where('session_id', '=', sessionId)
      .execute()
    if (isNew) await recordHistory(tx, { happening: 'room_opened', subject: 'session', subjectId: sessionId, by, at })
  })
}

/** The first of a row of failures goes into the history, too. */
async function noteFailure(db: Database, sessionId: number, { reason, message }: RoomFailure, at: Temporal.Instant) {
  await inTransaction(db, async (tx) => {
    const room = await held(tx, sessionId)
    await tx
      .updateTable('session_room')
      .set({ failed_at: asMoment(at), failure: reason })
      .where('session_id', '=', sessionId)
      .execute()
    if (room?.failure !== reason)
      await recordHistory(tx, { happening: 'room_failed', subject: 'session', subjectId: sessionId, by: null, at, reason: message })
  })
}

/** The room has closed; told twice, it closes once. False when it was closed already, or never open. */
export async function noteEnded(db: Database, sessionId: number, at: Temporal.Instant): Promise<boolean> {
  return inTransaction(db, async (tx) => {
    const ended = await tx
      .updateTable('session_room')
      .set({ ended_at: asMoment(at) })
      .where('session_id', '=', sessionId)
      .where('opened_at', 'is not', null)
      .where('ended_at', 'is', null)
      .returning('id')
      .execute()
    if (ended.length > 0) await recordHistory(tx, { happening: 'room_ended', subject: 'session', subjectId: sessionId, by: null, at })
    return ended.length > 0
  })
}

/** Whoever isn't seen for longer than this has been away. */
const longestGap = Temporal.Duration.from({ minutes: 3 })

/** Keeps who is in the room now: who was there a short while ago has stayed, who wasn't has come. */
export async function notePresences(db: Database, roomId: number, inside: readonly Inside[], at: Temporal.Instant): Promise<void> {
  await inTransaction(db, async (tx) => {
    await lockRow(tx, 'session_room', roomId)
    const recent = await tx
      .selectFrom('room_stay')
      .where('session_room_id', '=', roomId)
      .where('last_seen_at', '>=', asMoment(at.subtract(longestGap)))
      .select(['id', 'person_id', 'name'])
      .execute()
    const known = new Map(recent.map(({ id, person_id, name }) => [keyOf({ personId: person_id, name }), id]))
    const present = new Map(inside.map((each) => [keyOf(each), each]))
    const stayed = [...present.keys()].flatMap((key) => known.get(key) ?? [])
    const came = [...present].flatMap(([key, each]) => (known.has(key) ? [] : [each]))

    const seen = { first_seen_at: asMoment(at), last_seen_at: asMoment(at) }
    if (stayed.length > 0)
      await tx
        .updateTable('room_stay')
        .set({ last_seen_at: asMoment(at) })
        .where('id', 'in', stayed)
        .execute()
    const people = await existing(tx, came)
    const rows = came.map(({ personId, name }) => ({
      ...seen,
      session_room_id: roomId,
      person_id: personId !== null && people.has(personId) ? personId : null,
      name: name.slice(0, 300),
    }))
    if (rows.length > 0) await tx.insertInto('room_stay').values(rows).execute()
  })
}

const keyOf = ({ personId, name }: Inside) => (personId === null ? `name ${name.slice(0, 300)}` : `person ${personId}`)

async function existing(tx: Tx, inside: readonly Inside[]): Promise<Set<number>> {
  const ids = inside.flatMap(({ personId }) => personId ?? [])
  if (ids.length === 0) return new Set()
  const rows = await tx.selectFrom('person').where('id', 'in', ids).select('id').execute()
  return new Set(rows.map(({ id }) => id))
}

/** Of two processes that look at the same room, one does. */
export async function claimLook(
  db: Database,
  roomId: number,
  { at, lookedBefore }: { at: Temporal.Instant; lookedBefore: Temporal.Instant },
): Promise<boolean> {
  const claimed = await db
    .updateTable('session_room')
    .set({ looked_at: asMoment(at) })
    .where('id', '=', roomId)
    .where((eb) => eb.or([eb('looked_at', 'is', null), eb('looked_at', '<=', asMoment(lookedBefore))]))
    .executeTakeFirst()
  return claimed.numUpdatedRows > 0n
}

async function held(tx: Tx, sessionId: number): Promise<SessionRoom | undefined> {
  const room = await findRoom(tx, sessionId)
  if (room) await lockRow(tx, 'session_room', room.id)
  return findRoom(tx, sessionId)
}
