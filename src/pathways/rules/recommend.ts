import { type Characteristics, type Check, type Condition, evaluate } from './condition.ts'

export type Rule = { id: number; title: string; pathwayId: number; condition: Condition }

/** A rule that was not followed and the first comparison that stopped it; null when it holds too but comes later. */
export type NotFollowed = { pathwayId: number; ruleId: number; failed: Check | null }

export type Recommendation =
  | { pathwayId: number; ruleId: number; held: Check[]; others: NotFollowed[] }
  | { none: true; others: NotFollowed[] }

/** The pathway of the first rule that holds, with what made it hold and why the others were not followed. Order decides. */
export function recommend(rules: readonly Rule[], characteristics: Characteristics): Recommendation {
  const outcomes = rules.map((rule) => ({ rule, ...evaluate(rule.condition, characteristics) }))
  const chosen = outcomes.find(({ holds }) => holds)
  const others = outcomes
    .filter((outcome) => outcome !== chosen)
    .map(({ rule, holds, because }) => ({ pathwayId: rule.pathwayId, ruleId: rule.id, failed: holds ? null : (because[0] ?? null) }))

  if (!chosen) return { none: true, others }
  return { pathwayId: chosen.rule.pathwayId, ruleId: chosen.rule.id, held: chosen.because, others }
}
