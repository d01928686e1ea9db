import type { Admission, RoomKind } from '../../database/schema.ts'
import { isReferentOf } from '../../people/rules.ts'
import type { Person } from '../../web/env.ts'
import { hasPassed, hasRoom } from '../rules.ts'

type Meeting = {
  startsAt: Temporal.Instant
  endsAt: Temporal.Instant
  publishedAt: Temporal.Instant | null
  cancelledAt: Temporal.Instant | null
  capacity: number | null
}
type Bookable = Meeting & {
  registrationOpensAt: Temporal.Instant | null
  registrationClosesAt: Temporal.Instant | null
  administrationCap: number | null
  promotionStopsHours: number
  admission: Admission
}

export type Asking = {
  person: Person | null
  administrationId: number
  alreadyRegistered: boolean
  registered: number
  /** Of them, those of the same administration. */
  ofAdministration: number
  /** Places that invitations keep. */
  kept: number
  /** The one that asks this person to come, while it can be accepted. */
  invitation: { keepsPlace: boolean } | null
  now: Temporal.Instant
}

/**
 * What must hold for a registration, in this order; each condition says why not by its name. An invitation has a date of its
 * own, so the window is not for the invited; a place that is kept for them is there whatever else is full.
 */
const conditions = [
  ['not_found', () => true],
  ['cancelled', ({ cancelledAt }) => cancelledAt === null],
  ['not_published', ({ publishedAt }) => publishedAt !== null],
  ['started', ({ startsAt }, { now }) => !hasPassed(startsAt, now)],
  ['not_invited', ({ admission }, { invitation }) => admission === 'open' || invitation !== null],
  ['not_open_yet', ({ registrationOpensAt: opens }, { invitation, now }) => invitation !== null || opens === null || hasPassed(opens, now)],
  ['closed', ({ registrationClosesAt: closes }, { invitation, now }) => invitation !== null || closes === null || !hasPassed(closes, now)],
  ['not_a_referent', (_, { person, administrationId }) => isReferentOf(person, administrationId)],
  ['already_registered', (_, { alreadyRegistered }) => !alreadyRegistered],
  [
    'administration_full',
    ({ administrationCap: cap }, { ofAdministration, invitation }) => invitation?.keepsPlace || cap === null || ofAdministration < cap,
  ],
  ['full', (session, { registered, kept, invitation }) => invitation?.keepsPlace || !isFull(session, registered + kept)],
] as const satisfies readonly (readonly [string, (session: Bookable, asking: Asking) => boolean | undefined])[]

export type RegistrationRefusal = (typeof conditions)[number][0]

/** Why this person can't register for their administration, or null when they can. */
export function registrationRefusal(session: Bookable, asking: Asking): RegistrationRefusal | null {
  return conditions.find(([, holds]) => !holds(session, asking))?.[0] ?? null
}

/** `taken`: places that somebody has, and those that invitations keep. */
export const isFull = ({ capacity }: Pick<Meeting, 'capacity'>, taken: number): boolean => capacity !== null && taken >= capacity

export type WaitingRefusal = Exclude<RegistrationRefusal, 'full' | 'administration_full'> | 'already_waiting' | 'too_late' | 'place_free'

/** Why this person can't wait for a place, or null when they can. */
export function waitingRefusal(session: Bookable, asking: Asking & { alreadyWaiting: boolean }): WaitingRefusal | null {
  const refusal = registrationRefusal(session, asking)
  if (refusal === null) return 'place_free'
  if (refusal !== 'full' && refusal !== 'administration_full') return refusal
  if (asking.alreadyWaiting) return 'already_waiting'
  return movesUp(session, asking.now) ? null : 'too_late'
}

/** The waiting list moves up by itself until some hours before the start; nobody finds out at the door. */
export const movesUp = (
  {
    startsAt,
    publishedAt,
    cancelledAt,
    promotionStopsHours,
  }: Pick<Bookable, 'startsAt' | 'publishedAt' | 'cancelledAt' | 'promotionStopsHours'>,
  now: Temporal.Instant,
): boolean => publishedAt !== null && cancelledAt === null && !hasPassed(startsAt.subtract({ hours: promotionStopsHours }), now)

type Waiting = { id: number; administrationId: number; isReferent: boolean; invitationId: number | null }

/**
 * Who of those who wait gets a place now, in their order: as many as are free, no administration beyond its cap. Whoever is
 * a referent no more, is invited no more where only the invited come, or whose administration has all it may have, is passed
 * over and keeps their turn.
 */
export function promoted<W extends Waiting>(
  { capacity, administrationCap, admission }: Pick<Bookable, 'capacity' | 'administrationCap' | 'admission'>,
  waiting: readonly W[],
  { taken, kept }: { taken: ReadonlyMap<number, number>; kept: number },
): W[] {
  const held = new Map(taken)
  let free = capacity === null ? Number.POSITIVE_INFINITY : capacity - kept - [...held.values()].reduce((sum, count) => sum + count, 0)
  return waiting.filter(({ administrationId, isReferent, invitationId }) => {
    const own = held.get(administrationId) ?? 0
    if (admission === 'invitation' && invitationId === null) return false
    if (free <= 0 || !isReferent || (administrationCap !== null && own >= administrationCap)) return false
    held.set(administrationId, own + 1)
    free -= 1
    return true
  })
}

export type CancelRegistrationRefusal = 'not_found' | 'already_cancelled' | 'started'
export type LeaveRefusal = 'not_waiting'

export type JoinRefusal = 'not_registered' | 'cancelled' | 'no_room' | 'too_early' | 'over'

const opensBefore = Temporal.Duration.from({ minutes: 15 })

export const joinOpensAt = ({ startsAt }: Pick<Meeting, 'startsAt'>): Temporal.Instant => startsAt.subtract(opensBefore)

/** Why the room's door stays shut, or null when it opens. */
export function joinRefusal(
  session: Meeting & { joinUrl: string | null; room: RoomKind },
  { takesPart, now }: { takesPart: boolean; now: Temporal.Instant },
): JoinRefusal | null {
  if (!takesPart) return 'not_registered'
  if (session.cancelledAt) return 'cancelled'
  if (!hasRoom(session)) return 'no_room'
  if (!hasPassed(joinOpensAt(session), now)) return 'too_early'
  return hasPassed(session.endsAt, now) ? 'over' : null
}
