import { asMoment } from '../database/moment.ts'
import type { Database } from '../database/schema.ts'
import type { Person, Scope } from '../web/env.ts'
import { digest } from './secrets.ts'

/** Who is signed in with this cookie, or null; three short queries however many roles there are. */
export async function findSignedIn(db: Database, token: string, now: Temporal.Instant): Promise<Person | null> {
  const row = await db
    .selectFrom('sign_in')
    .innerJoin('person', 'person.id', 'sign_in.person_id')
    .where('token_hash', '=', digest(token))
    .where('ended_at', 'is', null)
    .where('expires_at', '>', asMoment(now))
    .select(['person.id', 'person.name', 'person.email', 'person.language'])
    .executeTakeFirst()
  return row ? withRoles(db, row) : null
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
