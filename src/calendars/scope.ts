import { regions } from '../administrations/regions.ts'
import type { Database } from '../database/schema.ts'
import type { FeedScope } from './queries.ts'

/** What a public address asks for: all sessions, those of a region, or those of a pathway; undefined when there is no such thing. */
export async function publicScope(
  db: Database,
  { region, pathway }: { region?: string; pathway?: string },
): Promise<{ scope: FeedScope; name: string | null } | undefined> {
  if (region !== undefined) {
    const found = regions.find(({ code }) => code === region)
    return found && { scope: { of: 'region', code: found.code }, name: found.name }
  }
  if (pathway === undefined) return { scope: { of: 'everybody' }, name: null }
  const found = /^\d{1,9}$/.test(pathway) ? await publicPathways(db, Number(pathway)) : []
  return found[0] && { scope: { of: 'pathway', id: found[0].id }, name: found[0].title }
}

/** The pathways of published programmes, as they are today. */
export function publicPathways(db: Database, id?: number): Promise<{ id: number; title: string }[]> {
  return db
    .selectFrom('pathway')
    .innerJoin('programme', 'programme.id', 'pathway.programme_id')
    .where('programme.published_at', 'is not', null)
    .where('pathway.root_id', 'is', null)
    .$if(id !== undefined, (query) => query.where('pathway.id', '=', id ?? 0))
    .orderBy('programme.id')
    .orderBy('pathway.position')
    .select(['pathway.id', 'pathway.title'])
    .execute()
}

/** Whether a client knows this version already (`If-None-Match`). */
export const isAmong = (tag: string, known = ''): boolean =>
  known.trim() === '*' || known.split(',').some((each) => each.trim().replace(/^W\//, '') === tag)
