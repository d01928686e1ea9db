import { seenBy } from '../../../administrations/queries.ts'
import type { Database } from '../../../database/schema.ts'
import { fold } from '../../../language/fold.ts'
import type { Person } from '../../../web/env.ts'

export type Caller = { referentId: number; personId: number; name: string; administrationId: number; administration: string }

const callersShown = 20

/** Referents whose name or administration has all the words, among the administrations that the person looks after. */
export async function findCallers(db: Database, text: string, person: Person): Promise<Caller[]> {
  const found = fold(text)
    .replace(/[%_\\]/g, '')
    .split(' ')
    .filter(Boolean)
    .slice(0, 6)
  if (found.length === 0) return []
  return callers(db, person)
    .where((eb) =>
      eb.and(
        found.map((word) =>
          eb.or([eb(eb.fn<string>('lower', ['person.name']), 'like', `%${word}%`), eb('administration.search_text', 'like', `%${word}%`)]),
        ),
      ),
    )
    .orderBy('administration.search_text')
    .orderBy('person.name')
    .limit(callersShown)
    .execute()
}

/** The referent of today, where the person looks after the administration. */
export async function findCaller(db: Database, referentId: number, person: Person): Promise<Caller | undefined> {
  return callers(db, person).where('referent.id', '=', referentId).executeTakeFirst()
}

const callers = (db: Database, person: Person) =>
  db
    .selectFrom('referent')
    .innerJoin('person', 'person.id', 'referent.person_id')
    .innerJoin('administration', 'administration.id', 'referent.administration_id')
    .where('referent.until', 'is', null)
    .where((eb) => seenBy(eb, person))
    .select([
      'referent.id as referentId',
      'person.id as personId',
      'person.name',
      'administration.id as administrationId',
      'administration.name as administration',
    ])
