import { sql } from 'kysely'
import type { Database, Tx } from '../../database/schema.ts'

/** A stem that some text has, and in how many texts it was when they were learned. */
export type Known = { stem: string; uses: number }

const shortestForSlips = 4
const mostCompletions = 8
const mostSlips = 6

/** Takes the stems of one more text into the vocabulary. In order, so that two texts learned at once don't wait for each other. */
export async function learn(tx: Tx, stems: readonly string[]): Promise<void> {
  const found = [...new Set(stems)].toSorted()
  if (found.length === 0) return
  const rows = await tx
    .insertInto('stem')
    .values(found.map((stem) => ({ stem, uses: 1 })))
    .onConflict((conflict) => conflict.column('stem').doUpdateSet({ uses: sql`stem.uses + 1` }))
    .returning(['id', 'stem', 'uses'])
    .execute()
  const variants = rows
    .filter(({ uses }) => uses === 1)
    .flatMap(({ id, stem }) => variantsOf(stem).map((variant) => ({ variant, stem_id: id })))
  for (let from = 0; from < variants.length; from += 500)
    await tx
      .insertInto('stem_variant')
      .values(variants.slice(from, from + 500))
      .onConflict((conflict) => conflict.columns(['variant', 'stem_id']).doNothing())
      .execute()
}

/** The word, and what is left of it without one of its letters. */
export function variantsOf(word: string): string[] {
  const shorter = word.length < shortestForSlips ? [] : Array.from(word, (_, index) => word.slice(0, index) + word.slice(index + 1))
  return [...new Set([word, ...shorter])]
}

/** Those of the stems that some text has. */
export async function knownAmong(db: Database, stems: readonly string[]): Promise<Known[]> {
  if (stems.length === 0) return []
  return db.selectFrom('stem').where('stem', 'in', stems).select(['stem', 'uses']).execute()
}

/** The most used stems that begin so. */
export async function completionsOf(db: Database, beginning: string): Promise<Known[]> {
  return db
    .selectFrom('stem')
    .where('stem', '>=', beginning)
    .where('stem', '<', `${beginning}~`)
    .orderBy('uses', 'desc')
    .orderBy('stem')
    .limit(mostCompletions)
    .select(['stem', 'uses'])
    .execute()
}

/**
 * Known stems that a slip of the finger away from any of the words: a letter missing, too many, wrong, or two swapped.
 * They share a variant; which of them is near enough is measured.
 */
export async function slipsOf(db: Database, words: readonly string[]): Promise<Known[]> {
  const wanted = words.filter((word) => word.length >= shortestForSlips)
  if (wanted.length === 0) return []
  const rows = await db
    .selectFrom('stem')
    .where('id', 'in', (eb) =>
      eb
        .selectFrom('stem_variant')
        .where('variant', 'in', [...new Set(wanted.flatMap(variantsOf))])
        .select('stem_id'),
    )
    .orderBy('uses', 'desc')
    .limit(60)
    .select(['stem', 'uses'])
    .execute()
  const near = ({ stem }: Known) => Math.min(...wanted.map((word) => distance(word, stem)))
  return rows
    .filter((row) => near(row) <= 2 && row.stem.length >= 3)
    .toSorted((a, b) => near(a) - near(b) || b.uses - a.uses)
    .slice(0, mostSlips)
}

/** How many letters to add, take away, change or swap with their neighbour (optimal string alignment). */
export function distance(a: string, b: string): number {
  let beforeLast: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i]
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1]
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
      row.push(
        Math.min(
          (last[j] ?? 0) + 1,
          (row[j - 1] ?? 0) + 1,
          (last[j - 1] ?? 0) + (same ? 0 : 1),
          swapped ? (beforeLast[j - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY,
        ),
      )
    }
    beforeLast = last
    last = row
  }
  return last[b.length] ?? 0
}
