import type { ExpressionBuilder } from 'kysely'
import type { Database, Schema } from '../../database/schema.ts'
import type { Happening } from '../../history/happenings.ts'
import type { Language } from '../../language/language.ts'
import { followersOfAnswer } from '../../questions/following/queries.ts'

/** What happened, to which row, and when (as the database keeps moments). */
type About = { subjectId: number; at: string }

export type Receiver = { id: number; name: string; email: string; language: Language }

/** Who is told what. Happenings that are not here concern nobody but the history. */
export const recipientsOf = {
  referent_invited: invitedPerson,
  submission_accepted: referentsOfSubmission,
  submission_returned: referentsOfSubmission,
  submission_refused: referentsOfSubmission,
  pathway_completed: referentsOfEnrolment,
  enrolment_moved: referentsOfEnrolment,
  pathway_request_decided: referentsOfRequest,
  recognition_decided: referentsBehind('recognition'),
  completion_withdrawn: referentsBehind('withdrawal'),
  due_extended: referentsBehind('extension'),
  question_answered: askerAndFollowers,
  question_assigned: assignee,
  question_reopened: assignee,
  question_merged: askerOfDuplicate,
  faq_entry_published: askerAndProposer,
  faq_entry_declined: proposerOfEntry,
  faq_entry_to_review: keeperOfEntry,
  registered: registeredPerson,
  registration_cancelled: personOfRegistration,
  session_changed: registeredPeople,
  session_cancelled: peopleRegisteredThen,
  session_invited: invitedGuests,
  invitation_withdrawn: guestsOfWithdrawn,
} satisfies Partial<Record<Happening, (db: Database, about: About) => Promise<Receiver[]>>>

export type Told = keyof typeof recipientsOf

/** A row of the history that somebody may have to be told; `personId` is who did it. */
export type Entry = About & { id: number; happening: Told; personId: number | null }

/** What keeps a calendar right is told even to who did it; nobody else hears of their own acts. */
const toldToTheAuthorToo: readonly Told[] = ['registered', 'registration_cancelled', 'session_changed', 'session_cancelled']

export async function receiversOf(db: Database, entry: Entry): Promise<Receiver[]> {
  const receivers = await recipientsOf[entry.happening](db, entry)
  return toldToTheAuthorToo.includes(entry.happening) ? receivers : receivers.filter(({ id }) => id !== entry.personId)
}

function invitedPerson(db: Database, { subjectId }: About) {
  return people(db)
    .where('person.id', 'in', (eb) => eb.selectFrom('referent').where('id', '=', subjectId).where('until', 'is', null).select('person_id'))
    .execute()
}

/** The referents of today, also those who came after the work was handed in. */
function referentsOfSubmission(db: Database, { subjectId }: About) {
  return people(db)
    .where('person.id', 'in', (eb) =>
      referents(eb)
        .innerJoin('submission', 'submission.enrolment_id', 'enrolment.id')
        .where('submission.id', '=', subjectId)
        .select('referent.person_id'),
    )
    .execute()
}

function referentsOfEnrolment(db: Database, { subjectId }: About) {
  return people(db)
    .where('person.id', 'in', (eb) => referents(eb).where('enrolment.id', '=', subjectId).select('referent.person_id'))
    .execute()
}

/** Also the colleagues of the one who asked; nobody when it was taken back. */
function referentsOfRequest(db: Database, { subjectId }: About) {
  return people(db)
    .where('person.id', 'in', (eb) =>
      eb
        .selectFrom('referent')
        .innerJoin('pathway_request', 'pathway_request.administration_id', 'referent.administration_id')
        .where('pathway_request.id', '=', subjectId)
        .where('verdict', 'is not', null)
        .where('referent.until', 'is', null)
        .select('referent.person_id'),
    )
    .execute()
}

/** The referents of today of the administration whose module a decision is about. */
function referentsBehind(table: 'recognition' | 'withdrawal' | 'extension') {
  return (db: Database, { subjectId }: About) =>
    people(db)
      .where('person.id', 'in', (eb) =>
        referents(eb)
          .where('enrolment.id', 'in', (inner) => inner.selectFrom(table).where('id', '=', subjectId).select('enrolment_id'))
          .select('referent.person_id'),
      )
      .execute()
}

