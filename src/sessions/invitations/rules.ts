import type { Schema } from '../../database/schema.ts'
import { isReferentOf } from '../../people/rules.ts'
import type { Person } from '../../web/env.ts'
import { hasPassed } from '../rules.ts'

export type GuestRole = Schema['invitation']['role']
export const guestRoles = ['participant', 'discussant'] as const satisfies readonly GuestRole[]

export const invitationStates = ['waiting', 'accepted', 'declined', 'withdrawn', 'lapsed'] as const
export type InvitationState = (typeof invitationStates)[number]

/** An administration is asked for so many people at most. */
export const mostPlaces = 50
export const mostGuests = 500
/** Days before the start until which people answer, where nobody says otherwise. */
const usualDaysBefore = 3

type Meeting = {
  startsAt: Temporal.Instant
  publishedAt: Temporal.Instant | null
  cancelledAt: Temporal.Instant | null
  capacity: number | null
}
type Facts = {
  lapsesAt: Temporal.Instant
  acceptedAt: Temporal.Instant | null
  declinedAt: Temporal.Instant | null
  withdrawnAt: Temporal.Instant | null
  lapsedAt: Temporal.Instant | null
}

/** What has become of an invitation; whoever has come in stays in when the rest of it lapses. */
export function stateOfInvitation(
  { acceptedAt, declinedAt, withdrawnAt, lapsedAt, lapsesAt }: Facts,
  now: Temporal.Instant,
): InvitationState {
  if (declinedAt) return 'declined'
  if (withdrawnAt) return 'withdrawn'
  if (acceptedAt) return 'accepted'
  return lapsedAt || hasPassed(lapsesAt, now) ? 'lapsed' : 'waiting'
}

/** The date until which people answer: some days before the start, or the start itself when it is nearer. */
export const usualLapse = ({ startsAt }: Pick<Meeting, 'startsAt'>, now: Temporal.Instant): Temporal.Instant => {
  const before = startsAt.subtract({ hours: 24 * usualDaysBefore })
  return hasPassed(before, now) ? startsAt : before
}

export type Guest = { administrationId: number; personId: number | null; places: number }
export type Plan = { guests: readonly Guest[]; role: GuestRole; keepsPlaces: boolean; lapsesAt: Temporal.Instant }

export type InviteRefusal =
  | 'not_found'
  | 'cancelled'
  | 'not_published'
  | 'started'
  | 'nobody'
  | 'too_many'
  | 'lapses_in_the_past'
  | 'lapses_after_start'
  | 'not_a_referent'
  | 'too_few_places'

/** Why these can't be invited, or null when they can. `taken`: places that somebody has or that are kept already. */
export function inviteRefusal(
  session: Meeting,
  { guests, keepsPlaces, lapsesAt }: Plan,
  { taken, now }: { taken: number; now: Temporal.Instant },
): InviteRefusal | null {
  if (session.cancelledAt) return 'cancelled'
  if (!session.publishedAt) return 'not_published'
  if (hasPassed(session.startsAt, now)) return 'started'
  if (guests.length === 0) return 'nobody'
  if (guests.length > mostGuests) return 'too_many'
  if (hasPassed(lapsesAt, now)) return 'lapses_in_the_past'
  if (Temporal.Instant.compare(lapsesAt, session.startsAt) > 0) return 'lapses_after_start'
  const wanted = guests.reduce((sum, { places }) => sum + places, 0)
  return keepsPlaces && session.capacity !== null && taken + wanted > session.capacity ? 'too_few_places' : null
}

export type AnswerRefusal = 'not_found' | 'not_invited' | 'lapsed' | 'withdrawn' | 'declined' | 'already_accepted' | 'cancelled' | 'started'

type Answered = Facts & { personId: number | null; administrationId: number }

/** Why this person can't answer, or null when they can. */
export function answerRefusal(
  invitation: Answered,
  { session, person, now }: { session: Meeting; person: Person | null; now: Temporal.Instant },
): AnswerRefusal | null {
  const mine = invitation.personId === null ? isReferentOf(person, invitation.administrationId) : invitation.personId === person?.id
  if (!mine) return 'not_invited'
  if (session.cancelledAt) return 'cancelled'
  if (hasPassed(session.startsAt, now)) return 'started'
  const state = stateOfInvitation(invitation, now)
  if (state === 'accepted') return 'already_accepted'
  return state === 'waiting' ? null : state
}

export type WithdrawRefusal = 'not_found' | 'ended' | 'already_accepted'

/** Whoever has accepted has a registration: that is what is cancelled then. */
export function withdrawRefusal(invitation: Facts, now: Temporal.Instant): WithdrawRefusal | null {
  const state = stateOfInvitation(invitation, now)
  if (state === 'accepted') return 'already_accepted'
  return state === 'waiting' ? null : 'ended'
}
