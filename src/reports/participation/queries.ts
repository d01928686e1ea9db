import { expressionBuilder, sql } from 'kysely'
import { roc } from '../../administrations/regions.ts'
import type { Database } from '../../database/schema.ts'
import { channels, type Figure, type Figures, figures } from '../definitions.ts'
import type { Fact, Facts } from '../facts/fact.ts'
import { factsOf } from '../facts/figures.ts'
import { columnOf, fixedKeys, type Grouping } from '../groups.ts'
import { hoursFrom } from '../hours.ts'
import { type Period, type Span, spanOf } from '../period.ts'
import { seenByViewer, type Viewer } from '../viewer.ts'

export type ParticipationRow = {
  /** The code of a region, category or kind, or the id of an administration. */
  key: string
  /** Of an administration; null for the others. */
  name: string | null
  figures: Figures
}
export type Participation = { rows: ParticipationRow[]; roc: Figures; total: Figures }

type Asked = Period & { programmeId: number; by: Grouping; zone: string; person: Viewer }

/**
 * The figures of a programme: row by row, for the ROC regions and for the country. Six queries (seven by administration),
 * however many rows. Totals are counted, not added up: a person in two regions is one person.
 */
export async function participation(db: Database, { programmeId, from, until, by, zone, person }: Asked): Promise<Participation> {
  const span = spanOf(programmeId, { from, until }, zone)
  const rows = new Map(fixedKeys[by].map((key) => [key, emptyRow(key)]))
  if (by === 'administration') for (const { id, name } of await involved(db, span, person)) rows.set(String(id), emptyRow(String(id), name))
  const whole = { roc: noFigures(), all: noFigures() }

  for (const source of sources) {
    for (const { level, key, ...measured } of await count(db, source, span, by)) {
      if (level !== 'row') Object.assign(whole[level], figuresFrom(source, measured))
      else Object.assign(rowOf(rows, key, by)?.figures ?? {}, figuresFrom(source, measured))
    }
  }
  return { rows: [...rows.values()], roc: whole.roc, total: whole.all }
}

/** Administrations that the viewer may not see have no row: they are only in the totals. */
function rowOf(rows: Map<string, ParticipationRow>, key: string, by: Grouping) {
  if (!rows.has(key) && by !== 'administration') rows.set(key, emptyRow(key))
  return rows.get(key)
}

const noFigures = () => Object.fromEntries(figures.map((figure) => [figure, 0])) as Figures
const emptyRow = (key: string, name: string | null = null): ParticipationRow => ({ key, name, figures: noFigures() })

/** One query each; attendance gives four figures at once. */
const sources = ['registered', 'enrolled', 'active', 'completed', 'referents', 'participants'] as const satisfies readonly Figure[]
type Source = (typeof sources)[number]

type Measured = { units: number; online: number; territorial: number; minutes: number }

const figuresFrom = (source: Source, { units, online, territorial, minutes }: Measured): Partial<Figures> =>
  source === 'participants'
    ? { participants: units, participants_online: online, participants_territorial: territorial, hours: hoursFrom(minutes) }
    : { [source]: units }

/** The rows, the ROC regions and the country, over the same facts. */
function count(db: Database, source: Source, span: Span, by: Grouping) {
  const column = `fact.${columnOf[by]}` as const
  // The whole register has 23,000 bodies: as rows only those that have to do with the programme.
  const only = by === 'administration' && source === 'registered'
  return db
    .with('fact', () => factsOf[source](db, span))
    .selectFrom('fact')
    .select((eb) => [level('row'), eb.cast<string>(column, 'text').as('key'), ...measures])
    .$if(only, (query) => query.where('fact.administration_id', 'in', involvedIds(db, span)))
    .groupBy(column)
    .unionAll((eb) =>
      eb
        .selectFrom('fact')
        .where('fact.region_code', 'in', roc)
        .select([level('roc'), noKey, ...measures]),
    )
    .unionAll((eb) => eb.selectFrom('fact').select([level('all'), noKey, ...measures]))
    .execute()
}

const level = (name: 'row' | 'roc' | 'all') => sql<'row' | 'roc' | 'all'>`${sql.lit(name)}`.as('level')
const noKey = sql<string>`''`.as('key')

const fact = expressionBuilder<{ fact: Fact }, 'fact'>()
const people = () => fact.fn.count<number>('fact.unit_id').distinct()
const measures = [
  people().as('units'),
  people().filterWhere('fact.what', 'in', channels.online).as('online'),
  people().filterWhere('fact.what', 'in', channels.territorial).as('territorial'),
  fact.fn.coalesce(fact.fn.sum<number>('fact.minutes'), fact.lit(0)).as('minutes'),
] as const

/** Administrations that appear in any figure of the programme but the register. */
function involvedIds(db: Database, span: Span) {
  const ids = (facts: Facts) => db.selectFrom(facts.as('fact')).select('fact.administration_id')
  const [first, ...others] = sources.filter((source) => source !== 'registered').map((source) => ids(factsOf[source](db, span)))
  if (!first) throw new Error('There are figures.')
  return others.reduce((all, each) => all.union(each), first)
}

const involved = (db: Database, span: Span, person: Viewer) =>
  db
    .selectFrom('administration')
    .where('id', 'in', involvedIds(db, span))
    .where(seenByViewer(person))
    .orderBy('search_text')
    .orderBy('id')
    .select(['id', 'name'])
    .execute()
