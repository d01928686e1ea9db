import { fromMomentOrNull } from '../database/moment.ts'
import type { Database } from '../database/schema.ts'
import { type ListRequest, rowsPerPage } from '../web/lists.ts'

export type Programme = {
  id: number
  title: string
  summary: string
  startsOn: Temporal.PlainDate
  endsOn: Temporal.PlainDate
  publishedAt: Temporal.Instant | null
}

export const programmeSorts = ['starts', 'title', 'ends'] as const

export async function listProgrammes(
  db: Database,
  list: Pick<ListRequest<(typeof programmeSorts)[number]>, 'q' | 'sort' | 'descending' | 'page'>,
): Promise<{ rows: Programme[]; total: number }> {
  const wanted = list.q.toLowerCase().replace(/[%_\\]/g, '')
  const matching = db
    .selectFrom('programme')
    .$if(wanted !== '', (query) => query.where((eb) => eb(eb.fn('lower', ['title']), 'like', `%${wanted}%`)))

  const { total } = await matching.select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow()
  const column = ({ title: 'title', starts: 'starts_on', ends: 'ends_on' } as const)[list.sort]
  const rows = await matching
    .select(columns)
    .orderBy(column, list.descending ? 'desc' : 'asc')
    .orderBy('id')
    .limit(rowsPerPage)
    .offset((list.page - 1) * rowsPerPage)
    .execute()
  return { rows: rows.map(asProgramme), total }
}

/** Every programme, the latest first: for choosing one. */
export async function allProgrammes(db: Database): Promise<Programme[]> {
  const rows = await db.selectFrom('programme').orderBy('starts_on', 'desc').orderBy('id', 'desc').select(columns).execute()
  return rows.map(asProgramme)
}

export async function findProgramme(db: Database, id: number): Promise<Programme | undefined> {
  const row = await db.selectFrom('programme').where('id', '=', id).select(columns).executeTakeFirst()
  return row && asProgramme(row)
}

/** Published and not over, the first to begin first. */
export async function openProgrammes(db: Database, today: Temporal.PlainDate): Promise<Programme[]> {
  const rows = await db
    .selectFrom('programme')
    .where('published_at', 'is not', null)
    .where('ends_on', '>=', today.toString())
    .orderBy('starts_on')
    .orderBy('id')
    .select(columns)
    .execute()
  return rows.map(asProgramme)
}

export type ProgrammeCounts = { modules: number; pathways: number; intakeQuestions: number; rules: number; enrolments: number }

/** What a programme is made of, in one query. */
export async function programmeCounts(db: Database, id: number): Promise<ProgrammeCounts> {
  const count = (table: 'module' | 'pathway' | 'intake_question' | 'rule' | 'enrolment') =>
    db
      .selectFrom(table)
      .where('programme_id', '=', id)
      .select((eb) => eb.fn.countAll<number>().as('count'))
  const row = await db
    .selectNoFrom([
      count('module').as('modules'),
      count('pathway').as('pathways'),
      count('intake_question').where('removed_at', 'is', null).as('intakeQuestions'),
      count('rule').where('removed_at', 'is', null).as('rules'),
      count('enrolment').where('ended_at', 'is', null).as('enrolments'),
    ])
    .executeTakeFirstOrThrow()
  return {
    modules: row.modules ?? 0,
    pathways: row.pathways ?? 0,
    intakeQuestions: row.intakeQuestions ?? 0,
    rules: row.rules ?? 0,
    enrolments: row.enrolments ?? 0,
  }
}

const columns = ['id', 'title', 'summary', 'starts_on', 'ends_on', 'published_at'] as const

type Row = { id: number; title: string; summary: string; starts_on: string; ends_on: string; published_at: string | null }

const asProgramme = ({ starts_on, ends_on, published_at, ...row }: Row): Programme => ({
  ...row,
  startsOn: Temporal.PlainDate.from(starts_on),
  endsOn: Temporal.PlainDate.from(ends_on),
  publishedAt: fromMomentOrNull(published_at),
})
