import { type ExpressionBuilder, sql } from 'kysely'
import type { Database, Schema } from '../../database/schema.ts'
import { asFaqEntry, type FaqEntry, faqColumns, moduleChangedSince } from '../faq/queries.ts'
import { usefulness } from '../faq/votes/queries.ts'
import { entriesWith, type Found } from './engines.ts'
import { scoreOf } from './score.ts'
import { stems } from './stems.ts'
import { type Meant, understoodTerms } from './understanding.ts'

type Search = {
  programmeId?: number | null
  moduleId?: number | null
  /** Look among other entries than the published ones; `review`: published, and to be read again by `today`. */
  among?: 'published' | 'proposed' | 'withdrawn' | 'review'
  today?: Temporal.PlainDate
  ownerId?: number | null
  /** Where no words say what is best. */
  sort?: 'useful' | 'newest'
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
  { programmeId, moduleId, among = 'published', today, ownerId, sort = 'useful', limit, offset }: Search,
): Promise<{ rows: FaqEntry[]; total: number }> {
  const terms = await understoodTerms(db, text)
  const matching = db
    .selectFrom('faq_entry')
    .innerJoin((terms.length > 0 ? entriesWith(db, terms) : everyEntry).as('found'), 'found.id', 'faq_entry.id')
    .where((eb) => inState(eb, among, today))
    .$if(Boolean(ownerId), (query) => query.where('faq_entry.owner_id', '=', ownerId ?? 0))
    .$if(Boolean(programmeId), (query) => query.where('faq_entry.programme_id', '=', programmeId ?? 0))
    .$if(Boolean(moduleId), (query) => query.where('faq_entry.module_id', '=', moduleId ?? 0))

  const { total } = await matching.select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow()
  const rows = await matching
    .leftJoin('module', 'module.id', 'faq_entry.module_id')
    .select(faqColumns)
    .orderBy('found.terms', 'desc')
    .orderBy('found.rank', 'desc')
    .$if(terms.length === 0 && sort === 'useful', (query) => query.orderBy(usefulness, 'desc'))
    .orderBy('faq_entry.published_at', 'desc')
    .orderBy('faq_entry.id', 'desc')
    .limit(limit)
    .offset(offset)
    .execute()
  return { rows: rows.map(asFaqEntry), total }
}

function inState(eb: ExpressionBuilder<Schema, 'faq_entry'>, among: NonNullable<Search['among']>, today: Temporal.PlainDate | undefined) {
  const published = eb('faq_entry.published_at', 'is not', null)
  const open = eb.and([eb('faq_entry.proposed_at', 'is not', null), eb('faq_entry.decided_at', 'is', null)])
  if (among === 'published') return published
  if (among === 'proposed') return eb.and([eb.not(published), open])
  if (among === 'withdrawn') return eb.and([eb.not(published), eb.not(open)])
  const due = today ? eb('faq_entry.review_on', '<=', today.toString()) : eb.lit(false)
  return eb.and([published, eb.or([due, eb(moduleChangedSince, '=', 1)])])
}

const entriesCompared = 60

/** The published entries that answer best what somebody is writing, for suggestions. */
export async function suggestEntries(
  db: Database,
  text: string,
  meant: readonly Meant[],
  { moduleId, limit }: { moduleId?: number | null; limit: number },
): Promise<FaqEntry[]> {
  if (meant.every(({ stems }) => stems.length === 0)) return []
  const { rows } = await searchFaq(db, text, { limit: entriesCompared, offset: 0 })
  return rows
    .map((entry) => {
      const indexed = { subject: new Set(stems(entry.question)), body: new Set(stems(entry.answer.slice(0, 2_000))) }
      return { entry, score: scoreOf(indexed, meant) + (moduleId && entry.moduleId === moduleId ? 0.1 : 0) }
    })
    .filter(({ score }) => score >= worthShowing)
    .toSorted((a, b) => b.score - a.score)
    .slice(0, limit)
    .map(({ entry }) => entry)
}

const worthShowing = 0.25

const everyEntry = sql<Found>`(select id, 0 as terms, 0 as rank from faq_entry)`
