import type { Database } from '../../../database/schema.ts'
import { inTransaction, lockRow } from '../../../database/transaction.ts'
import { recordHistory } from '../../../history/record.ts'
import type { Who } from '../../../programmes/actions.ts'
import type { Criterion } from './rules.ts'

/** Gives an assignment these criteria in place of those it has; what was reviewed already keeps its own. */
export async function setRubric(db: Database, moduleId: number, criteria: readonly Criterion[], { by, at }: Who): Promise<void> {
  await inTransaction(db, async (tx) => {
    await lockRow(tx, 'module', moduleId)
    await tx.deleteFrom('rubric_criterion').where('module_id', '=', moduleId).execute()
    const rows = criteria.map((criterion, index) => ({ ...criterion, module_id: moduleId, position: index + 1 }))
    if (rows.length > 0) await tx.insertInto('rubric_criterion').values(rows).execute()
    await recordHistory(tx, { happening: 'module_changed', subject: 'module', subjectId: moduleId, by, at, details: { rubric: criteria } })
  })
}
