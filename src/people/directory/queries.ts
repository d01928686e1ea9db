import type { Database } from '../../database/schema.ts'
import { type ListRequest, rowsPerPage } from '../../web/lists.ts'

export type Grant = { id: number; role: 'trainer' | 'coordinator'; region: string | null }
export type Listed = { id: number; name: string; email: string; grants: Grant[]; administrations: { id: number; name: string }[] }

export const peopleSorts = ['name', 'email'] as const
export const roleFilters = ['coordinator', 'trainer', 'referent'] as const
type RoleFilter = (typeof roleFilters)[number]

/** Everybody that the system knows, with roles and administrations; four queries however long the page. For national coordinators. */
export async function listPeople(
  db: Database,
  list: ListRequest<(typeof peopleSorts)[number]>,
): Promise<{ rows: Listed[]; total: number }> {
  const role = roleFilters.find((each) => each === list.filters.role)
  const words = list.q.toLowerCase().split(/\s+/).filter(Boolean)
  const matching = db
    .selectFrom('person')
    .where((eb) =>
      eb.and(
        words.map((word) => {
          const pattern = `%${word.replace(/[%\\]/g, '')}%`
          return eb.or([eb(eb.fn<string>('lower', ['person.name']), 'like', pattern), eb('person.email', 'like', pattern)])
        }),
      ),
    )
    .$if(role !== undefined, (query) => query.where('person.id', 'in', holdersOf(db, role as RoleFilter)))

  const { total } = await matching.select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow()
  const people = await matching
    .select((eb) => ['person.id', 'person.name', 'person.email', eb.fn<string>('lower', ['person.name']).as('sorted')])
    .orderBy(list.sort === 'email' ? 'person.email' : 'sorted', list.descending ? 'desc' : 'asc')
    .orderBy('person.id')
    .limit(rowsPerPage)
    .offset((list.page - 1) * rowsPerPage)
    .execute()
  return { rows: await withRoles(db, people), total }
}

export async function findListed(db: Database, personId: number): Promise<Listed | undefined> {
  const person = await db.selectFrom('person').where('id', '=', personId).select(['id', 'name', 'email']).executeTakeFirst()
  return person && (await withRoles(db, [person]))[0]
}

function holdersOf(db: Database, role: RoleFilter) {
  return role === 'referent'
    ? db.selectFrom('referent').where('until', 'is', null).select('person_id')
    : db.selectFrom('role_grant').where('role', '=', role).where('revoked_at', 'is', null).select('person_id')
}

async function withRoles(db: Database, people: readonly { id: number; name: string; email: string }[]): Promise<Listed[]> {
  const ids = [0, ...people.map(({ id }) => id)]
  const grants = await db
    .selectFrom('role_grant')
    .where('person_id', 'in', ids)
    .where('revoked_at', 'is', null)
    .orderBy('id')
    .select(['id', 'person_id', 'role', 'region_code as region'])
    .execute()
  const referents = await db
    .selectFrom('referent')
    .innerJoin('administration', 'administration.id', 'referent.administration_id')
    .where('referent.person_id', 'in', ids)
    .where('referent.until', 'is', null)
    .orderBy('administration.search_text')
    .select(['referent.person_id', 'administration.id', 'administration.name'])
    .execute()
  return people.map(({ id, name, email }) => ({
    id,
    name,
    email,
    grants: grants.filter(({ person_id }) => person_id === id).map(({ person_id: _, ...grant }) => grant),
    administrations: referents.filter(({ person_id }) => person_id === id).map(({ person_id: _, ...administration }) => administration),
  }))
}
