export type Interval = { from: Temporal.Instant; until: Temporal.Instant }

/** Whole minutes of presence during the session: overlaps count once, what lies outside doesn't count. */
export function minutesIn(
  intervals: readonly Interval[],
  { startsAt, endsAt }: { startsAt: Temporal.Instant; endsAt: Temporal.Instant },
): number {
  const [start, end] = [startsAt.epochMilliseconds, endsAt.epochMilliseconds]
  const clipped = intervals
    .map(({ from, until }) => ({ from: Math.max(from.epochMilliseconds, start), until: Math.min(until.epochMilliseconds, end) }))
    .filter(({ from, until }) => until > from)
    .toSorted((a, b) => a.from - b.from)

  let present = 0
  let reached = start
  for (const { from, until } of clipped) {
    present += Math.max(0, until - Math.max(from, reached))
    reached = Math.max(reached, until)
  }
  return Math.floor(present / 60_000)
}