const referents = (eb: ExpressionBuilder<Schema, 'person'>) =>
  eb
    .selectFrom('referent')
    .innerJoin('enrolment', 'enrolment.administration_id', 'referent.administration_id')
    .where('referent.until', 'is', null)

/** Who asked and who follows, each as they chose; whoever has chosen nothing hears at once of their own question. */
async function askerAndFollowers(db: Database, about: About) {
  const followers = await followersOfAnswer(db, about.subjectId)
  const chosen = await db
    .selectFrom('question_follower')
    .innerJoin('answer', 'answer.question_id', 'question_follower.question_id')
    .where('answer.id', '=', about.subjectId)
    .select('person_id')
    .execute()
  const asker = (await askerOfAnswer(db, about)).filter(({ id }) => !chosen.some(({ person_id }) => person_id === id))
  return [...asker, ...followers].toSorted((a, b) => a.id - b.id)
}

/** To whom the question is given now. */
function assignee(db: Database, { subjectId }: About) {
  return people(db)
    .where('person.id', 'in', (eb) =>
      eb.selectFrom('question').where('id', '=', subjectId).where('assigned_to', 'is not', null).select('assigned_to'),
    )
    .execute()
}

/** Who asked what goes on in another question, as long as they are a referent of the administration. */
function askerOfDuplicate(db: Database, { subjectId }: About) {
  return people(db)
    .where('person.id', 'in', (eb) =>
      eb
        .selectFrom('question')
        .innerJoin('referent', (join) =>
          join
            .onRef('referent.person_id', '=', 'question.asked_by')
            .onRef('referent.administration_id', '=', 'question.administration_id')
            .on('referent.until', 'is', null),
        )
        .where('question.id', '=', subjectId)
        .where('merged_into_id', 'is not', null)
        .select('asked_by'),
    )
    .execute()
}

/** Who asked for an administration and has left it since sees its questions no more: the colleagues are told instead. */
async function askerOfAnswer(db: Database, about: About) {
  const asker = await people(db)
    .where('person.id', 'in', (eb) => askers(eb).where('answer.id', '=', about.subjectId).select('asked_by'))
    .execute()
  return asker.length > 0 ? asker : referentsForAsker(db, about)
}

/** The question of somebody who has left is its administration's: the referents of today hear the answer. */
function referentsForAsker(db: Database, { subjectId }: About) {
  return people(db)
    .where('person.id', 'in', (eb) =>
      eb
        .selectFrom('answer')
        .innerJoin('question', 'question.id', 'answer.question_id')
        .innerJoin('referent', 'referent.administration_id', 'question.administration_id')
        .where('answer.id', '=', subjectId)
        .where('referent.until', 'is', null)
        .select('referent.person_id'),
    )
    .execute()
}

function askerBehindEntry(db: Database, { subjectId }: About) {
  return people(db)
    .where('person.id', 'in', (eb) =>
      askers(eb).innerJoin('faq_entry', 'faq_entry.answer_id', 'answer.id').where('faq_entry.id', '=', subjectId).select('asked_by'),
    )
    .execute()
}

async function askerAndProposer(db: Database, about: About) {
  const asker = await askerBehindEntry(db, about)
  const proposer = (await proposerOfEntry(db, about)).filter(({ id }) => !asker.some((each) => each.id === id))
  return [...asker, ...proposer]
}

function proposerOfEntry(db: Database, { subjectId }: About) {
  return people(db)
    .where('person.id', 'in', (eb) =>
      eb.selectFrom('faq_entry').where('id', '=', subjectId).where('proposed_by', 'is not', null).select('proposed_by'),
    )
    .execute()
}

/** The owner of an entry or, when they are no longer of staff, the national coordinators. */
async function keeperOfEntry(db: Database, { subjectId }: About) {
  const staff = people(db).innerJoin('role_grant', (join) =>
    join.onRef('role_grant.person_id', '=', 'person.id').on('role_grant.revoked_at', 'is', null),
  )
  const owner = await staff
    .where('person.id', 'in', (eb) => eb.selectFrom('faq_entry').where('id', '=', subjectId).select('owner_id'))
    .distinct()
    .execute()
  if (owner.length > 0) return owner
  return staff.where('role_grant.role', '=', 'coordinator').where('role_grant.region_code', 'is', null).distinct().execute()
}

