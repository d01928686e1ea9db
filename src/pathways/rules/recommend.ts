import { type Characteristics, type Check, type Condition, evaluate } from './condition.ts'

export type Rule = { id: number; title: string; pathwayId: number; condition: Condition }
/** Adds a module to whichever pathway is chosen. */
export type Addition = { id: number; title: string; moduleId: number; condition: Condition }

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

export type Added = { additionId: number; moduleId: number; title: string; held: Check[] }

/** Every addition that holds; a module that two of them add is added once, by the first. */
export function addedModules(additions: readonly Addition[], characteristics: Characteristics): Added[] {
  const added = new Map<number, Added>()
  for (const { id, moduleId, title, condition } of additions) {
    if (added.has(moduleId)) continue
    const { holds, because } = evaluate(condition, characteristics)
    if (holds) added.set(moduleId, { additionId: id, moduleId, title, held: because })
  }
  return [...added.values()]
}
