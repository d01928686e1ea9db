import type { ExpressionBuilder } from 'kysely'
import { seenBy } from '../administrations/queries.ts'
import { asMoment, fromMoment, fromMomentOrNull } from '../database/moment.ts'
import type { Channel, Database, Priority, QuestionState, Schema, Visibility } from '../database/schema.ts'
import { fold } from '../language/fold.ts'
import type { Person } from '../web/env.ts'
import { type ListRequest, rowsPerPage } from '../web/lists.ts'
import { questionStates } from './state.ts'
import { actorShownTo, administrationShownTo, questionSeenBy, readsNames } from './visibility.ts'

export const questionSorts = ['state', 'asked', 'subject', 'administration'] as const
export const questionFilters = ['whose', 'queue', 'state', 'module', 'region', 'age'] as const
/** What waits for staff, as they look at it. */
export const queues = ['new', 'mine', 'asker', 'overdue'] as const
export type Queue = (typeof queues)[number]
/** Asked at least so many days ago. */
export const ages = [2, 7, 30] as const

export type QuestionRow = {
  id: number
  subject: string
  module: string | null
  /** Null where the reader may not know it. */
  administration: string | null
  /** Null: to this person, the asker has no name. */
  asker: string | null
  /** The reader belongs to the administration or looks after it: a missing name is that of somebody who has left. */
  readsNames: boolean
  askedAt: Temporal.Instant
  state: QuestionState
  priority: Priority
  dueAt: Temporal.Instant | null
}

type List = ListRequest<(typeof questionSorts)[number]>

/**
 * The questions of the administrations that a person sees or, with `whose=programme`, the public ones of all others; by
 * default those that wait for an answer first, the oldest before the others.
 */
export async function listQuestions(
  db: Database,
  list: List,
  person: Person,
  now: Temporal.Instant,
): Promise<{ rows: QuestionRow[]; total: number }> {
  const matching = filtered(db, list, person, now)
  const { total } = await matching.select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow()
  const direction = list.descending ? 'desc' : 'asc'
  const rows = await matching
    .select(rowColumns)
    .select((eb) => shownColumns(eb, person))
    .$if(list.sort === 'state', (query) => query.orderBy(stateOrder, direction).orderBy(priorityOrder))
    .$if(list.sort === 'subject', (query) => query.orderBy('question.subject', direction))
    .$if(list.sort === 'administration', (query) => query.orderBy((eb) => administrationShownTo(eb, person), direction))
    .orderBy('question.asked_at', list.sort === 'asked' ? direction : 'asc')
    .orderBy('question.id')
    .limit(rowsPerPage)
    .offset((list.page - 1) * rowsPerPage)
    .execute()
  return { rows: rows.map(asRow), total }
}

function filtered(db: Database, { q, filters }: List, person: Person, now: Temporal.Instant) {
  const numbered = (text: string | undefined) => Number(text?.match(/^\d{1,9}$/)?.[0])
  const moduleId = numbered(filters.module)
  const days = ages.find((each) => String(each) === filters.age)
  const state = questionStates.find((each) => each === filters.state)
  const queue = queues.find((each) => each === filters.queue)
  return questions(db)
    .where((eb) => (filters.whose === 'programme' ? eb.and([questionSeenBy(eb, person), eb.not(seenBy(eb, person))]) : seenBy(eb, person)))
    .where((eb) => eb.and(wordsOf(q).map((word) => hasWord(eb, word, person))))
    .$if(state !== undefined, (query) => query.where('question.state', '=', state ?? 'waiting'))
    .$if(queue !== undefined, (query) => query.where((eb) => inQueue(eb, queue ?? 'new', person, now)))
    .$if(Number.isInteger(moduleId), (query) => query.where('question.module_id', '=', moduleId))
    .$if(Boolean(filters.region), (query) =>
      query.where((eb) => eb.and([seenBy(eb, person), eb('administration.region_code', '=', filters.region ?? '')])),
    )
    .$if(days !== undefined, (query) => query.where('question.asked_at', '<=', asMoment(now.subtract({ hours: 24 * (days ?? 0) }))))
}

/** New: nobody has answered or taken it. Mine: it was given to me and isn't solved. */
function inQueue(eb: ExpressionBuilder<Schema, 'question'>, queue: Queue, person: Person, now: Temporal.Instant) {
  if (queue === 'asker') return eb('question.state', '=', 'answered')
  if (queue === 'mine') return eb.and([eb('question.assigned_to', '=', person.id), eb('question.state', 'in', ['waiting', 'answered'])])
  const waiting = eb('question.state', '=', 'waiting')
  if (queue === 'overdue') return eb.and([waiting, eb('question.due_at', '<', asMoment(now))])
  return eb.and([waiting, eb('question.assigned_to', 'is', null), eb('question.first_answered_at', 'is', null)])
}

