import type { ExpressionBuilder } from 'kysely'
import { seenBy } from '../administrations/queries.ts'
import { nameFor } from '../administrations/referents/names.ts'
import { fromMoment, fromMomentOrNull } from '../database/moment.ts'
import type { Database, Schema } from '../database/schema.ts'
import { fold } from '../language/fold.ts'
import type { Person } from '../web/env.ts'
import { type ListRequest, rowsPerPage } from '../web/lists.ts'
import { grantHeld, type QuestionState, questionStates, stateOf } from './state.ts'

export const questionSorts = ['state', 'asked', 'subject', 'administration'] as const
export const questionFilters = ['state', 'module'] as const

export type QuestionRow = {
  id: number
  subject: string
  module: string | null
  administration: string
  /** Null: to this person, a referent who has left has no name. */
  asker: string | null
  askedAt: Temporal.Instant
  state: QuestionState
}

/** The questions that a person may see, by default those that wait for an answer first, the oldest before the others. */
export async function listQuestions(
  db: Database,
  list: ListRequest<(typeof questionSorts)[number]>,
  person: Person,
): Promise<{ rows: QuestionRow[]; total: number }> {
  const state = questionStates.indexOf(list.filters.state as QuestionState)
  const moduleId = Number(list.filters.module?.match(/^\d{1,9}$/)?.[0])
  const matching = questions(db)
    .where((eb) => seenBy(eb, person))
    .where((eb) => eb.and(wordsOf(list.q).map((word) => hasWord(eb, word))))
    .$if(state >= 0, (query) => query.where((eb) => eb(stateOf(eb), '=', state)))
    .$if(Number.isInteger(moduleId), (query) => query.where('question.module_id', '=', moduleId))

  const { total } = await matching.select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow()
  const direction = list.descending ? 'desc' : 'asc'
  const rows = await matching
    .select(rowColumns)
    .select(nameFor(person, 'question.asked_by', 'question.administration_id').as('asker'))
    .select((eb) => stateOf(eb).as('state'))
    .$if(list.sort === 'state', (query) => query.orderBy((eb) => stateOf(eb), direction))
    .$if(list.sort === 'subject', (query) => query.orderBy('question.subject', direction))
    .$if(list.sort === 'administration', (query) => query.orderBy('administration.search_text', direction))
    .orderBy('question.asked_at', list.sort === 'asked' ? direction : 'asc')
    .orderBy('question.id')
    .limit(rowsPerPage)
    .offset((list.page - 1) * rowsPerPage)
    .execute()
  return { rows: rows.map(asRow), total }
}

/** An administration's own questions on a module, the newest first. */
export async function questionsOnModule(
  db: Database,
  { administrationId, moduleId, limit }: { administrationId: number; moduleId: number; limit: number },
  person: Person | null,
): Promise<QuestionRow[]> {
  const rows = await questions(db)
    .where((eb) => seenBy(eb, person))
    .where('question.administration_id', '=', administrationId)
    .where('question.module_id', '=', moduleId)
    .select(rowColumns)
    .select(nameFor(person, 'question.asked_by', 'question.administration_id').as('asker'))
    .select((eb) => stateOf(eb).as('state'))
    .orderBy('question.id', 'desc')
    .limit(limit)
    .execute()
  return rows.map(asRow)
}

export type Question = QuestionRow & {
  programmeId: number
  moduleId: number | null
  administrationId: number
  region: string
  /** `present`: still a referent of the administration. */
  askedBy: { id: number; present: boolean }
  body: string
  solvedAt: Temporal.Instant | null
}

/** The question, or undefined when there is none that this person may see. */
export async function findQuestion(db: Database, id: number, person: Person | null): Promise<Question | undefined> {
  const row = await questions(db)
    .where('question.id', '=', id)
    .where((eb) => seenBy(eb, person))
    .select(rowColumns)
    .select(nameFor(person, 'question.asked_by', 'question.administration_id').as('asker'))
    .select([
      'question.programme_id as programmeId',
      'question.module_id as moduleId',
      'question.administration_id as administrationId',
      'administration.region_code as region',
      'question.asked_by',
      'question.body',
      'question.solved_at',
    ])
    .select((eb) => [stateOf(eb).as('state'), askerIsPresent(eb).as('present')])
    .executeTakeFirst()
  if (!row) return undefined
  const { asked_by, solved_at, present, ...rest } = row
  return {
    ...rest,
    ...asRow(row),
    askedBy: { id: asked_by, present: Boolean(present) },
    solvedAt: fromMomentOrNull(solved_at),
  }
}

export type Answer = {
  id: number
  body: string
  author: string | null
  /** As what they wrote: their role on that day. */
  as: 'trainer' | 'coordinator' | 'referent'
  answeredAt: Temporal.Instant
  faqEntryId: number | null
}

export async function answersTo(db: Database, questionId: number, viewer: Person | null): Promise<Answer[]> {
  const rows = await db
    .selectFrom('answer')
    .innerJoin('question', 'question.id', 'answer.question_id')
    .where('question_id', '=', questionId)
    .select(['answer.id', 'answer.body', 'answer.answered_at'])
    .select(nameFor(viewer, 'answer.answered_by', 'question.administration_id').as('author'))
    .select((eb) => [
      grantHeld(eb, 'trainer').as('trainer'),
      grantHeld(eb, 'coordinator').as('coordinator'),
      eb
        .selectFrom('faq_entry')
        .whereRef('faq_entry.answer_id', '=', 'answer.id')
        .select((one) => one.fn.min('faq_entry.id').as('id'))
        .as('faqEntryId'),
    ])
    .orderBy('answer.id')
    .execute()
  return rows.map(({ answered_at, trainer, coordinator, ...row }) => ({
    ...row,
    as: trainer ? 'trainer' : coordinator ? 'coordinator' : 'referent',
    answeredAt: fromMoment(answered_at),
  }))
}

