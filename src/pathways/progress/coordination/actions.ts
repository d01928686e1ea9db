import { asMoment } from '../../../database/moment.ts'
import type { Database, RecordedState, Tx } from '../../../database/schema.ts'
import { inTransaction } from '../../../database/transaction.ts'
import { recordHistory } from '../../../history/record.ts'
import { dayOf } from '../../../language/dates.ts'
import { holdModule } from '../actions.ts'
import { reopenPathwayWhenNotDone } from '../completion.ts'
import type { ModuleWork } from '../queries.ts'
import { takenBackTo } from '../rules.ts'
import { type ExtensionRefusal, extensionRefusal, type TakeBackRefusal, takeBackRefusal } from './rules.ts'

type Ids = { enrolmentId: number; moduleId: number }
type Who = { by: { id: number }; at: Temporal.Instant }

/** What other features do, in the same transaction, when a pathway that was complete is so no more. */
export type WhenReopened = (tx: Tx, enrolmentId: number, reason: string, who: Who) => Promise<void>

/** Takes back what was done, with a reason; the evidence stays but counts no more. Ask `coordinationRefusal` before. */
export async function takeBack(
  db: Database,
  { reason, ...ids }: Ids & { reason: string },
  { by, at, whenReopened }: Who & { whenReopened: WhenReopened },
): Promise<TakeBackRefusal | null> {
  return inTransaction(db, async (tx) => {
    const module = await holdModule(tx, ids)
    const refusal = module ? takeBackRefusal(module, reason) : 'not_found'
    if (!module || refusal) return refusal ?? 'not_found'

    const { id } = await tx
      .insertInto('withdrawal')
      .values({
        enrolment_id: ids.enrolmentId,
        module_id: ids.moduleId,
        state: module.state as RecordedState,
        reason: reason.trim(),
        withdrawn_at: asMoment(at),
        withdrawn_by: by.id,
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    await fallBack(tx, ids, takenBackTo({ kind: module.kind, work: await keptWork(tx, ids) }), { by, at })
    const reopened = await reopenPathwayWhenNotDone(tx, { id: ids.enrolmentId, pathwayId: module.pathwayId })
    if (reopened) await whenReopened(tx, ids.enrolmentId, reason.trim(), { by, at })
    await recordHistory(tx, {
      happening: 'completion_withdrawn',
      subject: 'withdrawal',
      subjectId: id,
      administrationId: module.administrationId,
      by,
      at,
      reason: reason.trim(),
      details: { moduleId: ids.moduleId, state: module.state },
    })
    return null
  })
}

async function fallBack(tx: Tx, { enrolmentId, moduleId }: Ids, to: ReturnType<typeof takenBackTo>, { by, at }: Who) {
  if (to === 'available')
    await tx.deleteFrom('progress').where('enrolment_id', '=', enrolmentId).where('module_id', '=', moduleId).execute()
  else
    await tx
      .updateTable('progress')
      .set({ state: to, changed_at: asMoment(at), changed_by: by.id, completed_at: null })
      .where('enrolment_id', '=', enrolmentId)
      .where('module_id', '=', moduleId)
      .execute()
}

/** What the administration wrote or handed in. */
async function keptWork(tx: Tx, { enrolmentId, moduleId }: Ids): Promise<'none' | 'begun' | 'waiting'> {
  const last = await tx
    .selectFrom('submission')
    .where('enrolment_id', '=', enrolmentId)
    .where('module_id', '=', moduleId)
    .orderBy('version', 'desc')
    .select('verdict')
    .limit(1)
    .executeTakeFirst()
  if (last) return last.verdict === null ? 'waiting' : 'begun'
  const worksheet = await tx
    .selectFrom('worksheet')
    .where('enrolment_id', '=', enrolmentId)
    .where('module_id', '=', moduleId)
    .select('id')
    .executeTakeFirst()
  return worksheet ? 'begun' : 'none'
}

type Extend = { enrolmentIds: readonly number[]; moduleId: number; dueOn: Temporal.PlainDate; reason: string }

/** Gives a module a later due date for these enrolments: all of them or, when one is refused, none. Ask `coordinationRefusal` before. */
export async function extendDue(
  db: Database,
  { enrolmentIds, moduleId, dueOn, reason }: Extend,
  { by, at, zone }: Who & { zone: string },
): Promise<{ refusal: ExtensionRefusal; enrolmentId: number } | { extended: number }> {
  const today = dayOf(at, zone)
  return inTransaction(db, async (tx) => {
    const held = new Map<number, ModuleWork>()
    // Always in the same order, or two extensions at once would wait for each other.
    for (const enrolmentId of [...new Set(enrolmentIds)].toSorted((a, b) => a - b)) {
      const module = await holdModule(tx, { enrolmentId, moduleId })
      const enrolledOn = module && dayOf(module.enrolledAt, zone)
      const refusal = module && enrolledOn ? extensionRefusal({ ...module, enrolledOn }, { dueOn, reason, today }) : 'not_found'
      if (!module || refusal) return { refusal: refusal ?? 'not_found', enrolmentId }
      held.set(enrolmentId, module)
    }
    for (const [enrolmentId, { administrationId }] of held)
      await recordExtension(tx, { enrolmentId, moduleId, administrationId, dueOn: dueOn.toString(), reason: reason.trim() }, { by, at })
    return { extended: held.size }
  })
}

type Extension = Ids & { administrationId: number; dueOn: string; reason: string }

/** Writes down an extension that was found right. */
export async function recordExtension(tx: Tx, { enrolmentId, moduleId, administrationId, dueOn, reason }: Extension, { by, at }: Who) {
  const { id } = await tx
    .insertInto('extension')
    .values({ enrolment_id: enrolmentId, module_id: moduleId, due_on: dueOn, reason, granted_at: asMoment(at), granted_by: by.id })
    .returning('id')
    .executeTakeFirstOrThrow()
  const details = { moduleId, dueOn }
  await recordHistory(tx, { happening: 'due_extended', subject: 'extension', subjectId: id, administrationId, by, at, reason, details })
}
