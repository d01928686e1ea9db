import { categoryCodes, categoryName, kindName, kinds } from '../../administrations/kinds.ts'
import { maturityLevels, maturityName } from '../../administrations/maturity.ts'
import { regions, roc } from '../../administrations/regions.ts'
import { sizeClasses, sizeName } from '../../administrations/sizes.ts'
import type { MaturityLevel, Schema, SizeClass } from '../../database/schema.ts'
import type { Language } from '../../language/language.ts'
import type { Characteristics, Operator } from './condition.ts'
import { words } from './words.ts'

export type QuestionKind = Schema['intake_question']['kind']
type Option = { value: string; label: string }

/** Something a rule can look at. */
export type Characteristic = { name: string; kind: QuestionKind; label: string; options: readonly Option[] }

/** Names that intake questions can't take. */
export const registerNames = ['region', 'roc', 'kind', 'category', 'size', 'maturity'] as const

/** What the register says of every administration, and what it says itself by its self-assessment. */
export function registerFacts(language: Language): Characteristic[] {
  const t = words[language].facts
  return [
    { name: 'region', kind: 'single', label: t.region, options: regions.map(({ code, name }) => ({ value: code, label: name })) },
    { name: 'roc', kind: 'yes_no', label: t.roc, options: [] },
    {
      name: 'kind',
      kind: 'single',
      label: t.kind,
      options: Object.keys(kinds).map((kind) => ({ value: kind, label: kindName(kind, language) })),
    },
    {
      name: 'category',
      kind: 'single',
      label: t.category,
      options: categoryCodes.map((code) => ({ value: code, label: `${code} · ${categoryName(code)}` })),
    },
    { name: 'size', kind: 'single', label: t.size, options: sizeClasses.map((size) => ({ value: size, label: sizeName(size, language) })) },
    {
      name: 'maturity',
      kind: 'single',
      label: t.maturity,
      options: maturityLevels.map((level) => ({ value: level, label: maturityName(level, language) })),
    },
  ]
}

/** The register's facts, then the programme's intake questions. */
export const characteristicsFor = (language: Language, questions: readonly Characteristic[]): Characteristic[] => [
  ...registerFacts(language),
  ...questions,
]

/** Choices of a characteristic as its readers see them. */
export const optionsOf = ({ kind, options }: Characteristic, language: Language): readonly Option[] =>
  kind === 'yes_no'
    ? [
        { value: 'yes', label: words[language].yes },
        { value: 'no', label: words[language].no },
      ]
    : options

const fitting: Record<QuestionKind, readonly Operator[]> = {
  single: ['is', 'one_of', 'unknown'],
  multiple: ['is', 'one_of', 'unknown'],
  yes_no: ['is', 'unknown'],
  number: ['at_least', 'at_most', 'is', 'unknown'],
  // Free text is for people to read: a rule can only ask whether there is any.
  text: ['unknown'],
}

/** The comparisons that make sense for a question of this kind, the most usual first. */
export const operatorsFor = (kind: QuestionKind): readonly Operator[] => fitting[kind]

type Known = { region: string; kind: string; category: string; size: SizeClass | null; maturity?: MaturityLevel | null }

/** What rules may look at: register facts of an administration and its current answers. */
export const characteristicsOf = ({ region, kind, category, size, maturity }: Known, answers: Characteristics): Characteristics => ({
  ...answers,
  ...(size && { size }),
  ...(maturity && { maturity }),
  region,
  kind,
  category,
  roc: (roc as readonly string[]).includes(region) ? 'yes' : 'no',
})
