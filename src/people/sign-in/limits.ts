import type { Person } from '../../web/env.ts'
import { isCoordinator } from '../rules.ts'

/**
 * How long a sign-in lasts, in all and without a page asked for. Whoever sees a whole region's people signs in every
 * working day; others once a week, and again after two days away. The programme's decision after OWASP ASVS 5, 7.3.
 */
const lasting = {
  coordinator: { inAll: { hours: 12 }, idle: { hours: 2 } },
  others: { inAll: { hours: 7 * 24 }, idle: { hours: 48 } },
} as const

type Times = { createdAt: Temporal.Instant; lastSeenAt: Temporal.Instant; expiresAt: Temporal.Instant }

/** Whether a sign-in has come to its end by itself. */
export function isSpent({ createdAt, lastSeenAt, expiresAt }: Times, person: Person, now: Temporal.Instant): boolean {
  const { inAll, idle } = isCoordinator(person) ? lasting.coordinator : lasting.others
  return [expiresAt, createdAt.add(inAll), lastSeenAt.add(idle)].some((end) => Temporal.Instant.compare(end, now) <= 0)
}

/** That somebody is there is noted every few minutes, not with every page. */
export const isStale = (lastSeenAt: Temporal.Instant, now: Temporal.Instant): boolean =>
  Temporal.Instant.compare(lastSeenAt.add({ minutes: 5 }), now) <= 0
