import type { Tx } from '../../database/schema.ts'
import type { Answers } from '../../pathways/worksheets/fields.ts'
import { actionsOf } from './plan.ts'

type Saved = { place: { enrolmentId: number; moduleId: number }; answers: Answers }

/** Keeps the actions where reminders find them; what has reminded already does so again only for another day. */
export async function keepActions(tx: Tx, { place, answers }: Saved): Promise<void> {
  const { enrolmentId, moduleId } = place
  const before = await tx
    .selectFrom('improvement_action')
    .where('enrolment_id', '=', enrolmentId)
    .where('module_id', '=', moduleId)
    .select(['title', 'ends_on', 'soon_told_at', 'late_told_at'])
    .execute()
  await tx.deleteFrom('improvement_action').where('enrolment_id', '=', enrolmentId).where('module_id', '=', moduleId).execute()
  const rows = actionsOf(answers).flatMap(({ title, endsOn, status }, index) => {
    if (!endsOn) return []
    const told = before.find((each) => each.title === title && each.ends_on === endsOn.toString())
    const fact = { enrolment_id: enrolmentId, module_id: moduleId, position: index + 1, title, ends_on: endsOn.toString(), status }
    return [{ ...fact, soon_told_at: told?.soon_told_at ?? null, late_told_at: told?.late_told_at ?? null }]
  })
  if (rows.length > 0) await tx.insertInto('improvement_action').values(rows).execute()
}
