import type { ExpressionBuilder } from 'kysely'
import { asMoment } from '../../database/moment.ts'
import type { ModuleKind, RecordedState, Schema, Tx } from '../../database/schema.ts'
import { lockRow } from '../../database/transaction.ts'
import { recordHistory } from '../../history/record.ts'
import { completePathwaysWhenDone, type Who } from './completion.ts'
import { metSoFar, requirementOf } from './evidence.ts'
import { isPersonBound } from './met-by.ts'
import { findModuleState, type ModuleWork } from './queries.ts'
import { doneStates, recordedBefore } from './rules.ts'

export { completeWhoIsDone } from './completion.ts'
export { doneStates } from './rules.ts'

export type Evidence = {
  kind: Schema['completion_evidence']['kind']
  /** The attendance, submission or worksheet row it stands on. */
  sourceId: number | null
  personId: number | null
}
type Ids = { enrolmentId: number; moduleId: number }

/**
 * Keeps the evidence, and completes the module when it is enough for what the pathway asks: of any referent, of all, or of
 * some. A module that is done already stays as it is; the last one that counts completes the pathway.
 */
export async function completeModule(
  tx: Tx,
  { enrolmentId, moduleId, evidence, by, at }: Ids & { evidence: Evidence } & Who,
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
  await completeWhenMet(tx, { enrolmentId, moduleId }, { by, at })
}

/** Completes a module whose evidence is enough now; some evidence puts it in progress, none that counts changes nothing. */
async function completeWhenMet(tx: Tx, ids: Ids, who: Who): Promise<void> {
  const requirement = await requirementOf(tx, ids)
  const { administrationId, pathwayId } = requirement
  if (isPersonBound(requirement.kind)) {
    const { enough, persons } = await metSoFar(tx, { ...ids, administrationId }, requirement)
    if (!enough) {
      if (persons.length > 0) await recordState(tx, { ...ids, state: 'in_progress', ...who })
      return
    }
  }
  const changed = await recordState(tx, { ...ids, state: 'completed', ...who })
  if (!changed) return
  await recordHistory(tx, { happening: 'module_completed', subject: 'module', subjectId: ids.moduleId, administrationId, ...who })
  await completePathwaysWhenDone(tx, [{ id: ids.enrolmentId, pathwayId, administrationId }], who)
}

/** After a referent has left: where all of those who remain have done it, it is completed now. */
export async function recheckAfterHandOver(tx: Tx, administrationId: number, who: Who): Promise<void> {
  const waiting = await tx
    .selectFrom('enrolment')
    .innerJoin('progress', 'progress.enrolment_id', 'enrolment.id')
    .innerJoin('module', 'module.id', 'progress.module_id')
    .where('enrolment.administration_id', '=', administrationId)
    .where('enrolment.ended_at', 'is', null)
    .where('progress.state', '=', 'in_progress')
    .where('module.kind', 'in', personBoundKinds)
    .orderBy('enrolment.id')
    .orderBy('progress.module_id')
    .select(['enrolment.id as enrolmentId', 'progress.module_id as moduleId'])
    .execute()
  for (const ids of waiting) {
    await lockRow(tx, 'enrolment', ids.enrolmentId)
    await completeWhenMet(tx, ids, who)
  }
}

const personBoundKinds: ModuleKind[] = ['webinar', 'virtual_classroom', 'seminar', 'reading']

/** The same, for whoever is enrolled: false when the administration follows no pathway with this module. */
export async function completeForAdministration(
  tx: Tx,
  { administrationId, moduleId, ...rest }: { administrationId: number; moduleId: number; evidence: Evidence } & Who,
): Promise<boolean> {
  const enrolment = await tx
    .selectFrom('enrolment')
    .innerJoin('module', (join) => join.on('module.id', '=', moduleId))
    .where('enrolment.administration_id', '=', administrationId)
    .where('enrolment.ended_at', 'is', null)
    .where(asksFor)
    .orderBy('enrolment.id')
    .select('enrolment.id')
    .executeTakeFirst()
  if (!enrolment) return false
  await completeModule(tx, { enrolmentId: enrolment.id, moduleId, ...rest })
  return true
}

/** The enrolment's pathway has the module, or it was added for the administration. */
const asksFor = (eb: ExpressionBuilder<Schema, 'enrolment' | 'module'>) =>
  eb.or([
    eb.exists(
      eb
        .selectFrom('pathway_module')
        .whereRef('pathway_module.pathway_id', '=', 'enrolment.pathway_id')
        .whereRef('pathway_module.module_id', '=', 'module.id')
        .select('pathway_module.id'),
    ),
    eb.exists(
      eb
        .selectFrom('enrolment_module')
        .whereRef('enrolment_module.enrolment_id', '=', 'enrolment.id')
        .whereRef('enrolment_module.module_id', '=', 'module.id')
        .where('removed_at', 'is', null)
        .select('enrolment_module.id'),
    ),
  ])

/** Records how far a module is; what is done never falls back by itself. True when something changed. */
export async function recordState(
  tx: Tx,
  { enrolmentId, moduleId, state, by, at }: Ids & { state: RecordedState } & Who,
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

/** How a module stands now, held until the transaction ends; undefined when the pathway doesn't have it. `today` is as in `findModuleState`. */
export async function holdModule(tx: Tx, ids: Ids & { today?: Temporal.PlainDate | undefined }): Promise<ModuleWork | undefined> {
  await lockRow(tx, 'enrolment', ids.enrolmentId)
  return findModuleState(tx, ids)
}

/** Credits what was attended before an enrolment began, of one enrolment or of a whole run: a webinar counts whenever it was. */
export async function creditEarlierAttendance(tx: Tx, of: { enrolmentId: number } | { runId: number }, { by, at }: Who): Promise<void> {
  const attended = await tx
    .selectFrom('enrolment')
    .innerJoin('module', 'module.programme_id', 'enrolment.programme_id')
    .innerJoin('session', 'session.module_id', 'module.id')
    .innerJoin('attendance', (join) =>
      join
        .onRef('attendance.session_id', '=', 'session.id')
        .onRef('attendance.administration_id', '=', 'enrolment.administration_id')
        .onRef('attendance.minutes', '>=', 'session.threshold_minutes')
        .on('attendance.status', '=', 'present'),
    )
    .where('module.kind', 'in', ['webinar', 'virtual_classroom', 'seminar'])
    .where(asksFor)
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
