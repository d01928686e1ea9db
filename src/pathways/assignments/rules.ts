import { covers, isReferentOf, staffScope } from '../../people/rules.ts'
import type { Person } from '../../web/env.ts'
import { isDone, type ModuleState, type WorkRefusal, workRefusal } from '../progress/rules.ts'

export const verdicts = ['accepted', 'to_revise', 'refused'] as const
export type Verdict = (typeof verdicts)[number]

export type HandInRefusal = WorkRefusal | 'not_an_assignment' | 'done' | 'waiting' | 'nothing'

type Standing = { kind: string; state: ModuleState; ended: boolean; waiting: boolean }

/** Why nothing can be handed in for this module now, or null. */
export function handInRefusal({ kind, state, ended, waiting }: Standing): HandInRefusal | null {
  if (kind !== 'assignment') return 'not_an_assignment'
  if (isDone(state)) return 'done'
  if (waiting) return 'waiting'
  return workRefusal({ state, ended })
}

export type ReviewRefusal =
  | 'not_found'
  | 'out_of_scope'
  | 'own_work'
  | 'already_reviewed'
  | 'comment_missing'
  | 'claimed'
  | 'scores_missing'

/** Why this person cannot give a verdict on what an administration handed in, or null. */
export function reviewerRefusal(person: Person, { administrationId, region }: { administrationId: number; region: string }) {
  if (!covers(staffScope(person), region)) return 'out_of_scope'
  if (isReferentOf(person, administrationId)) return 'own_work'
  return null
}

/** Why this verdict cannot stand, or null: whoever has to do more must be told what. */
export function verdictRefusal({ verdict, comment }: { verdict: Verdict; comment: string }): ReviewRefusal | null {
  return verdict !== 'accepted' && comment.trim() === '' ? 'comment_missing' : null
}

export type Claim = { by: number; at: Temporal.Instant }

/** Whoever takes a version on has three days for it; then it is anybody's again. */
export const claimHours = 72

/** True when somebody else is reviewing it. */
export const isClaimedByOther = (claim: Claim | null, person: { id: number }, now: Temporal.Instant): boolean =>
  claim !== null && claim.by !== person.id && Temporal.Instant.compare(now, claim.at.add({ hours: claimHours })) < 0
