import { type ExpressionBuilder, type RawBuilder, sql } from 'kysely'
import { seenBy } from '../../administrations/queries.ts'
import { fromMoment } from '../../database/moment.ts'
import type { Database, Schema } from '../../database/schema.ts'
import { staffScope } from '../../people/rules.ts'
import type { Person } from '../../web/env.ts'
import { type ListRequest, rowsPerPage } from '../../web/lists.ts'

/** What the help desk did for one module, one region, or altogether. */
export type Figures = {
  asked: number
  answered: number
  solved: number
  /** Somebody found the answer and didn't ask. */
  helped: number
  /** Minutes of office time until the first answer, half of them sooner and half later; null when none was answered. */
  medianMinutes: number | null
}
export type FiguresOf<Key> = Figures & { key: Key }

const nothing: Figures = { asked: 0, answered: 0, solved: 0, helped: 0, medianMinutes: null }

/** By module, those with most questions first; `key` null: about no module. Of the regions that the person sees. */
export async function figuresByModule(db: Database, person: Person): Promise<(FiguresOf<number | null> & { title: string | null })[]> {
  const found = await figuresBy<number | null>(db, person, 'module_id')
  const titles = await db
    .selectFrom('module')
    .where('id', 'in', [...found.keys()].filter((key) => key !== null).concat(0))
    .select(['id', 'title'])
    .execute()
  return [...found]
    .map(([key, figures]) => ({ ...figures, key, title: titles.find(({ id }) => id === key)?.title ?? null }))
    .toSorted((a, b) => b.asked - a.asked || b.helped - a.helped || String(a.title).localeCompare(String(b.title)))
}

/** By the region of the administration, by its code. */
export async function figuresByRegion(db: Database, person: Person): Promise<FiguresOf<string>[]> {
  const found = await figuresBy<string>(db, person, 'region_code')
  return [...found].map(([key, figures]) => ({ ...figures, key })).toSorted((a, b) => a.key.localeCompare(b.key))
}

/** All together. */
export async function figuresAltogether(db: Database, person: Person): Promise<Figures> {
  return (await figuresBy<number>(db, person, 'everything')).get(0) ?? nothing
}

type Division = 'module_id' | 'region_code' | 'everything'

const keyOf: Record<Division, { question: RawBuilder<unknown>; search: RawBuilder<unknown> }> = {
  module_id: { question: sql.ref('question.module_id'), search: sql.ref('help_search.module_id') },
  region_code: { question: sql.ref('administration.region_code'), search: sql.ref('help_search.region_code') },
  // An expression, since a constant can't be grouped by on both engines.
  everything: { question: sql`(question.id * 0)`, search: sql`(help_search.id * 0)` },
}

/** Three queries however many modules, regions and questions there are. */
async function figuresBy<Key extends number | string | null>(db: Database, person: Person, by: Division): Promise<Map<Key, Figures>> {
  const { question, search } = keyOf[by]
  const found = new Map<Key, Figures>()
  const add = (key: unknown, figures: Partial<Figures>) => found.set(key as Key, { ...nothing, ...found.get(key as Key), ...figures })

  const asked = questions(db, person)
  const counts = await asked
    .select((eb) => [
      question.as('key'),
      eb.fn.countAll<number>().as('asked'),
      eb.fn.count<number>('question.first_answered_at').as('answered'),
      eb.fn.count<number>('question.solved_at').as('solved'),
    ])
    .groupBy(question)
    .execute()
  for (const { key, ...figures } of counts) if (Number(figures.asked) > 0) add(key, figures)

  const medians = await db
    .selectFrom(
      asked
        .where('question.first_answer_minutes', 'is not', null)
        .select([
          question.as('key'),
          'question.first_answer_minutes as minutes',
          sql<number>`row_number() over (partition by ${question} order by question.first_answer_minutes)`.as('place'),
          sql<number>`count(*) over (partition by ${question})`.as('among'),
        ])
        .as('ranked'),
    )
    .where(sql<boolean>`place in ((among + 1) / 2, (among + 2) / 2)`)
    .groupBy('key')
    .select((eb) => ['key', eb.fn.avg<number>('minutes').as('medianMinutes')])
    .execute()
  for (const { key, medianMinutes } of medians) add(key, { medianMinutes: Number(medianMinutes) })

  const helped = await searches(db, person)
    .where('help_search.outcome', '=', 'helped')
    .select((eb) => [search.as('key'), eb.fn.countAll<number>().as('helped')])
    .groupBy(search)
    .execute()
  for (const { key, helped: count } of helped) if (Number(count) > 0 && !(by === 'region_code' && key === null)) add(key, { helped: count })
  return found
}

