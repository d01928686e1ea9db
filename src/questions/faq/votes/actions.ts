import { asMoment } from '../../../database/moment.ts'
import type { Database } from '../../../database/schema.ts'
import { inTransaction } from '../../../database/transaction.ts'

/** Did the entry help? One vote a person, the last one counts; only a published entry is voted on. */
export async function vote(
  db: Database,
  { entryId, vote }: { entryId: number; vote: 'yes' | 'no' },
  { by, at }: { by: { id: number }; at: Temporal.Instant },
): Promise<{ refusal: 'not_found' | null }> {
  return inTransaction(db, async (tx) => {
    const entry = await tx
      .selectFrom('faq_entry')
      .where('id', '=', entryId)
      .where('published_at', 'is not', null)
      .select('id')
      .executeTakeFirst()
    if (!entry) return { refusal: 'not_found' }
    await tx
      .insertInto('faq_vote')
      .values({ faq_entry_id: entryId, person_id: by.id, vote, voted_at: asMoment(at) })
      .onConflict((conflict) => conflict.columns(['faq_entry_id', 'person_id']).doUpdateSet({ vote, voted_at: asMoment(at) }))
      .execute()
    return { refusal: null }
  })
}
