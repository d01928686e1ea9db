import { sql } from 'kysely'
import { fromMomentOrNull } from '../../database/moment.ts'
import type { Database } from '../../database/schema.ts'
import { isStaff } from '../../people/rules.ts'
import type { Person } from '../../web/env.ts'
import { questionSeenBy, readsNames } from '../visibility.ts'
import type { Persons } from './cleaning/without-persons.ts'
import type { FaqState } from './rules.ts'

/** What everybody may read: no name of a person or an administration. */
export type FaqEntry = {
  id: number
  programmeId: number
  moduleId: number | null
  module: string | null
  question: string
  answer: string
  /** Empty where there is no English. */
  questionEn: string
  answerEn: string
  answerId: number | null
  reviewOn: Temporal.PlainDate
  publishedAt: Temporal.Instant | null
  /** When somebody last said that it holds, or changed it. */
  readAt: Temporal.Instant | null
  state: FaqState
}

export const faqColumns = [
  'faq_entry.id',
  'faq_entry.programme_id',
  'faq_entry.module_id',
  'module.title as module',
  'faq_entry.question',
  'faq_entry.answer',
  'faq_entry.question_en',
  'faq_entry.answer_en',
  'faq_entry.answer_id',
  'faq_entry.review_on',
  'faq_entry.published_at',
  'faq_entry.read_at',
  'faq_entry.proposed_at',
  'faq_entry.decided_at',
] as const

type Row = {
  id: number
  programme_id: number
  module_id: number | null
  module: string | null
  question: string
  answer: string
  question_en: string
  answer_en: string
  answer_id: number | null
  review_on: string
  published_at: string | null
  read_at: string | null
  proposed_at: string | null
  decided_at: string | null
}

export const asFaqEntry = (row: Row): FaqEntry => ({
  id: row.id,
  module: row.module,
  question: row.question,
  answer: row.answer,
  programmeId: row.programme_id,
  moduleId: row.module_id,
  questionEn: row.question_en,
  answerEn: row.answer_en,
  answerId: row.answer_id,
  reviewOn: Temporal.PlainDate.from(row.review_on),
  publishedAt: fromMomentOrNull(row.published_at),
  readAt: fromMomentOrNull(row.read_at),
  state: row.published_at ? 'published' : row.proposed_at && !row.decided_at ? 'proposed' : 'withdrawn',
})

/** A published entry for everybody, one that is withdrawn or proposed for staff only. */
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

export type FaqOrigin = {
  owner: { id: number; name: string }
  questionId: number | null
  subject: string | null
  /** The module has been changed since somebody last said that the entry holds. */
  moduleChanged: boolean
}

/** For staff: who looks after an entry, and the question it came from when they may see that. */
export async function originOf(db: Database, entryId: number, person: Person): Promise<FaqOrigin | undefined> {
  const entry = await db
    .selectFrom('faq_entry')
    .innerJoin('person as owner', 'owner.id', 'faq_entry.owner_id')
    .where('faq_entry.id', '=', entryId)
    .select(['owner.id as ownerId', 'owner.name as owner', 'faq_entry.answer_id', moduleChangedSince.as('moduleChanged')])
    .executeTakeFirst()
  const source = entry?.answer_id ? await findSource(db, entry.answer_id, person) : undefined
  return (
    entry && {
      owner: { id: entry.ownerId, name: entry.owner },
      questionId: source?.questionId ?? null,
      subject: source?.subject ?? null,
      moduleChanged: Boolean(Number(entry.moduleChanged)),
    }
  )
}

/** 1 when the entry's module was changed after it was last read. */
export const moduleChangedSince = sql<number>`(case when exists (select 1 from history where history.subject = 'module'
  and history.subject_id = faq_entry.module_id and history.happening = 'module_changed' and history.at > faq_entry.read_at) then 1 else 0 end)`

export type Source = {
  answerId: number
  answer: string
  questionId: number
  subject: string
  body: string
  programmeId: number
  moduleId: number | null
  administrationId: number
  /** The reader knows who asked: only they are told what a text gives away, others could try names until one is refused. */
  readsNames: boolean
}

/** The answer that an entry is made from, with its question; undefined when the person may not read it. */
export async function findSource(db: Database, answerId: number, person: Person | null): Promise<Source | undefined> {
  const row = await db
    .selectFrom('answer')
    .innerJoin('question', 'question.id', 'answer.question_id')
    .innerJoin('administration', 'administration.id', 'question.administration_id')
    .where('answer.id', '=', answerId)
    .where((eb) => questionSeenBy(eb, person))
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
    .select((eb) => readsNames(eb, person).as('readsNames'))
    .executeTakeFirst()
  return row && { ...row, readsNames: Boolean(row.readsNames) }
}

/**
 * Everybody whom a text made from this answer could give away: who asked, who answered, the administration and its
 * referents, past ones too, and the administrations of referents who answered from outside.
 */
export async function personsBehind(db: Database, answerId: number): Promise<Persons> {
  const source = await db
    .selectFrom('answer')
    .innerJoin('question', 'question.id', 'answer.question_id')
    .where('answer.id', '=', answerId)
    .select(['question.administration_id', 'question.id'])
    .executeTakeFirst()
  if (!source) return { names: [], emails: [], administrations: [] }

  const people = await db
    .selectFrom('person')
    .where((eb) =>
      eb.or([
        eb('id', 'in', eb.selectFrom('referent').where('administration_id', '=', source.administration_id).select('person_id')),
        eb('id', 'in', eb.selectFrom('question').where('id', '=', source.id).select('asked_by')),
        eb('id', 'in', eb.selectFrom('answer').where('question_id', '=', source.id).select('answered_by')),
      ]),
    )
    .orderBy('id')
    .select(['name', 'email'])
    .execute()
  const administrations = await db
    .selectFrom('administration')
    .where((eb) =>
      eb.or([
        eb('id', '=', source.administration_id),
        eb(
          'id',
          'in',
          eb
            .selectFrom('referent')
            .innerJoin('answer', 'answer.answered_by', 'referent.person_id')
            .where('answer.question_id', '=', source.id)
            .select('referent.administration_id'),
        ),
      ]),
    )
    .orderBy('id')
    .select('name')
    .execute()
  return {
    names: people.map(({ name }) => name),
    emails: people.map(({ email }) => email),
    administrations: administrations.map(({ name }) => name),
  }
}

/** The entry that was made from an answer, whether proposed, published or withdrawn. */
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

export type FaqVersion = { version: number; question: string; answer: string; writtenAt: Temporal.Instant; author: string }

/** What an entry has said, the newest first; for staff. */
export async function versionsOf(db: Database, entryId: number): Promise<FaqVersion[]> {
  const rows = await db
    .selectFrom('faq_version')
    .innerJoin('person', 'person.id', 'faq_version.written_by')
    .where('faq_entry_id', '=', entryId)
    .orderBy('version', 'desc')
    .select(['version', 'question', 'answer', 'written_at', 'person.name as author'])
    .execute()
  return rows.map(({ written_at, ...row }) => ({ ...row, writtenAt: Temporal.Instant.from(written_at) }))
}
