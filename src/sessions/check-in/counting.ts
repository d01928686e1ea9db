import { asMoment } from '../../database/moment.ts'
import type { Database } from '../../database/schema.ts'
import { inTransaction, lockRow } from '../../database/transaction.ts'
import { recordHistory } from '../../history/record.ts'
import { findImportSession } from '../attendance/import/queries.ts'
import { recomputeAttendance } from '../attendance/import/recompute.ts'

const sessionsAtOnce = 20

/** By the clock: check-ins become attendance when their session is over; before, nobody has stayed to the end. */
export async function countCheckIns(db: Database, now: Temporal.Instant): Promise<void> {
  const due = await db
    .selectFrom('check_in')
    .innerJoin('session', 'session.id', 'check_in.session_id')
    .where('check_in.counted_at', 'is', null)
    .where('session.ends_at', '<=', asMoment(now))
    .where('session.cancelled_at', 'is', null)
    .select('session.id')
    .distinct()
    .orderBy('session.id')
    .limit(sessionsAtOnce)
    .execute()
  for (const { id } of due) await countIn(db, id, now)
}

async function countIn(db: Database, sessionId: number, now: Temporal.Instant) {
  await inTransaction(db, async (tx) => {
    await lockRow(tx, 'session', sessionId)
    const session = await findImportSession(tx, sessionId)
    const { numUpdatedRows } = await tx
      .updateTable('check_in')
      .set({ counted_at: asMoment(now) })
      .where('session_id', '=', sessionId)
      .where('counted_at', 'is', null)
      .executeTakeFirst()
    // Another process was faster.
    if (!session || numUpdatedRows === 0n) return
    await recomputeAttendance(tx, session, { by: null, at: now })
    const details = { checkIns: Number(numUpdatedRows) }
    await recordHistory(tx, { happening: 'check_ins_counted', subject: 'session', subjectId: sessionId, by: null, at: now, details })
  })
}

/** Whether going into the room by our own link counts as presence until the end; attendance follows at once. */
export async function countEntries(
  db: Database,
  sessionId: number,
  counted: boolean,
  { by, at }: { by: { id: number }; at: Temporal.Instant },
): Promise<void> {
  await inTransaction(db, async (tx) => {
    await lockRow(tx, 'session', sessionId)
    const session = await findImportSession(tx, sessionId)
    if (!session || (session.entriesCountedAt !== null) === counted) return
    await tx
      .updateTable('session')
      .set(
        counted ? { entries_counted_at: asMoment(at), entries_counted_by: by.id } : { entries_counted_at: null, entries_counted_by: null },
      )
      .where('id', '=', sessionId)
      .execute()
    await recomputeAttendance(tx, { ...session, entriesCountedAt: counted ? at : null }, { by, at })
    const happening = counted ? 'room_entries_counted' : 'room_entries_uncounted'
    await recordHistory(tx, { happening, subject: 'session', subjectId: sessionId, by, at })
  })
}

/** Somebody registered goes into the room through our page: the first time is kept. */
export async function noteRoomEntry(db: Database, sessionId: number, personId: number, at: Temporal.Instant): Promise<void> {
  await db
    .insertInto('room_entry')
    .values({ session_id: sessionId, person_id: personId, entered_at: asMoment(at) })
    .onConflict((conflict) => conflict.columns(['session_id', 'person_id']).doNothing())
    .execute()
}
