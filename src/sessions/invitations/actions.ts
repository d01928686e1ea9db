import type { ExpressionBuilder } from 'kysely'
import { asMoment } from '../../database/moment.ts'
import type { Database, Schema, Tx } from '../../database/schema.ts'
import { inTransaction, lockRow } from '../../database/transaction.ts'
import { recordHistory } from '../../history/record.ts'
import { findPerson } from '../../people/queries.ts'
import { findAnySession } from '../queries.ts'
import { register } from '../registration/actions.ts'
import { countRegistered } from '../registration/queries.ts'
import type { RegistrationRefusal } from '../registration/rules.ts'
import { moveUp } from '../registration/waiting.ts'
import { about } from './marks.ts'
import { findInvitation, isOpen, placesKept } from './queries.ts'
import {
  type AnswerRefusal,
  answerRefusal,
  type Guest,
  type InviteRefusal,
  inviteRefusal,
  type Plan,
  type WithdrawRefusal,
  withdrawRefusal,
} from './rules.ts'

type Who = { by: { id: number }; at: Temporal.Instant }

/** Asks administrations or named referents to come; whoever is invited or registered already is left as they are. */
export async function invite(
  db: Database,
  sessionId: number,
  plan: Plan,
  { by, at }: Who,
): Promise<{ invited: number; already: number } | { refusal: InviteRefusal }> {
  return inTransaction(db, async (tx) => {
    await lockRow(tx, 'session', sessionId)
    const session = await findAnySession(tx, sessionId)
    if (!session) return { refusal: 'not_found' }
    const fresh = await withoutThoseAsked(tx, sessionId, plan.guests)
    const already = plan.guests.length - fresh.length
    if (plan.guests.length > 0 && fresh.length === 0) return { invited: 0, already }
    const taken = (await countRegistered(tx, sessionId)) + (await placesKept(tx, sessionId))
    const refusal = inviteRefusal(session, { ...plan, guests: fresh }, { taken, now: at })
    if (refusal) return { refusal }
    if (!(await areReferents(tx, fresh))) return { refusal: 'not_a_referent' }

    for (const guest of fresh) {
      const { id } = await tx
        .insertInto('invitation')
        .values({
          session_id: sessionId,
          administration_id: guest.administrationId,
          person_id: guest.personId,
          role: plan.role,
          places: guest.places,
          places_kept: plan.keepsPlaces ? guest.places : 0,
          lapses_at: asMoment(plan.lapsesAt),
          invited_at: asMoment(at),
          invited_by: by.id,
          accepted_at: null,
          accepted_by: null,
          declined_at: null,
          declined_by: null,
          withdrawn_at: null,
          withdrawn_by: null,
          lapsed_at: null,
        })
        .returning('id')
        .executeTakeFirstOrThrow()
      await recordHistory(tx, { happening: 'session_invited', ...about(id, { administration_id: guest.administrationId }), by, at })
    }
    return { invited: fresh.length, already }
  })
}

const guestKey = (administrationId: number, personId: number | null) => (personId === null ? `a${administrationId}` : `p${personId}`)

/** Each guest once, without those who hold an open invitation or a place. */
async function withoutThoseAsked(tx: Tx, sessionId: number, guests: readonly Guest[]): Promise<Guest[]> {
  const asked = await tx
    .selectFrom('invitation')
    .where('session_id', '=', sessionId)
    .where((eb) => isOpen(eb))
    .select(['administration_id', 'person_id'])
    .execute()
  const registered = await tx
    .selectFrom('registration')
    .where('session_id', '=', sessionId)
    .where('cancelled_at', 'is', null)
    .select(['administration_id', 'person_id'])
    .execute()
  const known = new Set([...asked, ...registered].map(({ administration_id, person_id }) => guestKey(administration_id, person_id)))
  return guests.filter(({ administrationId, personId }) => {
    const key = guestKey(administrationId, personId)
    if (known.has(key)) return false
    known.add(key)
    return true
  })
}

/** Only referents of today can come, and only for an administration that has one. */
async function areReferents(tx: Tx, guests: readonly Guest[]): Promise<boolean> {
  const rows = await tx
    .selectFrom('referent')
    .where(
      'administration_id',
      'in',
      guests.map(({ administrationId }) => administrationId),
    )
    .where('until', 'is', null)
    .select(['administration_id', 'person_id'])
    .execute()
  const known = new Set(rows.flatMap((row) => [`${row.administration_id}`, `${row.administration_id} ${row.person_id}`]))
  return guests.every(({ administrationId, personId }) =>
    known.has(personId === null ? `${administrationId}` : `${administrationId} ${personId}`),
  )
}

/** Says yes: registers this person. Those who come after them for the same administration register themselves or a colleague. */
export async function acceptInvitation(
  db: Database,
  id: number,
  { by, at }: Who,
): Promise<{ id: number } | { refusal: AnswerRefusal | RegistrationRefusal }> {
  return inTransaction(db, async (tx) => {
    const held = await holdForAnswer(tx, id, { by, at })
    if ('refusal' in held) return held
    const { sessionId, administrationId } = held.invitation
    const outcome = await register(tx, sessionId, { personId: by.id, administrationId }, { by, at })
    return 'refusal' in outcome ? outcome : { id }
  })
}

