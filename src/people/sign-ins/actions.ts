import { asMoment } from '../../database/moment.ts'
import type { Database } from '../../database/schema.ts'
import { inTransaction } from '../../database/transaction.ts'
import { recordHistory } from '../../history/record.ts'

type Who = { by: { id: number }; at: Temporal.Instant }

/** Ends one's sign-in of the id given, or all but that of this browser; says how many were ended. */
export async function endSignIns(db: Database, which: { id: number } | { allBut: number }, { by, at }: Who): Promise<number> {
  return inTransaction(db, async (tx) => {
    const ended = await tx
      .updateTable('sign_in')
      .set({ ended_at: asMoment(at) })
      .where('person_id', '=', by.id)
      .where('ended_at', 'is', null)
      .where((eb) => ('id' in which ? eb('id', '=', which.id) : eb('id', '!=', which.allBut)))
      .returning('id')
      .execute()
    for (const { id } of ended) await recordHistory(tx, { happening: 'sign_in_ended', subject: 'sign_in', subjectId: id, by, at })
    return ended.length
  })
}
