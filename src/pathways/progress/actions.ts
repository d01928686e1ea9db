import { asMoment } from '../../database/moment.ts'
import type { RecordedState, Schema, Tx } from '../../database/schema.ts'
import { lockRow } from '../../database/transaction.ts'
import { recordHistory } from '../../history/record.ts'
import { findModuleState, type ModuleWork } from './queries.ts'
import { doneStates, recordedBefore } from './rules.ts'

export { doneStates } from './rules.ts'

export type Evidence = {
  kind: Schema['completion_evidence']['kind']
  /** The attendance, submission or worksheet row it stands on. */
  sourceId: number | null
  personId: number | null
}
type Who = { by: { id: number } | null; at: Temporal.Instant }

/**
 * Completes a module for an administration's enrolment and, when it was the last one that counts, the pathway.
 * The evidence is kept each time; a module that is done already stays as it is.
 */
export async function completeModule(
  tx: Tx,
  { enrolmentId, moduleId, evidence, by, at }: { enrolmentId: number; moduleId: number; evidence: Evidence } & Who,
): Promise<void> {
  // Two last modules done at once must see each other, or neither would complete the pathway.
  await lockRow(tx, 'enrolment', enrolmentId)
  await tx
    .insertInto('completion_evidence')
    .values({
      enrolment_id: enrolmentId,
      module_id: moduleId,
      kind: evidence.kind,
      source_id: evidence.sourceId,
      person_id: evidence.personId,
      recorded_at: asMoment(at),
      recorded_by: by?.id ?? null,
    })
    .execute()
  const changed = await recordState(tx, { enrolmentId, moduleId, state: 'completed', by, at })
  if (!changed) return

  const { administration_id } = await tx
    .selectFrom('enrolment')
    .where('id', '=', enrolmentId)
    .select('administration_id')
    .executeTakeFirstOrThrow()
  await recordHistory(tx, {
    happening: 'module_completed',
    subject: 'module',
    subjectId: moduleId,
    administrationId: administration_id,
    by,
    at,
  })
  await completePathwayWhenDone(tx, enrolmentId, administration_id, { by, at })
}

/** The same, for whoever is enrolled: false when the administration follows no pathway with this module. */
export async function completeForAdministration(
  tx: Tx,
  { administrationId, moduleId, ...rest }: { administrationId: number; moduleId: number; evidence: Evidence } & Who,
): Promise<boolean> {
  const enrolment = await tx
    .selectFrom('enrolment')
    .innerJoin('pathway_module', 'pathway_module.pathway_id', 'enrolment.pathway_id')
    .where('enrolment.administration_id', '=', administrationId)
    .where('enrolment.ended_at', 'is', null)
    .where('pathway_module.module_id', '=', moduleId)
    .select('enrolment.id')
    .executeTakeFirst()
  if (!enrolment) return false
  await completeModule(tx, { enrolmentId: enrolment.id, moduleId, ...rest })
  return true
}

/** Records how far a module is; what is done never falls back by itself. True when something changed. */
export async function recordState(
  tx: Tx,
  { enrolmentId, moduleId, state, by, at }: { enrolmentId: number; moduleId: number; state: RecordedState } & Who,
): Promise<boolean> {
  const fact = {
    state,
    changed_at: asMoment(at),
    changed_by: by?.id ?? null,
    completed_at: doneStates.includes(state) ? asMoment(at) : null,
  }
  const outcome = await tx
    .insertInto('progress')
    .values({ enrolment_id: enrolmentId, module_id: moduleId, ...fact })
    .onConflict((conflict) =>
      conflict.columns(['enrolment_id', 'module_id']).doUpdateSet(fact).where('progress.state', 'in', recordedBefore(state)),
    )
    .executeTakeFirst()
  return (outcome.numInsertedOrUpdatedRows ?? 0n) > 0n
}

