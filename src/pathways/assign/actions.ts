import { asMoment, fromMoment } from '../../database/moment.ts'
import type { Database, Tx } from '../../database/schema.ts'
import { inTransaction, lockRow } from '../../database/transaction.ts'
import { recordHistory } from '../../history/record.ts'
import type { Who } from '../../programmes/actions.ts'
import type { Scope } from '../../web/env.ts'
import { intakeQuestions } from '../intake/queries.ts'
import { addModules } from '../orientation/additions.ts'
import { traceOf } from '../orientation/trace.ts'
import { completeWhoIsDone, creditEarlierAttendance } from '../progress/actions.ts'
import { wordingOf } from '../rules/in-words.ts'
import { addedModules } from '../rules/recommend.ts'
import { inFull, liveOf, ruleSets } from '../rules/versions/queries.ts'
import { moveEnrolment, recordMove } from './moves/actions.ts'
import { candidates, findRun, type Run } from './queries.ts'
import { type Matched, type Moving, type RunRefusal, type Sorted, sortOut } from './rules.ts'

export { previewAssignment } from './queries.ts'

export type Assigned = {
  enrolled: number
  /** Of those who followed another pathway; only when the run was asked to. */
  moved: number
  alreadyEnrolled: number
  unmatched: number
  /** Null when there was nothing to do. */
  runId: number | null
  /** Why there was no run, when it isn't that nobody was left. */
  refusal?: RunRefusal
}
export type Asked = { scope: Scope; moving?: boolean }

/** Puts every open administration in scope that has no pathway on the one that the rules propose, in one run; waits for its end. */
export async function assign(db: Database, programmeId: number, { by, at, ...asked }: Who & Asked): Promise<Assigned> {
  const { sorted, started } = await prepareRun(db, programmeId, asked, { by, at })
  const counts = { alreadyEnrolled: sorted.alreadyEnrolled, unmatched: sorted.unmatched.length }
  if ('refusal' in started)
    return { enrolled: 0, moved: 0, ...counts, runId: null, ...(started.refusal !== 'nobody' && { refusal: started.refusal }) }
  await carryOut(db, started.id, { by, at })
  const run = await findRun(db, started.id)
  return { enrolled: run?.enrolled ?? 0, moved: run?.moved ?? 0, ...counts, runId: started.id }
}

/** Writes the run down and goes on with it in the background; its page shows how far it is. */
export async function startAssignment(
  db: Database,
  programmeId: number,
  { by, at, ...asked }: Who & Asked,
): Promise<{ id: number } | { refusal: RunRefusal }> {
  const { started } = await prepareRun(db, programmeId, asked, { by, at })
  if ('id' in started) inBackground(carryOut(db, started.id, { by, at }))
  return started
}

/** Far longer than a run of the whole country takes (seconds); one whose claim has lapsed is taken over by another process. */
const claim = { minutes: 10 }

