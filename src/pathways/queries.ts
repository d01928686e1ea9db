import type { Database, DueFrom, FieldKind, MetBy, ModuleKind, ToolName } from '../database/schema.ts'
import type { Settings } from './worksheets/fields.ts'
import { readSettings } from './worksheets/settings.ts'

export type PathwayModule = {
  moduleId: number
  kind: ModuleKind
  title: string
  summary: string
  /** The phase it belongs to. */
  section: string
  position: number
  /** What the due date is counted from; null: there is none. */
  dueFrom: DueFrom | null
  /** Days after that. */
  dueAfterDays: number | null
  /** For `module` and `session`: which module. */
  dueModuleId: number | null
  /** For `fixed`. */
  dueOn: Temporal.PlainDate | null
  notBefore: Temporal.PlainDate | null
  optional: boolean
  metBy: MetBy
  /** For `at_least`. */
  metByCount: number | null
  /** Ids of the modules that open it. */
  requires: number[]
}

/** How many modules of a section are needed; a section that isn't here needs all that are not optional. */
export type Section = { title: string; needed: number }

export type PathwayOutline = {
  id: number
  programmeId: number
  title: string
  summary: string
  version: number
  /** Of a draft or an earlier version: the pathway itself. */
  rootId: number | null
  archivedAt: string | null
  certificatePercent: number
  modules: PathwayModule[]
  sections: Section[]
}

/** A pathway with its modules in order; four queries however long it is. */
export async function pathwayOutline(db: Database, pathwayId: number): Promise<PathwayOutline | undefined> {
  const pathway = await db
    .selectFrom('pathway')
    .where('id', '=', pathwayId)
    .select([
      'id',
      'programme_id as programmeId',
      'title',
      'summary',
      'version',
      'root_id as rootId',
      'archived_at as archivedAt',
      'certificate_percent as certificatePercent',
    ])
    .executeTakeFirst()
  if (!pathway) return undefined
  const modules = await modulesOfPathways(db, [pathwayId])
  return { ...pathway, modules: modules.get(pathwayId) ?? [], sections: await sectionsOfPathway(db, pathwayId) }
}

export async function sectionsOfPathway(db: Database, pathwayId: number): Promise<Section[]> {
  return (await sectionsOfPathways(db, [pathwayId])).get(pathwayId) ?? []
}

/** The sections that say how many of their modules are needed, of several pathways. */
export async function sectionsOfPathways(db: Database, pathwayIds: readonly number[]): Promise<Map<number, Section[]>> {
  if (pathwayIds.length === 0) return new Map()
  const rows = await db
    .selectFrom('pathway_section')
    .where('pathway_id', 'in', [...pathwayIds])
    .orderBy('id')
    .select(['pathway_id as pathwayId', 'title', 'needed'])
    .execute()
  const sections = Map.groupBy(rows, ({ pathwayId }) => pathwayId)
  return new Map([...sections].map(([id, several]) => [id, several.map(({ title, needed }) => ({ title, needed }))] as const))
}

/** The modules of several pathways, each in its order; two queries. */
export async function modulesOfPathways(db: Database, pathwayIds: readonly number[]): Promise<Map<number, PathwayModule[]>> {
  if (pathwayIds.length === 0) return new Map()
  const rows = await db
    .selectFrom('pathway_module')
    .innerJoin('module', 'module.id', 'pathway_module.module_id')
    .where('pathway_id', 'in', [...pathwayIds])
    .orderBy('pathway_module.position')
    .orderBy('pathway_module.id')
    .select(['pathway_id', 'module_id', 'kind', 'title', 'summary', 'section', 'position', 'optional_at'])
    .select(['due_from', 'due_after_days', 'due_module_id', 'due_on', 'not_before', 'met_by', 'met_by_count'])
    .execute()
  const prerequisites = await db
    .selectFrom('prerequisite')
    .where('pathway_id', 'in', [...pathwayIds])
    .orderBy('required_module_id')
    .selectAll()
    .execute()

  const required = Map.groupBy(prerequisites, (row) => `${row.pathway_id} ${row.module_id}`)
  const modules = rows.map(({ pathway_id, module_id, kind, title, summary, section, position, ...row }) => ({
    pathwayId: pathway_id,
    module: {
      moduleId: module_id,
      kind,
      title,
      summary,
      section,
      position,
      dueFrom: row.due_from,
      dueAfterDays: row.due_after_days,
      dueModuleId: row.due_module_id,
      dueOn: row.due_on === null ? null : Temporal.PlainDate.from(row.due_on),
      notBefore: row.not_before === null ? null : Temporal.PlainDate.from(row.not_before),
      optional: row.optional_at !== null,
      metBy: row.met_by,
      metByCount: row.met_by_count,
      requires: (required.get(`${pathway_id} ${module_id}`) ?? []).map((each) => each.required_module_id),
    },
  }))
  return new Map(
    [...Map.groupBy(modules, ({ pathwayId }) => pathwayId)].map(([id, several]) => [id, several.map(({ module }) => module)] as const),
  )
}

export type Module = {
  id: number
  programmeId: number
  kind: ModuleKind
  title: string
  summary: string
  /** Markdown. */
  body: string
  link: string | null
  /** For modules of kind `tool`: which of the product's; null: a worksheet of its own fields. */
  tool: ToolName | null
  /** Earlier work may be recognised when it is at most so many months old; null: however old. */
  recognitionMonths: number | null
}

export async function findModule(db: Database, moduleId: number): Promise<Module | undefined> {
  return db
    .selectFrom('module')
    .where('id', '=', moduleId)
    .select([
      'id',
      'programme_id as programmeId',
      'kind',
      'title',
      'summary',
      'body',
      'link',
      'tool',
      'recognition_months as recognitionMonths',
    ])
    .executeTakeFirst()
}

export type WorksheetField = {
  id: number
  position: number
  label: string
  help: string
  kind: FieldKind
  required: boolean
  settings: Settings
}

/** The fields that an administration fills in with a tool, in order. */
export async function worksheetFields(db: Database, moduleId: number): Promise<WorksheetField[]> {
  const rows = await db
    .selectFrom('worksheet_field')
    .where('module_id', '=', moduleId)
    .orderBy('position')
    .select(['id', 'position', 'label', 'help', 'kind', 'required', 'settings'])
    .execute()
  return rows.map(({ required, settings, ...row }) => ({ ...row, required: required === 1, settings: readSettings(settings) }))
}
