import { isStaff } from '../../people/rules.ts'
import type { Person } from '../../web/env.ts'
import { namedIn, type Persons } from './cleaning/without-persons.ts'

export const longestQuestion = 300
export const longestAnswer = 20_000

export type FaqRefusal = 'not_staff' | 'not_found' | 'no_such_topic'

type Wording = { question: string; answer: string }

/** What a wording would give away, field by field; null when nothing. A visitor must never read who asked. */
export function givenAway({ question, answer }: Wording, persons: Persons): { question: string[]; answer: string[] } | null {
  const named = { question: namedIn(question, persons), answer: namedIn(answer, persons) }
  return named.question.length + named.answer.length > 0 ? named : null
}

/** Trainers and coordinators look after the entries. */
export const curationRefusal = (person: Person | null): 'not_staff' | null => (isStaff(person) ? null : 'not_staff')

/** An entry is read again after a year, if nobody says otherwise. */
export const reviewDay = (today: Temporal.PlainDate): Temporal.PlainDate => today.add({ years: 1 })
