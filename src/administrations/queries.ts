import type { ExpressionBuilder, Selectable } from 'kysely'
import { fromMoment, fromMomentOrNull } from '../database/moment.ts'
import type { Database, Schema, SizeClass } from '../database/schema.ts'
import { fold } from '../language/fold.ts'
import { staffScope } from '../people/rules.ts'
import type { Person } from '../web/env.ts'
import { type ListRequest, rowsPerPage } from '../web/lists.ts'
import { nameFor } from './referents/names.ts'
import { isSizeClass } from './sizes.ts'

export type Administration = {
  id: number
  code: string
  name: string
  category: string
  kind: string
  region: string
  municipalityCode: string | null
  province: string | null
  taxCode: string | null
  website: string | null
  email: string | null
  /** Where the register says it. */
  sizeClass: SizeClass | null
  createdAt: Temporal.Instant
  changedAt: Temporal.Instant
  closedAt: Temporal.Instant | null
}

/**
 * Which rows of `administration` a person may see: all or their regions for staff, their own for referents, none for
 * visitors. Use it in every query that joins `administration`: `.where((eb) => seenBy(eb, person))`.
 */
export function seenBy(eb: ExpressionBuilder<Schema, 'administration'>, person: Person | null) {
  const scope = staffScope(person)
  if (scope === 'national') return eb.and([])
  const inRegions = scope && scope.length > 0 ? [eb('administration.region_code', 'in', [...scope])] : []
  const own = person && person.administrations.length > 0 ? [eb('administration.id', 'in', [...person.administrations])] : []
  const allowed = [...inRegions, ...own]
  return eb.or(allowed)
}

export const administrationSorts = ['name', 'code', 'region'] as const
export const administrationFilters = ['region', 'kind', 'category', 'size', 'state'] as const

export async function listAdministrations(db: Database, list: ListRequest<(typeof administrationSorts)[number]>, person: Person) {
  const { region, kind, category, size, state } = list.filters
  const matching = db
    .selectFrom('administration')
    .where((eb) => seenBy(eb, person))
    .$if(Boolean(list.q), (query) =>
      query.where((eb) =>
        eb.and(
          fold(list.q)
            .split(' ')
            // Folding leaves one wildcard of `like`, the underscore of codes, which matches itself among others.
            .map((word) => eb('search_text', 'like', `%${word}%`)),
        ),
      ),
    )
    .$if(Boolean(region), (query) => query.where('region_code', '=', region ?? ''))
    .$if(Boolean(kind), (query) => query.where('kind', '=', kind ?? ''))
    .$if(Boolean(category), (query) => query.where('category', '=', category ?? ''))
    .$if(size === 'unknown', (query) => query.where('size_class', 'is', null))
    .$if(isSizeClass(size), (query) => query.where('size_class', '=', size as SizeClass))
    .$if(state === 'closed', (query) => query.where('closed_at', 'is not', null))
    .$if(state === 'open', (query) => query.where('closed_at', 'is', null))

  const { total } = await matching.select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow()
  const column = ({ name: 'search_text', code: 'code_key', region: 'region_code' } as const)[list.sort]
  const rows = await matching
    .select(columns)
    .orderBy(column, list.descending ? 'desc' : 'asc')
    .orderBy('id')
    .limit(rowsPerPage)
    .offset((list.page - 1) * rowsPerPage)
    .execute()
  return { rows: rows.map(asAdministration), total }
}

/** The administration, or undefined when there is none that this person may see. */
export async function findAdministration(db: Database, id: number, person: Person | null): Promise<Administration | undefined> {
  const row = await db
    .selectFrom('administration')
    .where('id', '=', id)
    .where((eb) => seenBy(eb, person))
    .select(columns)
    .executeTakeFirst()
  return row && asAdministration(row)
}

const columns = [
  'administration.id',
  'administration.code',
  'administration.name',
  'administration.category',
  'administration.kind',
  'administration.region_code',
  'administration.municipality_code',
  'administration.province',
  'administration.tax_code',
  'administration.website',
  'administration.email',
  'administration.size_class',
  'administration.created_at',
  'administration.changed_at',
  'administration.closed_at',
] as const

type Row = Omit<Selectable<Schema['administration']>, 'code_key' | 'search_text'>

const asAdministration = ({
  region_code,
  municipality_code,
  tax_code,
  size_class,
  created_at,
  changed_at,
  closed_at,
  ...row
}: Row): Administration => ({
  ...row,
  region: region_code,
  municipalityCode: municipality_code,
  taxCode: tax_code,
  sizeClass: size_class,
  createdAt: fromMoment(created_at),
  changedAt: fromMoment(changed_at),
  closedAt: fromMomentOrNull(closed_at),
})

export type AdministrationEvent = { happening: string; at: Temporal.Instant; by: string | null; reason: string | null }

/** The last things that happened to an administration, newest first; ask only for one that the person may see. */
export async function administrationHistory(db: Database, administrationId: number, viewer: Person | null): Promise<AdministrationEvent[]> {
  const rows = await db
    .selectFrom('history')
    .where('history.administration_id', '=', administrationId)
    .orderBy('history.at', 'desc')
    .orderBy('history.id', 'desc')
    .limit(20)
    .select(['history.happening', 'history.at', 'history.reason'])
    .select(nameFor(viewer, 'history.person_id', 'history.administration_id').as('by'))
    .execute()
  return rows.map((row) => ({ ...row, at: fromMoment(row.at) }))
}
