import { asMoment } from '../../database/moment.ts'
import type { Tx } from '../../database/schema.ts'
import { lockRow } from '../../database/transaction.ts'
import { recordHistory } from '../../history/record.ts'
import { isOpen } from './queries.ts'

// What happens to an invitation when places change hands. The session's row is held. -------------------------------------

type Who = { by: { id: number }; at: Temporal.Instant }

/** Somebody has come in through it; the first one accepts it. */
export async function markAccepted(tx: Tx, invitationId: number, { by, at }: Who): Promise<void> {
  const accepted = await tx
    .updateTable('invitation')
    .set({ accepted_at: asMoment(at), accepted_by: by.id })
    .where('id', '=', invitationId)
    .where('accepted_at', 'is', null)
    .returning('administration_id')
    .executeTakeFirst()
  if (accepted) await recordHistory(tx, { happening: 'invitation_accepted', ...about(invitationId, accepted), by, at })
}

/** Whoever gives the place back says no after all; an administration may still send others until its date. */
export async function markDeclinedAfterAll(tx: Tx, invitationId: number, { by, at }: Who): Promise<void> {
  const declined = await tx
    .updateTable('invitation')
    .set({ declined_at: asMoment(at), declined_by: by.id })
    .where('id', '=', invitationId)
    .where('person_id', 'is not', null)
    .where((eb) => isOpen(eb))
    .returning('administration_id')
    .executeTakeFirst()
  if (declined) await recordHistory(tx, { happening: 'invitation_declined', ...about(invitationId, declined), by, at })
}

/** Nobody is invited to what doesn't take place. */
export async function withdrawAll(tx: Tx, sessionId: number, { by, at }: Who): Promise<void> {
  await tx
    .updateTable('invitation')
    .set({ withdrawn_at: asMoment(at), withdrawn_by: by.id })
    .where('session_id', '=', sessionId)
    .where('accepted_at', 'is', null)
    .where((eb) => isOpen(eb))
    .execute()
}

/**
 * What somebody was asked by name goes to their successor, who is asked anew; where they are asked already, once is enough.
 * Call it before the places themselves pass.
 */
export async function passInvitations(
  tx: Tx,
  { administrationId, from, to }: { administrationId: number; from: number; to: number },
  { by, at }: Who,
): Promise<void> {
  const open = await tx
    .selectFrom('invitation')
    .where('administration_id', '=', administrationId)
    .where('person_id', 'in', [from, to])
    .where((eb) => isOpen(eb))
    .orderBy('id')
    .select(['id', 'session_id', 'person_id', 'accepted_at', 'administration_id'])
    .execute()
  const asked = new Set(open.filter(({ person_id }) => person_id === to).map(({ session_id }) => session_id))
  for (const invitation of open.filter(({ person_id }) => person_id === from)) {
    await lockRow(tx, 'session', invitation.session_id)
    const row = tx.updateTable('invitation').where('id', '=', invitation.id)
    if (asked.has(invitation.session_id)) await row.set({ withdrawn_at: asMoment(at), withdrawn_by: by.id }).execute()
    else await row.set({ person_id: to }).execute()
    const unanswered = !asked.has(invitation.session_id) && invitation.accepted_at === null
    if (unanswered) await recordHistory(tx, { happening: 'session_invited', ...about(invitation.id, invitation), by, at })
  }
}

export const about = (invitationId: number, { administration_id }: { administration_id: number }) =>
  ({ subject: 'invitation', subjectId: invitationId, administrationId: administration_id }) as const
