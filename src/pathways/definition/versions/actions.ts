import { asMoment } from '../../../database/moment.ts'
import type { Database, Tx } from '../../../database/schema.ts'
import { inTransaction, lockRow } from '../../../database/transaction.ts'
import { recordHistory } from '../../../history/record.ts'
import type { Who } from '../../../programmes/actions.ts'
import { completeWhoIsDone } from '../../progress/actions.ts'
import { type PathwayOutline, pathwayOutline } from '../../queries.ts'
import { type Plan, replaceSteps, setPathwayModules } from '../actions.ts'
import { dueFromOf, type RefusedStep } from '../rules.ts'
import { draftOf } from './queries.ts'

export type Saved = { draft: boolean } | RefusedStep

/**
 * Keeps a changed plan. While nobody follows the pathway it is changed in place; otherwise it becomes the draft of the next
 * version, and those who follow the pathway see nothing of it. `seen` are the modules that the person had before their eyes.
 */
export async function savePlan(db: Database, pathwayId: number, plan: Plan, who: Who, seen: readonly number[]): Promise<Saved> {
  return inTransaction(db, async (tx) => {
    await lockRow(tx, 'pathway', pathwayId)
    const now = await pathwayOutline(tx, pathwayId)
    const draft = await draftOf(tx, pathwayId)
    const target = draft ?? ((await isFollowed(tx, pathwayId)) && now && changes(now, plan) ? await startDraft(tx, now, who) : undefined)
    const outcome = await setPathwayModules(tx, target?.id ?? pathwayId, plan.steps, who, { seen, sections: plan.sections })
    // A draft that was begun for nothing mustn't stay.
    if ('refusal' in outcome && target && !draft) await remove(tx, target.id)
    return 'refusal' in outcome ? outcome : { draft: target !== undefined }
  })
}

async function isFollowed(tx: Tx, pathwayId: number): Promise<boolean> {
  const found = await tx
    .selectFrom('enrolment')
    .where('pathway_id', '=', pathwayId)
    .where('ended_at', 'is', null)
    .select('id')
    .limit(1)
    .executeTakeFirst()
  return found !== undefined
}

const changes = (now: PathwayOutline, plan: Plan) => said(planOf(now)) !== said(plan)

const planOf = ({ modules, sections }: PathwayOutline): Plan => ({ steps: modules, sections })

/** The same text for plans that are the same. */
const said = ({ steps, sections }: Plan) =>
  JSON.stringify([
    steps.map((step) => [
      ...[step.moduleId, step.section, step.optional, step.requires.toSorted((a, b) => a - b), dueFromOf(step), step.metBy ?? 'any'],
      ...[step.dueAfterDays, step.dueModuleId, step.dueOn, step.notBefore, step.metByCount].map((each) => each ?? null),
    ]),
    sections.map(({ title, needed }) => [title, needed]).toSorted(),
  ])

/** A draft begins with the modules of today. */
async function startDraft(tx: Tx, now: PathwayOutline, who: Who): Promise<{ id: number }> {
  const draft = await copyRow(tx, now.id, { version: now.version + 1, archived_at: null }, who)
  await copyPlan(tx, now, draft.id)
  return draft
}

async function copyRow(
  tx: Tx,
  pathwayId: number,
  { version, archived_at }: { version: number; archived_at: string | null },
  { by, at }: Who,
) {
  const { id: _, ...row } = await tx.selectFrom('pathway').where('id', '=', pathwayId).selectAll().executeTakeFirstOrThrow()
  return tx
    .insertInto('pathway')
    .values({ ...row, root_id: pathwayId, version, archived_at, created_at: asMoment(at), created_by: by?.id ?? null })
    .returning('id')
    .executeTakeFirstOrThrow()
}

async function copyPlan(tx: Tx, from: PathwayOutline, to: number) {
  const rows = await tx.selectFrom('pathway_module').where('pathway_id', '=', from.id).select(['module_id', 'optional_at']).execute()
  const optionalAt = new Map(rows.map(({ module_id, optional_at }) => [module_id, optional_at]))
  await replaceSteps(tx, to, planOf(from), (moduleId) => optionalAt.get(moduleId) ?? '')
}

