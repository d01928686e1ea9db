import { asMoment } from '../database/moment.ts'
import type { Database, Tx } from '../database/schema.ts'
import { inTransaction, lockRow } from '../database/transaction.ts'
import { recordHistory } from '../history/record.ts'
import { findPerson } from '../people/queries.ts'
import { canBeAskedAbout, findQuestion } from './queries.ts'
import {
  type AnswerRefusal,
  type AskRefusal,
  answerRefusal,
  askRefusal,
  doubleClickSeconds,
  type SolveRefusal,
  solveRefusal,
  spellMinutes,
} from './rules.ts'

/** Who does it and when. */
export type Who = { by: { id: number }; at: Temporal.Instant }

export type NewQuestion = { programmeId: number; moduleId: number | null; administrationId: number; subject: string; body: string }

/** Asks on behalf of an administration. The same words again within a minute are a double click and lead to the first question. */
export async function askQuestion(db: Database, question: NewQuestion, { by, at }: Who): Promise<{ id: number } | { refusal: AskRefusal }> {
  return inTransaction(db, async (tx) => {
    // Of two clicks the second waits here, and then finds what the first has written.
    await lockRow(tx, 'person', by.id)
    const first = await askedJustNow(tx, question, { by, at })
    if (first) return { id: first.id }

    const asking = {
      administrationId: question.administrationId,
      hasModule: await canBeAskedAbout(tx, question),
      askedLately: await askedLately(tx, { by, at }),
    }
    const refusal = askRefusal(await findPerson(tx, by.id), asking)
    if (refusal) return { refusal }

    const { id } = await tx.insertInto('question').values(asRow(question, { by, at })).returning('id').executeTakeFirstOrThrow()
    await recordHistory(tx, {
      happening: 'question_asked',
      subject: 'question',
      subjectId: id,
      administrationId: question.administrationId,
      by,
      at,
    })
    return { id }
  })
}

/** Staff of the region answer; referents of the administration add to their question. A double click answers once. */
export async function answerQuestion(
  db: Database,
  questionId: number,
  { body }: { body: string },
  { by, at }: Who,
): Promise<{ id: number } | { refusal: AnswerRefusal }> {
  return inTransaction(db, async (tx) => {
    await lockRow(tx, 'question', questionId)
    const found = await findForChange(tx, questionId, by)
    if (!found) return { refusal: 'not_found' }
    const first = await answeredJustNow(tx, { questionId, body }, { by, at })
    if (first) return { id: first.id }
    const refusal = answerRefusal(found.question, found.person)
    if (refusal) return { refusal }

    const { id } = await tx
      .insertInto('answer')
      .values({ question_id: questionId, body, answered_at: asMoment(at), answered_by: by.id })
      .returning('id')
      .executeTakeFirstOrThrow()
    await recordHistory(tx, {
      happening: 'question_answered',
      subject: 'answer',
      subjectId: id,
      administrationId: found.question.administrationId,
      by,
      at,
    })
    return { id }
  })
}

/** The asker or staff say that nothing is left to answer. A question that is solved already stays as it is. */
export async function markSolved(db: Database, questionId: number, { by, at }: Who): Promise<{ refusal: SolveRefusal | null }> {
  return inTransaction(db, async (tx) => {
    await lockRow(tx, 'question', questionId)
    const found = await findForChange(tx, questionId, by)
    const refusal = found ? solveRefusal(found.question, found.person) : 'not_found'
    if (refusal || !found || found.question.solvedAt) return { refusal }

    await tx
      .updateTable('question')
      .set({ solved_at: asMoment(at) })
      .where('id', '=', questionId)
      .execute()
    const { administrationId } = found.question
    await recordHistory(tx, { happening: 'question_solved', subject: 'question', subjectId: questionId, administrationId, by, at })
    return { refusal: null }
  })
}

async function findForChange(tx: Tx, questionId: number, by: Who['by']) {
  const person = await findPerson(tx, by.id)
  const question = await findQuestion(tx, questionId, person)
  return person && question ? { person, question } : null
}

const askedJustNow = (tx: Tx, { programmeId, moduleId, administrationId, subject, body }: NewQuestion, { by, at }: Who) =>
  tx
    .selectFrom('question')
    .where('asked_by', '=', by.id)
    .where('administration_id', '=', administrationId)
    .where('programme_id', '=', programmeId)
    .where('module_id', moduleId === null ? 'is' : '=', moduleId)
    .where('subject', '=', subject)
    .where('body', '=', body)
    .where('asked_at', '>', asMoment(at.subtract({ seconds: doubleClickSeconds })))
    .orderBy('id')
    .select('id')
    .executeTakeFirst()

const answeredJustNow = (tx: Tx, { questionId, body }: { questionId: number; body: string }, { by, at }: Who) =>
  tx
    .selectFrom('answer')
    .where('question_id', '=', questionId)
    .where('answered_by', '=', by.id)
    .where('body', '=', body)
    .where('answered_at', '>', asMoment(at.subtract({ seconds: doubleClickSeconds })))
    .orderBy('id')
    .select('id')
    .executeTakeFirst()

async function askedLately(tx: Tx, { by, at }: Who): Promise<number> {
  const { count } = await tx
    .selectFrom('question')
    .where('asked_by', '=', by.id)
    .where('asked_at', '>', asMoment(at.subtract({ minutes: spellMinutes })))
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  return count
}

const asRow = ({ programmeId, moduleId, administrationId, subject, body }: NewQuestion, { by, at }: Who) => ({
  programme_id: programmeId,
  module_id: moduleId,
  administration_id: administrationId,
  asked_by: by.id,
  subject,
  body,
  asked_at: asMoment(at),
  solved_at: null,
})
