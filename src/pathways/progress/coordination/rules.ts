import { covers, isReferentOf } from '../../../people/rules.ts'
import type { Person } from '../../../web/env.ts'
import { isDone, type ModuleState } from '../rules.ts'

export type CoordinationRefusal = 'out_of_scope' | 'own_work'

/** Why this person can't coordinate the work of an administration, or null. */
export function coordinationRefusal(
  person: Person,
  { administrationId, region }: { administrationId: number; region: string },
): CoordinationRefusal | null {
  if (!covers(person.coordinator, region)) return 'out_of_scope'
  return isReferentOf(person, administrationId) ? 'own_work' : null
}

type Standing = { state: ModuleState; ended: boolean }

export type AskRefusal = 'not_found' | 'ended' | 'done' | 'waiting'

/** Why a module can't be credited or set aside now, or null; what is locked can. */
export function askRefusal({ state, ended }: Standing, waiting: boolean): AskRefusal | null {
  if (ended) return 'ended'
  if (isDone(state)) return 'done'
  return waiting ? 'waiting' : null
}

export type EvidenceRefusal = 'day_missing' | 'in_future' | 'too_old'
export const wantedStates = ['recognised', 'not_relevant'] as const
export type Wanted = (typeof wantedStates)[number]

/** Why earlier work can't be credited on this day, or null; what isn't relevant has no age. */
export function evidenceRefusal(
  { wanted, doneOn }: { wanted: Wanted; doneOn: Temporal.PlainDate | null },
  { today, months }: { today: Temporal.PlainDate; months: number | null },
): EvidenceRefusal | null {
  if (wanted === 'not_relevant') return null
  if (doneOn === null) return 'day_missing'
  if (Temporal.PlainDate.compare(doneOn, today) > 0) return 'in_future'
  return months !== null && Temporal.PlainDate.compare(doneOn, today.subtract({ months })) < 0 ? 'too_old' : null
}

export type TakeBackRefusal = 'not_found' | 'ended' | 'not_done' | 'reason_missing'

export function takeBackRefusal({ state, ended }: Standing, reason: string): TakeBackRefusal | null {
  if (ended) return 'ended'
  if (!isDone(state)) return 'not_done'
  return reason.trim() === '' ? 'reason_missing' : null
}

export type ExtensionRefusal = 'not_found' | 'ended' | 'done' | 'no_due' | 'not_later' | 'before_enrolment' | 'reason_missing'
type Extended = Standing & { hasDue: boolean; enrolledOn: Temporal.PlainDate }

export function extensionRefusal(
  { state, ended, hasDue, enrolledOn }: Extended,
  { dueOn, reason, today }: { dueOn: Temporal.PlainDate; reason: string; today: Temporal.PlainDate },
): ExtensionRefusal | null {
  if (ended) return 'ended'
  if (isDone(state)) return 'done'
  if (!hasDue) return 'no_due'
  if (Temporal.PlainDate.compare(dueOn, today) <= 0) return 'not_later'
  if (Temporal.PlainDate.compare(dueOn, enrolledOn) < 0) return 'before_enrolment'
  return reason.trim() === '' ? 'reason_missing' : null
}