/** How many questions are in each queue, of the administrations that the person looks after. */
export async function queueCounts(db: Database, person: Person, now: Temporal.Instant): Promise<Record<Queue, number>> {
  const row = await questions(db)
    .where((eb) => seenBy(eb, person))
    .where('question.state', 'in', ['waiting', 'answered'])
    .select((eb) =>
      queues.map((queue) =>
        eb.fn
          .sum<number | null>(
            eb
              .case()
              .when(inQueue(eb, queue, person, now))
              .then(1)
              .else(0)
              .end(),
          )
          .as(queue),
      ),
    )
    .executeTakeFirstOrThrow()
  return { new: Number(row.new ?? 0), mine: Number(row.mine ?? 0), asker: Number(row.asker ?? 0), overdue: Number(row.overdue ?? 0) }
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
    .select((eb) => shownColumns(eb, person))
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
  visibility: Visibility
  channel: Channel
  assignedTo: { id: number; name: string } | null
  mergedInto: number | null
  solvingAnswerId: number | null
  solvedAt: Temporal.Instant | null
}

/** The question, or undefined when there is none that this person may see. */
export async function findQuestion(db: Database, id: number, person: Person | null): Promise<Question | undefined> {
  const row = await questions(db)
    .leftJoin('person as assigned', 'assigned.id', 'question.assigned_to')
    .where('question.id', '=', id)
    .where((eb) => questionSeenBy(eb, person))
    .select(rowColumns)
    .select((eb) => shownColumns(eb, person))
    .select([
      'question.programme_id as programmeId',
      'question.module_id as moduleId',
      'question.administration_id as administrationId',
      'administration.region_code as region',
      'question.asked_by',
      'question.body',
      'question.visibility',
      'question.channel',
      'question.assigned_to',
      'assigned.name as assigned_name',
      'question.merged_into_id as mergedInto',
      'question.solving_answer_id as solvingAnswerId',
      'question.solved_at',
    ])
    .select((eb) => askerIsPresent(eb).as('present'))
    .executeTakeFirst()
  if (!row) return undefined
  const { asked_by, solved_at, present, assigned_to, assigned_name, asked_at: _, due_at: __, ...rest } = row
  return {
    ...rest,
    ...asRow(row),
    askedBy: { id: asked_by, present: Boolean(present) },
    assignedTo: assigned_to === null ? null : { id: assigned_to, name: assigned_name ?? '' },
    solvedAt: fromMomentOrNull(solved_at),
  }
}

/** The modules that the questions of the administrations a person sees are about, for the filter. */
export async function modulesAskedAbout(db: Database, person: Person): Promise<{ id: number; title: string }[]> {
  return db
    .selectFrom('module')
    .where('module.id', 'in', (eb) =>
      eb
        .selectFrom('question')
        .innerJoin('administration', 'administration.id', 'question.administration_id')
        .where((inner) => questionSeenBy(inner, person))
        .select('question.module_id'),
    )
    .orderBy('module.title')
    .select(['module.id', 'module.title'])
    .execute()
}

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

type Joined = ExpressionBuilder<Schema, 'question' | 'administration'>

const wordsOf = (text: string) => text.normalize('NFC').toLowerCase().split(/\s+/).filter(Boolean)

/** In the question or the name of its administration, where the reader knows that. Accents and the last vowel don't matter: `perche`, `questionari`. */
function hasWord(eb: Joined, word: string, person: Person) {
  const tolerant = word
    .replace(/[%_\\]/g, '')
    .replace(/[^\x20-\x7e]/gu, '_')
    .replace(/(?<=\p{L}{3})[aeiou]$/u, '_')
  return eb.or([
    eb(eb.fn<string>('lower', ['question.subject']), 'like', `%${tolerant}%`),
    eb(eb.fn<string>('lower', ['question.body']), 'like', `%${tolerant}%`),
    eb.and([
      eb.or([seenBy(eb, person), eb('question.visibility', '=', 'named')]),
      eb('administration.search_text', 'like', `%${fold(word).replace(/[%_\\]/g, '')}%`),
    ]),
  ])
}

const ranked = (eb: ExpressionBuilder<Schema, 'question'>, column: 'question.state' | 'question.priority', values: readonly string[]) =>
  values
    .slice(1)
    .reduce(
      (found, value, index) => found.when(column, '=', value as never).then(index + 1),
      eb
        .case()
        .when(column, '=', values[0] as never)
        .then(0),
    )
    .end()

const stateOrder = (eb: ExpressionBuilder<Schema, 'question'>) => ranked(eb, 'question.state', questionStates)
const priorityOrder = (eb: ExpressionBuilder<Schema, 'question'>) => ranked(eb, 'question.priority', ['high', 'normal', 'low'])

const rowColumns = [
  'question.id',
  'question.subject',
  'module.title as module',
  'question.asked_at',
  'question.state',
  'question.priority',
  'question.due_at',
] as const

const shownColumns = (eb: Joined, person: Person | null) => [
  administrationShownTo(eb, person).as('administration'),
  actorShownTo(eb, person, 'question.asked_by').as('asker'),
  readsNames(eb, person).as('readsNames'),
]

type Row = Omit<QuestionRow, 'askedAt' | 'dueAt' | 'readsNames'> & { asked_at: string; due_at: string | null; readsNames: number }

const asRow = ({ id, subject, module, administration, asker, asked_at, due_at, state, priority, ...row }: Row): QuestionRow => ({
  id,
  subject,
  module,
  administration,
  asker,
  readsNames: Boolean(row.readsNames),
  askedAt: fromMoment(asked_at),
  state,
  priority,
  dueAt: fromMomentOrNull(due_at),
})
