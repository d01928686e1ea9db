import { asMoment } from '../../../database/moment.ts'
import type { Tx } from '../../../database/schema.ts'
import { recordHistory } from '../../../history/record.ts'
import type { Who } from '../../../programmes/actions.ts'
import type { Trace } from '../../orientation/trace.ts'

type Onto = { pathwayId: number; ruleId: number | null; ruleSetId: number | null; trace: Trace }

/**
 * Brings an enrolment onto another pathway; what the administration has done stays with it, and where it came from is kept.
 * False when it has ended or follows that pathway already.
 */
export async function moveEnrolment(
  tx: Tx,
  enrolmentId: number,
  { pathwayId, ruleId, ruleSetId, trace }: Onto,
  { by, at, runId, reason }: Who & { runId: number | null; reason: string | null },
): Promise<boolean> {
  const before = await tx
    .selectFrom('enrolment')
    .where('id', '=', enrolmentId)
    .where('ended_at', 'is', null)
    .where('pathway_id', '!=', pathwayId)
    .select(['pathway_id', 'rule_id', 'rule_set_id', 'trace'])
    .executeTakeFirst()
  if (!before) return false

  await tx
    .insertInto('enrolment_move')
    .values({
      enrolment_id: enrolmentId,
      from_pathway_id: before.pathway_id,
      to_pathway_id: pathwayId,
      from_rule_id: before.rule_id,
      from_rule_set_id: before.rule_set_id,
      from_trace: before.trace,
      assignment_run_id: runId,
      reason,
      moved_at: asMoment(at),
      moved_by: by?.id ?? null,
    })
    .execute()
  await tx
    .updateTable('enrolment')
    .set({ pathway_id: pathwayId, rule_id: ruleId, rule_set_id: ruleSetId, trace: JSON.stringify(trace) })
    .where('id', '=', enrolmentId)
    .execute()
  return true
}

type Moved = { enrolmentId: number; administrationId: number; pathwayId: number; reason?: string | null }

/** Remembers a move, of which the referents are told; where something else tells them, it isn't needed. */
export const recordMove = (tx: Tx, { enrolmentId, administrationId, pathwayId, reason }: Moved, { by, at }: Who) =>
  recordHistory(tx, {
    happening: 'enrolment_moved',
    subject: 'enrolment',
    subjectId: enrolmentId,
    administrationId,
    by,
    at,
    reason,
    details: { pathwayId },
  })
