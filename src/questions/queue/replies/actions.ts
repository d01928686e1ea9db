import { asMoment } from '../../../database/moment.ts'
import type { Database } from '../../../database/schema.ts'
import { inTransaction } from '../../../database/transaction.ts'
import { recordHistory } from '../../../history/record.ts'
import { findPerson } from '../../../people/queries.ts'
import { isStaff } from '../../../people/rules.ts'
import type { Who } from '../../actions.ts'

type Reply = { title: string; body: string }

/** Keeps a text that staff often answer with; with `id` it takes the place of that one. */
export async function saveReply(
  db: Database,
  { id, title, body }: Reply & { id: number | null },
  { by, at }: Who,
): Promise<{ id: number } | { refusal: 'not_staff' | 'not_found' }> {
  return inTransaction(db, async (tx) => {
    if (!isStaff(await findPerson(tx, by.id))) return { refusal: 'not_staff' }
    const row = { title, body, saved_at: asMoment(at), saved_by: by.id }
    const saved =
      id === null
        ? await tx
            .insertInto('saved_reply')
            .values({ ...row, removed_at: null, removed_by: null })
            .returning('id')
            .executeTakeFirst()
        : await tx
            .updateTable('saved_reply')
            .set(row)
            .where('id', '=', id)
            .where('removed_at', 'is', null)
            .returning('id')
            .executeTakeFirst()
    if (!saved) return { refusal: 'not_found' }
    await recordHistory(tx, { happening: 'saved_reply_written', subject: 'saved_reply', subjectId: saved.id, by, at, details: { title } })
    return saved
  })
}

/** Takes a saved reply away; answers written with it stay. Twice changes nothing. */
export async function removeReply(db: Database, id: number, { by, at }: Who): Promise<{ refusal: 'not_staff' | null }> {
  return inTransaction(db, async (tx) => {
    if (!isStaff(await findPerson(tx, by.id))) return { refusal: 'not_staff' }
    const { numUpdatedRows } = await tx
      .updateTable('saved_reply')
      .set({ removed_at: asMoment(at), removed_by: by.id })
      .where('id', '=', id)
      .where('removed_at', 'is', null)
      .executeTakeFirst()
    if (numUpdatedRows > 0n) await recordHistory(tx, { happening: 'saved_reply_removed', subject: 'saved_reply', subjectId: id, by, at })
    return { refusal: null }
  })
}
