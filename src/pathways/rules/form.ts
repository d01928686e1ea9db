import { fold } from '../../language/fold.ts'
import type { Language } from '../../language/language.ts'
import { manyField, type Problems, type Typed } from '../../web/forms.ts'
import { type Characteristic, operatorsFor, optionsOf } from './characteristics.ts'
import { type Condition, childrenOf, type Leaf, type Operator, operators } from './condition.ts'
import { type ConditionRefusal, leafRefusal } from './rules.ts'

export const groups = ['all', 'any', 'none'] as const
export type Group = (typeof groups)[number]

/** One condition as the form shows it; empty texts where nothing has been chosen yet. */
export type Line = { characteristic: string; operator: Operator | ''; values: readonly string[] }

export const emptyLine: Line = { characteristic: '', operator: '', values: [] }
const mostLines = 50

/** A condition as the form can show it: one group of comparisons; null when groups are inside groups. */
export function flatForm(condition: Condition): { group: Group; lines: Line[] } | null {
  const children = childrenOf(condition)
  if (!children) return { group: 'all', lines: [asLine(condition as Leaf)] }
  if (children.some((child) => childrenOf(child))) return null
  const group = groups.find((each) => each in condition) ?? 'all'
  return { group, lines: children.map((child) => asLine(child as Leaf)) }
}

const asLine = ({ characteristic, operator, value }: Leaf): Line => ({
  characteristic,
  operator,
  values: value === undefined ? [] : Array.isArray(value) ? value : [String(value)],
})

/** The lines of a posted form: `characteristic-0`, `operator-0`, `value-0` and so on. */
export function typedLines(typed: Typed): Line[] {
  const indexes = Object.keys(typed)
    .map((name) => /^characteristic-(\d{1,3})$/.exec(name)?.[1])
    .filter((index) => index !== undefined)
    .map(Number)
    .sort((a, b) => a - b)
    .slice(0, mostLines)
  return indexes.map((index) => ({
    characteristic: String(typed[`characteristic-${index}`] ?? ''),
    operator: operators.find((each) => each === typed[`operator-${index}`]) ?? '',
    values: manyField
      .parse(typed[`value-${index}`])
      .map((value) => value.trim())
      .filter((value) => value !== ''),
  }))
}

/** A comparison that doesn't fit the characteristic just chosen becomes the most usual one that does. */
export function settled(line: Line, characteristics: readonly Characteristic[]): Line {
  const found = characteristics.find(({ name }) => name === line.characteristic)
  if (!found) return line
  const fitting = operatorsFor(found.kind)
  return { ...line, operator: line.operator && fitting.includes(line.operator) ? line.operator : (fitting[0] ?? '') }
}

type Read = { condition: Condition; problems: null } | { condition: null; problems: Record<string, ConditionRefusal> }

/** The condition that the lines say; empty lines don't count. Problems are named by field. */
export function readCondition(group: Group, lines: readonly Line[], characteristics: readonly Characteristic[], language: Language): Read {
  const problems: Record<string, ConditionRefusal> = {}
  const leaves: Leaf[] = []
  for (const [index, line] of lines.entries()) {
    if (line.characteristic === '') continue
    const leaf = asLeaf(settled(line, characteristics), characteristics, language)
    const refusal = leafRefusal(leaf, characteristics)
    if (refusal) problems[`${refusal === 'unknown_characteristic' ? 'characteristic' : 'value'}-${index}`] = refusal
    leaves.push(leaf)
  }
  if (leaves.length === 0 && group !== 'all') problems.group = 'empty_group'
  if (Object.keys(problems).length > 0) return { condition: null, problems }
  return { condition: { [group]: leaves } as Condition, problems: null }
}

function asLeaf({ characteristic, operator, values }: Line, characteristics: readonly Characteristic[], language: Language): Leaf {
  const leaf = { characteristic, operator: operator || 'is' } satisfies Leaf
  const found = characteristics.find(({ name }) => name === characteristic)
  if (!found || leaf.operator === 'unknown' || values.length === 0) return leaf
  if (found.kind === 'number') return { ...leaf, value: /^-?\d{1,9}$/.test(values[0] ?? '') ? Number(values[0]) : values[0] }

  const chosen = chosenOptions(values, optionsOf(found, language))
  return { ...leaf, value: leaf.operator === 'one_of' ? chosen : chosen[0] }
}

/** Where the page could not offer the options yet, their labels may have been typed, several with commas between. */
function chosenOptions(values: readonly string[], options: readonly { value: string; label: string }[]): string[] {
  const find = (text: string) => options.find(({ value, label }) => value === text || fold(label) === fold(text))?.value
  return values.flatMap((text) => find(text) ?? text.split(',').map((part) => find(part.trim()) ?? part.trim()))
}

/** Problems in words, beside their fields. */
export const inWords = (problems: Record<string, ConditionRefusal>, sentences: Record<ConditionRefusal, string>): Problems =>
  Object.fromEntries(Object.entries(problems).map(([field, refusal]) => [field, sentences[refusal]]))
