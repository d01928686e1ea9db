import type { Mailbox } from '../../calendars/render.ts'
import type { Database } from '../../database/schema.ts'
import { datesIn } from '../../language/dates.ts'
import { modulePath, pathwayPath } from '../../pathways/modules/panel.ts'
import { guestLetter, invitationAfter } from './invitations.ts'
import type { Letter } from './letter.ts'
import {
  findAnswered,
  findCompleted,
  findDecided,
  findEntryTold,
  findExtended,
  findInvited,
  findPublished,
  findQuestionTold,
  findReason,
  findRecognised,
  findReviewed,
  findWithdrawn,
} from './queries.ts'
import type { Entry, Receiver, Told } from './recipients.ts'
import { words } from './words.ts'

export type Setting = {
  now: Temporal.Instant
  baseUrl: string
  zone: string
  /** Who invites to sessions. */
  organizer: Mailbox
}

/** Says the same news to one person after the other, each in their language. */
export type Writer = (receiver: Receiver) => Letter

/** Reads, once for all receivers, what the news is about; null when there is nothing left to tell. */
export type Reader = (db: Database, entry: Entry, setting: Setting) => Promise<Writer | null>

export const letterAbout: Record<Told, Reader> = {
  referent_invited: invited,
  submission_accepted: reviewed,
  submission_returned: reviewed,
  submission_refused: reviewed,
  pathway_completed: completed,
  enrolment_moved: moved,
  pathway_request_decided: decided,
  recognition_decided: recognised,
  completion_withdrawn: withdrawn,
  due_extended: extended,
  question_answered: answered,
  question_assigned: aboutQuestion('question_assigned'),
  question_reopened: aboutQuestion('question_reopened'),
  question_merged: aboutQuestion('question_merged'),
  faq_entry_published: published,
  faq_entry_declined: aboutEntry('faq_entry_declined'),
  faq_entry_to_review: aboutEntry('faq_entry_to_review'),
  registered: invitationAfter,
  registration_cancelled: invitationAfter,
  session_changed: invitationAfter,
  session_cancelled: invitationAfter,
  session_invited: guestLetter,
  invitation_withdrawn: guestLetter,
}

async function invited(db: Database, { subjectId }: Entry, { baseUrl }: Setting): Promise<Writer | null> {
  const found = await findInvited(db, subjectId)
  if (!found) return null
  return ({ language, email }) => {
    const { referent_invited: t, why } = words[language]
    return {
      subject: t.subject(found.administration),
      paragraphs: t.says(found.administration, email),
      action: { label: t.action, url: `${baseUrl}/sign-in` },
      why: why.newReferent,
    }
  }
}

const letterOf = { accepted: 'submission_accepted', to_revise: 'submission_returned', refused: 'submission_refused' } as const

async function reviewed(db: Database, { subjectId }: Entry, { baseUrl }: Setting): Promise<Writer | null> {
  const found = await findReviewed(db, subjectId)
  if (!found) return null
  return ({ language }) => {
    const t = words[language][letterOf[found.verdict ?? 'to_revise']]
    return {
      subject: t.subject(found.module),
      paragraphs: [t.says(found.module, found.administration), ...(found.comment ? [t.comment, { quote: found.comment }] : [])],
      action: { label: t.action, url: baseUrl + modulePath(found) },
      why: words[language].why.referent(found.administration),
    }
  }
}

async function completed(db: Database, { subjectId }: Entry, { baseUrl }: Setting): Promise<Writer | null> {
  const found = await findCompleted(db, subjectId)
  if (!found) return null
  return ({ language }) => {
    const { pathway_completed: t, why } = words[language]
    return {
      subject: t.subject(found.pathway),
      paragraphs: [t.says(found.pathway, found.administration)],
      action: { label: t.action, url: baseUrl + pathwayPath(subjectId) },
      why: why.referent(found.administration),
    }
  }
}

async function moved(db: Database, { subjectId }: Entry, { baseUrl }: Setting): Promise<Writer | null> {
  const found = await findCompleted(db, subjectId)
  if (!found) return null
  return ({ language }) => {
    const { enrolment_moved: t, why } = words[language]
    return {
      subject: t.subject(found.pathway),
      paragraphs: [t.says(found.pathway, found.administration)],
      action: { label: t.action, url: baseUrl + pathwayPath(subjectId) },
      why: why.referent(found.administration),
    }
  }
}

async function decided(db: Database, { subjectId }: Entry, { baseUrl }: Setting): Promise<Writer | null> {
  const found = await findDecided(db, subjectId)
  if (!found?.verdict) return null
  const granted = found.verdict === 'granted'
  return ({ language }) => {
    const { pathway_request_decided: t, why } = words[language]
    return {
      subject: granted ? t.granted(found.pathway) : t.refused(found.pathway),
      paragraphs: [
        granted ? t.saysGranted(found.pathway, found.administration) : t.saysRefused(found.pathway, found.administration),
        ...(found.comment ? [t.comment, { quote: found.comment }] : []),
      ],
      action: { label: t.action, url: `${baseUrl}/pathway` },
      why: why.referent(found.administration),
    }
  }
}

