import type { Database } from '../../../database/schema.ts'

const atOnce = 100

/** Published entries whose review date has come and whose owner has not been told of it. */
export async function entriesToReview(db: Database, today: Temporal.PlainDate): Promise<{ id: number; reviewOn: string }[]> {
  return db
    .selectFrom('faq_entry')
    .where('published_at', 'is not', null)
    .where('review_on', '<=', today.toString())
    .where((eb) => eb.or([eb('review_told_for', 'is', null), eb('review_told_for', '<>', eb.ref('review_on'))]))
    .orderBy('review_on')
    .limit(atOnce)
    .select(['id', 'review_on as reviewOn'])
    .execute()
}
