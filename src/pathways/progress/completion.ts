import { asMoment } from '../../database/moment.ts'
import type { Tx } from '../../database/schema.ts'
import { recordHistory } from '../../history/record.ts'
import { howFarAre } from './queries.ts'
import { isComplete } from './standing.ts'

export type Who = { by: { id: number } | null; at: Temporal.Instant }
type Following = { id: number; pathwayId: number; administrationId: number }

/** Completes the pathways of those who have done all that is needed and had not completed it before. */
export async function completePathwaysWhenDone(tx: Tx, followed: readonly Following[], who: Who): Promise<void> {
  const far = await howFarAre(tx, followed)
  for (const each of followed) if (isComplete(far.get(each.id) ?? { done: 0, total: 1 })) await completePathway(tx, each, who)
}

async function completePathway(tx: Tx, { id, administrationId }: Following, { by, at }: Who) {
  const completed = await tx
    .updateTable('enrolment')
    .set({ completed_at: asMoment(at) })
    .where('id', '=', id)
    .where('completed_at', 'is', null)
    .executeTakeFirst()
  if (completed.numUpdatedRows === 0n) return
  await recordHistory(tx, { happening: 'pathway_completed', subject: 'enrolment', subjectId: id, administrationId, by, at })
}

/** After a module was taken back: the pathway is complete no more, unless what is left is still enough. True when it reopened. */
export async function reopenPathwayWhenNotDone(tx: Tx, followed: Pick<Following, 'id' | 'pathwayId'>): Promise<boolean> {
  const far = (await howFarAre(tx, [followed])).get(followed.id)
  if (far && isComplete(far)) return false
  const { numUpdatedRows } = await tx
    .updateTable('enrolment')
    .set({ completed_at: null })
    .where('id', '=', followed.id)
    .where('completed_at', 'is not', null)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

const enrolmentsAtOnce = 500

/** After a pathway has changed: completes it for those who have done all that it asks now. */
export async function completeWhoIsDone(tx: Tx, pathwayId: number, who: Who): Promise<void> {
  const open = await tx
    .selectFrom('enrolment')
    .where('pathway_id', '=', pathwayId)
    .where('ended_at', 'is', null)
    .where('completed_at', 'is', null)
    .where((eb) => eb.exists(eb.selectFrom('progress').whereRef('progress.enrolment_id', '=', 'enrolment.id').select('progress.id')))
    .orderBy('id')
    .select(['id', 'pathway_id as pathwayId', 'administration_id as administrationId'])
    .execute()
  for (let first = 0; first < open.length; first += enrolmentsAtOnce)
    await completePathwaysWhenDone(tx, open.slice(first, first + enrolmentsAtOnce), who)
}
