import { fromMoment, fromMomentOrNull } from '../../database/moment.ts'
import type { Database } from '../../database/schema.ts'
import { dayOf } from '../../language/dates.ts'
import { modulesOfPathways, type Section, sectionsOfPathways } from '../queries.ts'
import type { AskedModule, Recorded } from './standing.ts'

/** What a standing is made of; every read takes one query, or a fixed few, however many enrolments and modules there are. */
type Following = { id: number; pathwayId: number }
export type Asked = { modules: AskedModule[]; sections: Section[] }

/** What each enrolment asks for: the modules and sections of its pathway, then what was added for it alone. */
export async function askedOf(db: Database, enrolments: readonly Following[]): Promise<Map<number, Asked>> {
  if (enrolments.length === 0) return new Map()
  const pathwayIds = [...new Set(enrolments.map(({ pathwayId }) => pathwayId))]
  const modules = await modulesOfPathways(db, pathwayIds)
  const sections = await sectionsOfPathways(db, pathwayIds)
  const added = await addedModules(
    db,
    enrolments.map(({ id }) => id),
  )
  return new Map(
    enrolments.map(({ id, pathwayId }) => {
      const own = modules.get(pathwayId) ?? []
      const more = (added.get(id) ?? []).filter(({ moduleId }) => own.every((each) => each.moduleId !== moduleId))
      return [id, { modules: [...own, ...more], sections: sections.get(pathwayId) ?? [] }]
    }),
  )
}

async function addedModules(db: Database, enrolmentIds: readonly number[]): Promise<Map<number, AskedModule[]>> {
  const rows = await db
    .selectFrom('enrolment_module')
    .innerJoin('module', 'module.id', 'enrolment_module.module_id')
    .where('enrolment_id', 'in', [...enrolmentIds])
    .where('removed_at', 'is', null)
    .orderBy('enrolment_module.id')
    .select(['enrolment_module.id', 'enrolment_id', 'module_id', 'reason', 'kind', 'title', 'summary'])
    .execute()
  const modules = rows.map(({ enrolment_id, module_id, reason, id, kind, title, summary }) => ({
    enrolmentId: enrolment_id,
    module: { ...mandatory, moduleId: module_id, position: id, kind, title, summary, addedFor: reason },
  }))
  const grouped = Map.groupBy(modules, ({ enrolmentId }) => enrolmentId)
  return new Map([...grouped].map(([id, several]) => [id, several.map(({ module }) => module)] as const))
}

const mandatory = {
  section: '',
  dueFrom: null,
  dueAfterDays: null,
  dueModuleId: null,
  dueOn: null,
  notBefore: null,
  optional: false,
  metBy: 'any',
  metByCount: null,
  requires: [] as number[],
} as const

export async function recordedOf(db: Database, enrolmentIds: readonly number[]): Promise<Map<number, Recorded[]>> {
  if (enrolmentIds.length === 0) return new Map()
  const rows = await db
    .selectFrom('progress')
    .where('enrolment_id', 'in', [...enrolmentIds])
    .select(['enrolment_id as enrolmentId', 'module_id as moduleId', 'state', 'completed_at as completedAt'])
    .execute()
  return Map.groupBy(
    rows.map((row) => ({ ...row, completedAt: fromMomentOrNull(row.completedAt) })),
    ({ enrolmentId }) => enrolmentId,
  )
}

/** By enrolment and module, the day of the newest extension. */
export async function extensionsOf(db: Database, enrolmentIds: readonly number[]): Promise<Map<number, Map<number, Temporal.PlainDate>>> {
  const rows = await db
    .selectFrom('extension')
    .where('enrolment_id', 'in', [...enrolmentIds])
    .orderBy('id')
    .select(['enrolment_id as enrolmentId', 'module_id as moduleId', 'due_on as dueOn'])
    .execute()
  const grouped = Map.groupBy(rows, ({ enrolmentId }) => enrolmentId)
  return new Map(
    [...grouped].map(([id, several]) => [id, new Map(several.map((row) => [row.moduleId, Temporal.PlainDate.from(row.dueOn)]))] as const),
  )
}

export type LastSessions = (region: string) => Map<number, Temporal.PlainDate>

/** By module, the day of its last session that stands, as a region sees them: those for all, and its own. */
export async function lastSessionsOf(db: Database, pathwayIds: readonly number[], zone: string): Promise<LastSessions> {
  const rows = await db
    .selectFrom('session')
    .where('published_at', 'is not', null)
    .where('cancelled_at', 'is', null)
    .where('module_id', 'in', (eb) =>
      eb
        .selectFrom('pathway_module')
        .where('pathway_id', 'in', [...pathwayIds])
        .where('due_from', '=', 'session')
        .where('due_module_id', 'is not', null)
        .select((inner) => inner.ref('due_module_id').$notNull().as('id')),
    )
    .groupBy(['module_id', 'region_code'])
    .select((eb) => ['module_id as moduleId', 'region_code as region', eb.fn.max('starts_at').as('startsAt')])
    .execute()
  const inOrder = rows.toSorted((a, b) => (a.startsAt < b.startsAt ? -1 : 1))
  return (region) =>
    new Map(
      inOrder
        .filter((row) => row.region === null || row.region === region)
        .map(({ moduleId, startsAt }) => [moduleId, dayOf(fromMoment(startsAt), zone)]),
    )
}