/** Says no, and gives back what was kept: whoever waits first takes it. */
export async function declineInvitation(db: Database, id: number, { by, at }: Who): Promise<{ id: number } | { refusal: AnswerRefusal }> {
  return inTransaction(db, async (tx) => {
    const held = await holdForAnswer(tx, id, { by, at })
    if ('refusal' in held) return held
    await tx
      .updateTable('invitation')
      .set({ declined_at: asMoment(at), declined_by: by.id })
      .where('id', '=', id)
      .execute()
    const { sessionId, administrationId } = held.invitation
    await recordHistory(tx, { happening: 'invitation_declined', ...about(id, { administration_id: administrationId }), by, at })
    await moveUp(tx, sessionId, at)
    return { id }
  })
}

async function holdForAnswer(tx: Tx, id: number, { by, at }: Who) {
  const held = await hold(tx, id)
  if (!held) return { refusal: 'not_found' as const }
  const refusal = answerRefusal(held.invitation, { session: held.session, person: await findPerson(tx, by.id), now: at })
  return refusal ? { refusal } : held
}

/** The session first, as by everybody who takes or gives a place. */
async function hold(tx: Tx, id: number) {
  const found = await tx.selectFrom('invitation').where('id', '=', id).select('session_id').executeTakeFirst()
  if (!found) return undefined
  await lockRow(tx, 'session', found.session_id)
  const session = await findAnySession(tx, found.session_id)
  const invitation = await findInvitation(tx, id)
  return session && invitation && { session, invitation }
}

/** Takes an invitation back that nobody has answered; ask only whoever is in charge of the session. */
export async function withdrawInvitation(
  db: Database,
  { id, sessionId }: { id: number; sessionId: number },
  { by, at }: Who,
): Promise<{ id: number } | { refusal: WithdrawRefusal }> {
  return inTransaction(db, async (tx) => {
    const held = await hold(tx, id)
    if (!held || held.session.id !== sessionId) return { refusal: 'not_found' }
    const refusal = withdrawRefusal(held.invitation, at)
    if (refusal) return { refusal }
    await tx
      .updateTable('invitation')
      .set({ withdrawn_at: asMoment(at), withdrawn_by: by.id })
      .where('id', '=', id)
      .execute()
    const { administrationId } = held.invitation
    await recordHistory(tx, { happening: 'invitation_withdrawn', ...about(id, { administration_id: administrationId }), by, at })
    await moveUp(tx, sessionId, at)
    return { id }
  })
}

/** Ends what nobody has answered by its date, or by the start; the places go to those who wait. Two processes end each one once. Returns how many. */
export async function lapseInvitations(db: Database, now: Temporal.Instant): Promise<number> {
  let lapsed = 0
  for (const sessionId of await sessionsToLapse(db, now)) lapsed += await lapseOf(db, sessionId, now)
  return lapsed
}

async function sessionsToLapse(db: Database, now: Temporal.Instant): Promise<number[]> {
  const rows = await db
    .selectFrom('invitation')
    .innerJoin('session', 'session.id', 'invitation.session_id')
    .where((eb) => canLapse(eb))
    .where((eb) => eb.or([eb('lapses_at', '<=', asMoment(now)), eb('session.starts_at', '<=', asMoment(now))]))
    .select('session.id')
    .distinct()
    .orderBy('session.id')
    .execute()
  return rows.map(({ id }) => id)
}

/** Whoever was asked by name and has said yes is in; an administration that has may still have places left. */
const canLapse = (eb: ExpressionBuilder<Schema, 'invitation'>) =>
  eb.and([isOpen(eb), eb.or([eb('invitation.accepted_at', 'is', null), eb('invitation.person_id', 'is', null)])])

function lapseOf(db: Database, sessionId: number, now: Temporal.Instant): Promise<number> {
  return inTransaction(db, async (tx) => {
    await lockRow(tx, 'session', sessionId)
    const session = await findAnySession(tx, sessionId)
    const begun = session !== undefined && Temporal.Instant.compare(session.startsAt, now) <= 0
    const ended = await tx
      .updateTable('invitation')
      .set({ lapsed_at: asMoment(now) })
      .where('session_id', '=', sessionId)
      .where((eb) => canLapse(eb))
      .$if(!begun, (query) => query.where('lapses_at', '<=', asMoment(now)))
      .returning(['id', 'administration_id', 'accepted_at'])
      .execute()
    for (const { id, administration_id } of ended.filter(({ accepted_at }) => accepted_at === null))
      await recordHistory(tx, { happening: 'invitation_lapsed', ...about(id, { administration_id }), by: null, at: now })
    if (ended.length > 0) await moveUp(tx, sessionId, now)
    return ended.length
  })
}
