import { asMoment } from '../../database/moment.ts'
import type { Database, Tx } from '../../database/schema.ts'
import { inTransaction, lockRow } from '../../database/transaction.ts'
import { recordHistory } from '../../history/record.ts'
import { newToken } from '../../people/secrets.ts'
import { snapshotsFor } from '../attendance/import/queries.ts'
import { findAnySession, type Session } from '../queries.ts'
import { isShown, readTicket } from './code.ts'
import { type CheckedIn, type Desk, findCheckIn, findDesk, wrongCodes } from './queries.ts'
import { type CheckInRefusal, checkInRefusal, mostWrongCodes, openDeskRefusal, ticketRefusal } from './rules.ts'

type Who = { by: { id: number }; at: Temporal.Instant }
export type CheckInOutcome = (CheckedIn & { already: boolean }) | { refusal: CheckInRefusal }

/** Opens check-in, or opens it again: who scanned before may still sign in. Grace in minutes after the start. */
export async function openDesk(
  db: Database,
  sessionId: number,
  graceMinutes: number,
  { by, at }: Who,
): Promise<{ opened: true } | { refusal: NonNullable<ReturnType<typeof openDeskRefusal>> | 'not_found' }> {
  return inTransaction(db, async (tx) => {
    await lockRow(tx, 'session', sessionId)
    const session = await findAnySession(tx, sessionId)
    if (!session) return { refusal: 'not_found' as const }
    const refusal = openDeskRefusal(session, at)
    if (refusal) return { refusal }

    const desk = { grace_minutes: graceMinutes, opened_at: asMoment(at), opened_by: by.id, closed_at: null }
    await tx
      .insertInto('check_in_desk')
      .values({ session_id: sessionId, secret: newToken(), ...desk })
      .onConflict((conflict) => conflict.column('session_id').doUpdateSet(desk))
      .execute()
    const details = { graceMinutes }
    await recordHistory(tx, { happening: 'check_in_opened', subject: 'session', subjectId: sessionId, by, at, details })
    return { opened: true as const }
  })
}

/** Nobody checks in any more; who has scanned before may still sign in. */
export async function closeDesk(db: Database, sessionId: number, { by, at }: Who): Promise<void> {
  await inTransaction(db, async (tx) => {
    const closed = await tx
      .updateTable('check_in_desk')
      .set({ closed_at: asMoment(at) })
      .where('session_id', '=', sessionId)
      .where('closed_at', 'is', null)
      .executeTakeFirst()
    if (closed.numUpdatedRows > 0n)
      await recordHistory(tx, { happening: 'check_in_closed', subject: 'session', subjectId: sessionId, by, at })
  })
}

/** Checks in whoever typed the code that is shown now; wrong ones are counted before they are judged. */
export async function checkInByCode(db: Database, sessionId: number, typed: string, who: Who): Promise<CheckInOutcome> {
  return inTransaction(db, async (tx) => {
    const found = await openFor(tx, sessionId, who.at)
    if ('refusal' in found) return found
    if ((await wrongCodes(tx, sessionId, who.by.id)) >= mostWrongCodes) return { refusal: 'too_many_tries' }
    if (!/^\d{6}$/.test(typed) || !isShown(found.desk.secret, typed, who.at)) {
      await countWrong(tx, sessionId, who.by.id)
      return { refusal: 'wrong_code' }
    }
    return keepCheckIn(tx, sessionId, { way: 'typed', scannedAt: who.at, ticket: null }, who)
  })
}

/** Checks in by the ticket that a scan gave, at the moment of the scan, however long signing in took within the limit. */
export async function checkInByTicket(db: Database, sessionId: number, ticket: string, who: Who): Promise<CheckInOutcome> {
  return inTransaction(db, async (tx) => {
    const session = await findAnySession(tx, sessionId)
    const desk = session ? await findDesk(tx, sessionId) : null
    const read = desk && readTicket(desk.secret, ticket)
    if (!session || !read) return { refusal: session ? 'wrong_code' : 'not_found' }
    const refusal = checkInRefusal(session, desk, read.scannedAt) ?? ticketRefusal(read.scannedAt, who.at)
    if (refusal) return { refusal }
    return keepCheckIn(tx, sessionId, { way: 'scanned', scannedAt: read.scannedAt, ticket: read.serial }, who)
  })
}

async function openFor(
  tx: Tx,
  sessionId: number,
  at: Temporal.Instant,
): Promise<{ session: Session; desk: Desk } | { refusal: CheckInRefusal }> {
  const session = await findAnySession(tx, sessionId)
  if (!session) return { refusal: 'not_found' }
  const desk = await findDesk(tx, sessionId)
  const refusal = checkInRefusal(session, desk, at)
  return refusal || !desk ? { refusal: refusal ?? 'not_open' } : { session, desk }
}

async function countWrong(tx: Tx, sessionId: number, personId: number) {
  await tx
    .insertInto('check_in_try')
    .values({ session_id: sessionId, person_id: personId, wrong: 1 })
    .onConflict((conflict) =>
      conflict.columns(['session_id', 'person_id']).doUpdateSet((eb) => ({ wrong: eb('check_in_try.wrong', '+', 1) })),
    )
    .execute()
}

type Scan = { way: 'typed' | 'scanned'; scannedAt: Temporal.Instant; ticket: string | null }

/** Once a person: whoever checks in again keeps their first moment. */
async function keepCheckIn(tx: Tx, sessionId: number, { way, scannedAt, ticket }: Scan, { by, at }: Who): Promise<CheckInOutcome> {
  const own = (await snapshotsFor(tx, sessionId, [by.id])).get(by.id)
  if (!own) return { refusal: 'not_a_participant' }
  const kept = await tx
    .insertInto('check_in')
    .values({
      session_id: sessionId,
      person_id: by.id,
      way,
      scanned_at: asMoment(scannedAt),
      recorded_at: asMoment(at),
      ticket,
      counted_at: null,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst()
  const checkedIn = await findCheckIn(tx, sessionId, by.id)
  if (!checkedIn) return { refusal: 'ticket_spent' }
  if (!kept) return { ...checkedIn, already: true }

  const about = { subject: 'session', subjectId: sessionId, administrationId: own.administration_id } as const
  await recordHistory(tx, { happening: 'checked_in', ...about, by, at, details: { way, scannedAt: asMoment(scannedAt) } })
  return { ...checkedIn, already: false }
}
