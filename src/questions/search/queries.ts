import { sql } from 'kysely'
import type { Database } from '../../database/schema.ts'
import { asFaqEntry, type FaqEntry, faqColumns } from '../faq/queries.ts'
import { entriesWith, type Found } from './engines.ts'
import { searchTerms } from './terms.ts'

type Search = {
  programmeId?: number | null
  moduleId?: number | null
  /** Look among the withdrawn entries instead of the published ones. */
  withdrawn?: boolean
  limit: number
  offset: number
}

/**
 * The published entries that answer a text, those with more of its words first; with no word to go by, all of them,
 * the newest first. Any text may be searched for.
 */
export async function searchFaq(
  db: Database,
  text: string,
  { programmeId, moduleId, withdrawn, limit, offset }: Search,
): Promise<{ rows: FaqEntry[]; total: number }> {
  const terms = searchTerms(text)
  const matching = db
    .selectFrom('faq_entry')
    .innerJoin((terms.length > 0 ? entriesWith(db, terms) : everyEntry).as('found'), 'found.id', 'faq_entry.id')
    .where('faq_entry.published_at', withdrawn ? 'is' : 'is not', null)
    .$if(Boolean(programmeId), (query) => query.where('faq_entry.programme_id', '=', programmeId ?? 0))
    .$if(Boolean(moduleId), (query) => query.where('faq_entry.module_id', '=', moduleId ?? 0))

  const { total } = await matching.select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow()
  const rows = await matching
    .leftJoin('module', 'module.id', 'faq_entry.module_id')
    .select(faqColumns)
    .orderBy('found.terms', 'desc')
    .orderBy('found.rank', 'desc')
    .orderBy('faq_entry.published_at', 'desc')
    .orderBy('faq_entry.id', 'desc')
    .limit(limit)
    .offset(offset)
    .execute()
  return { rows: rows.map(asFaqEntry), total }
}

const everyEntry = sql<Found>`(select id, 0 as terms, 0 as rank from faq_entry)`
