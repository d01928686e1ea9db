import { asMoment } from '../../database/moment.ts'
import type { Tx } from '../../database/schema.ts'
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

export const about = (invitationId: number, { administration_id }: { administration_id: number }) =>
  ({ subject: 'invitation', subjectId: invitationId, administrationId: administration_id }) as const
