import { randomInt } from 'node:crypto'
import { asMoment } from '../../database/moment.ts'
import type { Database, Tx } from '../../database/schema.ts'
import { inTransaction, lockRow } from '../../database/transaction.ts'
import { recordHistory } from '../../history/record.ts'
import { hasAttended } from '../after/queries.ts'
import { findAnySession } from '../queries.ts'
import { hasGiven, ownQuestions } from './queries.ts'
import {
  type FeedbackRefusal,
  feedbackRefusal,
  type OwnQuestionRefusal,
  ownQuestionRefusal,
  type QuestionKind,
  type Rating,
} from './rules.ts'

type Who = { by: { id: number }; at: Temporal.Instant }
export type Reply = { question: string; rating: Rating } | { question: string; text: string }

/**
 * Keeps what somebody thinks of a session, once. That they have answered is kept with their name and the moment, what they
 * answered with neither.
 */
export async function giveFeedback(
  db: Database,
  sessionId: number,
  replies: readonly Reply[],
  { by, at }: Who,
): Promise<{ refusal: FeedbackRefusal | 'not_found' } | null> {
  return inTransaction(db, async (tx) => {
    const session = await findAnySession(tx, sessionId)
    if (!session) return { refusal: 'not_found' }
    const whose = { sessionId, personId: by.id }
    const asked = { attended: await hasAttended(tx, whose), given: await hasGiven(tx, whose), now: at }
    const refusal = feedbackRefusal(session, asked)
    if (refusal) return { refusal }

    const given = await tx
      .insertInto('feedback_given')
      .values({ session_id: sessionId, person_id: by.id, given_at: asMoment(at) })
      .onConflict((conflict) => conflict.columns(['session_id', 'person_id']).doNothing())
      .executeTakeFirst()
    if (given.numInsertedOrUpdatedRows === 0n) return { refusal: 'already_given' }

    const answerId = await newAnswer(tx, sessionId)
    const rows = replies.map((reply) => ({
      feedback_answer_id: answerId,
      question: reply.question,
      rating: 'rating' in reply ? reply.rating : null,
      text: 'text' in reply ? reply.text : null,
    }))
    if (rows.length > 0) await tx.insertInto('feedback_reply').values(rows).execute()
    await recordHistory(tx, { happening: 'feedback_given', subject: 'session', subjectId: sessionId, by, at })
    return null
  })
}

const largestId = 2 ** 31 - 1

/** Drawn by lot until one is free: in the order of ids one could read who answered what. */
async function newAnswer(tx: Tx, sessionId: number): Promise<number> {
  for (;;) {
    const drawn = await tx
      .insertInto('feedback_answer')
      .values({ id: randomInt(1, largestId), session_id: sessionId })
      .onConflict((conflict) => conflict.column('id').doNothing())
      .returning('id')
      .executeTakeFirst()
    if (drawn) return drawn.id
  }
}

export async function addOwnQuestion(
  db: Database,
  sessionId: number,
  { kind, label }: { kind: QuestionKind; label: string },
  { by, at }: Who,
): Promise<{ id: number } | { refusal: OwnQuestionRefusal | 'not_found' }> {
  return inTransaction(db, async (tx) => {
    await lockRow(tx, 'session', sessionId)
    const session = await findAnySession(tx, sessionId)
    const refusal = session ? ownQuestionRefusal(session, (await ownQuestions(tx, sessionId)).length) : 'not_found'
    if (refusal) return { refusal }
    const { id } = await tx
      .insertInto('feedback_question')
      .values({ session_id: sessionId, kind, label, added_at: asMoment(at), added_by: by.id, removed_at: null, removed_by: null })
      .returning('id')
      .executeTakeFirstOrThrow()
    await recordHistory(tx, { happening: 'feedback_question_added', subject: 'session', subjectId: sessionId, by, at, details: { label } })
    return { id }
  })
}

/** It is asked no more; what was answered stays. False when there is no such question any more. */
export async function removeOwnQuestion(
  db: Database,
  { sessionId, questionId }: { sessionId: number; questionId: number },
  { by, at }: Who,
): Promise<boolean> {
  return inTransaction(db, async (tx) => {
    const removed = await tx
      .updateTable('feedback_question')
      .set({ removed_at: asMoment(at), removed_by: by.id })
      .where('id', '=', questionId)
      .where('session_id', '=', sessionId)
      .where('removed_at', 'is', null)
      .returning('label')
      .executeTakeFirst()
    if (!removed) return false
    const details = { label: removed.label }
    await recordHistory(tx, { happening: 'feedback_question_removed', subject: 'session', subjectId: sessionId, by, at, details })
    return true
  })
}