async function recognised(db: Database, { subjectId }: Entry, { baseUrl }: Setting): Promise<Writer | null> {
  const found = await findRecognised(db, subjectId)
  if (!found?.verdict) return null
  const { verdict, wanted, comment } = found
  return ({ language }) => {
    const { recognition_decided: t, why } = words[language]
    return {
      subject: t.subject[verdict](found.module),
      paragraphs: [
        t.says[verdict][wanted](found.module, found.administration),
        ...(comment ? [t.comment, { quote: comment }] : []),
        ...(verdict === 'granted' ? [t.evidence, { quote: found.evidence }] : []),
      ],
      action: { label: t.action, url: baseUrl + modulePath(found) },
      why: why.referent(found.administration),
    }
  }
}

async function withdrawn(db: Database, { subjectId }: Entry, { baseUrl }: Setting): Promise<Writer | null> {
  const found = await findWithdrawn(db, subjectId)
  if (!found) return null
  return ({ language }) => {
    const { completion_withdrawn: t, why, because } = words[language]
    return {
      subject: t.subject(found.module),
      paragraphs: [t.says(found.module, found.administration), because, { quote: found.reason }],
      action: { label: t.action, url: baseUrl + modulePath(found) },
      why: why.referent(found.administration),
    }
  }
}

async function extended(db: Database, { subjectId }: Entry, { baseUrl, zone }: Setting): Promise<Writer | null> {
  const found = await findExtended(db, subjectId)
  if (!found) return null
  return ({ language }) => {
    const { due_extended: t, why, because } = words[language]
    const due = datesIn(language, zone).plainDay(Temporal.PlainDate.from(found.due_on))
    return {
      subject: t.subject(found.module, due),
      paragraphs: [t.says(found.module, found.administration, due), because, { quote: found.reason }],
      action: { label: t.action, url: baseUrl + modulePath(found) },
      why: why.referent(found.administration),
    }
  }
}

async function answered(db: Database, { subjectId }: Entry, { baseUrl }: Setting): Promise<Writer | null> {
  const found = await findAnswered(db, subjectId)
  if (!found) return null
  return ({ id, language }) => {
    const { question_answered: t, question_followed: followed, why } = words[language]
    const asked = id === found.askedBy
    return {
      subject: asked ? t.subject(found.subject) : followed.subject(found.subject),
      paragraphs: [asked ? t.says(found.subject) : followed.says(found.subject), { quote: found.body }],
      action: { label: t.action, url: `${baseUrl}/questions/${found.questionId}` },
      why: asked ? why.asked : why.follows,
    }
  }
}

async function published(db: Database, { subjectId }: Entry, { baseUrl }: Setting): Promise<Writer | null> {
  const found = await findPublished(db, subjectId)
  if (!found) return null
  return ({ id, language }) => {
    const { faq_entry_published: t, why } = words[language]
    const proposed = id === found.proposedBy && id !== found.askedBy
    return {
      subject: proposed ? t.subjectProposed : t.subject,
      paragraphs: [proposed ? t.saysProposed : t.says, { quote: found.question }],
      action: { label: t.action, url: `${baseUrl}/faq/${subjectId}` },
      why: proposed ? why.proposed : why.asked,
    }
  }
}

/** What staff, or whoever asked, hear of a question itself. */
function aboutQuestion(happening: 'question_assigned' | 'question_reopened' | 'question_merged'): Reader {
  return async (db, { subjectId }, { baseUrl }) => {
    const found = await findQuestionTold(db, subjectId)
    if (!found) return null
    return ({ language }) => {
      const { [happening]: t, why } = words[language]
      return {
        subject: t.subject(found.subject),
        paragraphs: happening === 'question_merged' ? [t.says(found.subject)] : [t.says(found.subject), { quote: found.body }],
        action: { label: t.action, url: `${baseUrl}/questions/${found.mergedInto ?? subjectId}` },
        why: happening === 'question_merged' ? why.asked : why.assigned,
      }
    }
  }
}

/** What happened to an entry, with the reason where somebody gave one. */
function aboutEntry(happening: 'faq_entry_declined' | 'faq_entry_to_review'): Reader {
  return async (db, { id, subjectId }, { baseUrl }) => {
    const found = await findEntryTold(db, subjectId)
    if (!found) return null
    const reason = await findReason(db, id)
    return ({ language }) => {
      const { [happening]: t, why, because } = words[language]
      return {
        subject: t.subject,
        paragraphs: [t.says, { quote: found.question }, ...(reason ? [because, { quote: reason }] : [])],
        action: { label: t.action, url: happening === 'faq_entry_to_review' ? `${baseUrl}/faq/${subjectId}` : `${baseUrl}/faq` },
        why: happening === 'faq_entry_to_review' ? why.keeps : why.proposed,
      }
    }
  }
}
