import { withoutClosing, withoutContacts, withoutGreeting, withoutIntroduction, withoutSignature } from './courtesies.ts'
import { withoutBodies, withoutNames } from './names.ts'
import { anyOf, capitalised, loosely, rotations } from './patterns.ts'

/** Who must not be recognised in a public text. */
export type Persons = { names: readonly string[]; emails: readonly string[]; administrations: readonly string[] }

/**
 * The text as it could be published: without greetings, signatures, names, addresses and telephone numbers. It is a
 * proposal, to be read through by whoever publishes it; what can't be put in other words is left as […].
 */
export function withoutPersons(text: string, persons: Persons): string {
  const steps = [withoutGreeting, withoutClosing, withoutSignature, withoutContacts, withoutIntroduction, withoutBodies, withoutNames]
  return tidy(steps.reduce((left, step) => step(left, persons), text.replace(/\r\n?/g, '\n')))
}

/** The names, addresses and administrations that a text still spells out in full. */
export function namedIn(text: string, { names, emails, administrations }: Persons): string[] {
  const spelled = [...names.filter((name) => name.includes(' ')), ...administrations]
  const lower = text.toLowerCase()
  return [
    ...spelled.filter((name) => anyOf(rotations(name).map(loosely), 'iu')?.test(text)),
    ...emails.filter((email) => lower.includes(email.toLowerCase())),
  ]
}

/** What a question asks, for the FAQ: the first sentence of the text with a question mark, or else the subject. */
export function questionIn(subject: string, body: string): string {
  const sentences = body.split(/(?<=[.!?])\s+|\n+/)
  return capitalised(sentences.find((each) => each.endsWith('?') && each.length >= 15 && each.length <= 200) ?? subject)
}

const tidy = (text: string) =>
  capitalised(
    text
      .replace(/(?<=\S)[ \t]{2,}(?=\S)/g, ' ')
      .replace(/(?<=\S)[ \t]+(?=[,.;:!?)\n])/g, '')
      .replace(/\n{3,}/g, '\n\n')
      .trim(),
  )
