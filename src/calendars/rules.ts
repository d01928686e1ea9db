export type FeedRefusal = 'too_many'

const mostFeeds = 10

/** Why this person cannot have one more private feed, or null when they can. */
export const feedRefusal = (active: number): FeedRefusal | null => (active >= mostFeeds ? 'too_many' : null)

/** Calendars fetch every few minutes; that a feed is in use is worth a write once an hour. */
export const useIsWorthNoting = (lastUsedAt: Temporal.Instant | null, now: Temporal.Instant): boolean =>
  lastUsedAt === null || Temporal.Instant.compare(lastUsedAt.add({ hours: 1 }), now) <= 0
