import { asMoment } from '../../database/moment.ts'
import type { Database, Priority } from '../../database/schema.ts'
import { inTransaction, lockRow } from '../../database/transaction.ts'
import { recordHistory } from '../../history/record.ts'
import { findPerson } from '../../people/queries.ts'
import { dueAfter, findForChange, type Who } from '../actions.ts'
import { assigneeRefusal, noteRefusal, type QueueRefusal, queueRefusal } from './rules.ts'

type Outcome = { refusal: QueueRefusal | null }

// How staff share out their work is no part of the administration's own story.

/** Gives a question to somebody of staff, or with null to nobody. Whoever takes it for themselves claims it. */
export async function assignQuestion(db: Database, questionId: number, personId: number | null, { by, at }: Who): Promise<Outcome> {
  return inTransaction(db, async (tx) => {
    await lockRow(tx, 'question', questionId)
    const found = await findForChange(tx, questionId, by)
    if (!found) return { refusal: 'not_found' }
    const assignee = personId === null ? null : await findPerson(tx, personId)
    const refusal =
      queueRefusal(found.question, found.person) ??
      (personId !== null && !assignee ? 'not_theirs' : assigneeRefusal(found.question, assignee))
    if (refusal || (found.question.assignedTo?.id ?? null) === personId) return { refusal }

    await tx
      .updateTable('question')
      .set({ assigned_to: personId, assigned_at: asMoment(at), assigned_by: by.id })
      .where('id', '=', questionId)
      .execute()
    const details = { to: personId }
    await recordHistory(tx, {
      happening: 'question_assigned',
      subject: 'question',
      subjectId: questionId,
      by,
      at,
      details,
    })
    return { refusal: null }
  })
}

/** Sooner or later in the queue; where it is staff's turn the time to answer is counted anew from now. */
export async function setPriority(db: Database, questionId: number, priority: Priority, { by, at }: Who): Promise<Outcome> {
  return inTransaction(db, async (tx) => {
    await lockRow(tx, 'question', questionId)
    const found = await findForChange(tx, questionId, by)
    const refusal = found ? queueRefusal(found.question, found.person) : 'not_found'
    if (refusal || !found || found.question.priority === priority) return { refusal }

    const due = found.question.state === 'waiting' ? { due_at: dueAfter(at, priority) } : {}
    await tx
      .updateTable('question')
      .set({ priority, ...due })
      .where('id', '=', questionId)
      .execute()
    const details = { before: found.question.priority, after: priority }
    await recordHistory(tx, {
      happening: 'question_priority_changed',
      subject: 'question',
      subjectId: questionId,
      by,
      at,
      details,
    })
    return { refusal: null }
  })
}

/** A note between staff; nobody else ever reads it. */
export async function writeNote(db: Database, questionId: number, body: string, { by, at }: Who): Promise<Outcome> {
  return inTransaction(db, async (tx) => {
    const found = await findForChange(tx, questionId, by)
    const refusal = found ? noteRefusal(found.question, found.person) : 'not_found'
    if (refusal || !found) return { refusal }
    await tx
      .insertInto('question_note')
      .values({ question_id: questionId, body, written_at: asMoment(at), written_by: by.id })
      .execute()
    await recordHistory(tx, { happening: 'question_noted', subject: 'question', subjectId: questionId, by, at })
    return { refusal: null }
  })
}
