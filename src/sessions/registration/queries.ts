import { seenBy } from '../../administrations/queries.ts'
import { asMoment, fromMoment } from '../../database/moment.ts'
import type { Database } from '../../database/schema.ts'
import type { Person } from '../../web/env.ts'
import { invites } from '../invitations/queries.ts'

export type Registered = { personId: number; name: string; email: string; administrationId: number; administration: string }

/** Everybody registered, by name: for matching files and for the operator. Pages use `registeredSeenBy`. */
export async function registeredFor(db: Database, sessionId: number): Promise<Registered[]> {
  return registrations(db, sessionId).select(columns).orderBy('person.name').orderBy('person.id').execute()
}

export type RegisteredHere = Registered & { registrationId: number; discussant: boolean }

/** The registered people whose administration this person may see. */
export async function registeredSeenBy(db: Database, sessionId: number, person: Person): Promise<RegisteredHere[]> {
  const rows = await registrations(db, sessionId)
    .leftJoin('invitation', 'invitation.id', 'registration.invitation_id')
    .where((eb) => seenBy(eb, person))
    .select(columns)
    .select(['registration.id as registrationId', 'invitation.role'])
    .orderBy('person.name')
    .orderBy('person.id')
    .execute()
  return rows.map(({ role, ...row }) => ({ ...row, discussant: role === 'discussant' }))
}

export async function countRegistered(db: Database, sessionId: number): Promise<number> {
  const { count } = await db
    .selectFrom('registration')
    .where('session_id', '=', sessionId)
    .where('cancelled_at', 'is', null)
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  return count
}

/** How many places each administration has taken; their sum is all that are taken. */
export async function placesTaken(db: Database, sessionId: number): Promise<Map<number, number>> {
  const rows = await db
    .selectFrom('registration')
    .where('session_id', '=', sessionId)
    .where('cancelled_at', 'is', null)
    .groupBy('administration_id')
    .select((eb) => ['administration_id as administrationId', eb.fn.countAll<number>().as('count')])
    .execute()
  return new Map(rows.map(({ administrationId, count }) => [administrationId, Number(count)]))
}

export type WaitingPerson = Registered & { id: number; askedAt: Temporal.Instant; isReferent: boolean; invitationId: number | null }

/** Those who wait, whoever came first first; whether they are still referents of the administration they wait for, and who invited. */
export async function waitingInOrder(db: Database, sessionId: number, person?: Person): Promise<WaitingPerson[]> {
  const rows = await waiting(db, sessionId)
    .$if(person !== undefined, (query) => query.where((eb) => seenBy(eb, person ?? null)))
    .select(columns)
    .select(['waiting_entry.id', 'asked_at'])
    .select((eb) =>
      eb
        .selectFrom('referent')
        .whereRef('referent.person_id', '=', 'waiting_entry.person_id')
        .whereRef('referent.administration_id', '=', 'waiting_entry.administration_id')
        .where('referent.until', 'is', null)
        .select('referent.id')
        .as('referent'),
    )
    .select((eb) =>
      eb
        .selectFrom('invitation')
        .whereRef('invitation.session_id', '=', 'waiting_entry.session_id')
        .where((or) =>
          invites(or, { personId: or.ref('waiting_entry.person_id'), administrationId: or.ref('waiting_entry.administration_id') }),
        )
        .where('withdrawn_at', 'is', null)
        .where('declined_at', 'is', null)
        .select((max) => max.fn.max('invitation.id').as('id'))
        .as('invitationId'),
    )
    .orderBy('waiting_entry.id')
    .execute()
  return rows.map(({ asked_at, referent, ...row }) => ({ ...row, askedAt: fromMoment(asked_at), isReferent: referent !== null }))
}

export type OwnWaiting = { id: number; administrationId: number; administration: string; place: number }

