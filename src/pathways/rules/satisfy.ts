import { roc } from '../../administrations/regions.ts'
import type { Characteristic } from './characteristics.ts'
import { type Condition, childrenOf, evaluate, type Leaf, leavesOf, type Value } from './condition.ts'

/** Steps of the search after which a condition is taken for one that can hold. */
const patience = 50_000
/** Of a choice of several, so many mentioned answers are tried in all their combinations. */
const mostCombined = 10

/** Facts that every administration has. */
const alwaysKnown = ['region', 'kind', 'category']

/**
 * Whether there can be an administration for which the condition holds: a search through the values that its comparisons
 * tell apart. In doubt, when the search gets too long, yes.
 */
export function canHold(condition: Condition, characteristics: readonly Characteristic[]): boolean {
  const plain = withoutRoc(condition)
  const leaves = Map.groupBy(leavesOf(plain), ({ characteristic }) => characteristic)
  const domains = [...leaves].map(([name, about]) => [name, valuesToTry(find(characteristics, name), about)] as const)
  if (domains.some(([, values]) => values === null)) return true
  let steps = 0

  function search(index: number, assigned: ReadonlyMap<string, Value | undefined>): boolean {
    steps += 1
    if (steps > patience) return true
    const sofar = evaluatePartly(plain, assigned)
    if (sofar !== null) return sofar
    const [name, values] = domains[index] ?? []
    return name !== undefined && (values ?? []).some((value) => search(index + 1, new Map(assigned).set(name, value)))
  }
  return search(0, new Map())
}

const find = (characteristics: readonly Characteristic[], wanted: string) => characteristics.find(({ name }) => name === wanted)

/** ROC is a list of regions: said so, the search sees that it depends on the region. */
function withoutRoc(condition: Condition): Condition {
  if ('all' in condition) return { all: condition.all.map(withoutRoc) }
  if ('any' in condition) return { any: condition.any.map(withoutRoc) }
  if ('none' in condition) return { none: condition.none.map(withoutRoc) }
  if (condition.characteristic !== 'roc') return condition
  const inRoc: Leaf = { characteristic: 'region', operator: 'one_of', value: [...roc] }
  if (condition.operator === 'unknown') return { any: [] }
  return condition.value === 'no' ? { none: [inRoc] } : inRoc
}

/** One value for each way in which the comparisons can come out, undefined for no answer; null when there are too many. */
function valuesToTry(characteristic: Characteristic | undefined, about: readonly Leaf[]): (Value | undefined)[] | null {
  const mentioned = [...new Set(about.flatMap(({ value }) => (value === undefined ? [] : value)))]
  const unanswered = alwaysKnown.includes(characteristic?.name ?? '') ? [] : [undefined]
  switch (characteristic?.kind) {
    case 'number': {
      const around = mentioned.map(Number).flatMap((number) => [number - 1, number, number + 1])
      return [...unanswered, ...new Set([0, ...around.filter((number) => number >= 0)])]
    }
    case 'yes_no':
      return ['yes', 'no', undefined]
    case 'multiple': {
      const texts = mentioned.map(String)
      if (texts.length > mostCombined) return null
      const other = characteristic.options.find(({ value }) => !texts.includes(value))
      return [undefined, ...combinations(texts), ...(other ? [[other.value]] : [])]
    }
    case 'single': {
      const other = characteristic.options.find(({ value }) => !mentioned.includes(value))
      return [...mentioned, ...(other ? [other.value] : []), ...unanswered]
    }
    default:
      return ['x', undefined]
  }
}

/** Every choice of at least one. */
function combinations(texts: readonly string[]): string[][] {
  return Array.from({ length: 2 ** texts.length - 1 }, (_, index) => texts.filter((_text, place) => (index + 1) & (1 << place)))
}

/** What the condition comes to while some characteristics are open; null when that still matters. */
function evaluatePartly(condition: Condition, assigned: ReadonlyMap<string, Value | undefined>): boolean | null {
  const children = childrenOf(condition)
  if (!children) {
    const { characteristic } = condition as Leaf
    return assigned.has(characteristic) ? evaluate(condition, { [characteristic]: assigned.get(characteristic) }).holds : null
  }
  const outcomes = children.map((child) => evaluatePartly(child, assigned))
  if ('all' in condition) return outcomes.includes(false) ? false : outcomes.includes(null) ? null : true
  const any = outcomes.includes(true) ? true : outcomes.includes(null) ? null : false
  return 'any' in condition || any === null ? any : !any
}
