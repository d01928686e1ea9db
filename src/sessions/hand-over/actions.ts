import { endReferent, inviteReferent } from '../../administrations/referents/actions.ts'
import { asMoment } from '../../database/moment.ts'
import type { Database, Tx } from '../../database/schema.ts'
import { inTransaction, lockRow } from '../../database/transaction.ts'
import { recordHistory } from '../../history/record.ts'
import { recheckAfterHandOver } from '../../pathways/progress/actions.ts'
import { passInvitations } from '../invitations/marks.ts'
import { moveUp, takePlace } from '../registration/waiting.ts'
import { type PassingRegistration, registrationsToPass } from './queries.ts'
import type { HandOverRefusal } from './rules.ts'

export type Successor = { personId: number } | { name: string; email: string }
type Who = { by: { id: number }; at: Temporal.Instant }
export type HandedOver = { successorId: number; registrations: number }

/**
 * One referent leaves and another takes over, in one transaction: what the administration has done stays with it, places at
 * sessions to come pass to the successor, and the one who leaves sees nothing of it any more.
 */
export async function handOver(
  db: Database,
  { referentId, successor }: { referentId: number; successor: Successor },
  { by, at }: Who,
): Promise<HandedOver | { refusal: HandOverRefusal }> {
  return inTransaction(db, async (tx) => {
    await lockRow(tx, 'referent', referentId)
    const leaving = await tx.selectFrom('referent').where('id', '=', referentId).where('until', 'is', null).selectAll().executeTakeFirst()
    if (!leaving) return { refusal: 'not_found' }
    const { administration_id: administrationId, person_id: personId } = leaving
    const found = await takeOver(tx, { administrationId, personId, successor }, { by, at })
    if ('refusal' in found) return found

    const passing = await registrationsToPass(tx, { personId, administrationId }, at)
    await passInvitations(tx, { administrationId, from: personId, to: found.id }, { by, at })
    for (const each of passing) await pass(tx, each, { administrationId, successorId: found.id }, { by, at })
    await endReferent(tx, referentId, { by, at })
    const about = { subject: 'administration', subjectId: administrationId, administrationId, by, at } as const
    await recordHistory(tx, { happening: 'handed_over', ...about, details: { from: personId, to: found.id } })
    await recheckAfterHandOver(tx, administrationId, { by, at })
    return { successorId: found.id, registrations: passing.length }
  })
}

type TakingOver = { administrationId: number; personId: number; successor: Successor }

/** The person who takes over, a referent from now on if they weren't. */
async function takeOver(
  tx: Tx,
  { administrationId, personId, successor }: TakingOver,
  who: Who,
): Promise<{ id: number } | { refusal: HandOverRefusal }> {
  if ('personId' in successor) {
    const colleague = await tx
      .selectFrom('referent')
      .where('administration_id', '=', administrationId)
      .where('person_id', '=', successor.personId)
      .where('until', 'is', null)
      .select('person_id')
      .executeTakeFirst()
    if (!colleague) return { refusal: 'nobody' }
    return colleague.person_id === personId ? { refusal: 'same_person' } : { id: colleague.person_id }
  }
  const outcome = await inviteReferent(tx, { administrationId, ...successor }, who)
  if ('refusal' in outcome && outcome.refusal !== 'already_referent') return { refusal: outcome.refusal }
  const { id } = await tx.selectFrom('person').where('email', '=', successor.email.toLowerCase()).select('id').executeTakeFirstOrThrow()
  return id === personId ? { refusal: 'same_person' } : { id }
}

type Receiving = { administrationId: number; successorId: number }

/** The same place for somebody else: one is cancelled and one made, so that both calendars follow. A place held already is enough. */
async function pass(
  tx: Tx,
  { id, sessionId, invitationId }: PassingRegistration,
  { administrationId, successorId }: Receiving,
  { by, at }: Who,
) {
  await lockRow(tx, 'session', sessionId)
  await tx
    .updateTable('registration')
    .set({ cancelled_at: asMoment(at), cancelled_by: by.id })
    .where('id', '=', id)
    .execute()
  const about = { subject: 'registration', administrationId, by, at } as const
  await recordHistory(tx, { happening: 'registration_cancelled', subjectId: id, ...about })
  const held = await tx
    .selectFrom('registration')
    .where('session_id', '=', sessionId)
    .where('person_id', '=', successorId)
    .where('cancelled_at', 'is', null)
    .select('id')
    .executeTakeFirst()
  if (held) return moveUp(tx, sessionId, at)
  await takePlace(tx, { sessionId, personId: successorId, administrationId, invitationId }, { by, at })
}
