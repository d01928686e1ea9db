import { asMoment } from '../../database/moment.ts'
import type { Database, Visibility } from '../../database/schema.ts'
import { inTransaction, lockRow } from '../../database/transaction.ts'
import { recordHistory } from '../../history/record.ts'
import { dueAfter, findForChange, markAnswered, type Who } from '../actions.ts'
import {
  type ReopenRefusal,
  reopenRefusal,
  type SolveRefusal,
  solveRefusal,
  type VerifyRefusal,
  type VisibilityRefusal,
  verifyRefusal,
  visibilityRefusal,
} from '../rules.ts'
import { indexQuestion } from '../search/questions.ts'
import { workingMinutes } from '../working-time.ts'
import { answersOthers } from './queries.ts'

/** The asker or staff say that nothing is left to answer, and the asker perhaps which answer it was. Solved already: it stays as it is. */
export async function markSolved(
  db: Database,
  questionId: number,
  { by, at }: Who,
  { answerId = null }: { answerId?: number | null } = {},
): Promise<{ refusal: SolveRefusal | null }> {
  return inTransaction(db, async (tx) => {
    await lockRow(tx, 'question', questionId)
    const found = await findForChange(tx, questionId, by)
    const refusal = found ? solveRefusal(found.question, found.person) : 'not_found'
    if (refusal || !found || found.question.solvedAt) return { refusal }
    const { administrationId, askedAt } = found.question
    if (answerId !== null && !(await belongs(tx, answerId, questionId))) return { refusal: 'not_found' }

    const solved = { solved_at: asMoment(at), solved_by: by.id, solving_answer_id: answerId, solution_minutes: workingMinutes(askedAt, at) }
    await tx
      .updateTable('question')
      .set({ ...solved, state: 'solved', due_at: null })
      .where('id', '=', questionId)
      .execute()
    await indexQuestion(tx, questionId)
    await recordHistory(tx, { happening: 'question_solved', subject: 'question', subjectId: questionId, administrationId, by, at })
    return { refusal: null }
  })
}

/** It isn't solved after all: staff's turn again. What was said of the solution is in the history. */
export async function reopenQuestion(db: Database, questionId: number, { by, at }: Who): Promise<{ refusal: ReopenRefusal | null }> {
  return inTransaction(db, async (tx) => {
    await lockRow(tx, 'question', questionId)
    const found = await findForChange(tx, questionId, by)
    const refusal = found ? reopenRefusal(found.question, found.person) : 'not_found'
    if (refusal || !found) return { refusal }

    const { administrationId, priority, solvedAt } = found.question
    await tx
      .updateTable('question')
      .set({
        state: 'waiting',
        due_at: dueAfter(at, priority),
        solved_at: null,
        solved_by: null,
        solving_answer_id: null,
        solution_minutes: null,
      })
      .where('id', '=', questionId)
      .execute()
    await indexQuestion(tx, questionId)
    const details = { solved_at: solvedAt && asMoment(solvedAt) }
    await recordHistory(tx, {
      happening: 'question_reopened',
      subject: 'question',
      subjectId: questionId,
      administrationId,
      by,
      at,
      details,
    })
    return { refusal: null }
  })
}

/** Staff stand by somebody's answer: for whoever reads, it counts like one of theirs. Verifying twice changes nothing. */
export async function verifyAnswer(
  db: Database,
  { questionId, answerId }: { questionId: number; answerId: number },
  { by, at }: Who,
): Promise<{ refusal: VerifyRefusal | null }> {
  return inTransaction(db, async (tx) => {
    await lockRow(tx, 'question', questionId)
    const found = await findForChange(tx, questionId, by)
    const refusal = found ? verifyRefusal(found.question, found.person) : 'not_found'
    if (refusal || !found) return { refusal }

    const verified = await tx
      .updateTable('answer')
      .set({ verified_at: asMoment(at), verified_by: by.id })
      .where('id', '=', answerId)
      .where('question_id', '=', questionId)
      .where('verified_at', 'is', null)
      .returning('id')
      .executeTakeFirst()
    if (!verified) return { refusal: (await belongs(tx, answerId, questionId)) ? null : 'not_found' }
    await markAnswered(tx, questionId, at)
    const { administrationId } = found.question
    await recordHistory(tx, { happening: 'answer_verified', subject: 'answer', subjectId: answerId, administrationId, by, at })
    return { refusal: null }
  })
}

/** Who may read the question from now on. */
export async function changeVisibility(
  db: Database,
  questionId: number,
  visibility: Visibility,
  { by, at }: Who,
): Promise<{ refusal: VisibilityRefusal | null }> {
  return inTransaction(db, async (tx) => {
    await lockRow(tx, 'question', questionId)
    const found = await findForChange(tx, questionId, by)
    if (!found) return { refusal: 'not_found' }
    const { question, person } = found
    const refusal = visibilityRefusal(question, person, visibility, await answersOthers(tx, question))
    if (refusal || question.visibility === visibility) return { refusal }

    await tx.updateTable('question').set({ visibility }).where('id', '=', questionId).execute()
    await indexQuestion(tx, questionId)
    const { administrationId } = question
    const details = { before: question.visibility, after: visibility }
    await recordHistory(tx, {
      happening: 'question_visibility_changed',
      subject: 'question',
      subjectId: questionId,
      administrationId,
      by,
      at,
      details,
    })
    return { refusal: null }
  })
}

type Transaction = Parameters<typeof indexQuestion>[0]

async function belongs(tx: Transaction, answerId: number, questionId: number): Promise<boolean> {
  const row = await tx.selectFrom('answer').where('id', '=', answerId).where('question_id', '=', questionId).select('id').executeTakeFirst()
  return row !== undefined
}
