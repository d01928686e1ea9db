import type { Database } from '../../database/schema.ts'
import { type Entry, recipientsOf, type Told } from './recipients.ts'

const entriesAtOnce = 50

export const toldHappenings = Object.keys(recipientsOf) as Told[]

/** What has happened and nobody was told yet, oldest first, after the entry given. */
export async function untoldEntries(db: Database, after: number): Promise<Entry[]> {
  const rows = await db
    .selectFrom('history')
    .where('told_at', 'is', null)
    .where('happening', 'in', toldHappenings)
    .where('id', '>', after)
    .select(['id', 'happening', 'subject_id', 'person_id', 'at'])
    .orderBy('id')
    .limit(entriesAtOnce)
    .execute()
  return rows.map(({ subject_id, person_id, happening, ...row }) => ({
    ...row,
    happening: happening as Told,
    subjectId: subject_id,
    personId: person_id,
  }))
}

// What a letter says about its subject; undefined when that is gone. --------------------------------------------------

export function findInvited(db: Database, referentId: number) {
  return db
    .selectFrom('referent')
    .innerJoin('administration', 'administration.id', 'referent.administration_id')
    .where('referent.id', '=', referentId)
    .select('administration.name as administration')
    .executeTakeFirst()
}

export function findReviewed(db: Database, submissionId: number) {
  return db
    .selectFrom('submission')
    .innerJoin('module', 'module.id', 'submission.module_id')
    .innerJoin('enrolment', 'enrolment.id', 'submission.enrolment_id')
    .innerJoin('administration', 'administration.id', 'enrolment.administration_id')
    .where('submission.id', '=', submissionId)
    .select([
      'submission.comment',
      'submission.verdict',
      'submission.module_id as moduleId',
      'submission.enrolment_id as enrolmentId',
      'module.title as module',
      'administration.name as administration',
    ])
    .executeTakeFirst()
}

export function findCompleted(db: Database, enrolmentId: number) {
  return db
    .selectFrom('enrolment')
    .innerJoin('pathway', 'pathway.id', 'enrolment.pathway_id')
    .innerJoin('administration', 'administration.id', 'enrolment.administration_id')
    .where('enrolment.id', '=', enrolmentId)
    .select(['pathway.title as pathway', 'administration.name as administration'])
    .executeTakeFirst()
}

export function findDecided(db: Database, requestId: number) {
  return db
    .selectFrom('pathway_request')
    .innerJoin('pathway', 'pathway.id', 'pathway_request.pathway_id')
    .innerJoin('administration', 'administration.id', 'pathway_request.administration_id')
    .where('pathway_request.id', '=', requestId)
    .select(['pathway.title as pathway', 'administration.name as administration', 'verdict', 'comment'])
    .executeTakeFirst()
}

const aboutModule = (db: Database, table: 'recognition' | 'withdrawal' | 'extension', id: number) =>
  db
    .selectFrom(table)
    .innerJoin('module', 'module.id', `${table}.module_id`)
    .innerJoin('enrolment', 'enrolment.id', `${table}.enrolment_id`)
    .innerJoin('administration', 'administration.id', 'enrolment.administration_id')
    .where(`${table}.id`, '=', id)
    .select(['module.title as module', 'module.id as moduleId', 'enrolment.id as enrolmentId', 'administration.name as administration'])

export const findRecognised = (db: Database, id: number) =>
  aboutModule(db, 'recognition', id).select(['wanted', 'verdict', 'comment', 'evidence']).executeTakeFirst()
export const findWithdrawn = (db: Database, id: number) => aboutModule(db, 'withdrawal', id).select('reason').executeTakeFirst()
export const findExtended = (db: Database, id: number) => aboutModule(db, 'extension', id).select(['due_on', 'reason']).executeTakeFirst()

export function findAnswered(db: Database, answerId: number) {
  return db
    .selectFrom('answer')
    .innerJoin('question', 'question.id', 'answer.question_id')
    .where('answer.id', '=', answerId)
    .select(['question.id as questionId', 'question.subject', 'question.asked_by as askedBy', 'answer.body'])
    .executeTakeFirst()
}