/** Who asked, while they are still a referent of the administration for which they asked. */
const askers = (eb: ExpressionBuilder<Schema, 'person'>) =>
  eb
    .selectFrom('answer')
    .innerJoin('question', 'question.id', 'answer.question_id')
    .innerJoin('referent', (join) =>
      join
        .onRef('referent.person_id', '=', 'question.asked_by')
        .onRef('referent.administration_id', '=', 'question.administration_id')
        .on('referent.until', 'is', null),
    )

function registeredPerson(db: Database, { subjectId }: About) {
  return people(db)
    .where('person.id', 'in', (eb) =>
      eb.selectFrom('registration').where('id', '=', subjectId).where('cancelled_at', 'is', null).select('person_id'),
    )
    .execute()
}

function personOfRegistration(db: Database, { subjectId }: About) {
  return people(db)
    .where('person.id', 'in', (eb) => eb.selectFrom('registration').where('id', '=', subjectId).select('person_id'))
    .execute()
}

function registeredPeople(db: Database, { subjectId }: About) {
  return people(db)
    .where('person.id', 'in', (eb) =>
      eb.selectFrom('registration').where('session_id', '=', subjectId).where('cancelled_at', 'is', null).select('person_id'),
    )
    .execute()
}

/** Also those whose registration ended with the session itself, or after; those who were waiting for a place; and the invited. */
function peopleRegisteredThen(db: Database, { subjectId, at }: About) {
  return people(db)
    .where('person.id', 'in', (eb) =>
      eb
        .selectFrom('registration')
        .where('session_id', '=', subjectId)
        .where((on) => on.or([on('cancelled_at', 'is', null), on('cancelled_at', '>=', at)]))
        .select('person_id')
        .union(waitingWhenCancelled(eb, { subjectId, at }))
        .union(invitedWhenCancelled(eb, { subjectId, at })),
    )
    .execute()
}

/** Who waited for a place when the session was called off. */
const waitingWhenCancelled = (eb: Pick<ExpressionBuilder<Schema, never>, 'selectFrom'>, { subjectId, at }: About) =>
  eb
    .selectFrom('waiting_entry')
    .where('session_id', '=', subjectId)
    .where('promoted_at', 'is', null)
    .where('left_at', '>=', at)
    .select('person_id')

/** Who was still to answer an invitation when the session was called off: a referent, or all of an administration. */
const invitedWhenCancelled = (eb: Pick<ExpressionBuilder<Schema, never>, 'selectFrom'>, { subjectId, at }: About) =>
  guests(eb)
    .where('invitation.session_id', '=', subjectId)
    .where('accepted_at', 'is', null)
    .where('withdrawn_at', '>=', at)
    .select('referent.person_id')

/** Whoever is asked, while the invitation still holds. */
function invitedGuests(db: Database, { subjectId }: About) {
  return people(db)
    .where('person.id', 'in', (eb) =>
      guests(eb)
        .where('invitation.id', '=', subjectId)
        .where('withdrawn_at', 'is', null)
        .where('declined_at', 'is', null)
        .where('lapsed_at', 'is', null)
        .select('referent.person_id'),
    )
    .execute()
}

function guestsOfWithdrawn(db: Database, { subjectId }: About) {
  return people(db)
    .where('person.id', 'in', (eb) => guests(eb).where('invitation.id', '=', subjectId).select('referent.person_id'))
    .execute()
}

/** The referents of today whom invitations ask: the one they name, or all of the administration. */
const guests = (eb: Pick<ExpressionBuilder<Schema, never>, 'selectFrom'>) =>
  eb
    .selectFrom('referent')
    .innerJoin('invitation', 'invitation.administration_id', 'referent.administration_id')
    .where('referent.until', 'is', null)
    .where((or) => or.or([or('invitation.person_id', 'is', null), or('invitation.person_id', '=', or.ref('referent.person_id'))]))

const people = (db: Database) =>
  db.selectFrom('person').select(['person.id', 'person.name', 'person.email', 'person.language']).orderBy('person.id')
