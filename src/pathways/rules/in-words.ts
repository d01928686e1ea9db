import type { Language } from '../../language/language.ts'
import { formatNumber } from '../../language/numbers.ts'
import { type Characteristic, characteristicsFor, optionsOf } from './characteristics.ts'
import type { Check, Leaf, Value } from './condition.ts'
import type { Change } from './counterfactual.ts'
import { words } from './words.ts'

/** Conditions and checks in plain sentences; make it once for many. `questions` are the programme's, removed ones included. */
export function wordingOf(language: Language, questions: readonly Characteristic[]) {
  const t = words[language]
  const known = new Map(
    characteristicsFor(language, questions).map((each) => [
      each.name,
      { label: each.label.replace(/[?:]$/, ''), options: new Map(optionsOf(each, language).map(({ value, label }) => [value, label])) },
    ]),
  )
  const labelOf = (name: string) => known.get(name)?.label ?? name
  const one = (name: string, value: string | number) =>
    typeof value === 'number' ? formatNumber(value, language) : (known.get(name)?.options.get(value) ?? value)

  const amount = (value: NonNullable<Leaf['value']>) => (typeof value === 'number' ? formatNumber(value, language) : String(value))

  /** "Sapere che cosa pensano gli utenti e Confrontarci con altri" */
  function actualInWords({ characteristic, actual }: Check): string {
    if (actual === null) return t.noAnswer
    return typeof actual === 'object'
      ? listed(
          actual.map((each) => one(characteristic, each)),
          t.and,
        )
      : one(characteristic, actual)
  }

  /** "«Campania» o «Puglia»", "almeno 3" */
  function wantedInWords(name: string, operator: Leaf['operator'], value: Leaf['value'] | null): string {
    if (operator === 'unknown' || value === null || value === undefined) return t.noAnswer
    if (operator === 'at_least') return t.atLeast(amount(value))
    if (operator === 'at_most') return t.atMost(amount(value))
    const names = (Array.isArray(value) ? value : [value]).map((each) => t.quoted(one(name, each)))
    return listed(names, t.or)
  }

  /** "Regione: «Campania» o «Puglia»" */
  function leaf({ characteristic, operator, value }: Leaf): string {
    return `${labelOf(characteristic)}: ${wantedInWords(characteristic, operator, value ?? null)}`
  }

  /** "Regione: Campania"; when it is not as the rule wants, what would be needed. */
  function check(one: Check): string {
    return `${labelOf(one.characteristic)}: ${one.held ? heldInWords(one) : failedInWords(one)}`
  }

  function heldInWords(one: Check): string {
    const { characteristic, operator, wanted, negated } = one
    const is = actualInWords(one)
    if (operator === 'unknown') return is
    if (negated) return t.butNot(is, wantedInWords(characteristic, operator, wanted))
    return operator === 'is' || operator === 'one_of' ? is : `${is} (${wantedInWords(characteristic, operator, wanted)})`
  }

  function failedInWords(one: Check): string {
    const { characteristic, operator, wanted, actual, negated } = one
    const is = t.quoted(actualInWords(one))
    if (operator === 'unknown') return negated ? t.answerMissing : t.onlyUnanswered(is)
    if (negated) return t.excluded(is)
    const needed = wantedInWords(characteristic, operator, wanted)
    return actual === null ? t.neededUnanswered(needed) : t.needed(needed, is)
  }

  /** "«Sì, una» e «No»"; without an answer, that there is none. */
  function value(name: string, given: Value | null): string {
    if (given === null) return t.noAnswer
    return listed(
      (typeof given === 'object' ? [...given] : [given]).map((each) => t.quoted(one(name, each))),
      t.and,
    )
  }

  /** "Indagini: «Sì, una» invece di «No»" */
  function change({ characteristic, from, to }: Change): string {
    return `${labelOf(characteristic)}: ${t.insteadOf(value(characteristic, to), value(characteristic, from))}`
  }

  return { label: labelOf, leaf, check, change, value }
}

export type Wording = ReturnType<typeof wordingOf>

/** One check in a plain sentence. */
export const checkInWords = (check: Check, language: Language, questions: readonly Characteristic[]): string =>
  wordingOf(language, questions).check(check)

function listed(names: readonly string[], between: string): string {
  return names.length < 2 ? (names[0] ?? '') : `${names.slice(0, -1).join(', ')} ${between} ${names.at(-1)}`
}
