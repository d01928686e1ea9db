import { seenBy } from '../../administrations/queries.ts'
import { asMoment, fromMoment } from '../../database/moment.ts'
import type { Database } from '../../database/schema.ts'
import type { Person } from '../../web/env.ts'

/** A referent of today, and the administration. */
export type Leaving = {
  referentId: number
  personId: number
  name: string
  administrationId: number
  administration: string
  region: string
}

/** Undefined when there is none that this person may see, or when it has ended. */
export async function findLeaving(db: Database, referentId: number, person: Person): Promise<Leaving | undefined> {
  return db
    .selectFrom('referent')
    .innerJoin('person', 'person.id', 'referent.person_id')
    .innerJoin('administration', 'administration.id', 'referent.administration_id')
    .where('referent.id', '=', referentId)
    .where('referent.until', 'is', null)
    .where((eb) => seenBy(eb, person))
    .select(['referent.id as referentId', 'person.id as personId', 'person.name', 'administration.id as administrationId'])
    .select(['administration.name as administration', 'administration.region_code as region'])
    .executeTakeFirst()
}

export type PassingRegistration = { id: number; sessionId: number; invitationId: number | null; title: string; startsAt: Temporal.Instant }

/** The sessions to come for which a person is registered on behalf of an administration. */
export async function registrationsToPass(
  db: Database,
  { personId, administrationId }: { personId: number; administrationId: number },
  now: Temporal.Instant,
): Promise<PassingRegistration[]> {
  const rows = await db
    .selectFrom('registration')
    .innerJoin('session', 'session.id', 'registration.session_id')
    .where('registration.person_id', '=', personId)
    .where('registration.administration_id', '=', administrationId)
    .where('registration.cancelled_at', 'is', null)
    .where('session.cancelled_at', 'is', null)
    .where('session.starts_at', '>', asMoment(now))
    .orderBy('session.starts_at')
    .orderBy('session.id')
    .select(['registration.id', 'session.id as sessionId', 'session.title', 'session.starts_at'])
    .select('registration.invitation_id as invitationId')
    .execute()
  return rows.map(({ starts_at, ...row }) => ({ ...row, startsAt: fromMoment(starts_at) }))
}

/** How many questions of theirs wait for an end; they stay with the administration. */
export async function openQuestions(
  db: Database,
  { personId, administrationId }: { personId: number; administrationId: number },
): Promise<number> {
  const { count } = await db
    .selectFrom('question')
    .where('asked_by', '=', personId)
    .where('administration_id', '=', administrationId)
    .where('state', 'in', ['waiting', 'answered'])
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  return Number(count)
}
