import { asMoment } from '../../database/moment.ts'
import type { Database } from '../../database/schema.ts'
import { inTransaction } from '../../database/transaction.ts'
import { keptForHours, mostWaiting } from './rules.ts'

export type Draft = { tokenHash: string; personId: number; path: string; fields: Record<string, string> }

/** Keeps what was written for the one who wrote it; what nobody came for goes, and so do the oldest when there are too many. */
export async function writeDraft(db: Database, { tokenHash, personId, path, fields }: Draft, at: Temporal.Instant): Promise<void> {
  await inTransaction(db, async (tx) => {
    await tx
      .deleteFrom('kept_draft')
      .where('kept_at', '<', asMoment(at.subtract({ hours: keptForHours })))
      .execute()
    const surplus = await tx.selectFrom('kept_draft').orderBy('id', 'desc').offset(mostWaiting).limit(1).select('id').executeTakeFirst()
    if (surplus) await tx.deleteFrom('kept_draft').where('id', '<=', surplus.id).execute()
    const row = { token_hash: tokenHash, person_id: personId, path, fields: JSON.stringify(fields), kept_at: asMoment(at) }
    await tx.insertInto('kept_draft').values(row).execute()
  })
}

/** The draft is sent, or another has taken its place. */
export async function removeDraft(db: Database, tokenHash: string): Promise<void> {
  await db.deleteFrom('kept_draft').where('token_hash', '=', tokenHash).execute()
}
