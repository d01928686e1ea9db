import { asMoment } from '#src/database/moment.ts'
import type { Database, ModuleKind, ToolName } from '#src/database/schema.ts'
import { carla, noon, salerno } from '#test/cast.ts'

type NewModule = {
  title?: string
  kind?: ModuleKind
  section?: string
  dueAfterDays?: number
  optional?: boolean
  /** Positions (from 0) of the modules that open it. */
  requires?: number[]
  body?: string
  link?: string
  /** Labels of a tool's worksheet. */
  fields?: string[]
  /** Which of the product's tools. */
  tool?: ToolName
}
type NewPathway = { title?: string; administration?: { id: number }; trace?: unknown; rule?: string; enrolledAt?: Temporal.Instant }

/** A programme with one pathway of these modules, followed by the Comune di Salerno unless said. Straight into the tables. */
export async function buildPathway(db: Database, modules: readonly NewModule[], options: NewPathway = {}) {
  const { title = 'Percorso Standard', administration = salerno, trace = { held: [] }, rule, enrolledAt = noon } = options
  const created = { created_at: asMoment(noon), created_by: carla.id }
  const programme = { title: 'MiglioraPA', starts_on: '2026-01-01', ends_on: '2026-12-31', published_at: null, ...created }
  const programmeId = await idOf(db.insertInto('programme').values(programme).returning('id').executeTakeFirstOrThrow())
  const pathwayId = await idOf(
    db
      .insertInto('pathway')
      .values({ programme_id: programmeId, position: 1, title, ...created })
      .returning('id')
      .executeTakeFirstOrThrow(),
  )

  const moduleIds: number[] = []
  for (const [position, module] of modules.entries()) moduleIds.push(await addModule(db, { programmeId, pathwayId, position }, module))
  for (const [index, { requires = [] }] of modules.entries())
    for (const required of requires)
      await db
        .insertInto('prerequisite')
        .values({ pathway_id: pathwayId, module_id: moduleIds[index] ?? 0, required_module_id: moduleIds[required] ?? 0 })
        .execute()

  const ruleId = rule && (await addRule(db, { programmeId, pathwayId, title: rule }))
  const enrolmentId = await enrol(db, { programmeId, pathwayId, ruleId: ruleId || null, administration, trace, enrolledAt })
  const [firstId = 0] = moduleIds
  return { programmeId, pathwayId, enrolmentId, moduleIds, firstId, pagePath: `/pathway/${enrolmentId}/modules/${firstId}` }
}

type Place = { programmeId: number; pathwayId: number; position: number }

async function addModule(db: Database, { programmeId, pathwayId, position }: Place, module: NewModule) {
  const { title = `Modulo ${position + 1}`, kind = 'reading', body = '', link = null, fields = [], tool = null } = module
  const moduleId = await idOf(
    db
      .insertInto('module')
      .values({ programme_id: programmeId, kind, title, body, link, tool, created_at: asMoment(noon), created_by: carla.id })
      .returning('id')
      .executeTakeFirstOrThrow(),
  )
  await db
    .insertInto('pathway_module')
    .values({
      pathway_id: pathwayId,
      module_id: moduleId,
      position,
      section: module.section ?? '',
      due_from: module.dueAfterDays === undefined ? null : 'enrolment',
      due_after_days: module.dueAfterDays ?? null,
      optional_at: module.optional ? asMoment(noon) : null,
    })
    .execute()
  for (const [index, label] of fields.entries())
    await db.insertInto('worksheet_field').values({ module_id: moduleId, position: index, label }).execute()
  return moduleId
}

async function addRule(db: Database, { programmeId, pathwayId, title }: { programmeId: number; pathwayId: number; title: string }) {
  const at = asMoment(noon)
  const set = {
    programme_id: programmeId,
    version: 1,
    created_at: at,
    created_by: carla.id,
    changed_at: at,
    live_at: at,
    live_by: carla.id,
  }
  const rule_set_id = await idOf(
    db
      .insertInto('rule_set')
      .values({ ...set, previewed_at: at, previewed_by: carla.id, replaced_at: null })
      .returning('id')
      .executeTakeFirstOrThrow(),
  )
  const rule = { programme_id: programmeId, rule_set_id, pathway_id: pathwayId, position: 1, title, condition: '{"all":[]}' }
  return idOf(
    db
      .insertInto('rule')
      .values({ ...rule, created_at: asMoment(noon), created_by: carla.id, removed_at: null })
      .returning('id')
      .executeTakeFirstOrThrow(),
  )
}

type NewEnrolment = {
  programmeId: number
  pathwayId: number
  ruleId?: number | null
  administration: { id: number }
  trace?: unknown
  enrolledAt?: Temporal.Instant
}

export async function enrol(db: Database, { programmeId, pathwayId, administration, ...rest }: NewEnrolment): Promise<number> {
  const { ruleId = null, trace = { held: [] }, enrolledAt = noon } = rest
  const { region_code, category, kind } = await db
    .selectFrom('administration')
    .where('id', '=', administration.id)
    .select(['region_code', 'category', 'kind'])
    .executeTakeFirstOrThrow()
  return idOf(
    db
      .insertInto('enrolment')
      .values({
        programme_id: programmeId,
        administration_id: administration.id,
        pathway_id: pathwayId,
        rule_id: ruleId,
        assignment_run_id: null,
        trace: typeof trace === 'string' ? trace : JSON.stringify(trace),
        region_code,
        category,
        kind,
        enrolled_at: asMoment(enrolledAt),
        enrolled_by: null,
        completed_at: null,
        ended_at: null,
        ended_by: null,
      })
      .returning('id')
      .executeTakeFirstOrThrow(),
  )
}

/** The administration leaves the pathway. */
export async function endEnrolment(db: Database, enrolmentId: number) {
  await db
    .updateTable('enrolment')
    .set({ ended_at: asMoment(noon), ended_by: carla.id })
    .where('id', '=', enrolmentId)
    .execute()
}

export async function stateOf(db: Database, enrolmentId: number, moduleId: number) {
  const row = await db
    .selectFrom('progress')
    .where('enrolment_id', '=', enrolmentId)
    .where('module_id', '=', moduleId)
    .select('state')
    .executeTakeFirst()
  return row?.state
}

const idOf = async (row: Promise<{ id: number }>) => (await row).id
