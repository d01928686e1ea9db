import type { Family } from '../survey.ts'
import { type BankItem, bank } from './items.ts'

/** What a first survey of such a service asks: eight to ten questions on two scales fit a phone. */
const kits: Record<Family, readonly string[]> = {
  counter: [
    'hours',
    'booking',
    'waiting',
    'before',
    'forms',
    'first-time',
    'kindness',
    'preparation',
    'rooms',
    'overall',
    'age',
    'frequency',
    'first',
  ],
  online: [
    'finding',
    'signing-in',
    'phone-use',
    'duration',
    'before',
    'progress',
    'first-time',
    'help',
    'layout',
    'overall',
    'age',
    'frequency',
    'first',
  ],
  telephone: [
    'hours',
    'line',
    'waiting',
    'before',
    'first-time',
    'complete',
    'kindness',
    'explaining',
    'overall',
    'age',
    'frequency',
    'first',
  ],
  territory: [
    'reaching',
    'hours',
    'waiting',
    'deadlines',
    'before',
    'complete',
    'listening',
    'privacy',
    'explaining',
    'rooms',
    'overall',
    'age',
    'frequency',
    'first',
  ],
  internal: [
    'contact',
    'duration',
    'deadlines',
    'before',
    'progress',
    'first-time',
    'listening',
    'preparation',
    'tools',
    'overall',
    'office',
    'first',
  ],
}

const byKey = new Map(bank.map((item) => [item.key, item]))

export const fromBank = (key: string): BankItem | undefined => byKey.get(key)

/** The kit of a family in its order. */
export const kitOf = (family: Family): BankItem[] => kits[family].flatMap((key) => fromBank(key) ?? [])

/** What the bank has for such a service and the questionnaire doesn't ask yet. */
export const stillInBank = (family: Family, taken: ReadonlySet<string | null>): BankItem[] =>
  bank.filter(({ key, families }) => families.includes(family) && !taken.has(key))
