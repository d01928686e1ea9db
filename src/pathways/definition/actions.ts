import { asMoment } from '../../database/moment.ts'
import type { Database, ModuleKind, Tx } from '../../database/schema.ts'
import { inTransaction, lockRow } from '../../database/transaction.ts'
import { recordHistory } from '../../history/record.ts'
import type { Who } from '../../programmes/actions.ts'
import { completeWhoIsDone } from '../progress/actions.ts'
import { worksheetFields } from '../queries.ts'
import { continuedFields, type Field, type RefusedStep, type Step, stepsRefusal } from './rules.ts'

export type ModuleDetails = {
  kind: ModuleKind
  title: string
  summary: string
  /** Markdown: what to read, do or hand in. */
  body: string
  link: string | null
  /** What to fill in; kept for tools only. */
  worksheet?: readonly Field[]
}

export async function addModule(db: Database, programmeId: number, details: ModuleDetails, { by, at }: Who): Promise<number> {
  return inTransaction(db, async (tx) => {
    const { id } = await tx
      .insertInto('module')
      .values({ ...asModuleRow(details), programme_id: programmeId, created_at: asMoment(at), created_by: by?.id ?? null })
      .returning('id')
      .executeTakeFirstOrThrow()
    await writeFields(tx, id, details)
    await recordHistory(tx, { happening: 'module_created', subject: 'module', subjectId: id, by, at })
    return id
  })
}

export async function changeModule(db: Database, id: number, details: ModuleDetails, { by, at }: Who): Promise<void> {
  await inTransaction(db, async (tx) => {
    await lockRow(tx, 'module', id)
    await tx.updateTable('module').set(asModuleRow(details)).where('id', '=', id).execute()
    await writeFields(tx, id, details)
    await recordHistory(tx, { happening: 'module_changed', subject: 'module', subjectId: id, by, at, details })
  })
}

const asModuleRow = ({ kind, title, summary, body, link }: ModuleDetails) => ({ kind, title, summary, body, link })

async function writeFields(tx: Tx, moduleId: number, { kind, worksheet = [] }: ModuleDetails) {
  const fields = continuedFields(await worksheetFields(tx, moduleId), kind === 'tool' ? worksheet : [])
  const rows = fields.map(({ id, label, help }, index) => ({ id, module_id: moduleId, position: index + 1, label, help }))
  await tx.deleteFrom('worksheet_field').where('module_id', '=', moduleId).execute()
  for (const { id, ...row } of rows)
    await tx
      .insertInto('worksheet_field')
      .values(id === null ? row : { id, ...row })
      .execute()
}

export type PathwayDetails = { title: string; summary: string }

export async function addPathway(db: Database, programmeId: number, details: PathwayDetails, { by, at }: Who): Promise<number> {
  return inTransaction(db, async (tx) => {
    await lockRow(tx, 'programme', programmeId)
    const { last } = await tx
      .selectFrom('pathway')
      .where('programme_id', '=', programmeId)
      .select((eb) => eb.fn.max('position').as('last'))
      .executeTakeFirstOrThrow()
    const { id } = await tx
      .insertInto('pathway')
      .values({ ...details, programme_id: programmeId, position: (last ?? 0) + 1, created_at: asMoment(at), created_by: by?.id ?? null })
      .returning('id')
      .executeTakeFirstOrThrow()
    await recordHistory(tx, { happening: 'pathway_created', subject: 'pathway', subjectId: id, by, at })
    return id
  })
}

export async function changePathway(db: Database, id: number, { title, summary }: PathwayDetails, { by, at }: Who): Promise<void> {
  await inTransaction(db, async (tx) => {
    await tx.updateTable('pathway').set({ title, summary }).where('id', '=', id).execute()
    await recordHistory(tx, { happening: 'pathway_changed', subject: 'pathway', subjectId: id, by, at, details: { title, summary } })
  })
}

/**
 * Gives a pathway this ordered list of modules in place of the one it has. `seen` are the modules that the person had
 * before their eyes: when somebody has changed the list since, nothing is overwritten.
 */
export async function setPathwayModules(
  db: Database,
  pathwayId: number,
  steps: readonly Step[],
  { by, at }: Who,
  seen?: readonly number[],
): Promise<{ id: number } | RefusedStep> {
  return inTransaction(db, async (tx) => {
    await lockRow(tx, 'pathway', pathwayId)
    const before = await presentSteps(tx, pathwayId)
    if (seen && seen.join() !== before.map(({ module_id }) => module_id).join()) return { refusal: 'changed_meanwhile', moduleId: 0 }
    const refused = stepsRefusal(steps, await modulesOfSameProgramme(tx, pathwayId))
    if (refused) return refused

    // What was optional already stays so from then.
    const optionalAt = new Map(before.map((row) => [row.module_id, row.optional_at]))
    await replaceSteps(tx, pathwayId, steps, (moduleId) => optionalAt.get(moduleId) ?? asMoment(at))
    await recordHistory(tx, { happening: 'pathway_changed', subject: 'pathway', subjectId: pathwayId, by, at, details: { modules: steps } })
    await completeWhoIsDone(tx, pathwayId, { by, at })
    return { id: pathwayId }
  })
}

async function presentSteps(tx: Tx, pathwayId: number) {
  return tx
    .selectFrom('pathway_module')
    .where('pathway_id', '=', pathwayId)
    .orderBy('position')
    .orderBy('id')
    .select(['module_id', 'optional_at'])
    .execute()
}

async function modulesOfSameProgramme(tx: Tx, pathwayId: number): Promise<number[]> {
  const rows = await tx
    .selectFrom('module')
    .innerJoin('pathway', 'pathway.programme_id', 'module.programme_id')
    .where('pathway.id', '=', pathwayId)
    .select('module.id')
    .execute()
  return rows.map(({ id }) => id)
}

async function replaceSteps(tx: Tx, pathwayId: number, steps: readonly Step[], optionalSince: (moduleId: number) => string) {
  await tx.deleteFrom('prerequisite').where('pathway_id', '=', pathwayId).execute()
  await tx.deleteFrom('pathway_module').where('pathway_id', '=', pathwayId).execute()

  const modules = steps.map(({ moduleId, section, dueAfterDays, optional }, index) => ({
    pathway_id: pathwayId,
    module_id: moduleId,
    position: index + 1,
    section,
    due_from: dueAfterDays === null ? null : ('enrolment' as const),
    due_after_days: dueAfterDays,
    optional_at: optional ? optionalSince(moduleId) : null,
  }))
  if (modules.length > 0) await tx.insertInto('pathway_module').values(modules).execute()

  const prerequisites = steps.flatMap(({ moduleId, requires }) =>
    [...new Set(requires)].map((required) => ({ pathway_id: pathwayId, module_id: moduleId, required_module_id: required })),
  )
  if (prerequisites.length > 0) await tx.insertInto('prerequisite').values(prerequisites).execute()
}