/** The person's own turn, 1 being the first, if they wait. */
export async function findOwnWaiting(db: Database, sessionId: number, personId: number): Promise<OwnWaiting | undefined> {
  const own = await waiting(db, sessionId)
    .where('waiting_entry.person_id', '=', personId)
    .select(['waiting_entry.id', 'waiting_entry.administration_id as administrationId', 'administration.name as administration'])
    .executeTakeFirst()
  if (!own) return undefined
  const { before } = await waiting(db, sessionId)
    .where('waiting_entry.id', '<', own.id)
    .select((eb) => eb.fn.countAll<number>().as('before'))
    .executeTakeFirstOrThrow()
  return { ...own, place: Number(before) + 1 }
}

const waiting = (db: Database, sessionId: number) =>
  db
    .selectFrom('waiting_entry')
    .innerJoin('person', 'person.id', 'waiting_entry.person_id')
    .innerJoin('administration', 'administration.id', 'waiting_entry.administration_id')
    .where('waiting_entry.session_id', '=', sessionId)
    .where('promoted_at', 'is', null)
    .where('left_at', 'is', null)

export type Colleague = { id: number; name: string; administrationId: number }

/** Other referents of a person's administrations who have no place at this session yet. */
export async function colleaguesWithout(db: Database, sessionId: number, person: Person): Promise<Colleague[]> {
  if (person.administrations.length === 0) return []
  return db
    .selectFrom('referent')
    .innerJoin('person', 'person.id', 'referent.person_id')
    .where('referent.administration_id', 'in', [...person.administrations])
    .where('referent.until', 'is', null)
    .where('person.id', '<>', person.id)
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('registration')
            .whereRef('registration.person_id', '=', 'person.id')
            .where('registration.session_id', '=', sessionId)
            .where('registration.cancelled_at', 'is', null)
            .select('registration.id'),
        ),
      ),
    )
    .orderBy('person.name')
    .orderBy('person.id')
    .select(['person.id', 'person.name', 'referent.administration_id as administrationId'])
    .execute()
}

export type OwnRegistration = { id: number; administrationId: number; administration: string }

/** The person's own registration, if there is one that holds. */
export async function findOwnRegistration(db: Database, sessionId: number, personId: number): Promise<OwnRegistration | undefined> {
  return registrations(db, sessionId)
    .where('registration.person_id', '=', personId)
    .select(['registration.id', 'registration.administration_id as administrationId', 'administration.name as administration'])
    .executeTakeFirst()
}

export type ModuleSession = {
  id: number
  title: string
  startsAt: Temporal.Instant
  endsAt: Temporal.Instant
  place: string | null
  /** The person is registered. */
  registered: boolean
}

/** The sessions of a module that are still to come or under way, and whether this person is registered; one query. */
export async function comingOfModule(
  db: Database,
  { moduleId, personId, now, limit }: { moduleId: number; personId: number; now: Temporal.Instant; limit: number },
): Promise<ModuleSession[]> {
  const rows = await db
    .selectFrom('session')
    .leftJoin('registration', (join) =>
      join
        .onRef('registration.session_id', '=', 'session.id')
        .on('registration.person_id', '=', personId)
        .on('registration.cancelled_at', 'is', null),
    )
    .where('session.module_id', '=', moduleId)
    .where('session.published_at', 'is not', null)
    .where('session.cancelled_at', 'is', null)
    .where('session.ends_at', '>', asMoment(now))
    .orderBy('session.starts_at')
    .orderBy('session.id')
    .limit(limit)
    .select(['session.id', 'session.title', 'session.starts_at', 'session.ends_at', 'session.place'])
    .select('registration.id as registration')
    .execute()
  return rows.map(({ starts_at, ends_at, registration, ...row }) => ({
    ...row,
    startsAt: fromMoment(starts_at),
    endsAt: fromMoment(ends_at),
    registered: registration !== null,
  }))
}

const registrations = (db: Database, sessionId: number) =>
  db
    .selectFrom('registration')
    .innerJoin('person', 'person.id', 'registration.person_id')
    .innerJoin('administration', 'administration.id', 'registration.administration_id')
    .where('registration.session_id', '=', sessionId)
    .where('registration.cancelled_at', 'is', null)

const columns = [
  'person.id as personId',
  'person.name',
  'person.email',
  'administration.id as administrationId',
  'administration.name as administration',
] as const
