import type { Admission, ModuleKind, RoomKind, SessionKind } from '../database/schema.ts'
import { covers, isStaff, staffScope } from '../people/rules.ts'
import type { Person } from '../web/env.ts'

export const sessionKinds = [
  'webinar',
  'virtual_classroom',
  'seminar',
  'infoday',
  'working_table',
] as const satisfies readonly SessionKind[]
export const sessionStates = ['draft', 'coming', 'over', 'cancelled'] as const
export type SessionState = (typeof sessionStates)[number]

export const longestHours = 24
const shareOfPresence = 0.7
/** Hours before the start at which the waiting list stops moving up, where nobody says otherwise. */
export const usualPromotionStop = 2

export const usualReminder = '24'
export const mostReminderHours = 24 * 14
const mostReminders = 4

/** Hours before the start as they are typed, "24, 1": the longest first, each once. Null when they can't be read. */
export function readReminderHours(text: string): number[] | null {
  const hours = text
    .split(/[\s,;]+/)
    .filter(Boolean)
    .map(Number)
  if (hours.length > mostReminders || hours.some((each) => !Number.isInteger(each) || each < 1 || each > mostReminderHours)) return null
  return [...new Set(hours)].toSorted((a, b) => b - a)
}

export const admissions = ['open', 'invitation'] as const satisfies readonly Admission[]

/** Places as they count: on site, where nobody says how many, as many as the room holds. */
export const placesOf = ({ kind, capacity, roomCapacity }: Pick<Plan, 'kind' | 'capacity' | 'roomCapacity'>): number | null =>
  capacity ?? (isOnline(kind) ? null : (roomCapacity ?? null))

export const usualFollowUp = 24
export const mostFollowUpHours = 24 * 14

type Period = { startsAt: Temporal.Instant; endsAt: Temporal.Instant }
type Facts = Period & { publishedAt: Temporal.Instant | null; cancelledAt: Temporal.Instant | null }

export const roomKinds = ['link', 'bigbluebutton'] as const satisfies readonly RoomKind[]

/** Whether there is somewhere to meet online. */
export const hasRoom = ({ room = 'link', joinUrl }: { room?: RoomKind; joinUrl: string | null }): boolean =>
  room !== 'link' || joinUrl !== null

export const isOnline = (kind: SessionKind): boolean => kind === 'webinar' || kind === 'virtual_classroom'

/** Modules that presence completes; a meeting about an assignment doesn't hand it in. */
export const isAttended = (kind: ModuleKind): boolean => kind === 'webinar' || kind === 'virtual_classroom' || kind === 'seminar'

export const hasPassed = (instant: Temporal.Instant, now: Temporal.Instant): boolean => Temporal.Instant.compare(instant, now) <= 0

export const minutesOf = ({ startsAt, endsAt }: Period): number => startsAt.until(endsAt).total('minutes')

/** Minutes that count as attended when nobody says otherwise: 70% of the duration, rounded up. */
export const usualThreshold = (period: Period): number => shareInMinutes(period, shareOfPresence * 100)

const shareInMinutes = (period: Period, percent: number): number => Math.ceil((minutesOf(period) * percent) / 100 - 1e-9)

/** The minutes that a session asks for: as given, as a share of the duration rounded up, else the usual ones. */
export const thresholdOf = (plan: Period & { thresholdMinutes: number | null; thresholdPercent?: number | null }): number => {
  if (plan.thresholdMinutes !== null) return plan.thresholdMinutes
  return plan.thresholdPercent ? shareInMinutes(plan, plan.thresholdPercent) : usualThreshold(plan)
}

/** What counts as attended as it is typed: minutes, "60", or a share of the duration, "80%". Undefined when it can't be read. */
export function readThreshold(text: string): { minutes: number | null; percent: number | null } | undefined {
  if (text === '') return { minutes: null, percent: null }
  const [, figure, sign] = /^(\d{1,4}) ?(%?)$/.exec(text) ?? []
  const number = Number(figure)
  if (figure === undefined || number < 1 || number > (sign ? 100 : longestHours * 60)) return undefined
  return sign ? { minutes: null, percent: number } : { minutes: number, percent: null }
}

export function stateOf(session: Facts, now: Temporal.Instant): SessionState {
  if (session.cancelledAt) return 'cancelled'
  if (!session.publishedAt) return 'draft'
  return hasPassed(session.endsAt, now) ? 'over' : 'coming'
}

export type ManageRefusal = 'not_in_charge'

