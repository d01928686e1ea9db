import { asMoment, fromMoment } from '../database/moment.ts'
import type { Channel, Database, Priority, Tx, Visibility } from '../database/schema.ts'
import { inTransaction, lockRow } from '../database/transaction.ts'
import { recordHistory } from '../history/record.ts'
import { findPerson } from '../people/queries.ts'
import { isReferentOf, isStaff } from '../people/rules.ts'
import type { Person } from '../web/env.ts'
import type { KeptFile } from '../web/uploads.ts'
import { canBeAskedAbout } from './asking/queries.ts'
import { follow } from './following/actions.ts'
import { findQuestion, type Question } from './queries.ts'
import {
  type AnswerRefusal,
  type AskRefusal,
  answerRefusal,
  answersPerSpell,
  answerWithin,
  askRefusal,
  doubleClickSeconds,
  spellMinutes,
} from './rules.ts'
import { indexQuestion } from './search/questions.ts'
import { afterWorkingMinutes, workingMinutes } from './working-time.ts'

/** Who does it and when. */
export type Who = { by: { id: number }; at: Temporal.Instant }

export type NewQuestion = {
  programmeId: number
  moduleId: number | null
  administrationId: number
  subject: string
  body: string
  /** Private when nobody says otherwise. */
  visibility?: Visibility
  /** Kept in the uploads folder already. */
  files?: readonly KeptFile[]
}

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
    return writeQuestion(tx, question, { askedBy: by.id, enteredBy: null, channel: 'web' }, { by, at })
  })
}

type Coming = { askedBy: number; enteredBy: number | null; channel: Channel }

/** Writes the question down, with whoever asked as its first follower. The caller has checked that it may be asked. */
export async function writeQuestion(tx: Tx, question: NewQuestion, coming: Coming, { by, at }: Who): Promise<{ id: number }> {
  const { id } = await tx
    .insertInto('question')
    .values({
      programme_id: question.programmeId,
      module_id: question.moduleId,
      administration_id: question.administrationId,
      asked_by: coming.askedBy,
      entered_by: coming.enteredBy,
      channel: coming.channel,
      visibility: question.visibility ?? 'private',
      subject: question.subject,
      body: question.body,
      asked_at: asMoment(at),
      due_at: dueAfter(at, 'normal'),
      solved_at: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  await addFiles(tx, { questionId: id, answerId: null }, question.files ?? [])
  await follow(tx, { questionId: id, personId: coming.askedBy, delivery: 'at_once' }, at)
  const { administrationId } = question
  const details = coming.channel === 'web' ? undefined : { channel: coming.channel, asked_by: coming.askedBy }
  await recordHistory(tx, { happening: 'question_asked', subject: 'question', subjectId: id, administrationId, by, at, details })
  return { id }
}

/** Staff, the administration's own referents, and where it is public those of others. A double click answers once. */
export async function answerQuestion(
  db: Database,
  questionId: number,
  { body, files = [] }: { body: string; files?: readonly KeptFile[] },
  { by, at }: Who,
): Promise<{ id: number } | { refusal: AnswerRefusal }> {
  return inTransaction(db, async (tx) => {
    await lockRow(tx, 'question', questionId)
    const found = await findForChange(tx, questionId, by)
    if (!found) return { refusal: 'not_found' }
    const first = await answeredJustNow(tx, { questionId, body }, { by, at })
    if (first) return { id: first.id }
    const refusal = answerRefusal(found.question, found.person) ?? (await tooManyAnswers(tx, { by, at }))
    if (refusal) return { refusal }

    const { id } = await tx
      .insertInto('answer')
      .values({ question_id: questionId, body, answered_at: asMoment(at), answered_by: by.id })
      .returning('id')
      .executeTakeFirstOrThrow()
    await addFiles(tx, { questionId, answerId: id }, files)
    await recordHistory(tx, {
      happening: 'question_answered',
      subject: 'answer',
      subjectId: id,
      administrationId: storyOf(found),
      by,
      at,
    })
    await passTheTurn(tx, found, at)
    return { id }
  })
}

/** What another administration's referent answers is no part of this one's story: their name would be in it. */
const storyOf = ({ question, person }: { question: Question; person: Person }) =>
  isStaff(person) || isReferentOf(person, question.administrationId) ? question.administrationId : null

/** After an answer by staff it is the asker's turn; after a word of the administration it is staff's again. */
async function passTheTurn(tx: Tx, { question, person }: { question: Question; person: Person }, at: Temporal.Instant) {
  if (isStaff(person) && person.id !== question.askedBy.id) return markAnswered(tx, question.id, at)
  if (!isReferentOf(person, question.administrationId) || question.state === 'solved') return
  await tx
    .updateTable('question')
    .set((eb) => ({ state: 'waiting', due_at: eb.fn.coalesce('due_at', eb.val(dueAfter(at, question.priority))) }))
    .where('id', '=', question.id)
    .execute()
  await indexQuestion(tx, question.id)
}

/** It has an answer that counts: the clock of the first answer stops, and others may find it. */
export async function markAnswered(tx: Tx, questionId: number, at: Temporal.Instant): Promise<void> {
  const { asked_at, first_answered_at, state } = await tx
    .selectFrom('question')
    .where('id', '=', questionId)
    .select(['asked_at', 'first_answered_at', 'state'])
    .executeTakeFirstOrThrow()
  const first = { first_answered_at: asMoment(at), first_answer_minutes: workingMinutes(fromMoment(asked_at), at) }
  await tx
    .updateTable('question')
    .set({ ...(state === 'waiting' && { state: 'answered' }), due_at: null, ...(first_answered_at === null && first) })
    .where('id', '=', questionId)
    .execute()
  await indexQuestion(tx, questionId)
}

export const dueAfter = (at: Temporal.Instant, priority: Priority): string => asMoment(afterWorkingMinutes(at, answerWithin[priority]))

/** The question as this person sees it, and the person; null when there is none for them. */
export async function findForChange(tx: Tx, questionId: number, by: Who['by']) {
  const person = await findPerson(tx, by.id)
  const question = await findQuestion(tx, questionId, person)
  return person && question ? { person, question } : null
}

async function addFiles(tx: Tx, { questionId, answerId }: { questionId: number; answerId: number | null }, files: readonly KeptFile[]) {
  if (files.length === 0) return
  const rows = files.map(({ name, storedName, mediaType, bytes }) => ({ name, stored_name: storedName, media_type: mediaType, bytes }))
  await tx
    .insertInto('question_file')
    .values(rows.map((row) => ({ ...row, question_id: questionId, answer_id: answerId })))
    .execute()
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
    .where('entered_by', 'is', null)
    .where('asked_at', '>', asMoment(at.subtract({ minutes: spellMinutes })))
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  return count
}

async function tooManyAnswers(tx: Tx, { by, at }: Who): Promise<'too_many_answers' | null> {
  await lockRow(tx, 'person', by.id)
  const { count } = await tx
    .selectFrom('answer')
    .where('answered_by', '=', by.id)
    .where('answered_at', '>', asMoment(at.subtract({ minutes: spellMinutes })))
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  return count >= answersPerSpell ? 'too_many_answers' : null
}
