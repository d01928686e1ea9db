import { anyOf, capitals, loosely, rotations } from './patterns.ts'
import type { Persons } from './without-persons.ts'

// What surrounds a question or an answer: greetings, thanks, signatures, who writes and how to reach them.

const titles = String.raw`dott(?:\.?ssa|oressa|\.)?|sig(?:\.?ra|nora|\.)?|ing\.|arch\.|prof(?:\.?ssa|\.)?`
const addressed = String.raw`(?:[ \t]+(?:\p{Lu}[\p{L}.'’]*|a|e|di|del|della|la|il|tutt[ie]|collegh[ei]|collega|staff|team|${titles}))*`
const hello = String.raw`(?:[Bb]uon\s?giorno|[Bb]uona\s?sera|[Bb]uon\s?pomeriggio|[Ss]alve|[Cc]iao)`
const dear = String.raw`(?:[Gg]entil(?:e|i|issim[aieo])|[Gg]ent\.?m[aieo]|[Ee]gregi[aeo]?|[Ss]pett(?:abil[ei]|\.le|\.li)|[Cc]ar[aieo])`
const greetings = [
  new RegExp(String.raw`^\s*(?:${hello}|${dear})(?!\p{L})${addressed}[ \t]*(?:[,;:.!]+|\n|$)`, 'u'),
  new RegExp(String.raw`^\s*${hello}(?!\p{L})`, 'u'),
]

export const withoutGreeting = (text: string): string => greetings.reduce((left, greeting) => left.replace(greeting, ''), text)

const thanks = String.raw`(?:(?:ti|vi|la|si)\s+)?(?:grazie(?!\s+(?:al?|allo|alla|ai|agli|alle|all['’])(?!\p{L}))|ringrazi(?:o|amo|ando))`
const farewell = String.raw`(?:(?:cordiali|distinti|cari|tanti|molti|i miei|un caro|un cordiale|un)\s+)?salut[oi]|cordialmente|a presto|buon lavoro|buona giornata`
const waiting = `(?:resto|restiamo|rimango) (?:a disposizione|in attesa)|in attesa di`
const closing = new RegExp(String.raw`(?:^|\n|(?<=[.!?…])\s)[ \t]*(?:${thanks}|${farewell}|${waiting})(?!\p{L})[^?]{0,200}$`, 'iu')

/** Thanks and regards to the end of the text, unless something is still asked there. */
export const withoutClosing = (text: string): string =>
  text
    .trimEnd()
    .replace(/\n-- ?\n[^?]{0,300}$/, '')
    .replace(closing, '')

/** The last lines, when they hold nothing but names. */
export function withoutSignature(text: string, { names, administrations }: Persons): string {
  const known = anyOf([...names, ...administrations].flatMap(rotations).map(loosely), 'giu')
  const saysNothing = (line: string) => !/[\p{L}\p{N}]/u.test(known ? line.replace(known, '') : line)
  const lines = text.trimEnd().split('\n')
  while (lines.length > 1 && saysNothing(lines.at(-1) ?? '')) lines.pop()
  return lines.join('\n')
}

const label = String.raw`(?:(?<!\p{L})(?:tel(?:efono)?|cell(?:ulare)?|fax|e-?mail|pec)\.?\s*:?\s*)?`
const date = String.raw`\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}(?!\d)`
const largeNumber = String.raw`\d{1,3}(?:\.\d{3})+(?!\d)`
const contacts = [
  new RegExp(String.raw`${label}(?<![\p{L}\p{N}._%+-])[\p{L}\p{N}._%+-]{1,64}@[\p{L}\p{N}.-]{1,255}\.\p{L}{2,24}`, 'giu'),
  // Fixed lines begin with 0 and mobiles with 3; a public line like 800 123456 stays.
  new RegExp(
    String.raw`${label}(?<![\p{L}\p{N}/.,])(?!${date}|${largeNumber})(?:(?:\+|00)39[\s./-]?)?(?:0\d{1,3}[ ./-]{0,3}\d(?:[ .-]?\d){5,7}|3\d{2}[ ./-]{0,3}\d(?:[ .-]?\d){6})(?!\d)`,
    'giu',
  ),
  // The tax code of a person.
  /(?<![\p{L}\p{N}])[A-Z]{6}\d{2}[A-Z]\d{2}[A-Z]\d{3}[A-Z](?![\p{L}\p{N}])/giu,
]

export const withoutContacts = (text: string): string => contacts.reduce((left, contact) => left.replace(contact, '[…]'), text)

const office = String.raw`(?:,?\s+(?:del|dello|della|dell['’]|dal|dalla|dall['’]|referente|responsabile)(?!\p{L})[^.,;!?\n]{0,80}?)*`

/** "Sono Rosa Esposito, referente del Comune di Salerno, e vorrei…" */
export function withoutIntroduction(text: string, { names }: Persons): string {
  const clause = anyOf([...names.flatMap(rotations).map(loosely), ...names.flatMap((name) => name.split(' ')).flatMap(capitals)], 'giu', {
    before: String.raw`(?<!\p{L})(?:io\s+)?(?:sono|mi chiamo)\s+`,
    after: String.raw`${office}(?:[.,;]\s*(?:e\s+)?|\s+e\s+|$)`,
  })
  return clause ? text.replace(clause, '') : text
}
