import { asMoment } from '../../../database/moment.ts'
import type { Database } from '../../../database/schema.ts'
import { inTransaction } from '../../../database/transaction.ts'
import { holdModule, recordState } from '../../progress/actions.ts'
import { type HandInRefusal, handInRefusal } from '../rules.ts'

type Work = { enrolmentId: number; moduleId: number; text: string; revision: number; today?: Temporal.PlainDate }
type Outcome = { revision: number } | { refusal: HandInRefusal } | { conflict: 'saved_meanwhile' }

/** Keeps a text that isn't handed in yet; nothing is written over what a colleague saved in between. */
export async function saveDraft(db: Database, work: Work, { by, at }: { by: { id: number }; at: Temporal.Instant }): Promise<Outcome> {
  const { enrolmentId, moduleId, text } = work
  return inTransaction(db, async (tx): Promise<Outcome> => {
    const module = await holdModule(tx, work)
    if (!module) return { refusal: 'not_an_assignment' }
    const waits = await tx
      .selectFrom('submission')
      .where('enrolment_id', '=', enrolmentId)
      .where('module_id', '=', moduleId)
      .where('verdict', 'is', null)
      .select('id')
      .executeTakeFirst()
    const refusal = handInRefusal({ ...module, waiting: waits !== undefined })
    if (refusal) return { refusal }

    const kept = await tx
      .selectFrom('submission_draft')
      .where('enrolment_id', '=', enrolmentId)
      .where('module_id', '=', moduleId)
      .select(['text', 'revision'])
      .executeTakeFirst()
    if (kept?.text === text) return { revision: kept.revision }
    if (kept && kept.revision !== work.revision) return { conflict: 'saved_meanwhile' }
    const fact = { text, revision: (kept?.revision ?? 0) + 1, saved_at: asMoment(at), saved_by: by.id }
    await tx
      .insertInto('submission_draft')
      .values({ enrolment_id: enrolmentId, module_id: moduleId, ...fact })
      .onConflict((conflict) => conflict.columns(['enrolment_id', 'module_id']).doUpdateSet(fact))
      .execute()
    await recordState(tx, { enrolmentId, moduleId, state: 'in_progress', by, at })
    return { revision: fact.revision }
  })
}