export function findQuestionTold(db: Database, questionId: number) {
  return db
    .selectFrom('question')
    .where('id', '=', questionId)
    .select(['subject', 'body', 'merged_into_id as mergedInto'])
    .executeTakeFirst()
}

/** Undefined also when it was withdrawn in the meantime. */
export function findPublished(db: Database, faqEntryId: number) {
  return db
    .selectFrom('faq_entry')
    .leftJoin('answer', 'answer.id', 'faq_entry.answer_id')
    .leftJoin('question', 'question.id', 'answer.question_id')
    .where('faq_entry.id', '=', faqEntryId)
    .where('published_at', 'is not', null)
    .select(['faq_entry.question', 'faq_entry.proposed_by as proposedBy', 'question.asked_by as askedBy'])
    .executeTakeFirst()
}

export function findEntryTold(db: Database, faqEntryId: number) {
  return db.selectFrom('faq_entry').where('id', '=', faqEntryId).select('question').executeTakeFirst()
}

/** Why somebody did it, as they wrote it that day. */
export async function findReason(db: Database, entryId: number): Promise<string | null> {
  return (await db.selectFrom('history').where('id', '=', entryId).select('reason').executeTakeFirst())?.reason ?? null
}

/** The session that an entry about it, or about a registration, is about. */
export async function findSessionOf(db: Database, { happening, subjectId }: Entry): Promise<number | undefined> {
  if (happening === 'session_changed' || happening === 'session_cancelled') return subjectId
  const row = await db.selectFrom('registration').where('id', '=', subjectId).select('session_id').executeTakeFirst()
  return row?.session_id
}

/** Who was still to answer an invitation when a session was called off, and who only waited for a place: their calendars know nothing of it. */
export async function findWithoutPlace(db: Database, entry: Entry): Promise<ReadonlyMap<number, 'waiting' | 'invited'>> {
  const invited = await db
    .selectFrom('invitation')
    .innerJoin('referent', 'referent.administration_id', 'invitation.administration_id')
    .where('invitation.session_id', '=', entry.subjectId)
    .where('accepted_at', 'is', null)
    .where('withdrawn_at', '>=', entry.at)
    .where((eb) => eb.or([eb('invitation.person_id', 'is', null), eb('invitation.person_id', '=', eb.ref('referent.person_id'))]))
    .select('referent.person_id as personId')
    .execute()
  const waiting = await findWaitingAtCancellation(db, entry)
  const registered = new Set(
    (
      await db
        .selectFrom('registration')
        .where('session_id', '=', entry.subjectId)
        .where((eb) => eb.or([eb('cancelled_at', 'is', null), eb('cancelled_at', '>=', entry.at)]))
        .select('person_id as personId')
        .execute()
    ).map(({ personId }) => personId),
  )
  const without = [...invited.map(({ personId }) => [personId, 'invited'] as const), ...[...waiting].map((id) => [id, 'waiting'] as const)]
  return new Map(without.filter(([id]) => !registered.has(id)))
}

async function findWaitingAtCancellation(db: Database, { subjectId, at }: Entry): Promise<ReadonlySet<number>> {
  const rows = await db
    .selectFrom('waiting_entry')
    .where('session_id', '=', subjectId)
    .where('promoted_at', 'is', null)
    .where('left_at', '>=', at)
    .select('person_id')
    .execute()
  return new Set(rows.map(({ person_id }) => person_id))
}

/** What an invitation asks for, and of which session; undefined when the session is called off. */
export async function findAsked(db: Database, invitationId: number) {
  return db
    .selectFrom('invitation')
    .innerJoin('session', 'session.id', 'invitation.session_id')
    .innerJoin('administration', 'administration.id', 'invitation.administration_id')
    .where('invitation.id', '=', invitationId)
    .where('session.cancelled_at', 'is', null)
    .select(['invitation.session_id as sessionId', 'person_id as personId', 'role', 'places', 'places_kept as placesKept', 'lapses_at'])
    .select('administration.name as administration')
    .executeTakeFirst()
}

export async function findCancellationReason(db: Database, sessionId: number): Promise<string | null> {
  const row = await db.selectFrom('session').where('id', '=', sessionId).select('cancellation_reason').executeTakeFirst()
  return row?.cancellation_reason ?? null
}
