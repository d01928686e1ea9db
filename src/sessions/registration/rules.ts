import { isReferentOf } from '../../people/rules.ts'
import type { Person } from '../../web/env.ts'
import { hasPassed } from '../rules.ts'

type Meeting = {
  startsAt: Temporal.Instant
  endsAt: Temporal.Instant
  publishedAt: Temporal.Instant | null
  cancelledAt: Temporal.Instant | null
  capacity: number | null
}

export type RegistrationRefusal = 'not_found' | 'not_published' | 'cancelled' | 'started' | 'already_registered' | 'not_a_referent' | 'full'

type Asking = { person: Person | null; administrationId: number; alreadyRegistered: boolean; registered: number; now: Temporal.Instant }

/** Why this person can't register for their administration, or null when they can. */
export function registrationRefusal(session: Meeting, asking: Asking): RegistrationRefusal | null {
  if (session.cancelledAt) return 'cancelled'
  if (!session.publishedAt) return 'not_published'
  if (hasPassed(session.startsAt, asking.now)) return 'started'
  if (!isReferentOf(asking.person, asking.administrationId)) return 'not_a_referent'
  if (asking.alreadyRegistered) return 'already_registered'
  if (isFull(session, asking.registered)) return 'full'
  return null
}

export const isFull = ({ capacity }: Pick<Meeting, 'capacity'>, registered: number): boolean => capacity !== null && registered >= capacity

export type CancelRegistrationRefusal = 'not_found' | 'already_cancelled' | 'started'

export type JoinRefusal = 'not_registered' | 'cancelled' | 'no_room' | 'too_early' | 'over'

const opensBefore = Temporal.Duration.from({ minutes: 15 })

export const joinOpensAt = ({ startsAt }: Pick<Meeting, 'startsAt'>): Temporal.Instant => startsAt.subtract(opensBefore)

/** Why the room's door stays shut, or null when it opens. */
export function joinRefusal(
  session: Meeting & { joinUrl: string | null },
  { takesPart, now }: { takesPart: boolean; now: Temporal.Instant },
): JoinRefusal | null {
  if (!takesPart) return 'not_registered'
  if (session.cancelledAt) return 'cancelled'
  if (!session.joinUrl) return 'no_room'
  if (!hasPassed(joinOpensAt(session), now)) return 'too_early'
  return hasPassed(session.endsAt, now) ? 'over' : null
}
