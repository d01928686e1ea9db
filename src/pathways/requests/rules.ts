import { covers, isReferentOf } from '../../people/rules.ts'
import type { Person } from '../../web/env.ts'

export type RequestRefusal = 'unknown_pathway' | 'same_pathway' | 'waiting_already' | 'completed' | 'closed'
export type DecisionRefusal = 'decided_already' | 'comment_missing' | 'same_pathway' | 'closed' | 'unknown_pathway'

/** A referent asks; coordinators give a pathway without asking. */
export const mayAsk = (person: Person, { id }: { id: number }): boolean => isReferentOf(person, id)

export const mayDecide = (person: Person, { region }: { region: string }): boolean => covers(person.coordinator, region)

export type Standing = {
  wantedPathwayId: number
  pathwayIds: readonly number[]
  /** What is followed today; null: nothing yet. */
  following: { pathwayId: number; completed: boolean } | null
  closed: boolean
  waiting: boolean
}

/** Why this pathway can't be asked for, or null. */
export function requestRefusal({ wantedPathwayId, pathwayIds, following, closed, waiting }: Standing): RequestRefusal | null {
  if (closed) return 'closed'
  if (waiting) return 'waiting_already'
  if (!pathwayIds.includes(wantedPathwayId)) return 'unknown_pathway'
  if (following?.completed) return 'completed'
  return following?.pathwayId === wantedPathwayId ? 'same_pathway' : null
}
