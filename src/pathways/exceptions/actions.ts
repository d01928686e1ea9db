import { asMoment } from '../../database/moment.ts'
import type { Database, Tx } from '../../database/schema.ts'
import { inTransaction, lockRow } from '../../database/transaction.ts'
import { recordHistory } from '../../history/record.ts'
import type { Scope } from '../../web/env.ts'
import { moveEnrolment, recordMove } from '../assign/moves/actions.ts'
import { intakeQuestions } from '../intake/queries.ts'
import { enrol } from '../orientation/actions.ts'
import { traceOf } from '../orientation/trace.ts'
import { completeWhoIsDone } from '../progress/actions.ts'
import { recordExtension } from '../progress/coordination/actions.ts'
import { wordingOf } from '../rules/in-words.ts'
import { type Exception, type Exceptions, findExceptions, keyOf } from './queries.ts'
import type { ExceptionKind, Remedy } from './rules.ts'

export type Resolution = {
  programmeId: number
  kind: ExceptionKind
  remedy: Remedy
  /** Keys of the rows chosen; what is no longer an exception is left alone. */
  chosen: ReadonlySet<string>
  pathwayId: number | null
  reason: string
  day: Temporal.PlainDate | null
}
type Who = { by: { id: number }; at: Temporal.Instant; scope: Scope; zone: string }
type Work = { resolution: Resolution; exceptions: Exceptions; who: Who }

/** Resolves the chosen cases in one transaction; returns how many. What gives or changes a pathway is one run, which can be undone. */
export async function resolveExceptions(db: Database, resolution: Resolution, who: Who): Promise<number> {
  return inTransaction(db, async (tx) => {
    await lockRow(tx, 'programme', resolution.programmeId)
    const { programmeId, kind, remedy, chosen } = resolution
    const exceptions = await findExceptions(tx, { programmeId, scope: who.scope, now: who.at, zone: who.zone })
    const rows = exceptions[kind].filter((row) => chosen.has(keyOf(row)))
    if (rows.length === 0) return 0
    await carryOut[remedy](tx, rows, { resolution, exceptions, who })
    return rows.length
  })
}

const carryOut: Record<Remedy, (tx: Tx, rows: readonly Exception[], work: Work) => Promise<void>> = {
  assign: assignByHand,
  move: moveToProposed,
  keep: keepThem,
  extend: extendThem,
  end: endThem,
}

async function startRun(tx: Tx, { resolution, exceptions, who }: Work, counts: { enrolled: number; moved: number }): Promise<number> {
  const total = counts.enrolled + counts.moved
  const { id } = await tx
    .insertInto('assignment_run')
    .values({
      programme_id: resolution.programmeId,
      rule_set_id: exceptions.ruleSetId,
      scope: JSON.stringify(who.scope),
      moving: counts.moved > 0 ? 1 : 0,
      ...counts,
      processed: total,
      total,
      created_at: asMoment(who.at),
      created_by: who.by.id,
      finished_at: asMoment(who.at),
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  const details = { programmeId: resolution.programmeId, ...counts }
  await recordHistory(tx, { happening: 'assignment_run', subject: 'assignment_run', subjectId: id, by: who.by, at: who.at, details })
  return id
}

async function assignByHand(tx: Tx, rows: readonly Exception[], work: Work) {
  const { resolution, exceptions, who } = work
  const pathwayId = resolution.pathwayId ?? 0
  const runId = await startRun(tx, work, { enrolled: rows.length, moved: 0 })
  const trace = { held: [`Scelto dal coordinamento: ${resolution.reason}`], checks: [], others: [] }
  for (const { administrationId } of rows) {
    const place = { programmeId: resolution.programmeId, administrationId, pathwayId }
    const outcome = await enrol(tx, { ...place, ruleId: null, ruleSetId: exceptions.ruleSetId, trace, assignmentRunId: runId }, who)
    if ('refusal' in outcome) throw new Error(`administration ${administrationId}: ${outcome.refusal}`)
  }
}

async function moveToProposed(tx: Tx, rows: readonly Exception[], work: Work) {
  const { resolution, exceptions, who } = work
  const runId = await startRun(tx, work, { enrolled: 0, moved: rows.length })
  const wording = wordingOf('it', await intakeQuestions(tx, resolution.programmeId))
  const targets = new Set<number>()
  for (const { enrolmentId, administrationId } of rows) {
    const proposal = exceptions.proposals.get(enrolmentId ?? 0)
    if (!proposal || enrolmentId === null) continue
    const { pathwayId, ruleId } = proposal.recommendation
    const to = { pathwayId, ruleId, ruleSetId: exceptions.ruleSetId, trace: traceOf(proposal.recommendation, wording) }
    const reason = resolution.reason || null
    await moveEnrolment(tx, enrolmentId, to, { by: who.by, at: who.at, runId, reason })
    await recordMove(tx, { enrolmentId, administrationId, pathwayId, reason }, who)
    targets.add(pathwayId)
  }
  for (const pathwayId of targets) await completeWhoIsDone(tx, pathwayId, who)
}

/** Written down as a move to where they are: until the rules change again, they are not asked about any more. */
async function keepThem(tx: Tx, rows: readonly Exception[], { resolution, who }: Work) {
  for (const { enrolmentId } of rows) {
    const enrolment = await tx.selectFrom('enrolment').where('id', '=', enrolmentId).selectAll().executeTakeFirstOrThrow()
    await tx
      .insertInto('enrolment_move')
      .values({
        enrolment_id: enrolment.id,
        from_pathway_id: enrolment.pathway_id,
        to_pathway_id: enrolment.pathway_id,
        from_rule_id: enrolment.rule_id,
        from_rule_set_id: enrolment.rule_set_id,
        from_trace: enrolment.trace,
        assignment_run_id: null,
        reason: resolution.reason,
        moved_at: asMoment(who.at),
        moved_by: who.by.id,
      })
      .execute()
  }
}

/** The same new day for all of them; the referents are told. */
async function extendThem(tx: Tx, rows: readonly Exception[], { resolution, who }: Work) {
  const dueOn = resolution.day?.toString() ?? ''
  for (const { enrolmentId, administrationId, module } of rows) {
    if (enrolmentId === null || module === null) continue
    await recordExtension(tx, { enrolmentId, moduleId: module.id, administrationId, dueOn, reason: resolution.reason }, who)
  }
}

/** The administration follows the pathway no more; what it has done is kept. */
async function endThem(tx: Tx, rows: readonly Exception[], { resolution, who }: Work) {
  for (const { enrolmentId, administrationId } of rows) {
    await tx
      .updateTable('enrolment')
      .set({ ended_at: asMoment(who.at), ended_by: who.by.id })
      .where('id', '=', enrolmentId)
      .where('ended_at', 'is', null)
      .execute()
    const about = { subject: 'enrolment', subjectId: enrolmentId ?? 0, administrationId, by: who.by, at: who.at } as const
    await recordHistory(tx, { happening: 'enrolment_ended', ...about, reason: resolution.reason })
  }
}