const questions = (db: Database, person: Person) =>
  db
    .selectFrom('question')
    .innerJoin('administration', 'administration.id', 'question.administration_id')
    .where((eb) => seenBy(eb, person))

const searches = (db: Database, person: Person) => db.selectFrom('help_search').where((eb) => inScope(eb, person))

/** Searches by region as it was that day; those of visitors and of nobody's region are for who sees the whole country. */
function inScope(eb: ExpressionBuilder<Schema, 'help_search'>, person: Person) {
  const scope = staffScope(person)
  if (scope === 'national') return eb.and([])
  return scope && scope.length > 0 ? eb('help_search.region_code', 'in', [...scope]) : eb.or([])
}

export type VainSearch = { text: string; times: number; lastAt: Temporal.Instant }

/** What was looked for most often and not found. */
export async function vainSearches(db: Database, person: Person, limit: number): Promise<VainSearch[]> {
  const rows = await searches(db, person)
    .where('outcome', '=', 'nothing')
    .groupBy((eb) => eb.fn<string>('lower', ['text']))
    .select((eb) => [
      eb.fn<string>('lower', ['text']).as('text'),
      eb.fn.countAll<number>().as('times'),
      eb.fn.max('searched_at').as('lastAt'),
    ])
    .orderBy('times', 'desc')
    .orderBy('lastAt', 'desc')
    .limit(limit)
    .execute()
  return rows.map(({ lastAt, ...row }) => ({ ...row, lastAt: fromMoment(lastAt) }))
}

export type SearchRow = {
  text: string
  outcome: 'helped' | 'asked' | 'nothing'
  faqEntryId: number | null
  questionId: number | null
  title: string | null
  region: string | null
  module: string | null
  searchedAt: Temporal.Instant
}

export const searchFilters = ['outcome', 'module', 'region'] as const

/** The searches behind a figure, the newest first: without who looked. A question's title only where the person sees it. */
export async function listSearches(db: Database, list: ListRequest, person: Person): Promise<{ rows: SearchRow[]; total: number }> {
  const { outcome, module, region } = list.filters
  const known = (['helped', 'asked', 'nothing'] as const).find((each) => each === outcome)
  const matching = searches(db, person)
    .leftJoin('module', 'module.id', 'help_search.module_id')
    .leftJoin('faq_entry', (join) =>
      join.onRef('faq_entry.id', '=', 'help_search.faq_entry_id').on('faq_entry.published_at', 'is not', null),
    )
    .$if(known !== undefined, (query) => query.where('help_search.outcome', '=', known ?? 'helped'))
    .$if(/^\d{1,9}$/.test(module ?? ''), (query) => query.where('help_search.module_id', '=', Number(module)))
    .$if(Boolean(region), (query) => query.where('help_search.region_code', '=', region ?? ''))
  const { total } = await matching.select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow()
  const rows = await matching
    .orderBy('help_search.id', 'desc')
    .limit(rowsPerPage)
    .offset((list.page - 1) * rowsPerPage)
    .select((eb) => [
      'help_search.text',
      'help_search.outcome',
      'faq_entry.id as faqEntryId',
      'faq_entry.question as entry',
      'help_search.region_code as region',
      'module.title as module',
      'help_search.searched_at',
      eb
        .selectFrom('question')
        .innerJoin('administration', 'administration.id', 'question.administration_id')
        .whereRef('question.id', '=', 'help_search.question_id')
        .where((inner) => seenBy(inner, person))
        .select('question.id')
        .as('questionId'),
      eb
        .selectFrom('question')
        .innerJoin('administration', 'administration.id', 'question.administration_id')
        .whereRef('question.id', '=', 'help_search.question_id')
        .where((inner) => seenBy(inner, person))
        .select('question.subject')
        .as('subject'),
    ])
    .execute()
  return {
    total,
    rows: rows.map(({ entry, subject, searched_at, ...row }) => ({ ...row, title: entry ?? subject, searchedAt: fromMoment(searched_at) })),
  }
}
