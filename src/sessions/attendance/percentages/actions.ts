import { asMoment } from '../../../database/moment.ts'
import type { Database } from '../../../database/schema.ts'
import { inTransaction, lockRow } from '../../../database/transaction.ts'
import { recordHistory } from '../../../history/record.ts'
import { attendanceStatuses } from '../rules.ts'
import { countingOf } from './queries.ts'
import type { Counting } from './rules.ts'

/** What each status counts as in the percentages of a programme; says whether anything changed. */
export async function setCounting(
  db: Database,
  programmeId: number,
  counting: Counting,
  { by, at }: { by: { id: number }; at: Temporal.Instant },
): Promise<{ changed: boolean }> {
  return inTransaction(db, async (tx) => {
    await lockRow(tx, 'programme', programmeId)
    const before = await countingOf(tx, programmeId)
    const changed = attendanceStatuses.filter((status) => before[status] !== counting[status])
    for (const status of changed) {
      const set = { counts_as: counting[status], set_at: asMoment(at), set_by: by.id }
      await tx
        .insertInto('attendance_counting')
        .values({ programme_id: programmeId, status, ...set })
        .onConflict((conflict) => conflict.columns(['programme_id', 'status']).doUpdateSet(set))
        .execute()
    }
    if (changed.length > 0) {
      const details = { from: before, to: counting }
      await recordHistory(tx, { happening: 'attendance_counting_changed', subject: 'programme', subjectId: programmeId, by, at, details })
    }
    return { changed: changed.length > 0 }
  })
}
