import { expressionBuilder } from 'kysely'
import { roc } from '../../administrations/regions.ts'
import { fromMoment } from '../../database/moment.ts'
import type { Database, Schema } from '../../database/schema.ts'
import { fold } from '../../language/fold.ts'
import { type ListRequest, rowsPerPage } from '../../web/lists.ts'
import { type Figure, unitOf } from '../definitions.ts'
import type { Fact } from '../facts/fact.ts'
import { factsOf } from '../facts/figures.ts'
import { columnOf, type Grouping, groupings } from '../groups.ts'
import { type Period, spanOf } from '../period.ts'
import { seenByViewer, type Viewer } from '../viewer.ts'

/** Which part of a figure: by region (`roc` for the four together), category, kind, administration; empty for all. */
export type Part = Partial<Record<Grouping, string>>

export type Behind = Period & { programmeId: number; figure: Figure; part: Part; zone: string; person: Viewer }

/** One thing that a figure counts, with the facts that make it count. */
export type CountedRow = { id: number; name: string; minutes: number; at: Temporal.Instant; evidence: Evidence[] }

export type Evidence = {
  administration: { id: number; name: string }
  region: string
  category: string
  kind: string
  what: string
  title: string
  sessionId: number | null
  times: number
  minutes: number
  at: Temporal.Instant
}

export const rowSorts = ['name', 'at', 'minutes'] as const
export type RowSort = (typeof rowSorts)[number]

/** How many the figure counts, and how many of these the viewer may see one by one. */
export async function countBehind(db: Database, behind: Behind) {
  const seen = seenByViewer(behind.person)
  return factsBehind(db, behind)
    .select((eb) => [
      eb.fn.count<number>('fact.unit_id').distinct().as('total'),
      eb.fn.count<number>('fact.unit_id').distinct().filterWhere(seen).as('shown'),
      eb.fn.coalesce(eb.fn.sum<number>('fact.minutes'), eb.lit(0)).as('minutes'),
    ])
    .executeTakeFirstOrThrow()
}

/** One page of what the viewer may see of a figure, searched and sorted. */
export async function listBehind(db: Database, behind: Behind, list: ListRequest<RowSort>): Promise<{ rows: CountedRow[]; total: number }> {
  const matching = seenFacts(db, behind).$if(Boolean(list.q), (query) => query.where(nameMatches(list.q)))
  const { total } = await matching.select((eb) => eb.fn.count<number>('fact.unit_id').distinct().as('total')).executeTakeFirstOrThrow()
  const units = await unitsIn(matching, behind)
    .orderBy(list.sort, list.descending ? 'desc' : 'asc')
    .orderBy('fact.unit_id')
    .limit(rowsPerPage)
    .offset((list.page - 1) * rowsPerPage)
    .execute()
  if (units.length === 0) return { rows: [], total }

  const ids = units.map(({ id }) => id)
  const evidence = await evidenceIn(seenFacts(db, behind).where('fact.unit_id', 'in', ids)).execute()
  return { rows: withEvidence(units, evidence), total }
}

/** Everything that the viewer may see of a figure, by name; for files. */
export async function everythingBehind(db: Database, behind: Behind): Promise<CountedRow[]> {
  const units = await unitsIn(seenFacts(db, behind), behind).orderBy('name').orderBy('fact.unit_id').execute()
  return withEvidence(units, await evidenceIn(seenFacts(db, behind)).execute())
}

function factsBehind(db: Database, { programmeId, figure, part, zone, ...period }: Behind) {
  return db
    .with('fact', () => factsOf[figure](db, spanOf(programmeId, period, zone)))
    .selectFrom('fact')
    .innerJoin('administration', 'administration.id', 'fact.administration_id')
    .leftJoin('person', 'person.id', 'fact.person_id')
    .where(inPart(part))
}

const seenFacts = (db: Database, behind: Behind) => factsBehind(db, behind).where(seenByViewer(behind.person))

type FactQuery = ReturnType<typeof seenFacts>

const eb = expressionBuilder<Schema & { fact: Fact }, 'fact' | 'administration' | 'person'>()

const inPart = (part: Part) =>
  eb.and(
    groupings.flatMap((by) => {
      const value = part[by]
      if (value === undefined) return []
      if (by === 'region' && value === 'roc') return [eb('fact.region_code', 'in', roc)]
      return [eb(`fact.${columnOf[by]}`, '=', by === 'administration' ? Number(value) : value)]
    }),
  )

/** Every word in the person's name or in the administration's. */
const nameMatches = (q: string) =>
  eb.and(
    fold(q)
      .split(' ')
      .map((word) => `%${word.replace(/[%_\\]/g, '')}%`)
      .map((word) => eb.or([eb('administration.search_text', 'like', word), eb(eb.fn<string>('lower', ['person.name']), 'like', word)])),
  )

const unitsIn = (query: FactQuery, { figure }: Behind) => {
  const name = unitOf[figure] === 'administration' ? 'administration.name' : 'person.name'
  return query
    .groupBy(['fact.unit_id', name])
    .select((eb) => [
      'fact.unit_id as id',
      eb.ref(name).$notNull().as('name'),
      eb.fn.sum<number>('fact.minutes').as('minutes'),
      eb.fn.max('fact.at').as('at'),
    ])
}

const evidenceIn = (query: FactQuery) => {
  const columns = [
    'fact.unit_id',
    'fact.administration_id',
    'administration.name',
    'fact.region_code',
    'fact.category',
    'fact.kind',
    'fact.what',
    'fact.title',
    'fact.source_id',
  ] as const
  return query
    .groupBy(columns)
    .select(columns)
    .select((eb) => [eb.fn.countAll<number>().as('times'), eb.fn.sum<number>('fact.minutes').as('minutes'), eb.fn.max('fact.at').as('at')])
    .orderBy('at')
    .orderBy('fact.what')
}

type UnitRow = Awaited<ReturnType<ReturnType<typeof unitsIn>['execute']>>[number]
type EvidenceRow = Awaited<ReturnType<ReturnType<typeof evidenceIn>['execute']>>[number]

function withEvidence(units: readonly UnitRow[], evidence: readonly EvidenceRow[]): CountedRow[] {
  const byUnit = Map.groupBy(evidence, ({ unit_id }) => unit_id)
  return units.map(({ at, ...unit }) => ({ ...unit, at: fromMoment(at), evidence: (byUnit.get(unit.id) ?? []).map(asEvidence) }))
}

const asEvidence = ({ administration_id, name, region_code, source_id, at, unit_id: _, ...row }: EvidenceRow): Evidence => ({
  ...row,
  administration: { id: administration_id, name },
  region: region_code,
  sessionId: source_id || null,
  at: fromMoment(at),
})
