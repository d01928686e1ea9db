import { seenBy } from '../../../administrations/queries.ts'
import type { Database } from '../../../database/schema.ts'
import { fold } from '../../../language/fold.ts'
import type { Person } from '../../../web/env.ts'
import { type ListRequest, rowsPerPage } from '../../../web/lists.ts'
import type { RegisteredHere } from '../queries.ts'

export const registeredSorts = ['name', 'administration'] as const
export type RegisteredList = ListRequest<(typeof registeredSorts)[number]>

/** The registered people whose administration this person may see, a page at a time; `seen` are all of them. Three queries. */
export async function listRegistered(
  db: Database,
  sessionId: number,
  list: RegisteredList,
  person: Person,
): Promise<{ rows: RegisteredHere[]; total: number; seen: number }> {
  const all = db
    .selectFrom('registration')
    .innerJoin('person', 'person.id', 'registration.person_id')
    .innerJoin('administration', 'administration.id', 'registration.administration_id')
    .where('registration.session_id', '=', sessionId)
    .where('registration.cancelled_at', 'is', null)
    .where((eb) => seenBy(eb, person))
  const wanted = fold(list.q).split(' ').filter(Boolean)
  const matching = all.where((eb) =>
    eb.and(
      wanted.map((word) =>
        eb.or([
          eb(eb.fn('lower', ['person.name']), 'like', `%${word}%`),
          eb('person.email', 'like', `%${word}%`),
          eb('administration.search_text', 'like', `%${word}%`),
        ]),
      ),
    ),
  )
  const { seen } = await all.select((eb) => eb.fn.countAll<number>().as('seen')).executeTakeFirstOrThrow()
  const { total } = await matching.select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow()
  const direction = list.descending ? 'desc' : 'asc'
  const rows = await matching
    .leftJoin('invitation', 'invitation.id', 'registration.invitation_id')
    .select(['person.id as personId', 'person.name', 'person.email', 'administration.id as administrationId'])
    .select(['administration.name as administration', 'registration.id as registrationId', 'invitation.role'])
    .$if(list.sort === 'administration', (query) => query.orderBy('administration.search_text', direction))
    .orderBy('person.name', list.sort === 'name' ? direction : 'asc')
    .orderBy('person.id')
    .limit(rowsPerPage)
    .offset((list.page - 1) * rowsPerPage)
    .execute()
  return { rows: rows.map(({ role, ...row }) => ({ ...row, discussant: role === 'discussant' })), total: Number(total), seen: Number(seen) }
}