/** Who may change a session, see who is registered and take attendance. Without a region: national staff and its trainers. */
export function manageRefusal(
  session: { regionCode: string | null; trainers: readonly { id: number }[] },
  person: Person | null,
): ManageRefusal | null {
  if (!isStaff(person)) return 'not_in_charge'
  if (person.coordinator === 'national' || session.trainers.some(({ id }) => id === person.id)) return null
  return covers(staffScope(person), session.regionCode) ? null : 'not_in_charge'
}

export type Plan = Period & {
  kind: SessionKind
  place: string | null
  joinUrl: string | null
  /** A link where nothing is said. */
  room?: RoomKind
  capacity: number | null
  thresholdMinutes: number | null
  /** How many the room holds. */
  roomCapacity?: number | null
  registrationOpensAt?: Temporal.Instant | null
  registrationClosesAt?: Temporal.Instant | null
  /** At most so many people of one administration. */
  administrationCap?: number | null
  promotionStopsHours?: number
}
export type PlanRefusal =
  | 'ends_before_start'
  | 'too_long'
  | 'threshold_too_long'
  | 'registration_closes_before_it_opens'
  | 'registration_opens_after_start'
  | 'registration_closes_after_start'
  | 'cap_above_capacity'
  | 'capacity_above_room'
export type RoomRefusal = 'link_missing' | 'place_missing'
export type PublishRefusal = PlanRefusal | RoomRefusal | 'not_found' | 'already_published' | 'cancelled' | 'already_started'
export type CreateRefusal = PlanRefusal | 'no_such_module' | 'no_such_trainer'
export type ChangeRefusal =
  | PlanRefusal
  | RoomRefusal
  | 'not_found'
  | 'cancelled'
  | 'over'
  | 'no_such_trainer'
  | 'capacity_below_registered'
  | 'capacity_below_kept'
export type CancelRefusal = 'not_found' | 'cancelled' | 'over' | 'reason_missing'

/** What no session may have, draft or not. */
export function planRefusal(plan: Plan): PlanRefusal | null {
  const minutes = minutesOf(plan)
  if (minutes <= 0) return 'ends_before_start'
  if (minutes > longestHours * 60) return 'too_long'
  if (plan.thresholdMinutes !== null && plan.thresholdMinutes > minutes) return 'threshold_too_long'
  if (plan.capacity !== null && plan.roomCapacity && plan.capacity > plan.roomCapacity && !isOnline(plan.kind)) return 'capacity_above_room'
  return registrationPlanRefusal(plan)
}

function registrationPlanRefusal(plan: Plan): PlanRefusal | null {
  const { startsAt, capacity, registrationOpensAt: opens = null, registrationClosesAt: closes = null, administrationCap: cap = null } = plan
  if (opens && hasPassed(startsAt, opens)) return 'registration_opens_after_start'
  if (closes && Temporal.Instant.compare(closes, startsAt) > 0) return 'registration_closes_after_start'
  if (opens && closes && hasPassed(closes, opens)) return 'registration_closes_before_it_opens'
  return cap !== null && capacity !== null && cap > capacity ? 'cap_above_capacity' : null
}

/** Where people go must be known when a session is announced; a draft may still lack it. */
export function roomRefusal(plan: Pick<Plan, 'kind' | 'place' | 'joinUrl' | 'room'>): RoomRefusal | null {
  if (isOnline(plan.kind)) return hasRoom(plan) ? null : 'link_missing'
  return plan.place ? null : 'place_missing'
}

export function publishRefusal(session: Facts & Plan, now: Temporal.Instant): PublishRefusal | null {
  if (session.cancelledAt) return 'cancelled'
  if (session.publishedAt) return 'already_published'
  if (hasPassed(session.startsAt, now)) return 'already_started'
  return planRefusal(session) ?? roomRefusal(session)
}

export function changeRefusal(
  session: Facts,
  plan: Plan,
  { registered, kept }: { registered: number; kept: number },
  now: Temporal.Instant,
): ChangeRefusal | null {
  if (session.cancelledAt) return 'cancelled'
  if (session.publishedAt && hasPassed(session.endsAt, now)) return 'over'
  if (plan.capacity !== null && plan.capacity < registered) return 'capacity_below_registered'
  if (plan.capacity !== null && plan.capacity < registered + kept) return 'capacity_below_kept'
  return planRefusal(plan) ?? (session.publishedAt ? roomRefusal(plan) : null)
}

/** Whether there is anything to change at all: for showing the way to the form. */
export const isChangeable = (session: Facts, now: Temporal.Instant): boolean =>
  !session.cancelledAt && !(session.publishedAt && hasPassed(session.endsAt, now))

export function cancelRefusal(session: Facts, reason: string, now: Temporal.Instant): CancelRefusal | null {
  if (session.cancelledAt) return 'cancelled'
  if (hasPassed(session.endsAt, now)) return 'over'
  return reason.trim() ? null : 'reason_missing'
}
