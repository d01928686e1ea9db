import { asMoment } from '../../../database/moment.ts'
import type { Database } from '../../../database/schema.ts'
import { inTransaction } from '../../../database/transaction.ts'
import { recordHistory } from '../../../history/record.ts'
import { dayOf } from '../../../language/dates.ts'
import { findPerson } from '../../../people/queries.ts'
import type { Who } from '../../actions.ts'
import { curationRefusal, type FaqRefusal, reviewDay } from '../rules.ts'
import { entriesToReview } from './queries.ts'

/** Whoever looks after an entry has read it again: it holds as it is, and comes back in a year. */
export async function confirmEntry(db: Database, id: number, { by, at }: Who): Promise<{ refusal: FaqRefusal | null }> {
  return inTransaction(db, async (tx) => {
    const entry = await tx
      .selectFrom('faq_entry')
      .where('id', '=', id)
      .where('published_at', 'is not', null)
      .select('owner_id')
      .executeTakeFirst()
    if (!entry) return { refusal: 'not_found' }
    const refusal = curationRefusal(await findPerson(tx, by.id), { ownerId: entry.owner_id })
    if (refusal) return { refusal }
    await tx
      .updateTable('faq_entry')
      .set({ read_at: asMoment(at), review_on: reviewDay(dayOf(at, 'UTC')).toString() })
      .where('id', '=', id)
      .execute()
    await recordHistory(tx, { happening: 'faq_entry_confirmed', subject: 'faq_entry', subjectId: id, by, at })
    return { refusal: null }
  })
}

/** Entries whose review date has come go back to their owners: each date is told once, whichever process finds it first. */
export async function sendBackForReview(db: Database, { now, zone }: { now: Temporal.Instant; zone: string }): Promise<number> {
  let sent = 0
  for (const { id, reviewOn } of await entriesToReview(db, dayOf(now, zone)))
    await inTransaction(db, async (tx) => {
      const { numUpdatedRows } = await tx
        .updateTable('faq_entry')
        .set({ review_told_for: reviewOn })
        .where('id', '=', id)
        .where((eb) => eb.or([eb('review_told_for', 'is', null), eb('review_told_for', '<>', reviewOn)]))
        .executeTakeFirst()
      if (numUpdatedRows === 0n) return
      sent += 1
      await recordHistory(tx, { happening: 'faq_entry_to_review', subject: 'faq_entry', subjectId: id, by: null, at: now })
    })
  return sent
}
