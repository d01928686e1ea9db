import { type RawBuilder, sql } from 'kysely'
import { onSqlite } from '../../database/migration.ts'
import type { Database } from '../../database/schema.ts'
import type { Term } from './terms.ts'

export type Found = { id: number; terms: number; rank: number }

/**
 * The FAQ entries that have any of the terms, with how many of them (`terms`) and the engine's own measure (`rank`,
 * higher is better): a subquery. Both engines look in the same stems and so find the same entries.
 */
export function entriesWith(db: Database, terms: readonly Term[]): RawBuilder<Found> {
  return onSqlite(db) ? onFts5(terms) : onPostgres(terms)
}

function onFts5(terms: readonly Term[]): RawBuilder<Found> {
  const asQuery = ({ stems, beginning }: Term) =>
    [...stems.map((stem) => `"${stem}"`), ...(beginning ? [`"${beginning}" *`] : [])].join(' OR ')
  const has = (term: Term) => sql`(rowid in (select rowid from faq_entry_index where faq_entry_index match ${asQuery(term)}))`

  return sql`(select rowid as id, ${sql.join(terms.map(has), sql` + `)} as terms, -bm25(faq_entry_index) as rank
    from faq_entry_index where faq_entry_index match ${terms.map(asQuery).join(' OR ')})`
}

function onPostgres(terms: readonly Term[]): RawBuilder<Found> {
  const vector = sql`to_tsvector('simple', stems)`
  const asQuery = ({ stems, beginning }: Term) => [...stems, ...(beginning ? [`${beginning}:*`] : [])].join(' | ')
  const query = (text: string) => sql`to_tsquery('simple', ${text})`
  const has = (term: Term) => sql`(${vector} @@ ${query(asQuery(term))})::int`
  const any = query(terms.map(asQuery).join(' | '))

  // 1: divided by the logarithm of the length, so that long answers don't win by being long.
  return sql`(select id, ${sql.join(terms.map(has), sql` + `)} as terms, ts_rank(${vector}, ${any}, 1) as rank
    from faq_entry where ${vector} @@ ${any})`
}
