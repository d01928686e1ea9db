import type { ExpressionBuilder } from 'kysely'
import { fromMoment } from '../../../database/moment.ts'
import type { Database, Schema } from '../../../database/schema.ts'
import { staffScope } from '../../../people/rules.ts'
import type { Person } from '../../../web/env.ts'
import { type ListRequest, rowsPerPage } from '../../../web/lists.ts'
import { type Distribution, fewestAnswers, ownName, type Question, standardQuestions, standardRatings } from '../rules.ts'

export type Rated = Question & { distribution: Distribution }
export type Written = Question & { texts: string[] }
export type Results = { answers: number; attended: number; rated: Rated[]; written: Written[] }

/** What was answered about a session, questions that are asked no more included; nothing but the count where it is too little to show. */
export async function resultsOf(db: Database, sessionId: number): Promise<Results> {
  const answers = await countAnswers(db, sessionId)
  const attended = await countAttended(db, sessionId)
  if (answers < fewestAnswers) return { answers, attended, rated: [], written: [] }
  const counted = await db
    .selectFrom('feedback_reply')
    .innerJoin('feedback_answer', 'feedback_answer.id', 'feedback_reply.feedback_answer_id')
    .where('feedback_answer.session_id', '=', sessionId)
    .where('rating', 'is not', null)
    .groupBy(['question', 'rating'])
    .select(['question', 'rating'])
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .execute()
  // By the ids of the answers, which were drawn by lot: the order tells nothing.
  const texts = await db
    .selectFrom('feedback_reply')
    .innerJoin('feedback_answer', 'feedback_answer.id', 'feedback_reply.feedback_answer_id')
    .where('feedback_answer.session_id', '=', sessionId)
    .where('text', 'is not', null)
    .orderBy('feedback_answer.id')
    .select(['question', 'text'])
    .execute()
  const questions = await everAsked(db, sessionId)
  return {
    answers,
    attended,
    rated: questions.filter(({ kind }) => kind === 'rating').map((each) => ({ ...each, distribution: distributionIn(counted, each.name) })),
    written: questions
      .filter(({ kind }) => kind === 'text')
      .map((each) => ({ ...each, texts: texts.flatMap(({ question, text }) => (question === each.name && text ? [text] : [])) })),
  }
}

type Counted = { question: string; rating: number | null; count: number }

const distributionIn = (rows: readonly Counted[], name: string): Distribution => {
  const of = (rating: number) => Number(rows.find((row) => row.question === name && row.rating === rating)?.count ?? 0)
  return [of(1), of(2), of(3), of(4), of(5)]
}

async function everAsked(db: Database, sessionId: number): Promise<Question[]> {
  const own = await db
    .selectFrom('feedback_question')
    .where('session_id', '=', sessionId)
    .orderBy('id')
    .select(['id', 'kind', 'label'])
    .execute()
  return [...standardQuestions, ...own.map(({ id, kind, label }) => ({ name: ownName(id), kind, label }))]
}

async function countAnswers(db: Database, sessionId: number): Promise<number> {
  const { count } = await db
    .selectFrom('feedback_answer')
    .where('session_id', '=', sessionId)
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  return Number(count)
}

async function countAttended(db: Database, sessionId: number): Promise<number> {
  const { count } = await db
    .selectFrom('attendance')
    .where('session_id', '=', sessionId)
    .where('status', 'in', ['present', 'partial'])
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  return Number(count)
}

// Several sessions ---------------------------------------------------------------------------------------------------

export const overviewSorts = ['held', 'title', 'answers'] as const
export const overviewFilters = ['programme', 'trainer'] as const
type List = ListRequest<(typeof overviewSorts)[number]>

export type OverviewRow = {
  id: number
  title: string
  startsAt: Temporal.Instant
  answers: number
  /** Null where there are too few answers. */
  overall: number | null
}
export type Overview = {
  rows: OverviewRow[]
  total: number
  /** Over all sessions listed, page by page, that have enough answers. */
  means: { name: string; mean: number }[]
  sessions: number
  answers: number
}

