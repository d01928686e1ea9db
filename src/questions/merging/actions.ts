import { sql } from 'kysely'
import { asMoment } from '../../database/moment.ts'
import type { Database } from '../../database/schema.ts'
import { inTransaction, lockRow } from '../../database/transaction.ts'
import { recordHistory } from '../../history/record.ts'
import { findForChange, type Who } from '../actions.ts'
import { findQuestion } from '../queries.ts'
import { indexQuestion } from '../search/questions.ts'
import { answersOthers } from '../thread/queries.ts'
import { type MergeRefusal, mergeRefusal } from './rules.ts'

/**
 * The question goes on in another: its address leads there, and whoever followed it follows the other, in the same way.
 * What was merged into it before goes along, so that nobody is sent around twice.
 */
export async function mergeQuestion(
  db: Database,
  { questionId, targetId }: { questionId: number; targetId: number },
  { by, at }: Who,
): Promise<{ refusal: MergeRefusal | null }> {
  return inTransaction(db, async (tx) => {
    // In the order of their ids: two who merge two questions into each other wait instead of hanging.
    for (const id of [questionId, targetId].toSorted((a, b) => a - b)) await lockRow(tx, 'question', id)
    const found = await findForChange(tx, questionId, by)
    if (!found) return { refusal: 'not_found' }
    const { question, person } = found
    const target = await findQuestion(tx, targetId, person)
    const refusal = mergeRefusal(question, target, person, await answersOthers(tx, question))
    if (refusal || !target) return { refusal }

    const merged = { merged_into_id: targetId, merged_at: asMoment(at), merged_by: by.id }
    await tx
      .updateTable('question')
      .set({ ...merged, state: 'merged', due_at: null })
      .where('id', '=', questionId)
      .execute()
    await tx.updateTable('question').set({ merged_into_id: targetId }).where('merged_into_id', '=', questionId).execute()
    await tx
      .insertInto('question_follower')
      .columns(['question_id', 'person_id', 'delivery', 'followed_at', 'changed_at'])
      .expression((eb) =>
        eb
          .selectFrom('question_follower')
          .where('question_id', '=', questionId)
          .select([
            sql<number>`cast(${targetId} as integer)`.as('question_id'),
            'person_id',
            'delivery',
            sql<string>`cast(${asMoment(at)} as text)`.as('followed_at'),
            sql<string>`cast(${asMoment(at)} as text)`.as('changed_at'),
          ]),
      )
      .onConflict((conflict) => conflict.columns(['question_id', 'person_id']).doNothing())
      .execute()
    await indexQuestion(tx, questionId)
    const { administrationId } = question
    const details = { into: targetId }
    await recordHistory(tx, { happening: 'question_merged', subject: 'question', subjectId: questionId, administrationId, by, at, details })
    return { refusal: null }
  })
}