/** How a module stands now, held until the transaction ends; undefined when the pathway doesn't have it. */
export async function holdModule(
  tx: Tx,
  { enrolmentId, moduleId }: { enrolmentId: number; moduleId: number },
): Promise<ModuleWork | undefined> {
  await lockRow(tx, 'enrolment', enrolmentId)
  return findModuleState(tx, enrolmentId, moduleId)
}

async function completePathwayWhenDone(tx: Tx, enrolmentId: number, administrationId: number, { by, at }: Who) {
  const missing = await tx
    .selectFrom('enrolment')
    .innerJoin('pathway_module', 'pathway_module.pathway_id', 'enrolment.pathway_id')
    .leftJoin('progress', (join) =>
      join.onRef('progress.enrolment_id', '=', 'enrolment.id').onRef('progress.module_id', '=', 'pathway_module.module_id'),
    )
    .where('enrolment.id', '=', enrolmentId)
    .where('pathway_module.optional_at', 'is', null)
    .where((eb) => eb.or([eb('progress.state', 'is', null), eb('progress.state', 'not in', [...doneStates])]))
    .select('pathway_module.id')
    .limit(1)
    .executeTakeFirst()
  if (missing) return

  const completed = await tx
    .updateTable('enrolment')
    .set({ completed_at: asMoment(at) })
    .where('id', '=', enrolmentId)
    .where('completed_at', 'is', null)
    .executeTakeFirst()
  if (completed.numUpdatedRows === 0n) return
  await recordHistory(tx, { happening: 'pathway_completed', subject: 'enrolment', subjectId: enrolmentId, administrationId, by, at })
}

/** Credits what was attended before an enrolment began, of one enrolment or of a whole run: a webinar counts whenever it was. */
export async function creditEarlierAttendance(tx: Tx, of: { enrolmentId: number } | { runId: number }, { by, at }: Who): Promise<void> {
  const attended = await tx
    .selectFrom('enrolment')
    .innerJoin('pathway_module', 'pathway_module.pathway_id', 'enrolment.pathway_id')
    .innerJoin('module', 'module.id', 'pathway_module.module_id')
    .innerJoin('session', 'session.module_id', 'module.id')
    .innerJoin('attendance', (join) =>
      join
        .onRef('attendance.session_id', '=', 'session.id')
        .onRef('attendance.administration_id', '=', 'enrolment.administration_id')
        .onRef('attendance.minutes', '>=', 'session.threshold_minutes')
        .on('attendance.status', '=', 'present'),
    )
    .where('module.kind', 'in', ['webinar', 'virtual_classroom', 'seminar'])
    .$call((query) =>
      'runId' in of ? query.where('enrolment.assignment_run_id', '=', of.runId) : query.where('enrolment.id', '=', of.enrolmentId),
    )
    .select(['enrolment.id', 'module.id as moduleId', 'attendance.id as attendanceId', 'attendance.person_id as personId'])
    .orderBy('enrolment.id')
    .orderBy('attendance.id')
    .execute()
  for (const { id, moduleId, attendanceId, personId } of attended)
    await completeModule(tx, { enrolmentId: id, moduleId, evidence: { kind: 'attendance', sourceId: attendanceId, personId }, by, at })
}

/** After a pathway has changed: completes it for those who have done all that it asks now. */
export async function completeWhoIsDone(tx: Tx, pathwayId: number, who: Who): Promise<void> {
  const open = await tx
    .selectFrom('enrolment')
    .where('pathway_id', '=', pathwayId)
    .where('ended_at', 'is', null)
    .where('completed_at', 'is', null)
    .where((eb) => eb.exists(eb.selectFrom('progress').whereRef('progress.enrolment_id', '=', 'enrolment.id').select('progress.id')))
    .orderBy('id')
    .select(['id', 'administration_id'])
    .execute()
  for (const { id, administration_id } of open) await completePathwayWhenDone(tx, id, administration_id, who)
}
