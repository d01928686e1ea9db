import { seenBy } from '../../administrations/queries.ts'
import { asMoment, fromMoment } from '../../database/moment.ts'
import type { Database } from '../../database/schema.ts'
import type { Person } from '../../web/env.ts'

export type Registered = { personId: number; name: string; email: string; administrationId: number; administration: string }

/** Everybody registered, by name: for matching files and for the operator. Pages use `registeredSeenBy`. */
export async function registeredFor(db: Database, sessionId: number): Promise<Registered[]> {
  return registrations(db, sessionId).select(columns).orderBy('person.name').orderBy('person.id').execute()
}

/** The registered people whose administration this person may see. */
export async function registeredSeenBy(db: Database, sessionId: number, person: Person): Promise<Registered[]> {
  return registrations(db, sessionId)
    .where((eb) => seenBy(eb, person))
    .select(columns)
    .orderBy('person.name')
    .orderBy('person.id')
    .execute()
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
