import { fromMoment, fromMomentOrNull } from '../../database/moment.ts'
import type { Database } from '../../database/schema.ts'

export type Desk = { id: number; secret: string; graceMinutes: number; openedAt: Temporal.Instant; closedAt: Temporal.Instant | null }

/** Where people check in at a session, once a trainer has opened it. */
export async function findDesk(db: Database, sessionId: number): Promise<Desk | null> {
  const row = await db.selectFrom('check_in_desk').where('session_id', '=', sessionId).selectAll().executeTakeFirst()
  if (!row) return null
  return {
    id: row.id,
    secret: row.secret,
    graceMinutes: row.grace_minutes,
    openedAt: fromMoment(row.opened_at),
    closedAt: fromMomentOrNull(row.closed_at),
  }
}

export type CheckedIn = { scannedAt: Temporal.Instant; counted: boolean }

/** Somebody's own check-in at a session. */
export async function findCheckIn(db: Database, sessionId: number, personId: number): Promise<CheckedIn | undefined> {
  const row = await db
    .selectFrom('check_in')
    .where('session_id', '=', sessionId)
    .where('person_id', '=', personId)
    .select(['scanned_at', 'counted_at'])
    .executeTakeFirst()
  return row && { scannedAt: fromMoment(row.scanned_at), counted: row.counted_at !== null }
}

/** How often somebody has typed a wrong code. */
export async function wrongCodes(db: Database, sessionId: number, personId: number): Promise<number> {
  const row = await db
    .selectFrom('check_in_try')
    .where('session_id', '=', sessionId)
    .where('person_id', '=', personId)
    .select('wrong')
    .executeTakeFirst()
  return row?.wrong ?? 0
}
