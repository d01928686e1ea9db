import type { SessionFields } from '../actions.ts'
import type { Session } from '../queries.ts'

export const repetitions = ['weekly', 'fortnightly', 'monthly'] as const
export type Repetition = (typeof repetitions)[number]
export const mostTimes = 52

/** The days of a series, the first included. Monthly means the same weekday of the month: the second Tuesday, or the last when there is no fifth. */
export function daysOf(first: Temporal.PlainDate, repetition: Repetition, times: number): Temporal.PlainDate[] {
  const every = { weekly: 7, fortnightly: 14, monthly: 0 }[repetition]
  return Array.from({ length: times }, (_, index) => (every > 0 ? first.add({ days: every * index }) : sameWeekday(first, index)))
}

function sameWeekday(first: Temporal.PlainDate, months: number): Temporal.PlainDate {
  const start = first.with({ day: 1 }).add({ months })
  const toWeekday = (first.dayOfWeek - start.dayOfWeek + 7) % 7
  const wanted = start.add({ days: toWeekday + 7 * Math.floor((first.day - 1) / 7) })
  return wanted.month === start.month ? wanted : wanted.subtract({ days: 7 })
}

type Moved = Pick<SessionFields, 'startsAt' | 'endsAt' | 'registrationOpensAt' | 'registrationClosesAt'>

/** The same times of the clock so many days later; null when the clocks skip one of them there. */
export function daysLater<F extends Moved>(fields: F, days: number, zone: string): F | null {
  const startsAt = later(fields.startsAt, days, zone)
  const endsAt = later(fields.endsAt, days, zone)
  const opens = fields.registrationOpensAt && later(fields.registrationOpensAt, days, zone)
  const closes = fields.registrationClosesAt && later(fields.registrationClosesAt, days, zone)
  if (!startsAt || !endsAt || (fields.registrationOpensAt && !opens) || (fields.registrationClosesAt && !closes)) return null
  return { ...fields, startsAt, endsAt, registrationOpensAt: opens ?? null, registrationClosesAt: closes ?? null }
}

function later(instant: Temporal.Instant, days: number, zone: string): Temporal.Instant | null {
  const local = instant.toZonedDateTimeISO(zone).toPlainDateTime().add({ days })
  const found = local.toZonedDateTime(zone, { disambiguation: 'earlier' })
  return found.toPlainDateTime().equals(local) ? found.toInstant() : null
}

/** What a session would have to be changed to, to be as it is. */
export const fieldsOfSession = (session: Session): SessionFields => ({ ...session, trainerIds: session.trainers.map(({ id }) => id) })

type Change = { before: SessionFields; after: SessionFields }

/**
 * A change of one session as it comes to one that follows in its series: only what was changed, so that what each has of its
 * own stays; days move by as many as the first one's, hours become the first one's. Null when the clocks skip that time.
 */
export function followingFields(own: SessionFields, { before, after }: Change, zone: string): SessionFields | null {
  const changed = Object.fromEntries(
    Object.entries(after).filter(([name, value]) => !isTime(name) && !isSame(value, before[name as never])),
  )
  const moved = movedLike(own, { before, after }, zone)
  return moved && { ...own, ...changed, ...moved }
}

const times = ['startsAt', 'endsAt', 'registrationOpensAt', 'registrationClosesAt'] as const
const isTime = (name: string) => times.some((time) => time === name)

function movedLike(own: SessionFields, { before, after }: Change, zone: string): Moved | null {
  const local = (instant: Temporal.Instant) => instant.toZonedDateTimeISO(zone).toPlainDate()
  // As many days after the changed one as it was: then it only has to take over the clock's times.
  const apart = local(before.startsAt).until(local(own.startsAt)).days
  const { startsAt, endsAt, registrationOpensAt = null, registrationClosesAt = null } = after
  const theirs = daysLater({ startsAt, endsAt, registrationOpensAt, registrationClosesAt }, apart, zone)
  if (!theirs) return null
  const kept = (name: (typeof times)[number]) => isSame(before[name] ?? null, after[name] ?? null)
  const unmoved = kept('startsAt') && kept('endsAt')
  return {
    startsAt: unmoved ? own.startsAt : theirs.startsAt,
    endsAt: unmoved ? own.endsAt : theirs.endsAt,
    registrationOpensAt: unmoved && kept('registrationOpensAt') ? (own.registrationOpensAt ?? null) : (theirs.registrationOpensAt ?? null),
    registrationClosesAt:
      unmoved && kept('registrationClosesAt') ? (own.registrationClosesAt ?? null) : (theirs.registrationClosesAt ?? null),
  }
}

const isSame = (one: unknown, other: unknown) => JSON.stringify(one ?? null) === JSON.stringify(other ?? null)
