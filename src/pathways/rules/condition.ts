import * as z from 'zod'

export const operators = ['is', 'one_of', 'at_least', 'at_most', 'unknown'] as const
export type Operator = (typeof operators)[number]
export type Value = string | number | readonly string[]

/** What is known of an administration: register facts and intake answers by name. What isn't known isn't there. */
export type Characteristics = Readonly<Record<string, Value | undefined>>

export type Leaf = { characteristic: string; operator: Operator; value?: string | number | string[] }
export type Condition = { all: Condition[] } | { any: Condition[] } | { none: Condition[] } | Leaf

const leafSchema = z.strictObject({
  characteristic: z.string().min(1),
  operator: z.enum(operators),
  value: z.union([z.string(), z.number(), z.array(z.string())]).optional(),
})

export const conditionSchema: z.ZodType<Condition> = z.lazy(() =>
  z.union([
    leafSchema,
    z.strictObject({ all: z.array(conditionSchema) }),
    z.strictObject({ any: z.array(conditionSchema) }),
    z.strictObject({ none: z.array(conditionSchema) }),
  ]),
)

/** One comparison that decided: `held` says whether it is as the rule wants, `negated` that the rule wants it not to be so. */
export type Check = {
  characteristic: string
  operator: Operator
  wanted: Leaf['value'] | null
  actual: Value | null
  negated: boolean
  held: boolean
}
export type Outcome = { holds: boolean; because: Check[] }

/**
 * Whether the condition holds, and the comparisons that decide it: all that made it hold, or all that made it fail,
 * in the order in which they are written.
 */
export function evaluate(condition: Condition, characteristics: Characteristics): Outcome {
  const each = (conditions: Condition[]) => conditions.map((one) => evaluate(one, characteristics))
  if ('all' in condition) return allOf(each(condition.all))
  if ('any' in condition) return opposite(allOf(each(condition.any).map(opposite)))
  if ('none' in condition) return allOf(each(condition.none).map(negated))
  return evaluateLeaf(condition, characteristics)
}

function allOf(outcomes: Outcome[]): Outcome {
  const failed = outcomes.filter(({ holds }) => !holds)
  const deciding = failed.length > 0 ? failed : outcomes
  return { holds: failed.length === 0, because: deciding.flatMap(({ because }) => because) }
}

/** The same comparisons, seen from the other side. */
const opposite = ({ holds, because }: Outcome): Outcome => ({ holds: !holds, because })

/** The rule wants the opposite: what held does no longer. */
const negated = ({ holds, because }: Outcome): Outcome => ({
  holds: !holds,
  because: because.map((check) => ({ ...check, negated: !check.negated, held: !check.held })),
})

function evaluateLeaf({ characteristic, operator, value }: Leaf, characteristics: Characteristics): Outcome {
  const actual = (Object.hasOwn(characteristics, characteristic) ? characteristics[characteristic] : undefined) ?? null
  const held = compare(operator, value, actual)
  return { holds: held, because: [{ characteristic, operator, wanted: value ?? null, actual, negated: false, held }] }
}

/** A choice of several answers is what any of them is. */
function compare(operator: Operator, wanted: Leaf['value'], actual: Value | null): boolean {
  const given = actual === null ? [] : typeof actual === 'object' ? actual : [actual]
  if (operator === 'unknown') return given.length === 0
  if (operator === 'at_least') return given.some((one) => typeof one === 'number' && typeof wanted === 'number' && one >= wanted)
  if (operator === 'at_most') return given.some((one) => typeof one === 'number' && typeof wanted === 'number' && one <= wanted)
  const accepted: readonly (string | number | undefined)[] = Array.isArray(wanted) ? wanted : [wanted]
  return given.some((one) => accepted.includes(one))
}

/** Every comparison of a condition, however deep. */
export function leavesOf(condition: Condition): Leaf[] {
  const children = childrenOf(condition)
  return children ? children.flatMap(leavesOf) : [condition as Leaf]
}

/** The conditions inside a group; null for a comparison. */
export function childrenOf(condition: Condition): Condition[] | null {
  if ('all' in condition) return condition.all
  if ('any' in condition) return condition.any
  if ('none' in condition) return condition.none
  return null
}
