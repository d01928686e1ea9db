import { asMoment } from '../../database/moment.ts'
import type { Database, Delivery, Tx } from '../../database/schema.ts'
import { inTransaction } from '../../database/transaction.ts'
import { findPerson } from '../../people/queries.ts'
import { findQuestion } from '../queries.ts'

type Following = { questionId: number; personId: number; delivery: Delivery }

/** Writes down how somebody follows a question; whoever does so already changes how. */
export async function follow(tx: Tx, { questionId, personId, delivery }: Following, at: Temporal.Instant): Promise<void> {
  await tx
    .insertInto('question_follower')
    .values({ question_id: questionId, person_id: personId, delivery, followed_at: asMoment(at), changed_at: asMoment(at) })
    .onConflict((conflict) => conflict.columns(['question_id', 'person_id']).doUpdateSet({ delivery, changed_at: asMoment(at) }))
    .execute()
}

/** How a person wants to hear of a question that they may read. */
export async function followQuestion(
  db: Database,
  { questionId, delivery }: { questionId: number; delivery: Delivery },
  { by, at }: { by: { id: number }; at: Temporal.Instant },
): Promise<{ refusal: 'not_found' | null }> {
  return inTransaction(db, async (tx) => {
    const question = await findQuestion(tx, questionId, await findPerson(tx, by.id))
    if (!question) return { refusal: 'not_found' }
    await follow(tx, { questionId: question.id, personId: by.id, delivery }, at)
    return { refusal: null }
  })
}
