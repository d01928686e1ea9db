import { asMoment } from '../../database/moment.ts'
import type { Database, ModuleKind, ToolName, Tx } from '../../database/schema.ts'
import { inTransaction, lockRow } from '../../database/transaction.ts'
import { recordHistory } from '../../history/record.ts'
import type { Who } from '../../programmes/actions.ts'
import { completeWhoIsDone } from '../progress/actions.ts'
import { worksheetFields } from '../queries.ts'
import { pathwaysOf } from './queries.ts'
import {
  continuedFields,
  dueFromOf,
  type Field,
  type RefusedStep,
  type RemovalRefusal,
  type Section,
  type Step,
  stepsRefusal,
} from './rules.ts'

export type ModuleDetails = {
  kind: ModuleKind
  title: string
  summary: string
  /** Markdown: what to read, do or hand in. */
  body: string
  link: string | null
  /** Which of the product's tools; kept for tools only. */
  tool?: ToolName | null
  /** What to fill in; kept for tools only. */
  worksheet?: readonly Field[]
  /** Earlier work may be recognised when it is at most so many months old; null: however old. */
  recognitionMonths?: number | null
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

const asModuleRow = ({ kind, title, summary, body, link, tool, recognitionMonths }: ModuleDetails) => ({
  ...{ kind, title, summary, body, link },
  tool: kind === 'tool' ? (tool ?? null) : null,
  recognition_months: recognitionMonths ?? null,
})

async function writeFields(tx: Tx, moduleId: number, { kind, worksheet = [] }: ModuleDetails) {
  const kept = await worksheetFields(tx, moduleId)
  const fields = continuedFields(kept, kind === 'tool' ? worksheet : [])
  const rows = fields.map((field, index) => {
    const before = kept.find(({ id }) => id === field.id)
    const { id, label, help, kind = before?.kind ?? 'text', required = before?.required ?? true } = field
    const settings = JSON.stringify(field.settings ?? before?.settings ?? {})
    return { id, module_id: moduleId, position: index + 1, label, help, kind, required: required ? 1 : 0, settings }
  })
  await tx.deleteFrom('worksheet_field').where('module_id', '=', moduleId).execute()
  for (const { id, ...row } of rows)
    await tx
      .insertInto('worksheet_field')
      .values(id === null ? row : { id, ...row })
      .execute()
}

export type PathwayDetails = { title: string; summary: string; certificatePercent?: number }

export async function addPathway(
  db: Database,
  programmeId: number,
  { title, summary, certificatePercent }: PathwayDetails,
  { by, at }: Who,
): Promise<number> {
  return inTransaction(db, async (tx) => {
    await lockRow(tx, 'programme', programmeId)
    const { last } = await tx
      .selectFrom('pathway')
      .where('programme_id', '=', programmeId)
      .select((eb) => eb.fn.max('position').as('last'))
      .executeTakeFirstOrThrow()
    const { id } = await tx
      .insertInto('pathway')
      .values({
        ...{ title, summary, programme_id: programmeId, position: (last ?? 0) + 1 },
        ...(certificatePercent !== undefined && { certificate_percent: certificatePercent }),
        created_at: asMoment(at),
        created_by: by?.id ?? null,
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    await recordHistory(tx, { happening: 'pathway_created', subject: 'pathway', subjectId: id, by, at })
    return id
  })
}

export async function changePathway(
  db: Database,
  id: number,
  { title, summary, certificatePercent }: PathwayDetails,
  { by, at }: Who,
): Promise<void> {
  await inTransaction(db, async (tx) => {
    const changed = { title, summary, ...(certificatePercent !== undefined && { certificate_percent: certificatePercent }) }
    await tx.updateTable('pathway').set(changed).where('id', '=', id).execute()
    await recordHistory(tx, { happening: 'pathway_changed', subject: 'pathway', subjectId: id, by, at, details: changed })
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
  { seen, sections = [] }: { seen?: readonly number[]; sections?: readonly Section[] } = {},
): Promise<{ id: number } | RefusedStep> {
  return inTransaction(db, async (tx) => {
    await lockRow(tx, 'pathway', pathwayId)
    const before = await presentSteps(tx, pathwayId)
    if (seen && seen.join() !== before.map(({ module_id }) => module_id).join()) return { refusal: 'changed_meanwhile', moduleId: 0 }
    const refused = stepsRefusal(steps, await modulesOfSameProgramme(tx, pathwayId))
    if (refused) return refused

    // What was optional already stays so from then.
    const optionalAt = new Map(before.map((row) => [row.module_id, row.optional_at]))
    await replaceSteps(tx, pathwayId, { steps, sections }, (moduleId) => optionalAt.get(moduleId) ?? asMoment(at))
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

export type Plan = { steps: readonly Step[]; sections: readonly Section[] }

/** Puts a plan in place of the one that this row of `pathway` has. */
export async function replaceSteps(tx: Tx, pathwayId: number, { steps, sections }: Plan, optionalSince: (moduleId: number) => string) {
  await tx.deleteFrom('prerequisite').where('pathway_id', '=', pathwayId).execute()
  await tx.deleteFrom('pathway_module').where('pathway_id', '=', pathwayId).execute()
  await tx.deleteFrom('pathway_section').where('pathway_id', '=', pathwayId).execute()

  const modules = steps.map((step, index) => ({
    pathway_id: pathwayId,
    module_id: step.moduleId,
    position: index + 1,
    section: step.section,
    due_from: dueFromOf(step),
    due_after_days: dueFromOf(step) === 'fixed' ? null : step.dueAfterDays,
    due_module_id: ['module', 'session'].includes(dueFromOf(step) ?? '') ? (step.dueModuleId ?? null) : null,
    due_on: dueFromOf(step) === 'fixed' ? (step.dueOn?.toString() ?? null) : null,
    not_before: step.notBefore?.toString() ?? null,
    optional_at: step.optional ? optionalSince(step.moduleId) : null,
    met_by: step.metBy ?? 'any',
    met_by_count: step.metBy === 'at_least' ? (step.metByCount ?? null) : null,
  }))
  if (modules.length > 0) await tx.insertInto('pathway_module').values(modules).execute()

  const rows = sections.map(({ title, needed }) => ({ pathway_id: pathwayId, title, needed }))
  if (rows.length > 0) await tx.insertInto('pathway_section').values(rows).execute()

  const prerequisites = steps.flatMap(({ moduleId, requires }) =>
    [...new Set(requires)].map((required) => ({ pathway_id: pathwayId, module_id: moduleId, required_module_id: required })),
  )
  if (prerequisites.length > 0) await tx.insertInto('prerequisite').values(prerequisites).execute()
}

/** Exchanges a pathway with its neighbour in the programme's list. */
export async function movePathway(db: Database, id: number, direction: 'up' | 'down', { by, at }: Who): Promise<void> {
  await inTransaction(db, async (tx) => {
    const { programme_id } = await tx.selectFrom('pathway').where('id', '=', id).select('programme_id').executeTakeFirstOrThrow()
    await lockRow(tx, 'programme', programme_id)
    const ids = (await pathwaysOf(tx, programme_id)).map((pathway) => pathway.id)
    const from = ids.indexOf(id)
    const to = from + (direction === 'up' ? -1 : 1)
    const neighbour = ids[to]
    if (from === -1 || neighbour === undefined) return
    ids[from] = neighbour
    ids[to] = id
    for (const [index, each] of ids.entries())
      await tx
        .updateTable('pathway')
        .set({ position: index + 1 })
        .where('id', '=', each)
        .execute()
    await recordHistory(tx, { happening: 'pathway_changed', subject: 'pathway', subjectId: id, by, at, details: { moved: direction } })
  })
}

/** Deletes a pathway that nobody has ever followed or asked for and that no rule proposes, in any version. */
export async function removePathway(db: Database, id: number, { by, at }: Who): Promise<RemovalRefusal | null> {
  return inTransaction(db, async (tx) => {
    await lockRow(tx, 'pathway', id)
    const versions = tx
      .selectFrom('pathway')
      .where((eb) => eb.or([eb('id', '=', id), eb('root_id', '=', id)]))
      .select('id')
    const has = async (table: 'enrolment' | 'rule' | 'pathway_request') =>
      (await tx.selectFrom(table).where('pathway_id', 'in', versions).select('id').limit(1).executeTakeFirst()) !== undefined
    const left = await tx
      .selectFrom('enrolment_move')
      .where((eb) => eb.or([eb('from_pathway_id', 'in', versions), eb('to_pathway_id', 'in', versions)]))
      .select('id')
      .limit(1)
      .executeTakeFirst()
    if (left || (await has('enrolment'))) return 'followed'
    if (await has('rule')) return 'in_rules'
    if (await has('pathway_request')) return 'asked_for'

    const ids = (await versions.execute()).map((version) => version.id)
    for (const table of ['prerequisite', 'pathway_module', 'pathway_section'] as const)
      await tx.deleteFrom(table).where('pathway_id', 'in', ids).execute()
    const { title } = await tx.selectFrom('pathway').where('id', '=', id).select('title').executeTakeFirstOrThrow()
    await tx.deleteFrom('pathway').where('root_id', '=', id).execute()
    await tx.deleteFrom('pathway').where('id', '=', id).execute()
    await recordHistory(tx, { happening: 'pathway_changed', subject: 'pathway', subjectId: id, by, at, details: { removed: title } })
    return null
  })
}
