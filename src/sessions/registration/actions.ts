import { asMoment } from '../../database/moment.ts'
import type { Database } from '../../database/schema.ts'
import { inTransaction, lockRow } from '../../database/transaction.ts'
import { recordHistory } from '../../history/record.ts'
import { findPerson } from '../../people/queries.ts'
import { findAnySession } from '../queries.ts'
import { hasPassed, manageRefusal } from '../rules.ts'
import { countRegistered, findOwnRegistration } from './queries.ts'
import { type CancelRegistrationRefusal, type RegistrationRefusal, registrationRefusal } from './rules.ts'

type Who = { by: { id: number }; at: Temporal.Instant }
type Participant = { personId: number; administrationId: number }

/** Registers a referent on behalf of an administration; who comes first gets the last place. */
export async function register(
  db: Database,
  sessionId: number,
  { personId, administrationId }: Participant,
  { by, at }: Who,
): Promise<{ id: number } | { refusal: RegistrationRefusal }> {
  return inTransaction(db, async (tx) => {
    await lockRow(tx, 'session', sessionId)
    const session = await findAnySession(tx, sessionId)
    if (!session) return { refusal: 'not_found' }
    const refusal = registrationRefusal(session, {
      person: (await findPerson(tx, personId)) ?? null,
      administrationId,
      alreadyRegistered: (await findOwnRegistration(tx, sessionId, personId)) !== undefined,
      registered: await countRegistered(tx, sessionId),
      now: at,
    })
    if (refusal) return { refusal }

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
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    await recordHistory(tx, { happening: 'registered', subject: 'registration', subjectId: id, administrationId, by, at })
    return { id }
  })
}

/** Gives the place back, until the session begins: the person's own, or anybody's for whoever is in charge. */
export async function cancelRegistration(
  db: Database,
  registrationId: number,
  { by, at }: Who,
): Promise<{ id: number } | { refusal: CancelRegistrationRefusal }> {
  return inTransaction(db, async (tx) => {
    await lockRow(tx, 'registration', registrationId)
    const row = await tx
      .selectFrom('registration')
      .where('id', '=', registrationId)
      .select(['session_id', 'person_id', 'administration_id', 'cancelled_at'])
      .executeTakeFirst()
    const session = row && (await findAnySession(tx, row.session_id))
    if (!session) return { refusal: 'not_found' }
    if (row.person_id !== by.id && manageRefusal(session, await findPerson(tx, by.id))) return { refusal: 'not_found' }
    if (row.cancelled_at) return { refusal: 'already_cancelled' }
    if (hasPassed(session.startsAt, at)) return { refusal: 'started' }

    await tx
      .updateTable('registration')
      .set({ cancelled_at: asMoment(at), cancelled_by: by.id })
      .where('id', '=', registrationId)
      .execute()
    await recordHistory(tx, {
      happening: 'registration_cancelled',
      subject: 'registration',
      subjectId: registrationId,
      administrationId: row.administration_id,
      by,
      at,
    })
    return { id: registrationId }
  })
}
