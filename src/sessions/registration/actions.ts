import { asMoment } from '../../database/moment.ts'
import type { Database, Tx } from '../../database/schema.ts'
import { inTransaction, lockRow } from '../../database/transaction.ts'
import { recordHistory } from '../../history/record.ts'
import { findPerson } from '../../people/queries.ts'
import { isReferentOf } from '../../people/rules.ts'
import { markDeclinedAfterAll } from '../invitations/marks.ts'
import { placesKept, type Usable, usableInvitation } from '../invitations/queries.ts'
import { findAnySession, type Session } from '../queries.ts'
import { hasPassed, manageRefusal } from '../rules.ts'
import { findOwnRegistration, findOwnWaiting, placesTaken } from './queries.ts'
import {
  type Asking,
  type CancelRegistrationRefusal,
  type RegistrationRefusal,
  registrationRefusal,
  type WaitingRefusal,
  waitingRefusal,
} from './rules.ts'
import { moveUp, takePlace } from './waiting.ts'

type Who = { by: { id: number }; at: Temporal.Instant }
type Participant = { personId: number; administrationId: number }

/** Registers a referent on behalf of an administration, oneself or a colleague; who comes first gets the last place. */
export async function register(
  db: Database,
  sessionId: number,
  participant: Participant,
  { by, at }: Who,
): Promise<{ id: number } | { refusal: RegistrationRefusal }> {
  return inTransaction(db, async (tx) => {
    const session = await holdSession(tx, sessionId)
    if (!session || !(await mayActFor(tx, session, participant, by))) return { refusal: session ? 'not_a_referent' : 'not_found' }
    const asking = await askingOf(tx, session, participant, at)
    const refusal = registrationRefusal(session, asking)
    if (refusal) return { refusal }
    return { id: await takePlace(tx, { sessionId, ...participant, invitationId: asking.invitation?.id ?? null }, { by, at }) }
  })
}

/** Queues up for a place that somebody may give back. */
export async function waitForPlace(
  db: Database,
  sessionId: number,
  participant: Participant,
  { by, at }: Who,
): Promise<{ id: number } | { refusal: WaitingRefusal }> {
  return inTransaction(db, async (tx) => {
    const session = await holdSession(tx, sessionId)
    if (!session || !(await mayActFor(tx, session, participant, by))) return { refusal: session ? 'not_a_referent' : 'not_found' }
    const alreadyWaiting = (await findOwnWaiting(tx, sessionId, participant.personId)) !== undefined
    const refusal = waitingRefusal(session, { ...(await askingOf(tx, session, participant, at)), alreadyWaiting })
    if (refusal) return { refusal }

    const { id } = await tx
      .insertInto('waiting_entry')
      .values({
        session_id: sessionId,
        person_id: participant.personId,
        administration_id: participant.administrationId,
        asked_at: asMoment(at),
        asked_by: by.id,
        promoted_at: null,
        left_at: null,
        left_by: null,
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    const about = { subject: 'waiting_entry', subjectId: id, administrationId: participant.administrationId } as const
    await recordHistory(tx, { happening: 'waiting_list_joined', ...about, by, at })
    return { id }
  })
}

async function holdSession(tx: Tx, sessionId: number): Promise<Session | undefined> {
  await lockRow(tx, 'session', sessionId)
  return findAnySession(tx, sessionId)
}

/** For oneself, for a colleague of the administration, or as whoever is in charge of the session. */
async function mayActFor(tx: Tx, session: Session, { personId, administrationId }: Participant, by: { id: number }): Promise<boolean> {
  if (personId === by.id) return true
  const person = await findPerson(tx, by.id)
  return isReferentOf(person, administrationId) || manageRefusal(session, person) === null
}

async function askingOf(
  tx: Tx,
  session: Session,
  { personId, administrationId }: Participant,
  now: Temporal.Instant,
): Promise<Asking & { invitation: Usable | null }> {
  const taken = await placesTaken(tx, session.id)
  return {
    person: (await findPerson(tx, personId)) ?? null,
    administrationId,
    alreadyRegistered: (await findOwnRegistration(tx, session.id, personId)) !== undefined,
    registered: [...taken.values()].reduce((sum, count) => sum + count, 0),
    ofAdministration: taken.get(administrationId) ?? 0,
    kept: await placesKept(tx, session.id),
    invitation: await usableInvitation(tx, session, { personId, administrationId }, now),
    now,
  }
}

/** Gives the place back, until the session begins: the person's own, or anybody's for whoever is in charge. Whoever waits first takes it. */
export async function cancelRegistration(
  db: Database,
  registrationId: number,
  { by, at }: Who,
): Promise<{ id: number } | { refusal: CancelRegistrationRefusal }> {
  return inTransaction(db, async (tx) => {
    const found = await tx.selectFrom('registration').where('id', '=', registrationId).select('session_id').executeTakeFirst()
    // The session is held first, as by everybody who takes a place.
    const session = found && (await holdSession(tx, found.session_id))
    if (!session) return { refusal: 'not_found' }
    const row = await tx
      .selectFrom('registration')
      .where('id', '=', registrationId)
      .select(['person_id', 'administration_id', 'cancelled_at', 'invitation_id'])
      .executeTakeFirstOrThrow()
    if (row.person_id !== by.id && manageRefusal(session, await findPerson(tx, by.id))) return { refusal: 'not_found' }
    if (row.cancelled_at) return { refusal: 'already_cancelled' }
    if (hasPassed(session.startsAt, at)) return { refusal: 'started' }

    await tx
      .updateTable('registration')
      .set({ cancelled_at: asMoment(at), cancelled_by: by.id })
      .where('id', '=', registrationId)
      .execute()
    const about = { subject: 'registration', subjectId: registrationId, administrationId: row.administration_id } as const
    await recordHistory(tx, { happening: 'registration_cancelled', ...about, by, at })
    if (row.invitation_id !== null) await markDeclinedAfterAll(tx, row.invitation_id, { by, at })
    await moveUp(tx, session.id, at)
    return { id: registrationId }
  })
}
