import type { Characteristic } from './characteristics.ts'
import { type Characteristics, leavesOf, type Value } from './condition.ts'
import { type Rule, recommend } from './recommend.ts'

/** One answer that, were it different, would lead to another pathway; `to` null: if it weren't given. */
export type Change = { pathwayId: number; characteristic: string; from: Value | null; to: Value | null }

/**
 * For each pathway that isn't proposed, the single changed answer that would propose it, the nearest to what was answered.
 * Facts of the register can't be changed, so they aren't tried; a pathway that no single answer leads to isn't there.
 */
export function changesThatLead(
  rules: readonly Rule[],
  characteristics: Characteristics,
  questions: readonly Characteristic[],
): ReadonlyMap<number, Change> {
  const now = recommend(rules, characteristics)
  const found = new Map<number, Change>()
  for (const question of questions) {
    const from = characteristics[question.name] ?? null
    for (const to of otherAnswers(question, from, rules)) {
      const then = recommend(rules, { ...characteristics, [question.name]: to ?? undefined })
      if ('none' in then || found.has(then.pathwayId)) continue
      if (!('none' in now) && then.pathwayId === now.pathwayId) continue
      found.set(then.pathwayId, { pathwayId: then.pathwayId, characteristic: question.name, from, to })
    }
  }
  return found
}

function otherAnswers({ name, kind, options }: Characteristic, from: Value | null, rules: readonly Rule[]): (Value | null)[] {
  const compared = rules.flatMap(({ condition }) => leavesOf(condition)).filter(({ characteristic }) => characteristic === name)
  if (compared.length === 0) return []
  const answers = ((): Value[] => {
    if (kind === 'number')
      return numbersAround(
        compared.flatMap(({ value }) => (typeof value === 'number' ? [value] : []), from),
        from,
      )
    if (kind === 'yes_no') return ['yes', 'no']
    if (kind === 'multiple') return severalNear(options, from)
    return kind === 'single' ? options.map(({ value }) => value) : []
  })()
  const different = answers.filter((answer) => JSON.stringify(answer) !== JSON.stringify(from))
  return from === null ? different : [...different, null]
}

/** The values on both sides of each comparison, the nearest first. */
function numbersAround(thresholds: readonly number[], from: Value | null): number[] {
  const start = typeof from === 'number' ? from : 0
  const numbers = new Set(thresholds.flatMap((one) => [one - 1, one, one + 1]).filter((one) => one >= 0))
  return [...numbers].toSorted((a, b) => Math.abs(a - start) - Math.abs(b - start) || a - b)
}

/** One answer more, one less, or that one alone. */
function severalNear(options: Characteristic['options'], from: Value | null): string[][] {
  const given = Array.isArray(from) ? (from as string[]) : []
  const inOrder = (chosen: readonly string[]) => options.map(({ value }) => value).filter((value) => chosen.includes(value))
  const more = options.filter(({ value }) => !given.includes(value)).map(({ value }) => inOrder([...given, value]))
  const less = given.map((value) => given.filter((each) => each !== value)).filter((some) => some.length > 0)
  return [...more, ...less, ...options.map(({ value }) => [value])]
}
