import { asMoment } from '../../../../database/moment.ts'
import type { Database } from '../../../../database/schema.ts'
import { inTransaction } from '../../../../database/transaction.ts'
import { recordHistory } from '../../../../history/record.ts'
import { gridsOf, type Row } from '../read/grid.ts'
import { type LearnedColumns, likeliestRows, shapeOf } from '../read/told.ts'
import { asTextFile } from '../read/workbook.ts'
import { type ColumnsRefusal, columnsRefusal } from './rules.ts'

/** The filled rows of a file as a table whose columns can be told; null where there is none. */
export async function tableToTell(bytes: Uint8Array): Promise<Row[] | null> {
  const text = await asTextFile(bytes)
  const grids = 'problem' in text ? text : gridsOf(text)
  return 'problem' in grids ? null : likeliestRows(grids)
}

type Told = LearnedColumns & {
  /** Of the header, or of the first row where there is none. */
  cells: readonly string[]
  hasHeader: boolean
}

/** Remembers what the columns of such lists hold, for this file and every other of its shape; what was told before is replaced. */
export async function learnColumns(
  db: Database,
  { cells, hasHeader, roles, whole }: Told,
  { by, at }: { by: { id: number }; at: Temporal.Instant },
): Promise<{ learned: true } | { refusal: ColumnsRefusal }> {
  const refusal = columnsRefusal({ roles, whole })
  if (refusal) return { refusal }
  return inTransaction(db, async (tx) => {
    const told = { columns: JSON.stringify({ roles, whole }), learned_at: asMoment(at), learned_by: by.id }
    const { id } = await tx
      .insertInto('attendance_columns')
      .values({ shape: shapeOf(cells, hasHeader), ...told })
      .onConflict((conflict) => conflict.column('shape').doUpdateSet(told))
      .returning('id')
      .executeTakeFirstOrThrow()
    const details = { roles, whole, hasHeader }
    await recordHistory(tx, { happening: 'attendance_columns_learned', subject: 'attendance_columns', subjectId: id, by, at, details })
    return { learned: true as const }
  })
}
