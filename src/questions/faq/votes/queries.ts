import { sql } from 'kysely'
import type { Database } from '../../../database/schema.ts'
import { asFaqEntry, type FaqEntry, faqColumns } from '../queries.ts'

/** How many more said that an entry helped than that it didn't: the order of the entries of a module. */
export const usefulness = sql<number>`(select coalesce(sum(case vote when 'yes' then 1 else -1 end), 0) from faq_vote where faq_vote.faq_entry_id = faq_entry.id)`

/** The published entries of a module, or of all, the most useful first. */
export async function usefulEntries(db: Database, { moduleId, limit }: { moduleId: number | null; limit: number }): Promise<FaqEntry[]> {
  const rows = await db
    .selectFrom('faq_entry')
    .leftJoin('module', 'module.id', 'faq_entry.module_id')
    .where('faq_entry.published_at', 'is not', null)
    .$if(moduleId !== null, (query) => query.where('faq_entry.module_id', '=', moduleId ?? 0))
    .orderBy(usefulness, 'desc')
    .orderBy('faq_entry.published_at', 'desc')
    .orderBy('faq_entry.id', 'desc')
    .limit(limit)
    .select(faqColumns)
    .execute()
  return rows.map(asFaqEntry)
}

export type Votes = { yes: number; no: number; mine: 'yes' | 'no' | null }

/** How an entry was voted on, and how by this person. */
export async function votesOn(db: Database, entryId: number, personId: number | null): Promise<Votes> {
  const rows = await db
    .selectFrom('faq_vote')
    .where('faq_entry_id', '=', entryId)
    .groupBy('vote')
    .select((eb) => [
      'vote',
      eb.fn.countAll<number>().as('count'),
      eb.fn
        .max(
          eb
            .case()
            .when('person_id', '=', personId ?? 0)
            .then(1)
            .else(0)
            .end(),
        )
        .as('mine'),
    ])
    .execute()
  const count = (vote: 'yes' | 'no') => rows.find((row) => row.vote === vote)?.count ?? 0
  return { yes: count('yes'), no: count('no'), mine: rows.find(({ mine }) => Number(mine) === 1)?.vote ?? null }
}
