import { asMoment, fromMoment } from '../database/moment.ts'
import type { Database } from '../database/schema.ts'
import type { Person, Scope } from '../web/env.ts'
import { mustSetUp, type SecondFactorPolicy } from './second-factor/rules.ts'
import { digest } from './secrets.ts'
import { isSpent, isStale } from './sign-in/limits.ts'

export type SignedIn = {
  signInId: number
  person: Person
  /** What this sign-in still lacks before it opens anything. */
  lacks: 'second_factor' | 'setting_up' | null
}

/** Who is signed in with this cookie, or null; three short queries however many roles there are. */
export async function findSignedIn(
  db: Database,
  token: string,
  { now, policy }: { now: Temporal.Instant; policy: SecondFactorPolicy },
): Promise<SignedIn | null> {
  const row = await db
    .selectFrom('sign_in')
    .innerJoin('person', 'person.id', 'sign_in.person_id')
    .leftJoin('second_factor', 'second_factor.person_id', 'person.id')
    .where('token_hash', '=', digest(token))
    .where('ended_at', 'is', null)
    .where('expires_at', '>', asMoment(now))
    .select(['person.id', 'person.name', 'person.email', 'person.language', 'sign_in.id as signInId', 'sign_in.created_at'])
    .select(['sign_in.expires_at', 'sign_in.last_seen_at', 'sign_in.second_factor_at', 'second_factor.confirmed_at'])
    .executeTakeFirst()
  if (!row) return null
  const { signInId, created_at, expires_at, last_seen_at, second_factor_at, confirmed_at, ...rest } = row
  const person = await withRoles(db, rest)
  const [createdAt, expiresAt, lastSeenAt] = [fromMoment(created_at), fromMoment(expires_at), fromMoment(last_seen_at)]
  if (isSpent({ createdAt, expiresAt, lastSeenAt }, person, now)) return null
  if (isStale(lastSeenAt, now)) await touch(db, signInId, now)
  const lacks =
    confirmed_at !== null ? (second_factor_at === null ? 'second_factor' : null) : mustSetUp(person, policy) ? 'setting_up' : null
  return { signInId, person, lacks }
}

/** A page that can be read is shown also while nothing can be written. */
async function touch(db: Database, signInId: number, now: Temporal.Instant) {
  const seen = db
    .updateTable('sign_in')
    .set({ last_seen_at: asMoment(now) })
    .where('id', '=', signInId)
  await seen.execute().catch(() => {})
}

export async function findPersonByEmail(db: Database, email: string): Promise<Person | null> {
  const row = await db
    .selectFrom('person')
    .where('email', '=', email.trim().toLowerCase())
    .select(['id', 'name', 'email', 'language'])
    .executeTakeFirst()
  return row ? withRoles(db, row) : null
}

export async function findPerson(db: Database, id: number): Promise<Person | null> {
  const row = await db.selectFrom('person').where('id', '=', id).select(['id', 'name', 'email', 'language']).executeTakeFirst()
  return row ? withRoles(db, row) : null
}

type PersonRow = Pick<Person, 'id' | 'name' | 'email' | 'language'>

async function withRoles(db: Database, row: PersonRow): Promise<Person> {
  const grants = await db
    .selectFrom('role_grant')
    .where('person_id', '=', row.id)
    .where('revoked_at', 'is', null)
    .select(['role', 'region_code'])
    .execute()
  const referent = await db
    .selectFrom('referent')
    .where('person_id', '=', row.id)
    .where('until', 'is', null)
    .orderBy('id')
    .select('administration_id')
    .execute()

  const scope = (role: 'trainer' | 'coordinator'): Scope | null => {
    const regions = grants.filter((grant) => grant.role === role).map((grant) => grant.region_code)
    return regions.length === 0 ? null : regions.includes(null) ? 'national' : regions.filter((region) => region !== null)
  }
  return {
    ...row,
    coordinator: scope('coordinator'),
    trainer: scope('trainer'),
    administrations: referent.map(({ administration_id }) => administration_id),
  }
}

export async function trainers(db: Database): Promise<{ id: number; name: string }[]> {
  return db
    .selectFrom('person')
    .where('id', 'in', (eb) =>
      eb.selectFrom('role_grant').where('role', '=', 'trainer').where('revoked_at', 'is', null).select('person_id'),
    )
    .orderBy('name')
    .select(['id', 'name'])
    .execute()
}

export async function administrationsOf(db: Database, personId: number): Promise<{ id: number; name: string }[]> {
  return db
    .selectFrom('referent')
    .innerJoin('administration', 'administration.id', 'referent.administration_id')
    .where('referent.person_id', '=', personId)
    .where('referent.until', 'is', null)
    .orderBy('administration.search_text')
    .select(['administration.id', 'administration.name'])
    .execute()
}
