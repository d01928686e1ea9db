import type { Database, Tx } from '../../database/schema.ts'
import { inTransaction, lockRow } from '../../database/transaction.ts'
import { recordHistory } from '../../history/record.ts'
import type { Who } from '../../programmes/actions.ts'
import type { FieldDetails } from './form.ts'

export const mostFields = 100

/** Adds a field to a tool, at the end, or changes one of its own; null when it is none of its own or there are too many. */
export async function saveField(
  db: Database,
  { moduleId, fieldId }: { moduleId: number; fieldId: number | null },
  { label, help, kind, required, settings }: FieldDetails,
  who: Who,
): Promise<number | null> {
  const row = { label, help, kind, required: required ? 1 : 0, settings: JSON.stringify(settings) }
  return changing(db, moduleId, who, async (tx) => {
    if (fieldId !== null) {
      const changed = await tx
        .updateTable('worksheet_field')
        .set(row)
        .where('id', '=', fieldId)
        .where('module_id', '=', moduleId)
        .returning('id')
        .executeTakeFirst()
      return changed?.id ?? null
    }
    const ids = await fieldIds(tx, moduleId)
    if (ids.length >= mostFields) return null
    const position = ids.length + 1
    const { id } = await tx
      .insertInto('worksheet_field')
      .values({ ...row, module_id: moduleId, position })
      .returning('id')
      .executeTakeFirstOrThrow()
    return id
  })
}

/** What administrations wrote in it stays with their worksheets. */
export async function removeField(db: Database, { moduleId, fieldId }: { moduleId: number; fieldId: number }, who: Who): Promise<void> {
  await changing(db, moduleId, who, async (tx) => {
    await tx.deleteFrom('worksheet_field').where('id', '=', fieldId).where('module_id', '=', moduleId).execute()
    await number(tx, await fieldIds(tx, moduleId))
  })
}

/** Exchanges a field with the one above it; the first stays. */
export async function moveFieldUp(db: Database, { moduleId, fieldId }: { moduleId: number; fieldId: number }, who: Who): Promise<void> {
  await changing(db, moduleId, who, async (tx) => {
    const ids = await fieldIds(tx, moduleId)
    const from = ids.indexOf(fieldId)
    const above = ids[from - 1]
    if (from < 1 || above === undefined) return
    ids[from - 1] = fieldId
    ids[from] = above
    await number(tx, ids)
  })
}

async function changing<T>(db: Database, moduleId: number, { by, at }: Who, change: (tx: Tx) => Promise<T>): Promise<T> {
  return inTransaction(db, async (tx) => {
    await lockRow(tx, 'module', moduleId)
    const outcome = await change(tx)
    await recordHistory(tx, { happening: 'module_changed', subject: 'module', subjectId: moduleId, by, at })
    return outcome
  })
}

async function fieldIds(tx: Tx, moduleId: number): Promise<number[]> {
  const rows = await tx.selectFrom('worksheet_field').where('module_id', '=', moduleId).orderBy('position').select('id').execute()
  return rows.map(({ id }) => id)
}

/** Twice, because no two fields of a module may have the same place even for a moment. */
async function number(tx: Tx, ids: readonly number[]) {
  for (const offset of [1000, 1])
    for (const [index, id] of ids.entries())
      await tx
        .updateTable('worksheet_field')
        .set({ position: index + offset })
        .where('id', '=', id)
        .execute()
}
