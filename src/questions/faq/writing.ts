import { asMoment } from '../../database/moment.ts'
import type { Database, Tx } from '../../database/schema.ts'
import { inTransaction, lockRow } from '../../database/transaction.ts'
import { recordHistory } from '../../history/record.ts'
import { dayOf } from '../../language/dates.ts'
import { findPerson } from '../../people/queries.ts'
import type { Person } from '../../web/env.ts'
import type { Who } from '../actions.ts'
import { stems } from '../search/stems.ts'
import { learn } from '../search/vocabulary.ts'
import { entryFrom, findSource, isTopic, personsBehind } from './queries.ts'
import { type FaqRefusal, givenAway, proposalRefusal, reviewDay } from './rules.ts'

export type FaqWording = {
  programmeId: number
  moduleId: number | null
  question: string
  answer: string
  questionEn?: string
  answerEn?: string
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

export const notPublished = { published_at: null, published_by: null }

/** A new entry: published at once by whoever may (`mayPublish` says why not), or with null a proposal. */
export async function writeEntry(
  db: Database,
  entry: NewFaqEntry,
  { by, at }: Who,
  mayPublish: ((person: Person | null) => FaqRefusal | null) | null,
): Promise<FaqOutcome> {
  return inTransaction(db, async (tx) => {
    const person = await findPerson(tx, by.id)
    const notAllowed = mayPublish ? mayPublish(person) : proposalRefusal(person, entry)
    if (notAllowed) return { refusal: notAllowed }
    const source = await sourceFor(tx, entry.answerId, person)
    if (source === 'not_found') return { refusal: 'not_found' }
    if (mayPublish && source && !source.readsNames) return { refusal: 'source_elsewhere' }
    const made = source && (await entryFrom(tx, source.answerId))
    if (made) return { id: made }
    const wording = { ...entry, reviewOn: entry.reviewOn ?? reviewDay(dayOf(at, 'UTC')).toString() }
    const refused = await refusalOf(tx, wording, entry.answerId, person)
    if (refused) return refused

    const published = mayPublish !== null
    const publication = published ? { published_at: asMoment(at), published_by: by.id, read_at: asMoment(at) } : notPublished
    const { id } = await tx
      .insertInto('faq_entry')
      .values({
        ...asRow(wording),
        ...publication,
        ...(!published && { proposed_at: asMoment(at), proposed_by: by.id }),
        answer_id: entry.answerId,
        owner_id: by.id,
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    await writeVersion(tx, id, wording, { by, at })
    if (published) await learn(tx, asRow(wording).stems.split(' '))
    const administrationId = source?.administrationId ?? null
    const happening = published ? 'faq_entry_published' : 'faq_entry_proposed'
    await recordHistory(tx, { happening, subject: 'faq_entry', subjectId: id, administrationId, by, at })
    return { id }
  })
}

/** The answer an entry is made from, held until the end so that two people don't publish it twice; null when there is none. */
async function sourceFor(tx: Tx, answerId: number | null, person: Person | null) {
  if (answerId === null) return null
  await lockRow(tx, 'answer', answerId)
  return (person && (await findSource(tx, answerId, person))) ?? 'not_found'
}

export async function ownerOf(tx: Tx, id: number): Promise<number | undefined> {
  const row = await tx.selectFrom('faq_entry').where('id', '=', id).select('owner_id').executeTakeFirst()
  return row?.owner_id
}

/** What is wrong with a wording. Only whoever knows who asked is told that it names them: for others it would be a way to find out. */
export async function refusalOf(tx: Tx, wording: FaqWording, answerId: number | null, person: Person | null) {
  if (!(await isTopic(tx, wording))) return { refusal: 'no_such_topic' as const }
  const source = answerId === null ? undefined : await findSource(tx, answerId, person)
  if (!source?.readsNames) return null
  const persons = await personsBehind(tx, source.answerId)
  const texts = { question: `${wording.question}\n${wording.questionEn ?? ''}`, answer: `${wording.answer}\n${wording.answerEn ?? ''}` }
  const named = givenAway(texts, persons)
  return named && { refusal: 'names_somebody' as const, named }
}

export async function writeVersion(tx: Tx, id: number, { question, answer, questionEn = '', answerEn = '' }: FaqWording, { by, at }: Who) {
  const { last } = await tx
    .selectFrom('faq_version')
    .where('faq_entry_id', '=', id)
    .select((eb) => eb.fn.max('version').as('last'))
    .executeTakeFirstOrThrow()
  const texts = { question, answer, question_en: questionEn, answer_en: answerEn }
  await tx
    .insertInto('faq_version')
    .values({ faq_entry_id: id, version: (last ?? 0) + 1, ...texts, written_at: asMoment(at), written_by: by.id })
    .execute()
}

type Worded = { question: string; answer: string; questionEn: string; answerEn: string }

export const differs = (before: Worded, { question, answer, questionEn = '', answerEn = '' }: FaqWording) =>
  before.question !== question || before.answer !== answer || before.questionEn !== questionEn || before.answerEn !== answerEn

/** What a change adds to the vocabulary. */
export function newStems(before: Worded, { question, answer }: FaqWording): string[] {
  const known = new Set(stems(`${before.question} ${before.answer}`))
  return stems(`${question} ${answer}`).filter((stem) => !known.has(stem))
}

/** What the question says counts twice: an entry is found by what it answers more than by how. */
export const asRow = ({ programmeId, moduleId, question, answer, questionEn = '', answerEn = '', reviewOn }: FaqWording) => ({
  programme_id: programmeId,
  module_id: moduleId,
  question,
  answer,
  question_en: questionEn,
  answer_en: answerEn,
  stems: [...stems(question), ...stems(question), ...stems(answer), ...stems(questionEn)].join(' '),
  review_on: reviewOn,
})
