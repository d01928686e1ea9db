import type { Schema } from '../../database/schema.ts'
import { fold } from '../../language/fold.ts'
import { registerNames } from '../rules/characteristics.ts'
import { type Condition, leavesOf } from '../rules/condition.ts'

export const questionKinds = [
  'single',
  'multiple',
  'number',
  'yes_no',
  'text',
] as const satisfies readonly Schema['intake_question']['kind'][]
export type QuestionKind = (typeof questionKinds)[number]
export type Option = { value: string; label: string }

export type QuestionRefusal = 'name_form' | 'name_reserved' | 'name_taken' | 'options_missing' | 'option_twice' | 'option_in_use'
export type RemovalRefusal = 'in_use'

type Question = { name: string; kind: QuestionKind; options: readonly Option[] }

/** Why a question cannot be kept like this, or null when it can. Its name names the characteristic in rules. */
export function questionRefusal({ name, kind, options }: Question): QuestionRefusal | null {
  if (!/^[a-z][a-z0-9_]{0,39}$/.test(name)) return 'name_form'
  if ((registerNames as readonly string[]).includes(name) || name in Object.prototype) return 'name_reserved'
  if (!hasOptions(kind)) return null
  if (options.length < 2 || options.some(({ value, label }) => value === '' || label === '')) return 'options_missing'
  return new Set(options.map(({ value }) => value)).size < options.length ? 'option_twice' : null
}

export const hasOptions = (kind: QuestionKind): boolean => kind === 'single' || kind === 'multiple'

/** Options that some rule compares with. */
export function optionsUsed(name: string, conditions: readonly Condition[]): string[] {
  return conditions
    .flatMap(leavesOf)
    .filter((leaf) => leaf.characteristic === name)
    .flatMap(({ value }) => (value === undefined ? [] : Array.isArray(value) ? value : [String(value)]))
}

/** Options as they are typed, one a line: `value | Label`, or just the label; the value is then made from it. */
export function readOptions(text: string): Option[] {
  return text
    .split('\n')
    .map((line) => line.split('|').map((part) => part.trim()))
    .filter((parts) => parts.some((part) => part !== ''))
    .map(([first = '', ...rest]) => {
      const label = rest.join(' | ')
      return label === '' ? { value: nameFrom(first), label: first } : { value: first || nameFrom(label), label }
    })
}

/** A short name made from a text: "Quante persone?" becomes `quante_persone`. */
export const nameFrom = (text: string): string =>
  fold(text)
    .replace(/[^a-z0-9]+/g, '_')
    .slice(0, 40)
    .replace(/^_+|_+$/g, '')
