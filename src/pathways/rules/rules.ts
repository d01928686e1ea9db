import { type Characteristic, operatorsFor } from './characteristics.ts'
import { type Condition, childrenOf, type Leaf } from './condition.ts'
import { canHold } from './satisfy.ts'

export type ConditionRefusal =
  | 'empty_group'
  | 'unknown_characteristic'
  | 'wrong_operator'
  | 'value_missing'
  | 'number_needed'
  | 'unknown_value'
  | 'never_holds'
export type RuleRefusal = ConditionRefusal | 'unknown_pathway' | 'unknown_module' | 'rule_removed'

/** Why a rule cannot have this condition, or null when it can. Only a whole rule may be without any: it holds for everybody. */
export function conditionRefusal(condition: Condition, characteristics: readonly Characteristic[]): ConditionRefusal | null {
  if ('all' in condition && condition.all.length === 0) return null
  return partRefusal(condition, characteristics) ?? (canHold(condition, characteristics) ? null : 'never_holds')
}

function partRefusal(condition: Condition, characteristics: readonly Characteristic[]): ConditionRefusal | null {
  const children = childrenOf(condition)
  if (!children) return leafRefusal(condition as Leaf, characteristics)
  if (children.length === 0) return 'empty_group'
  return firstOf(children.map((child) => partRefusal(child, characteristics)))
}

/** Why one comparison makes no sense, or null when it does. */
export function leafRefusal(
  { characteristic, operator, value }: Leaf,
  characteristics: readonly Characteristic[],
): ConditionRefusal | null {
  const found = characteristics.find(({ name }) => name === characteristic)
  if (!found) return 'unknown_characteristic'
  if (!operatorsFor(found.kind).includes(operator)) return 'wrong_operator'
  if (operator === 'unknown') return null
  if (value === undefined || value === '' || (Array.isArray(value) && value.length === 0)) return 'value_missing'
  if (found.kind === 'number') return typeof value === 'number' ? null : 'number_needed'
  if ((operator === 'one_of') !== Array.isArray(value)) return 'unknown_value'

  const allowed = found.kind === 'yes_no' ? ['yes', 'no'] : found.options.map((option) => option.value)
  const wanted = Array.isArray(value) ? value : [String(value)]
  return wanted.every((one) => allowed.includes(one)) ? null : 'unknown_value'
}

const firstOf = (refusals: (ConditionRefusal | null)[]) => refusals.find((refusal) => refusal !== null) ?? null

/** Ids of the rules that never decide, because whenever they hold one before them holds too. */
export function neverReached(
  rules: readonly { id: number; condition: Condition }[],
  characteristics: readonly Characteristic[],
): ReadonlySet<number> {
  const hidden = rules.filter(({ condition }, index) => {
    const earlier = rules.slice(0, index).map((rule) => rule.condition)
    return earlier.length > 0 && !canHold({ all: [condition, { none: earlier }] }, characteristics)
  })
  return new Set(hidden.map(({ id }) => id))
}
