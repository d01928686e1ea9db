import { hasPassed } from '../rules.ts'

export type CheckInRefusal =
  | 'not_found'
  | 'cancelled'
  | 'not_open'
  | 'too_early'
  | 'over'
  | 'wrong_code'
  | 'too_many_tries'
  | 'ticket_spent'
  | 'ticket_too_old'
  | 'not_a_participant'

export type Meeting = {
  startsAt: Temporal.Instant
  endsAt: Temporal.Instant
  publishedAt: Temporal.Instant | null
  cancelledAt: Temporal.Instant | null
}

export const usualGraceMinutes = 15
export const mostGraceMinutes = 120
const opensBefore = { minutes: 30 }
/** Whoever scans first and signs in afterwards has so long for it. */
const ticketLives = { minutes: 30 }
/** Beyond them the trainer marks the person by hand: a code of six digits must not be guessed. */
export const mostWrongCodes = 10

/** Why nobody can check in at this moment, or null when people can. */
export function checkInRefusal(
  session: Meeting,
  desk: { closedAt: Temporal.Instant | null } | null,
  at: Temporal.Instant,
): CheckInRefusal | null {
  if (session.cancelledAt) return 'cancelled'
  if (!session.publishedAt || !desk) return 'not_open'
  if (!hasPassed(session.startsAt.subtract(opensBefore), at)) return 'too_early'
  if (hasPassed(session.endsAt, at)) return 'over'
  return desk.closedAt && hasPassed(desk.closedAt, at) ? 'not_open' : null
}

/** What was scanned in time is still good for a while: signing in takes longer than a code is shown. */
export function ticketRefusal(scannedAt: Temporal.Instant, now: Temporal.Instant): CheckInRefusal | null {
  return hasPassed(scannedAt.add(ticketLives), now) ? 'ticket_too_old' : null
}

/** Why the desk can't be opened, or null when it can. */
export function openDeskRefusal(session: Meeting, now: Temporal.Instant): 'cancelled' | 'not_published' | 'over' | null {
  if (session.cancelledAt) return 'cancelled'
  if (!session.publishedAt) return 'not_published'
  return hasPassed(session.endsAt, now) ? 'over' : null
}

/** From when a check-in counts: from the start within the grace, from the scan afterwards; it counts until the end. */
export function countsFrom(scannedAt: Temporal.Instant, { startsAt }: Pick<Meeting, 'startsAt'>, graceMinutes: number): Temporal.Instant {
  return hasPassed(startsAt.add({ minutes: graceMinutes }), scannedAt.subtract({ milliseconds: 1 })) ? scannedAt : startsAt
}
