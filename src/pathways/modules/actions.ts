import type { Database } from '../../database/schema.ts'
import { inTransaction } from '../../database/transaction.ts'
import { completeModule, holdModule } from '../progress/actions.ts'
import { isDone, type WorkRefusal, workRefusal } from '../progress/rules.ts'

/** A referent says that the administration has read it; saying it again changes nothing. Null when it is done. */
export async function confirmReading(
  db: Database,
  { enrolmentId, moduleId, today }: { enrolmentId: number; moduleId: number; today?: Temporal.PlainDate },
  { by, at }: { by: { id: number }; at: Temporal.Instant },
): Promise<WorkRefusal | 'not_found' | null> {
  return inTransaction(db, async (tx) => {
    const module = await holdModule(tx, { enrolmentId, moduleId, today })
    if (module?.kind !== 'reading') return 'not_found'
    if (isDone(module.state)) return null
    const refusal = workRefusal(module)
    if (refusal) return refusal

    await completeModule(tx, { enrolmentId, moduleId, evidence: { kind: 'reading', sourceId: null, personId: by.id }, by, at })
    return null
  })
}
