import { hasPassed } from '../rules.ts'

export const longestMinutes = 50_000

type Meeting = { startsAt: Temporal.Instant; publishedAt: Temporal.Instant | null; cancelledAt: Temporal.Instant | null }

export type MinutesRefusal = 'not_published' | 'cancelled' | 'not_started'

/** Why there is nothing to write down of a session, or null. */
export function minutesRefusal({ startsAt, publishedAt, cancelledAt }: Meeting, now: Temporal.Instant): MinutesRefusal | null {
  if (cancelledAt) return 'cancelled'
  if (!publishedAt) return 'not_published'
  return hasPassed(startsAt, now) ? null : 'not_started'
}

export type SaveRefusal = MinutesRefusal | 'not_found' | 'changed_meanwhile'
export type PublishMinutesRefusal = 'changed_meanwhile' | 'nothing_written'