async function prepareRun(db: Database, programmeId: number, { scope, moving = false }: Asked, { by, at }: Who) {
  return inTransaction(db, async (tx) => {
    // One run at a time, and no rule changes under it.
    await lockRow(tx, 'programme', programmeId)
    const live = liveOf(await ruleSets(tx, programmeId))
    const { rules } = await inFull(tx, live)
    const sorted = sortOut(await candidates(tx, programmeId, scope), rules)
    const total = sorted.matched.length + (moving ? sorted.moving.length : 0)
    const refusal: RunRefusal | null = (await isAnotherRunning(tx, programmeId))
      ? 'another_running'
      : !live
        ? 'no_rules'
        : total === 0
          ? 'nobody'
          : null
    if (refusal) return { sorted, started: { refusal } as { id: number } | { refusal: RunRefusal } }

    const { id } = await tx
      .insertInto('assignment_run')
      .values({
        programme_id: programmeId,
        rule_set_id: live?.id ?? null,
        scope: JSON.stringify(scope),
        moving: moving ? 1 : 0,
        enrolled: 0,
        total,
        claimed_until: asMoment(at.add(claim)),
        created_at: asMoment(at),
        created_by: by?.id ?? null,
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    return { sorted, started: { id } as { id: number } | { refusal: RunRefusal } }
  })
}

async function isAnotherRunning(tx: Tx, programmeId: number): Promise<boolean> {
  const found = await tx
    .selectFrom('assignment_run')
    .where('programme_id', '=', programmeId)
    .where('finished_at', 'is', null)
    .select('id')
    .executeTakeFirst()
  return found !== undefined
}

/** Administrations in one transaction: others may write in between, and the progress bar moves. */
const portion = 500

/** Brings a run to its end, from wherever it is: what is enrolled already isn't enrolled again. */
async function carryOut(db: Database, runId: number, { by, at }: Who): Promise<void> {
  const run = await findRun(db, runId)
  if (!run || run.finishedAt) return
  const work = await workOf(db, run)
  const todo = run.moving ? [...work.sorted.matched, ...work.sorted.moving] : work.sorted.matched
  for (let from = 0; from < todo.length; from += portion) {
    const part = todo.slice(from, from + portion)
    await inTransaction(db, async (tx) => {
      await lockRow(tx, 'assignment_run', runId)
      const enrolled = await enrolPart(tx, part.filter(isNew), { ...work, run, by, at })
      const moved = await movePart(tx, part.filter(isMoving), { ...work, run, by, at })
      await tx
        .updateTable('assignment_run')
        .set((eb) => ({
          enrolled: eb('enrolled', '+', enrolled),
          moved: eb('moved', '+', moved),
          processed: eb('processed', '+', part.length),
        }))
        .where('id', '=', runId)
        .execute()
    })
    // Let waiting requests through.
    await new Promise((resolve) => setImmediate(resolve))
  }
  await finish(db, run, { by, at })
}

const isMoving = (one: Matched | Moving): one is Moving => one.candidate.following !== null
const isNew = (one: Matched | Moving) => one.candidate.following === null

type Work = {
  sorted: Sorted
  additions: Awaited<ReturnType<typeof inFull>>['additions']
  wording: ReturnType<typeof wordingOf>
  ruleSetId: number | null
}

/** By the version of the rules with which the run began, also when it is taken up later. */
async function workOf(db: Database, run: Run): Promise<Work> {
  const set = (await ruleSets(db, run.programmeId)).find(({ version }) => version === run.version)
  const { rules, additions } = await inFull(db, set)
  const sorted = sortOut(await candidates(db, run.programmeId, run.scope), rules)
  return { sorted, additions, wording: wordingOf('it', await intakeQuestions(db, run.programmeId)), ruleSetId: set?.id ?? null }
}

type Part = Omit<Work, 'sorted'> & Who & { run: Run }

async function enrolPart(tx: Tx, matched: readonly Matched[], { run, ruleSetId, additions, wording, by, at }: Part): Promise<number> {
  if (matched.length === 0) return 0
  const rows = matched.map(({ candidate, recommendation }) => ({
    programme_id: run.programmeId,
    administration_id: candidate.id,
    pathway_id: recommendation.pathwayId,
    rule_id: recommendation.ruleId,
    rule_set_id: ruleSetId,
    assignment_run_id: run.id,
    trace: JSON.stringify(traceOf(recommendation, wording)),
    region_code: candidate.region,
    category: candidate.category,
    kind: candidate.kind,
    enrolled_at: asMoment(at),
    enrolled_by: by?.id ?? null,
    completed_at: null,
    ended_at: null,
    ended_by: null,
  }))
  // A referent who accepted a pathway a moment ago keeps it.
  const enrolled = await tx
    .insertInto('enrolment')
    .values(rows)
    .onConflict((conflict) => conflict.doNothing())
    .returning(['id', 'administration_id', 'pathway_id'])
    .execute()
  if (additions.length > 0) {
    const byAdministration = new Map(matched.map(({ candidate }) => [candidate.id, candidate]))
    const added = enrolled.map(({ id, administration_id, pathway_id }) => ({
      enrolmentId: id,
      pathwayId: pathway_id,
      added: addedModules(additions, byAdministration.get(administration_id)?.characteristics ?? {}),
    }))
    await addModules(tx, added, wording, { by, at })
  }
  return enrolled.length
}

async function movePart(tx: Tx, moving: readonly Moving[], { run, ruleSetId, wording, by, at }: Part): Promise<number> {
  let moved = 0
  for (const { candidate, recommendation } of moving) {
    const to = { pathwayId: recommendation.pathwayId, ruleId: recommendation.ruleId, ruleSetId, trace: traceOf(recommendation, wording) }
    const { enrolmentId } = candidate.following
    if (!(await moveEnrolment(tx, enrolmentId, to, { by, at, runId: run.id, reason: null }))) continue
    await recordMove(tx, { enrolmentId, administrationId: candidate.id, pathwayId: to.pathwayId }, { by, at })
    moved += 1
  }
  return moved
}

async function finish(db: Database, { id, programmeId }: Run, { by, at }: Who) {
  await inTransaction(db, async (tx) => {
    await lockRow(tx, 'assignment_run', id)
    const run = await findRun(tx, id)
    if (!run || run.finishedAt) return
    await creditEarlierAttendance(tx, { runId: id }, { by, at })
    if (run.moved > 0) {
      const pathways = await tx
        .selectFrom('enrolment_move')
        .where('assignment_run_id', '=', id)
        .select('to_pathway_id')
        .distinct()
        .execute()
      for (const { to_pathway_id } of pathways) await completeWhoIsDone(tx, to_pathway_id, { by, at })
    }
    await tx
      .updateTable('assignment_run')
      .set({ finished_at: asMoment(at), claimed_until: null })
      .where('id', '=', id)
      .execute()
    const details = { programmeId, enrolled: run.enrolled, moved: run.moved }
    await recordHistory(tx, { happening: 'assignment_run', subject: 'assignment_run', subjectId: id, by, at, details })
  })
}

/** Takes up runs whose process died before they were done; each goes to one process. Returns how many it brought to their end. */
export async function resumeAssignments(db: Database, now: Temporal.Instant): Promise<number> {
  const open = await db
    .selectFrom('assignment_run')
    .where('finished_at', 'is', null)
    .where((eb) => eb.or([eb('claimed_until', 'is', null), eb('claimed_until', '<', asMoment(now))]))
    .select(['id', 'created_at', 'created_by'])
    .execute()
  let resumed = 0
  for (const { id, created_at, created_by } of open) {
    const { numUpdatedRows } = await db
      .updateTable('assignment_run')
      .set({ claimed_until: asMoment(now.add(claim)) })
      .where('id', '=', id)
      .where('finished_at', 'is', null)
      .where((eb) => eb.or([eb('claimed_until', 'is', null), eb('claimed_until', '<', asMoment(now))]))
      .executeTakeFirst()
    if (numUpdatedRows === 0n) continue
    await carryOut(db, id, { by: created_by === null ? null : { id: created_by }, at: fromMoment(created_at) })
    resumed += 1
  }
  return resumed
}

const underWay = new Set<Promise<void>>()

function inBackground(work: Promise<void>) {
  const quiet = work.catch((error) => console.error('assignment run', error))
  underWay.add(quiet)
  void quiet.finally(() => underWay.delete(quiet))
}

/** Waits for the runs that this process is working on: before it stops, and in tests. */
export const assignmentsUnderWay = async (): Promise<void> => void (await Promise.all(underWay))