async function remove(tx: Tx, draftId: number) {
  for (const table of ['prerequisite', 'pathway_module', 'pathway_section'] as const)
    await tx.deleteFrom(table).where('pathway_id', '=', draftId).execute()
  await tx.deleteFrom('pathway').where('id', '=', draftId).execute()
}

export type VersionRefusal = 'no_draft' | 'changed_meanwhile'
type Publishing = { draftId: number; seen: readonly number[]; move: boolean }

/**
 * The draft becomes the pathway. Those who follow it either move with it, or stay on what they have: then that is kept as
 * an earlier version, which they alone follow.
 */
export async function publishVersion(
  db: Database,
  pathwayId: number,
  { draftId, seen, move }: Publishing,
  { by, at }: Who,
): Promise<{ version: number } | { refusal: VersionRefusal }> {
  return inTransaction(db, async (tx) => {
    await lockRow(tx, 'pathway', pathwayId)
    const now = await pathwayOutline(tx, pathwayId)
    const draft = await draftOf(tx, pathwayId)
    if (!now || !draft || draft.id !== draftId) return { refusal: 'no_draft' }
    if (draft.modules.map(({ moduleId }) => moduleId).join() !== seen.join()) return { refusal: 'changed_meanwhile' }

    if (!move) await archive(tx, now, { by, at })
    await copyPlan(tx, draft, pathwayId)
    await remove(tx, draft.id)
    await tx.updateTable('pathway').set({ version: draft.version }).where('id', '=', pathwayId).execute()
    const details = { version: draft.version, moved: move }
    await recordHistory(tx, { happening: 'pathway_version_published', subject: 'pathway', subjectId: pathwayId, by, at, details })
    await completeWhoIsDone(tx, pathwayId, { by, at })
    return { version: draft.version }
  })
}

/** What is followed today, kept for those who follow it. */
async function archive(tx: Tx, now: PathwayOutline, who: Who) {
  const kept = await copyRow(tx, now.id, { version: now.version, archived_at: asMoment(who.at) }, who)
  await copyPlan(tx, now, kept.id)
  await tx.updateTable('enrolment').set({ pathway_id: kept.id }).where('pathway_id', '=', now.id).execute()
}

export async function discardVersion(db: Database, pathwayId: number, { by, at }: Who): Promise<void> {
  await inTransaction(db, async (tx) => {
    await lockRow(tx, 'pathway', pathwayId)
    const draft = await draftOf(tx, pathwayId)
    if (!draft) return
    await remove(tx, draft.id)
    const details = { version: draft.version }
    await recordHistory(tx, { happening: 'pathway_version_discarded', subject: 'pathway', subjectId: pathwayId, by, at, details })
  })
}

/** Brings those who follow an earlier version onto today's; what they have done stays with them. Returns how many. */
export async function moveToToday(db: Database, pathwayId: number, archivedId: number, { by, at }: Who): Promise<number> {
  return inTransaction(db, async (tx) => {
    await lockRow(tx, 'pathway', pathwayId)
    const following = await tx
      .selectFrom('enrolment')
      .innerJoin('pathway', 'pathway.id', 'enrolment.pathway_id')
      .where('pathway.id', '=', archivedId)
      .where('root_id', '=', pathwayId)
      .where('ended_at', 'is', null)
      .where('completed_at', 'is', null)
      .select(['enrolment.id', 'enrolment.rule_id', 'enrolment.rule_set_id', 'enrolment.trace', 'administration_id'])
      .execute()
    for (const { id, rule_id, rule_set_id, trace, administration_id } of following) {
      const from = { from_pathway_id: archivedId, from_rule_id: rule_id, from_rule_set_id: rule_set_id, from_trace: trace }
      const moved = { moved_at: asMoment(at), moved_by: by?.id ?? null, assignment_run_id: null, reason: null }
      await tx
        .insertInto('enrolment_move')
        .values({ enrolment_id: id, to_pathway_id: pathwayId, ...from, ...moved })
        .execute()
      await tx.updateTable('enrolment').set({ pathway_id: pathwayId }).where('id', '=', id).execute()
      const about = { subject: 'enrolment', subjectId: id, administrationId: administration_id } as const
      await recordHistory(tx, { happening: 'enrolment_moved', ...about, by, at, details: { pathwayId } })
    }
    await completeWhoIsDone(tx, pathwayId, { by, at })
    return following.length
  })
}
