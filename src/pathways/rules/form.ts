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
/** Conditions that are read together; groups may be inside groups. */
export type LineGroup = { group: Group; children: readonly (Line | LineGroup)[] }

export const isGroup = (node: Line | LineGroup): node is LineGroup => 'children' in node
export const emptyLine: Line = { characteristic: '', operator: '', values: [] }
export const emptyForm: LineGroup = { group: 'all', children: [emptyLine] }
const mostChildren = 50
/** Groups inside groups inside groups: more than that nobody reads. */
export const deepest = 3

/** Where a part of the form stands: `1-0` is the first child of the second; the fields' names end with it. */
export const pathOf = (parent: string, index: number) => (parent === '' ? String(index) : `${parent}-${index}`)

/** A condition as the form shows it. */
export function formOf(condition: Condition): LineGroup {
  const shown = nodeOf(condition)
  return isGroup(shown) ? shown : { group: 'all', children: [shown] }
}

function nodeOf(condition: Condition): Line | LineGroup {
  const children = childrenOf(condition)
  if (!children) return asLine(condition as Leaf)
  return { group: groups.find((each) => each in condition) ?? 'all', children: children.map(nodeOf) }
}

const asLine = ({ characteristic, operator, value }: Leaf): Line => ({
  characteristic,
  operator,
  values: value === undefined ? [] : Array.isArray(value) ? value : [String(value)],
})

/** What was posted: `group`, `characteristic-0`, `operator-0`, `value-0`, `group-1`, `characteristic-1-0` and so on. */
export function typedGroup(typed: Typed, path = ''): LineGroup {
  const prefix = path === '' ? '' : `${path}-`
  const depth = path === '' ? 0 : path.split('-').length
  const indexes = Object.keys(typed)
    .map((name) => new RegExp(`^(?:characteristic|group)-${prefix}(\\d{1,3})$`).exec(name)?.[1])
    .filter((index) => index !== undefined)
    .map(Number)
  const children = [...new Set(indexes)]
    .sort((a, b) => a - b)
    .slice(0, mostChildren)
    .map((index) => pathOf(path, index))
    .flatMap((child): (Line | LineGroup)[] => {
      if (typed[`group-${child}`] === undefined) return [typedLine(typed, child)]
      return depth < 10 ? [typedGroup(typed, child)] : []
    })
  const group = typed[path === '' ? 'group' : `group-${path}`]
  return { group: groups.find((each) => each === group) ?? 'all', children }
}

const typedLine = (typed: Typed, path: string): Line => ({
  characteristic: String(typed[`characteristic-${path}`] ?? ''),
  operator: operators.find((each) => each === typed[`operator-${path}`]) ?? '',
  values: manyField
    .parse(typed[`value-${path}`])
    .map((value) => value.trim())
    .filter((value) => value !== ''),
})

/** What a button asks for: `add`, `nest` or `remove`, with the place after a dash (`add-1`); anything else changes nothing. */
export function rearranged(form: LineGroup, button: string): LineGroup {
  const [, verb, path = ''] = /^(add|nest|remove)(?:-([\d-]+))?$/.exec(button) ?? []
  if (!verb) return form
  const steps = path === '' ? [] : path.split('-').map(Number)
  if (verb === 'remove') return at(form, steps.slice(0, -1), (children) => children.filter((_, index) => index !== steps.at(-1)))
  const added = verb === 'add' ? emptyLine : { group: 'any' as const, children: [emptyLine, emptyLine] }
  return at(form, steps, (children) => [...children, added])
}

function at(
  form: LineGroup,
  [first, ...rest]: readonly number[],
  change: (children: LineGroup['children']) => LineGroup['children'],
): LineGroup {
  if (first === undefined) return { ...form, children: change(form.children) }
  return { ...form, children: form.children.map((child, index) => (index === first && isGroup(child) ? at(child, rest, change) : child)) }
}

/** A comparison that doesn't fit the characteristic just chosen becomes the most usual one that does. */
export function settled(form: LineGroup, characteristics: readonly Characteristic[]): LineGroup {
  const children = form.children.map((child) => (isGroup(child) ? settled(child, characteristics) : settledLine(child, characteristics)))
  return { ...form, children }
}

function settledLine(line: Line, characteristics: readonly Characteristic[]): Line {
  const found = characteristics.find(({ name }) => name === line.characteristic)
  if (!found) return line
  const fitting = operatorsFor(found.kind)
  return { ...line, operator: line.operator && fitting.includes(line.operator) ? line.operator : (fitting[0] ?? '') }
}

type Read = { condition: Condition; problems: null } | { condition: null; problems: Record<string, ConditionRefusal> }
type Reading = { characteristics: readonly Characteristic[]; language: Language; problems: Record<string, ConditionRefusal> }

/** The condition that the form says; empty lines, and groups of nothing else, don't count. Problems are named by field. */
export function readCondition(form: LineGroup, characteristics: readonly Characteristic[], language: Language): Read {
  const problems: Record<string, ConditionRefusal> = {}
  const children = readChildren(form, '', { characteristics, language, problems })
  if (children.length === 0 && form.group !== 'all') problems.group = 'empty_group'
  if (Object.keys(problems).length > 0) return { condition: null, problems }
  return { condition: { [form.group]: children } as Condition, problems: null }
}

function readChildren(form: LineGroup, path: string, reading: Reading): Condition[] {
  return form.children.flatMap((child, index) => {
    const place = pathOf(path, index)
    if (!isGroup(child)) return readLine(child, place, reading)
    const children = readChildren(child, place, reading)
    return children.length > 0 ? [{ [child.group]: children } as Condition] : []
  })
}

function readLine(line: Line, path: string, { characteristics, language, problems }: Reading): Leaf[] {
  if (line.characteristic === '') return []
  const leaf = asLeaf(settledLine(line, characteristics), characteristics, language)
  const refusal = leafRefusal(leaf, characteristics)
  if (refusal) problems[`${refusal === 'unknown_characteristic' ? 'characteristic' : 'value'}-${path}`] = refusal
  return [leaf]
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
