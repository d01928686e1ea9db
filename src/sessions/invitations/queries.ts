import { type Expression, type ExpressionBuilder, sql } from 'kysely'
import { seenBy } from '../../administrations/queries.ts'
import { asMoment, fromMoment, fromMomentOrNull } from '../../database/moment.ts'
import type { Admission, Database, Schema } from '../../database/schema.ts'
import type { Person } from '../../web/env.ts'
import type { GuestRole } from './rules.ts'

/** No administration and no person has this id: an empty list isn't SQL. */
const none = 0

type Id = number | Expression<number>
/** Nobody by name: whoever comes for the administration. */
type Asked = { personId: Id | null; administrationId: Id }

/** Which invitations ask this person to come: their own, or their administration's. */
export const invites = (eb: ExpressionBuilder<Schema, 'invitation'>, { personId, administrationId }: Asked) =>
  eb.or([
    ...(personId === null ? [] : [eb('invitation.person_id', '=', personId)]),
    eb.and([eb('invitation.person_id', 'is', null), eb('invitation.administration_id', '=', administrationId)]),
  ])

/** Neither declined, withdrawn nor lapsed: what it keeps is kept. */
export const isOpen = (eb: ExpressionBuilder<Schema, 'invitation'>) =>
  eb.and([eb('invitation.declined_at', 'is', null), eb('invitation.withdrawn_at', 'is', null), eb('invitation.lapsed_at', 'is', null)])

/** How many have come in through it. */
export const used = (eb: ExpressionBuilder<Schema, 'invitation'>) =>
  eb
    .selectFrom('registration')
    .whereRef('registration.invitation_id', '=', 'invitation.id')
    .where('registration.cancelled_at', 'is', null)
    .select((count) => count.fn.countAll<number>().as('count'))

/** How many places of a session are nobody's yet and kept for the invited. */
export async function placesKept(db: Database, sessionId: number): Promise<number> {
  const rows = await db
    .selectFrom('invitation')
    .where('session_id', '=', sessionId)
    .where('places_kept', '>', 0)
    .where((eb) => isOpen(eb))
    .select(['places_kept', (eb) => used(eb).as('used')])
    .execute()
  return rows.reduce((sum, row) => sum + Math.max(0, row.places_kept - Number(row.used)), 0)
}

export type Usable = { id: number; keepsPlace: boolean }

/**
 * The invitation through which this person can still come in; their own before their administration's. Where only the invited
 * come, those who wait for a place hold one of their administration's.
 */
export async function usableInvitation(
  db: Database,
  session: { id: number; admission: Admission },
  asked: { personId: number | null; administrationId: number },
  now: Temporal.Instant,
): Promise<Usable | null> {
  const rows = await db
    .selectFrom('invitation')
    .where('session_id', '=', session.id)
    .where('administration_id', '=', asked.administrationId)
    .where((eb) => invites(eb, asked))
    .where((eb) => isOpen(eb))
    .where('lapses_at', '>', asMoment(now))
    .orderBy(sql`case when person_id is null then 1 else 0 end`)
    .orderBy('id')
    .select(['id', 'person_id', 'places', 'places_kept'])
    .select((eb) => [used(eb).as('used'), waitingOf(eb, asked.personId).as('waiting')])
    .execute()
  const held = (row: (typeof rows)[number]) =>
    Number(row.used) + (row.person_id === null && session.admission === 'invitation' ? Number(row.waiting) : 0)
  const found = rows.find((row) => held(row) < row.places)
  return found ? { id: found.id, keepsPlace: Number(found.used) < found.places_kept } : null
}

/** How many others of the invited administration wait for a place. */
const waitingOf = (eb: ExpressionBuilder<Schema, 'invitation'>, personId: number | null) =>
  eb
    .selectFrom('waiting_entry')
    .whereRef('waiting_entry.session_id', '=', 'invitation.session_id')
    .whereRef('waiting_entry.administration_id', '=', 'invitation.administration_id')
    .where('waiting_entry.person_id', '<>', personId ?? none)
    .where('promoted_at', 'is', null)
    .where('left_at', 'is', null)
    .select((count) => count.fn.countAll<number>().as('count'))

export type Invitation = {
  id: number
  sessionId: number
  administrationId: number
  administration: string
  /** Null: the administration, whoever comes for it. */
  personId: number | null
  role: GuestRole
  places: number
  placesKept: number
  used: number
  lapsesAt: Temporal.Instant
  acceptedAt: Temporal.Instant | null
  declinedAt: Temporal.Instant | null
  withdrawnAt: Temporal.Instant | null
  lapsedAt: Temporal.Instant | null
}

