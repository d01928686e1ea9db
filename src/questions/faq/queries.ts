import { seenBy } from '../../administrations/queries.ts'
import { fromMomentOrNull } from '../../database/moment.ts'
import type { Database } from '../../database/schema.ts'
import { isStaff } from '../../people/rules.ts'
import type { Person } from '../../web/env.ts'
import type { Persons } from './cleaning/without-persons.ts'

/** What everybody may read: no name of a person or an administration. */
export type FaqEntry = {
  id: number
  programmeId: number
  moduleId: number | null
  module: string | null
  question: string
  answer: string
  answerId: number | null
  reviewOn: Temporal.PlainDate
  publishedAt: Temporal.Instant | null
}

export const faqColumns = [
  'faq_entry.id',
  'faq_entry.programme_id',
  'faq_entry.module_id',
  'module.title as module',
  'faq_entry.question',
  'faq_entry.answer',
  'faq_entry.answer_id',
  'faq_entry.review_on',
  'faq_entry.published_at',
] as const

type Row = {
  id: number
  programme_id: number
  module_id: number | null
  module: string | null
  question: string
  answer: string
  answer_id: number | null
  review_on: string
  published_at: string | null
}

export const asFaqEntry = ({ programme_id, module_id, answer_id, review_on, published_at, ...row }: Row): FaqEntry => ({
  ...row,
  programmeId: programme_id,
  moduleId: module_id,
  answerId: answer_id,
  reviewOn: Temporal.PlainDate.from(review_on),
  publishedAt: fromMomentOrNull(published_at),
})

/** A published entry for everybody, a withdrawn one for staff only. */
export async function findFaqEntry(db: Database, id: number, person: Person | null): Promise<FaqEntry | undefined> {
  const row = await db
    .selectFrom('faq_entry')
    .leftJoin('module', 'module.id', 'faq_entry.module_id')
    .where('faq_entry.id', '=', id)
    .$if(!isStaff(person), (query) => query.where('faq_entry.published_at', 'is not', null))
    .select(faqColumns)
    .executeTakeFirst()
  return row && asFaqEntry(row)
}

export type FaqOrigin = { owner: string; questionId: number | null; subject: string | null }

/** For staff: who looks after an entry, and the question it came from when they may see that. */
export async function originOf(db: Database, entryId: number, person: Person): Promise<FaqOrigin | undefined> {
  const entry = await db
    .selectFrom('faq_entry')
    .innerJoin('person as owner', 'owner.id', 'faq_entry.owner_id')
    .where('faq_entry.id', '=', entryId)
    .select(['owner.name as owner', 'faq_entry.answer_id'])
    .executeTakeFirst()
  const source = entry?.answer_id ? await findSource(db, entry.answer_id, person) : undefined
  return entry && { owner: entry.owner, questionId: source?.questionId ?? null, subject: source?.subject ?? null }
}

export type Source = {
  answerId: number
  answer: string
  questionId: number
  subject: string
  body: string
  programmeId: number
  moduleId: number | null
  administrationId: number
}

/** The answer that an entry is made from, with its question; undefined when the person may not see it. */
export async function findSource(db: Database, answerId: number, person: Person): Promise<Source | undefined> {
  return db
    .selectFrom('answer')
    .innerJoin('question', 'question.id', 'answer.question_id')
    .innerJoin('administration', 'administration.id', 'question.administration_id')
    .where('answer.id', '=', answerId)
    .where((eb) => seenBy(eb, person))
    .select([
      'answer.id as answerId',
      'answer.body as answer',
      'question.id as questionId',
      'question.subject',
      'question.body',
      'question.programme_id as programmeId',
      'question.module_id as moduleId',
      'question.administration_id as administrationId',
    ])
    .executeTakeFirst()
}

/** Everybody whom a text made from this answer could give away: who asked, who answered, the administration and its referents, past ones too. */
export async function personsBehind(db: Database, answerId: number): Promise<Persons> {
  const administration = await db
    .selectFrom('answer')
    .innerJoin('question', 'question.id', 'answer.question_id')
    .innerJoin('administration', 'administration.id', 'question.administration_id')
    .where('answer.id', '=', answerId)
    .select(['administration.id', 'administration.name', 'question.id as question_id'])
    .executeTakeFirst()
  if (!administration) return { names: [], emails: [], administrations: [] }

  const people = await db
    .selectFrom('person')
    .where((eb) =>
      eb.or([
        eb('id', 'in', eb.selectFrom('referent').where('administration_id', '=', administration.id).select('person_id')),
        eb('id', 'in', eb.selectFrom('question').where('id', '=', administration.question_id).select('asked_by')),
        eb('id', 'in', eb.selectFrom('answer').where('question_id', '=', administration.question_id).select('answered_by')),
      ]),
    )
    .orderBy('id')
    .select(['name', 'email'])
    .execute()
  return { names: people.map(({ name }) => name), emails: people.map(({ email }) => email), administrations: [administration.name] }
}

/** The entry that was made from an answer, whether published or withdrawn. */
export async function entryFrom(db: Database, answerId: number): Promise<number | undefined> {
  const row = await db.selectFrom('faq_entry').where('answer_id', '=', answerId).orderBy('id').select('id').executeTakeFirst()
  return row?.id
}

export type Topic = { value: string; label: string; programmeId: number; moduleId: number | null }

/** What an entry can be about: a whole programme or one of its modules. */
export async function topics(db: Database): Promise<Topic[]> {
  const programmes = await db.selectFrom('programme').orderBy('id', 'desc').select(['id', 'title']).execute()
  const modules = await db.selectFrom('module').orderBy('id').select(['id', 'programme_id', 'title']).execute()
  return programmes.flatMap(({ id, title }) => [
    { value: `programme-${id}`, label: title, programmeId: id, moduleId: null },
    ...modules
      .filter((module) => module.programme_id === id)
      .map((module) => ({ value: `module-${module.id}`, label: `${title}: ${module.title}`, programmeId: id, moduleId: module.id })),
  ])
}

/** The modules that have published entries, for the filter of the public list. */
export async function modulesWithEntries(db: Database): Promise<{ id: number; title: string }[]> {
  return db
    .selectFrom('module')
    .where('id', 'in', (eb) => eb.selectFrom('faq_entry').where('published_at', 'is not', null).select('module_id'))
    .orderBy('title')
    .select(['id', 'title'])
    .execute()
}

/** True when the programme exists and the module, if one is named, is part of it. */
export async function isTopic(db: Database, { programmeId, moduleId }: { programmeId: number; moduleId: number | null }): Promise<boolean> {
  const found = await db
    .selectFrom('programme')
    .leftJoin('module', (join) => join.onRef('module.programme_id', '=', 'programme.id').on('module.id', '=', moduleId ?? 0))
    .where('programme.id', '=', programmeId)
    .select(['programme.id', 'module.id as module_id'])
    .executeTakeFirst()
  return found !== undefined && (moduleId === null || found.module_id !== null)
}

/** How a form names what an entry is about. */
export const topicValue = ({ programmeId, moduleId }: { programmeId: number; moduleId: number | null }): string =>
  moduleId ? `module-${moduleId}` : `programme-${programmeId}`
