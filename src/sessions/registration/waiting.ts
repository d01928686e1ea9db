import { asMoment } from '../../database/moment.ts'
import type { Database, Tx } from '../../database/schema.ts'
import { inTransaction, lockRow } from '../../database/transaction.ts'
import { recordHistory } from '../../history/record.ts'
import { markAccepted } from '../invitations/marks.ts'
import { placesKept } from '../invitations/queries.ts'
import { findAnySession } from '../queries.ts'
import { findOwnWaiting, placesTaken, waitingInOrder } from './queries.ts'
import { movesUp, promoted } from './rules.ts'

type Who = { by: { id: number }; at: Temporal.Instant }
type Place = { sessionId: number; personId: number; administrationId: number; invitationId?: number | null }

/** Writes a registration that was found right, accepts the invitation it comes through, and ends the wait of whoever waited. */
export async function takePlace(
  tx: Tx,
  { sessionId, personId, administrationId, invitationId = null }: Place,
  { by, at }: Who,
): Promise<number> {
  const { id } = await tx
    .insertInto('registration')
    .values({
      session_id: sessionId,
      person_id: personId,
      administration_id: administrationId,
      registered_at: asMoment(at),
      registered_by: by.id,
      cancelled_at: null,
      cancelled_by: null,
      invitation_id: invitationId,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  if (invitationId !== null) await markAccepted(tx, invitationId, { by, at })
  const waited = await tx
    .updateTable('waiting_entry')
    .set({ promoted_at: asMoment(at) })
    .where('session_id', '=', sessionId)
    .where('person_id', '=', personId)
    .where('promoted_at', 'is', null)
    .where('left_at', 'is', null)
    .executeTakeFirst()
  const about = { subject: 'registration', subjectId: id, administrationId } as const
  await recordHistory(tx, { happening: 'registered', ...about, by, at, details: { waited: waited.numUpdatedRows > 0n } })
  return id
}

/**
 * Gives free places to those who wait. Call it in the transaction of everything that frees one (a registration cancelled, more
 * places, a higher cap, an invitation that ended), with the session's row held.
 */
export async function moveUp(tx: Tx, sessionId: number, at: Temporal.Instant): Promise<void> {
  const session = await findAnySession(tx, sessionId)
  if (!session || !movesUp(session, at)) return
  const waiting = await waitingInOrder(tx, sessionId)
  if (waiting.length === 0) return
  // They asked for it themselves, and who made room is nobody's business.
  const places = { taken: await placesTaken(tx, sessionId), kept: await placesKept(tx, sessionId) }
  for (const { personId, administrationId, invitationId } of promoted(session, waiting, places))
    await takePlace(tx, { sessionId, personId, administrationId, invitationId }, { by: { id: personId }, at })
}

/** Gives up one's place in the row. */
export async function leaveWaitingList(db: Database, sessionId: number, { by, at }: Who): Promise<boolean> {
  return inTransaction(db, async (tx) => {
    await lockRow(tx, 'session', sessionId)
    const own = await findOwnWaiting(tx, sessionId, by.id)
    if (!own) return false
    await tx
      .updateTable('waiting_entry')
      .set({ left_at: asMoment(at), left_by: by.id })
      .where('id', '=', own.id)
      .execute()
    const about = { subject: 'waiting_entry', subjectId: own.id, administrationId: own.administrationId } as const
    await recordHistory(tx, { happening: 'waiting_list_left', ...about, by, at })
    return true
  })
}
