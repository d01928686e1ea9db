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
export function participantsOf({ entries, ignored, ends = [] }: Entries, order: Order, frame: Frame) {
  const byKey = new Map<string, Participant>()
  const refused = [...ignored]
  const time = timeIn(order, frame)
  const meetingEnd = endOf(
    ends.map(time),
    entries.map(({ join }) => join && time(join)),
    frame,
  )
  const counted = new Map<string, Temporal.Instant>()
  for (const entry of entries) {
    const key = keyOf(entry)
    const interval = intervalOf(entry, time, { session: frame, meetingEnd, minutesFrom: counted.get(key) ?? frame.startsAt })
    if (typeof interval === 'string') refused.push({ line: entry.line, reason: interval })
    else if (isOfAnotherDay(entry.leave ? interval : { from: interval.from, until: interval.from }, frame))
      refused.push({ line: entry.line, reason: 'other_day' })
    else {
      addTo(byKey, key, entry, interval)
      // Minutes without times add up: the next begin where these end.
      if (!entry.join) counted.set(key, interval.until)
    }
  }
  return { participants: [...byKey.values()], ignored: refused.toSorted((a, b) => a.line - b.line) }
}

const keyOf = ({ email, name }: Entry) => email ?? (fold(name) || name)

function addTo(byKey: Map<string, Participant>, key: string, { name, otherNames, email }: Entry, interval: Interval) {
  const known = byKey.get(key)
  if (!known) return void byKey.set(key, { key, name, otherNames, email, intervals: [interval] })
  known.intervals.push(interval)
  for (const other of [name, ...otherNames]) if (other !== known.name && !known.otherNames.includes(other)) known.otherNames.push(other)
}

type Time = (written: Written) => Temporal.Instant | null

const timeIn =
  (order: Order, { startsAt, zone }: Frame): Time =>
  (written) =>
    instantIn(order, written, { zone, day: dayOf(startsAt, zone) })

/** The meeting's end where the file tells it, never after the session's. As long as people join, it goes on. */
function endOf(ends: readonly (Temporal.Instant | null)[], joins: readonly (Temporal.Instant | null)[], { endsAt }: Frame) {
  const [end, lastJoin] = [latest(ends), latest(joins)]
  return end && lastJoin && isBefore(lastJoin, end) ? earlier(end, endsAt) : endsAt
}

type Bounds = { session: Frame; meetingEnd: Temporal.Instant; minutesFrom: Temporal.Instant }

function intervalOf({ join, leave, seconds, whole }: Entry, time: Time, bounds: Bounds): Interval | IgnoredReason {
  const { session, meetingEnd, minutesFrom } = bounds
  if (whole) return { from: session.startsAt, until: session.endsAt }
  const from = join ? time(join) : minutesFrom
  if (!from) return 'unreadable_time'
  const said = seconds === null ? null : from.add({ seconds })
  if (!leave) return { from, until: said ?? later(from, meetingEnd) }

  const left = time(leave)
  if (!left) return 'unreadable_time'
  // Times without date run over midnight.
  const until = leave.date === null && isBefore(left, from) ? left.add({ hours: 24 }) : left
  if (isBefore(until, from)) return 'leaves_before_joining'
  return { from, until: said ? earlier(until, said) : until }
}

function isOfAnotherDay({ from, until }: Interval, { startsAt, endsAt, zone }: Frame) {
  const firstDay = dayOf(startsAt, zone).toZonedDateTime(zone).toInstant()
  const dayAfter = dayOf(endsAt, zone).add({ days: 1 }).toZonedDateTime(zone).toInstant()
  return isBefore(until, firstDay) || !isBefore(from, dayAfter)
}

const isBefore = (a: Temporal.Instant, b: Temporal.Instant) => Temporal.Instant.compare(a, b) < 0
const later = (a: Temporal.Instant, b: Temporal.Instant) => (isBefore(a, b) ? b : a)
const earlier = (a: Temporal.Instant, b: Temporal.Instant) => (isBefore(a, b) ? a : b)
const latest = (instants: readonly (Temporal.Instant | null)[]) =>
  instants.reduce((last, instant) => (instant && last ? later(last, instant) : (instant ?? last)), null)