/** For actions: whoever is asked. */
export async function findInvitation(db: Database, id: number): Promise<Invitation | undefined> {
  const row = await invitations(db).where('invitation.id', '=', id).executeTakeFirst()
  return row && inOurWords(row)
}

/** The invitation, or undefined when it doesn't ask this person, or does so no more. */
export async function findInvitationTo(db: Database, id: number, person: Person): Promise<Invitation | undefined> {
  const row = await invitations(db)
    .where('invitation.id', '=', id)
    .where('withdrawn_at', 'is', null)
    .where((eb) => asks(eb, person))
    .executeTakeFirst()
  return row && inOurWords(row)
}

export type PendingInvitation = Invitation & { title: string; startsAt: Temporal.Instant; endsAt: Temporal.Instant }

/** What this person still has to answer, the first to lapse first; of one session, if one is named. */
export async function pendingInvitations(
  db: Database,
  person: Person,
  { now, sessionId, limit }: { now: Temporal.Instant; sessionId?: number; limit: number },
): Promise<PendingInvitation[]> {
  const rows = await invitations(db)
    .innerJoin('session', 'session.id', 'invitation.session_id')
    .where((eb) => asks(eb, person))
    .where((eb) => isOpen(eb))
    .where('accepted_at', 'is', null)
    .where('lapses_at', '>', asMoment(now))
    .where('session.starts_at', '>', asMoment(now))
    .$if(sessionId !== undefined, (query) => query.where('invitation.session_id', '=', sessionId ?? 0))
    .orderBy('lapses_at')
    .orderBy('invitation.id')
    .limit(limit)
    .select(['session.title', 'session.starts_at', 'session.ends_at'])
    .execute()
  return rows.map(({ title, starts_at, ends_at, ...row }) => ({
    ...inOurWords(row),
    title,
    startsAt: fromMoment(starts_at),
    endsAt: fromMoment(ends_at),
  }))
}

/** Asked by name, for an administration of which they still are a referent; or as one of the referents of an administration. */
export const asks = (eb: ExpressionBuilder<Schema, 'invitation'>, person: Person) =>
  eb.and([
    eb('invitation.administration_id', 'in', [...person.administrations, none]),
    eb.or([eb('invitation.person_id', '=', person.id), eb('invitation.person_id', 'is', null)]),
  ])

const invitations = (db: Database) =>
  db
    .selectFrom('invitation')
    .innerJoin('administration', 'administration.id', 'invitation.administration_id')
    .select([
      'invitation.id',
      'invitation.session_id as sessionId',
      'invitation.administration_id as administrationId',
      'administration.name as administration',
      'invitation.person_id as personId',
      'role',
      'places',
      'places_kept as placesKept',
      'lapses_at',
      'accepted_at',
      'declined_at',
      'withdrawn_at',
      'lapsed_at',
    ])
    .select((eb) => used(eb).as('used'))

type Moments = {
  lapses_at: string
  accepted_at: string | null
  declined_at: string | null
  withdrawn_at: string | null
  lapsed_at: string | null
  used: number | string | null
}

export const inOurWords = <R extends Moments>({ lapses_at, accepted_at, declined_at, withdrawn_at, lapsed_at, used, ...row }: R) => ({
  ...row,
  used: Number(used),
  lapsesAt: fromMoment(lapses_at),
  acceptedAt: fromMomentOrNull(accepted_at),
  declinedAt: fromMomentOrNull(declined_at),
  withdrawnAt: fromMomentOrNull(withdrawn_at),
  lapsedAt: fromMomentOrNull(lapsed_at),
})

export type Discussant = { administration: string; name: string | null }

/**
 * Who speaks at a session: the administrations for everybody; the names for the others who take part (`takesPart`) and for
 * whoever may see those administrations.
 */
export async function discussantsOf(
  db: Database,
  sessionId: number,
  { person, takesPart }: { person: Person | null; takesPart: boolean },
): Promise<Discussant[]> {
  const rows = await db
    .selectFrom('registration')
    .innerJoin('invitation', 'invitation.id', 'registration.invitation_id')
    .innerJoin('administration', 'administration.id', 'registration.administration_id')
    .innerJoin('person', 'person.id', 'registration.person_id')
    .where('registration.session_id', '=', sessionId)
    .where('registration.cancelled_at', 'is', null)
    .where('invitation.role', '=', 'discussant')
    .orderBy('administration.search_text')
    .orderBy('person.name')
    .select(['administration.name as administration', 'person.name'])
    .select((eb) => eb.case().when(seenBy(eb, person)).then(1).else(0).end().as('seen'))
    .execute()
  return rows.map(({ administration, name, seen }) => ({ administration, name: takesPart || seen === 1 ? name : null }))
}
