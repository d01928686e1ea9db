import { dayOf } from '../../../../language/dates.ts'
import { fold } from '../../../../language/fold.ts'
import type { Interval } from '../minutes.ts'
import type { Entries, Entry, IgnoredReason } from './entries.ts'
import type { Frame } from './order.ts'
import { instantIn, type Order, type Written } from './times.ts'

export type Participant = {
  /** The address, or the folded name where there is none: the same in preview and import. */
  key: string
  name: string
  otherNames: string[]
  email: string | null
  intervals: Interval[]
}

/** One participant for each address, else for each name; what can't be placed in time goes to the ignored. */
export function participantsOf({ entries, ignored }: Entries, order: Order, frame: Frame) {
  const byKey = new Map<string, Participant>()
  const refused = [...ignored]
  for (const entry of entries) {
    const interval = intervalOf(entry, order, frame)
    if (typeof interval === 'string') refused.push({ line: entry.line, reason: interval })
    else addTo(byKey, entry, interval)
  }
  return { participants: [...byKey.values()], ignored: refused.toSorted((a, b) => a.line - b.line) }
}

function addTo(byKey: Map<string, Participant>, { name, otherNames, email }: Entry, interval: Interval) {
  const key = email ?? (fold(name) || name)
  const known = byKey.get(key)
  if (!known) return void byKey.set(key, { key, name, otherNames, email, intervals: [interval] })
  known.intervals.push(interval)
  for (const other of [name, ...otherNames]) if (other !== known.name && !known.otherNames.includes(other)) known.otherNames.push(other)
}

function intervalOf({ join, leave, seconds, atMost }: Entry, order: Order, { startsAt, endsAt, zone }: Frame): Interval | IgnoredReason {
  const instantOf = (written: Written) => instantIn(order, written, { zone, day: dayOf(startsAt, zone) })
  const from = join ? instantOf(join) : startsAt
  if (!from) return 'unreadable_time'
  if (!leave) return { from, until: seconds === null ? later(from, endsAt) : from.add({ seconds }) }

  const left = instantOf(leave)
  if (!left) return 'unreadable_time'
  // Times without date run over midnight.
  const until = leave.date === null && isBefore(left, from) ? left.add({ hours: 24 }) : left
  if (isBefore(until, from)) return 'leaves_before_joining'
  return { from, until: atMost === undefined ? until : earlier(until, from.add({ seconds: atMost })) }
}

const isBefore = (a: Temporal.Instant, b: Temporal.Instant) => Temporal.Instant.compare(a, b) < 0
const later = (a: Temporal.Instant, b: Temporal.Instant) => (isBefore(a, b) ? b : a)
const earlier = (a: Temporal.Instant, b: Temporal.Instant) => (isBefore(a, b) ? a : b)
