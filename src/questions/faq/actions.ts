import { asMoment } from '../../database/moment.ts'
import type { Database, Tx } from '../../database/schema.ts'
import { inTransaction, lockRow } from '../../database/transaction.ts'
import { recordHistory } from '../../history/record.ts'
import { dayOf } from '../../language/dates.ts'
import { findPerson } from '../../people/queries.ts'
import type { Person } from '../../web/env.ts'
import type { Who } from '../actions.ts'
import { stems } from '../search/stems.ts'
import { entryFrom, findFaqEntry, findSource, isTopic, personsBehind } from './queries.ts'
import { curationRefusal, type FaqRefusal, givenAway, reviewDay } from './rules.ts'

export type FaqWording = {
  programmeId: number
  moduleId: number | null
  question: string
  answer: string
  /** `YYYY-MM-DD` */
  reviewOn: string
}
/** `reviewOn` is a year from now when nobody says otherwise. */
export type NewFaqEntry = Omit<FaqWording, 'reviewOn'> & { reviewOn?: string; answerId: number | null }

/** `named`: what the text still gives away, by field. */
export type FaqOutcome =
  | { id: number }
  | { refusal: FaqRefusal }
  | { refusal: 'names_somebody'; named: { question: string[]; answer: string[] } }

/**
 * Publishes an entry, made from an answer or (`answerId` null) on its own. One answer makes one entry: a second time
 * leads to the first. Refused while it names who asked or answered, or their administration.
 */
export async function publishFaqEntry(db: Database, entry: NewFaqEntry, { by, at }: Who): Promise<FaqOutcome> {
  return inTransaction(db, async (tx) => {
    const person = await findPerson(tx, by.id)
    const notAllowed = curationRefusal(person)
    if (notAllowed) return { refusal: notAllowed }
    const source = await sourceFor(tx, entry.answerId, person)
    if (source === 'not_found') return { refusal: 'not_found' }
    const made = source && (await entryFrom(tx, source.answerId))
    if (made) return { id: made }
    const wording = { ...entry, reviewOn: entry.reviewOn ?? reviewDay(dayOf(at, 'UTC')).toString() }
    const refused = await refusalOf(tx, wording, entry.answerId, person)
    if (refused) return refused

    const { id } = await tx
      .insertInto('faq_entry')
      .values({ ...asRow(wording), answer_id: entry.answerId, owner_id: by.id, published_at: asMoment(at), published_by: by.id })
      .returning('id')
      .executeTakeFirstOrThrow()
    const administrationId = source?.administrationId ?? null
    await recordHistory(tx, { happening: 'faq_entry_published', subject: 'faq_entry', subjectId: id, administrationId, by, at })
    return { id }
  })
}

/** Changes the words, the topic or the review date; what it said before stays in the history. */
export async function changeFaqEntry(db: Database, id: number, wording: FaqWording, { by, at }: Who): Promise<FaqOutcome> {
  return inTransaction(db, async (tx) => {
    await lockRow(tx, 'faq_entry', id)
    const person = await findPerson(tx, by.id)
    const before = await findFaqEntry(tx, id, person)
    if (!before) return { refusal: 'not_found' }
    const refused = await refusalOf(tx, wording, before.answerId, person)
    if (refused) return refused

    await tx.updateTable('faq_entry').set(asRow(wording)).where('id', '=', id).execute()
    const details = { question: before.question, answer: before.answer, moduleId: before.moduleId, reviewOn: before.reviewOn.toString() }
    await recordHistory(tx, { happening: 'faq_entry_changed', subject: 'faq_entry', subjectId: id, by, at, details })
    return { id }
  })
}

/** Takes an entry from the public; staff keep it. Withdrawing twice changes nothing. */
export async function withdrawFaqEntry(db: Database, id: number, who: Who): Promise<{ refusal: FaqRefusal | null }> {
  return setPublished(db, id, { published_at: null, published_by: null }, who)
}

/** Brings a withdrawn entry back. */
export async function republishFaqEntry(db: Database, id: number, who: Who): Promise<{ refusal: FaqRefusal | null }> {
  return setPublished(db, id, { published_at: asMoment(who.at), published_by: who.by.id }, who)
}

type Publication = { published_at: string | null; published_by: number | null }

async function setPublished(db: Database, id: number, publication: Publication, { by, at }: Who): Promise<{ refusal: FaqRefusal | null }> {
  return inTransaction(db, async (tx) => {
    const refusal = curationRefusal(await findPerson(tx, by.id))
    if (refusal) return { refusal }
    const publishes = publication.published_at !== null

    const { numUpdatedRows } = await tx
      .updateTable('faq_entry')
      .set(publication)
      .where('id', '=', id)
      .where('published_at', publishes ? 'is' : 'is not', null)
      .executeTakeFirst()
    if (numUpdatedRows > 0n) {
      const happening = publishes ? 'faq_entry_republished' : 'faq_entry_withdrawn'
      await recordHistory(tx, { happening, subject: 'faq_entry', subjectId: id, by, at })
    }
    return { refusal: null }
  })
}

/** The answer an entry is made from, held until the end so that two people don't publish it twice; null when there is none. */
async function sourceFor(tx: Tx, answerId: number | null, person: Person | null) {
  if (answerId === null) return null
  await lockRow(tx, 'answer', answerId)
  return (person && (await findSource(tx, answerId, person))) ?? 'not_found'
}

async function refusalOf(tx: Tx, wording: FaqWording, answerId: number | null, person: Person | null) {
  const refusal = curationRefusal(person) ?? ((await isTopic(tx, wording)) ? null : ('no_such_topic' as const))
  if (refusal) return { refusal }
  const named = answerId === null ? null : givenAway(wording, await personsBehind(tx, answerId))
  return named && { refusal: 'names_somebody' as const, named }
}

/** What the question says counts twice: an entry is found by what it answers more than by how. */
const asRow = ({ programmeId, moduleId, question, answer, reviewOn }: FaqWording) => ({
  programme_id: programmeId,
  module_id: moduleId,
  question,
  answer,
  stems: [...stems(question), ...stems(question), ...stems(answer)].join(' '),
  review_on: reviewOn,
})
