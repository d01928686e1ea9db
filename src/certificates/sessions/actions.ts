import { asMoment } from '../../database/moment.ts'
import type { Database, Tx } from '../../database/schema.ts'
import { inTransaction, isDuplicate, lockRow } from '../../database/transaction.ts'
import { recordHistory } from '../../history/record.ts'
import { dayOf } from '../../language/dates.ts'
import { revoke } from '../actions.ts'
import { newCode } from '../code.ts'
import type { OfSession } from '../queries.ts'
import { findAttended, standingWithoutAttendance } from './queries.ts'
import { type AttestationRefusal, attestationRefusal, percentOf } from './rules.ts'

type Claim = { sessionId: number; personId: number }

/** Attests a session to whoever attended it for long enough; one that stands already is returned as it is. */
export async function issueAttestation(
  db: Database,
  { sessionId, personId }: Claim,
  { at, zone }: { at: Temporal.Instant; zone: string },
): Promise<{ id: number } | { refusal: AttestationRefusal | 'not_found' }> {
  try {
    return await inTransaction(db, async (tx) => {
      // Whoever corrects the attendance holds the session, too: either sees what the other has done.
      await lockRow(tx, 'session', sessionId)
      const standing = await standingAttestation(tx, { sessionId, personId })
      if (standing) return standing
      const found = await findAttended(tx, { sessionId, personId }, at)
      const refusal = found ? attestationRefusal(found) : 'not_found'
      if (refusal || !found) return { refusal: refusal ?? 'not_found' }

      const { administrationId, administration, programme, person, session, offered, attended, threshold } = found
      const content: OfSession = { administration, programme, person, session, heldOn: dayOf(found.startsAt, zone).toString() }
      const figures = {
        minutes_offered: offered,
        minutes_attended: attended,
        percent: percentOf(attended, offered),
        threshold_percent: percentOf(threshold, offered),
      }
      const issued = { issued_at: asMoment(at), issued_by: personId, revoked_at: null, revoked_by: null, revocation_reason: null }
      const whose = { session_id: sessionId, administration_id: administrationId, person_id: personId }
      const { id } = await tx
        .insertInto('certificate')
        .values({ code: newCode(), ...whose, ...figures, ...issued, content: JSON.stringify(content) })
        .returning('id')
        .executeTakeFirstOrThrow()
      const about = { subject: 'certificate', subjectId: id, administrationId } as const
      await recordHistory(tx, { happening: 'certificate_issued', ...about, by: { id: personId }, at })
      return { id }
    })
  } catch (error) {
    const standing = isDuplicate(error) ? await standingAttestation(db, { sessionId, personId }) : undefined
    if (standing) return standing
    throw error
  }
}

export const standingAttestation = (db: Database, { sessionId, personId }: Claim): Promise<{ id: number; code: string } | undefined> =>
  db
    .selectFrom('certificate')
    .where('session_id', '=', sessionId)
    .where('person_id', '=', personId)
    .where('revoked_at', 'is', null)
    .select(['id', 'code'])
    .executeTakeFirst()

/** Call it with every change of a session's attendance, in its transaction: what is not true any more is worth nothing. */
export async function revokeUnattended(tx: Tx, sessionId: number, who: { by: { id: number } | null; at: Temporal.Instant }): Promise<void> {
  const ids = await standingWithoutAttendance(tx, sessionId)
  await revoke(tx, ids, 'La presenza è stata corretta e non raggiunge più il minimo richiesto.', who)
}