/** Sessions with answers that this person is in charge of, and the means of all that have enough. */
export async function overviewFor(db: Database, list: List, person: Person): Promise<Overview> {
  const answered = answeredSessions(db, list, person)
  const { total } = await answered.select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow()
  const column = ({ held: 'session.starts_at', title: 'session.title', answers: 'answered.answers' } as const)[list.sort]
  const rows = await answered
    .select(['session.id', 'session.title', 'session.starts_at', 'answered.answers'])
    .select((eb) =>
      eb
        .selectFrom('feedback_reply')
        .innerJoin('feedback_answer', 'feedback_answer.id', 'feedback_reply.feedback_answer_id')
        .whereRef('feedback_answer.session_id', '=', 'session.id')
        .where('question', '=', 'overall')
        .select((inner) => inner.fn.avg<number>('rating').as('mean'))
        .as('overall'),
    )
    .orderBy(column, list.descending ? 'desc' : 'asc')
    .orderBy('session.id')
    .limit(rowsPerPage)
    .offset((list.page - 1) * rowsPerPage)
    .execute()
  const enough = answered.where('answered.answers', '>=', fewestAnswers)
  const counted = await enough
    .select((eb) => [eb.fn.countAll<number>().as('sessions'), eb.fn.sum<number | null>('answered.answers').as('answers')])
    .executeTakeFirstOrThrow()
  const means = await db
    .selectFrom('feedback_reply')
    .innerJoin('feedback_answer', 'feedback_answer.id', 'feedback_reply.feedback_answer_id')
    .where('feedback_answer.session_id', 'in', enough.select('session.id'))
    .where('question', 'in', [...standardRatings])
    .groupBy('question')
    .select(['question'])
    .select((eb) => eb.fn.avg<number>('rating').as('mean'))
    .execute()
  return {
    total: Number(total),
    rows: rows.map(({ starts_at, answers, overall, ...row }) => ({
      ...row,
      startsAt: fromMoment(starts_at),
      answers: Number(answers),
      overall: Number(answers) < fewestAnswers || overall === null ? null : Number(overall),
    })),
    means: standardRatings.flatMap((name) => {
      const found = means.find(({ question }) => question === name)
      return found ? [{ name, mean: Number(found.mean) }] : []
    }),
    sessions: Number(counted.sessions),
    answers: Number(counted.answers ?? 0),
  }
}

function answeredSessions(db: Database, { q, filters }: List, person: Person) {
  const [programme, trainer] = [Number(filters.programme), Number(filters.trainer)]
  const wanted = q
    .toLowerCase()
    .replace(/[%_\\]/g, '')
    .split(/\s+/)
    .filter(Boolean)
  return db
    .selectFrom('session')
    .innerJoin(
      (eb) =>
        eb
          .selectFrom('feedback_answer')
          .groupBy('feedback_answer.session_id')
          .select('feedback_answer.session_id')
          .select((inner) => inner.fn.countAll<number>().as('answers'))
          .as('answered'),
      (join) => join.onRef('answered.session_id', '=', 'session.id'),
    )
    .where((eb) => inChargeOf(eb, person))
    .where((eb) => eb.and(wanted.map((word) => eb(eb.fn('lower', ['session.title']), 'like', `%${word}%`))))
    .$if(Number.isInteger(programme), (query) => query.where('session.programme_id', '=', programme))
    .$if(Number.isInteger(trainer), (query) => query.where((eb) => eb('session.id', 'in', trainedBy(eb, trainer))))
}

/** As `manageRefusal` decides, for many sessions. */
function inChargeOf(eb: ExpressionBuilder<Schema, 'session'>, person: Person) {
  const scope = staffScope(person)
  if (scope === 'national') return eb.and([])
  const trains = eb('session.id', 'in', trainedBy(eb, person.id))
  return scope && scope.length > 0 ? eb.or([trains, eb('session.region_code', 'in', [...scope])]) : trains
}

const trainedBy = (eb: ExpressionBuilder<Schema, 'session'>, personId: number) =>
  eb.selectFrom('session_trainer').where('session_trainer.person_id', '=', personId).select('session_trainer.session_id')

/** Programmes and trainers to filter by: of the sessions that this person is in charge of and that have answers. */
export async function overviewChoices(db: Database, person: Person) {
  const answered = answeredSessions(db, { path: '', q: '', sort: 'held', descending: false, page: 1, filters: {} }, person).select(
    'session.id',
  )
  const programmes = await db
    .selectFrom('programme')
    .where('id', 'in', (eb) => eb.selectFrom('session').where('session.id', 'in', answered).select('programme_id'))
    .orderBy('title')
    .select(['id', 'title as name'])
    .execute()
  const trainers = await db
    .selectFrom('person')
    .where('id', 'in', (eb) => eb.selectFrom('session_trainer').where('session_id', 'in', answered).select('person_id'))
    .orderBy('name')
    .select(['id', 'name'])
    .execute()
  return { programmes, trainers }
}