/** The modules that the visible questions are about, for the filter. */
export async function modulesAskedAbout(db: Database, person: Person): Promise<{ id: number; title: string }[]> {
  return db
    .selectFrom('module')
    .where('module.id', 'in', (eb) =>
      eb
        .selectFrom('question')
        .innerJoin('administration', 'administration.id', 'question.administration_id')
        .where((inner) => seenBy(inner, person))
        .select('question.module_id'),
    )
    .orderBy('module.title')
    .select(['module.id', 'module.title'])
    .execute()
}

export type PlaceToAsk = { administrations: { id: number; name: string }[]; modules: { id: number; title: string; programmeId: number }[] }

/** From where and about what a referent can ask: their administrations, the modules of what these follow and of what is published. */
export async function placesToAsk(db: Database, person: Person): Promise<PlaceToAsk> {
  const administrations = await db
    .selectFrom('administration')
    .where('id', 'in', [...person.administrations, none])
    .orderBy('search_text')
    .select(['id', 'name'])
    .execute()
  const modules = await db
    .selectFrom('module')
    .innerJoin('programme', 'programme.id', 'module.programme_id')
    .where((eb) =>
      eb.or([eb('programme.published_at', 'is not', null), eb('programme.id', 'in', programmesOf(db, person.administrations))]),
    )
    .orderBy('module.title')
    .select(['module.id', 'module.title', 'module.programme_id as programmeId'])
    .execute()
  return { administrations, modules }
}

/** The programme of the module or, without one, what the administration follows, or else the newest published one. */
export async function programmeToAskIn(
  db: Database,
  { administrationId, moduleId }: { administrationId: number; moduleId: number | null },
): Promise<number | undefined> {
  const module = moduleId && (await db.selectFrom('module').where('id', '=', moduleId).select('programme_id').executeTakeFirst())
  if (module) return module.programme_id
  const followed = await programmesOf(db, [administrationId]).orderBy('enrolment.id', 'desc').limit(1).executeTakeFirst()
  if (followed) return followed.programme_id
  const published = await db
    .selectFrom('programme')
    .where('published_at', 'is not', null)
    .orderBy('id', 'desc')
    .select('id')
    .executeTakeFirst()
  return published?.id
}

/** True when the administration follows the programme or may, and the module, if one is named, is part of it. */
export async function canBeAskedAbout(
  db: Database,
  { administrationId, programmeId, moduleId }: { administrationId: number; programmeId: number; moduleId: number | null },
): Promise<boolean> {
  const found = await db
    .selectFrom('programme')
    .where('programme.id', '=', programmeId)
    .where((eb) => eb.or([eb('programme.published_at', 'is not', null), eb('programme.id', 'in', programmesOf(db, [administrationId]))]))
    .$if(moduleId !== null, (query) =>
      query.where((eb) =>
        eb('programme.id', 'in', eb.selectFrom('module').where('module.id', '=', moduleId).select('module.programme_id')),
      ),
    )
    .select('programme.id')
    .executeTakeFirst()
  return found !== undefined
}

const programmesOf = (db: Database, administrationIds: readonly number[]) =>
  db
    .selectFrom('enrolment')
    .where('enrolment.administration_id', 'in', [...administrationIds, none])
    .where('enrolment.ended_at', 'is', null)
    .select('enrolment.programme_id')

/** No row has this id; a list to look in can't be empty. */
const none = 0

const questions = (db: Database) =>
  db
    .selectFrom('question')
    .innerJoin('administration', 'administration.id', 'question.administration_id')
    .leftJoin('module', 'module.id', 'question.module_id')

const askerIsPresent = (eb: ExpressionBuilder<Schema, 'question'>) =>
  eb.exists(
    eb
      .selectFrom('referent')
      .whereRef('referent.person_id', '=', 'question.asked_by')
      .whereRef('referent.administration_id', '=', 'question.administration_id')
      .where('referent.until', 'is', null)
      .select('referent.id'),
  )

type Searched = ExpressionBuilder<Schema, 'question' | 'administration'>

const wordsOf = (text: string) => text.normalize('NFC').toLowerCase().split(/\s+/).filter(Boolean)

/** In the question or the name of its administration. Accents and the last vowel don't matter: `perche`, `questionari`. */
function hasWord(eb: Searched, word: string) {
  const tolerant = word
    .replace(/[%_\\]/g, '')
    .replace(/[^\x20-\x7e]/gu, '_')
    .replace(/(?<=\p{L}{3})[aeiou]$/u, '_')
  return eb.or([
    eb(eb.fn<string>('lower', ['question.subject']), 'like', `%${tolerant}%`),
    eb(eb.fn<string>('lower', ['question.body']), 'like', `%${tolerant}%`),
    eb('administration.search_text', 'like', `%${fold(word).replace(/[%_\\]/g, '')}%`),
  ])
}

const rowColumns = [
  'question.id',
  'question.subject',
  'module.title as module',
  'administration.name as administration',
  'question.asked_at',
] as const

const asRow = ({
  id,
  subject,
  module,
  administration,
  asker,
  asked_at,
  state,
}: Omit<QuestionRow, 'askedAt' | 'state'> & { asked_at: string; state: number }): QuestionRow => ({
  id,
  subject,
  module,
  administration,
  asker,
  askedAt: fromMoment(asked_at),
  state: questionStates[state] ?? 'waiting',
})
