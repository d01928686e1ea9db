import type { Database, ModuleKind } from '../database/schema.ts'

export type PathwayModule = {
  moduleId: number
  kind: ModuleKind
  title: string
  summary: string
  /** The phase it belongs to. */
  section: string
  position: number
  /** Days from enrolment; null: no due date. */
  dueAfterDays: number | null
  optional: boolean
  /** Ids of the modules that open it. */
  requires: number[]
}

export type PathwayOutline = { id: number; programmeId: number; title: string; summary: string; modules: PathwayModule[] }

/** A pathway with its modules in order; three queries however long it is. */
export async function pathwayOutline(db: Database, pathwayId: number): Promise<PathwayOutline | undefined> {
  const pathway = await db
    .selectFrom('pathway')
    .where('id', '=', pathwayId)
    .select(['id', 'programme_id as programmeId', 'title', 'summary'])
    .executeTakeFirst()
  if (!pathway) return undefined
  const modules = await modulesOfPathways(db, [pathwayId])
  return { ...pathway, modules: modules.get(pathwayId) ?? [] }
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
    .select(['pathway_id', 'module_id', 'kind', 'title', 'summary', 'section', 'position', 'due_after_days', 'optional_at'])
    .execute()
  const prerequisites = await db
    .selectFrom('prerequisite')
    .where('pathway_id', 'in', [...pathwayIds])
    .orderBy('required_module_id')
    .selectAll()
    .execute()

  const required = Map.groupBy(prerequisites, (row) => `${row.pathway_id} ${row.module_id}`)
  const modules = rows.map(({ pathway_id, module_id, due_after_days, optional_at, ...row }) => ({
    pathwayId: pathway_id,
    module: {
      ...row,
      moduleId: module_id,
      dueAfterDays: due_after_days,
      optional: optional_at !== null,
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
}

export async function findModule(db: Database, moduleId: number): Promise<Module | undefined> {
  return db
    .selectFrom('module')
    .where('id', '=', moduleId)
    .select(['id', 'programme_id as programmeId', 'kind', 'title', 'summary', 'body', 'link'])
    .executeTakeFirst()
}

export type WorksheetField = { id: number; position: number; label: string; help: string }

/** The fields that an administration fills in with a tool, in order. */
export async function worksheetFields(db: Database, moduleId: number): Promise<WorksheetField[]> {
  return db
    .selectFrom('worksheet_field')
    .where('module_id', '=', moduleId)
    .orderBy('position')
    .select(['id', 'position', 'label', 'help'])
    .execute()
}
