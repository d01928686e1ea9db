import { asMoment } from '../../database/moment.ts'
import type { Database, Tx } from '../../database/schema.ts'
import { inTransaction, lockRow } from '../../database/transaction.ts'
import { recordHistory } from '../../history/record.ts'
import type { Who } from '../../programmes/actions.ts'
import type { Scope } from '../../web/env.ts'
import { intakeQuestions } from '../intake/queries.ts'
import { traceOf } from '../orientation/trace.ts'
import { creditEarlierAttendance } from '../progress/actions.ts'
import { wordingOf } from '../rules/in-words.ts'
import { sortAdministrations } from './queries.ts'
import type { Sorted } from './rules.ts'

export { previewAssignment } from './queries.ts'

export type Assigned = {
  enrolled: number
  alreadyEnrolled: number
  unmatched: number
  /** Null when there was nobody to enrol. */
  runId: number | null
}

/** Puts every open administration in scope that has no pathway on the one that the rules propose, in one run. */
export async function assign(db: Database, programmeId: number, { by, at, scope }: Who & { scope: Scope }): Promise<Assigned> {
  return inTransaction(db, async (tx) => {
    // One run at a time, and no rule changes under it.
    await lockRow(tx, 'programme', programmeId)
    const { matched, unmatched, alreadyEnrolled } = await sortAdministrations(tx, programmeId, scope)
    if (matched.length === 0) return { enrolled: 0, alreadyEnrolled, unmatched: unmatched.length, runId: null }

    const runId = await startRun(tx, programmeId, { by, at })
    const enrolled = await enrolAll(tx, matched, { programmeId, runId, by, at })
    await creditEarlierAttendance(tx, { runId }, { by, at })
    await tx.updateTable('assignment_run').set({ enrolled }).where('id', '=', runId).execute()
    const counts = { enrolled, alreadyEnrolled, unmatched: unmatched.length }
    await recordHistory(tx, { happening: 'assignment_run', subject: 'assignment_run', subjectId: runId, by, at, details: counts })
    return { ...counts, runId }
  })
}

async function startRun(tx: Tx, programmeId: number, { by, at }: Who): Promise<number> {
  const { id } = await tx
    .insertInto('assignment_run')
    .values({ programme_id: programmeId, enrolled: 0, created_at: asMoment(at), created_by: by?.id ?? null })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

/** Rows in one statement; with 14 columns well below what either engine takes. */
const chunk = 500

type Run = Who & { programmeId: number; runId: number }

async function enrolAll(tx: Tx, matched: Sorted['matched'], { programmeId, runId, by, at }: Run): Promise<number> {
  const wording = wordingOf('it', await intakeQuestions(tx, programmeId))
  let enrolled = 0
  for (let from = 0; from < matched.length; from += chunk) {
    const rows = matched.slice(from, from + chunk).map(({ candidate, recommendation }) => ({
      programme_id: programmeId,
      administration_id: candidate.id,
      pathway_id: recommendation.pathwayId,
      rule_id: recommendation.ruleId,
      assignment_run_id: runId,
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
    const { numInsertedOrUpdatedRows } = await tx
      .insertInto('enrolment')
      .values(rows)
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirstOrThrow()
    enrolled += Number(numInsertedOrUpdatedRows ?? 0)
  }
  return enrolled
}
