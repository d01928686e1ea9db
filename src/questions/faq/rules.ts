import { isCoordinator, isReferent, isStaff } from '../../people/rules.ts'
import type { Person } from '../../web/env.ts'
import { namedIn, type Persons } from './cleaning/without-persons.ts'

export const longestQuestion = 300
export const longestAnswer = 20_000
export const longestReason = 1_000

export type FaqRefusal =
  | 'not_staff'
  | 'not_coordinator'
  | 'not_theirs'
  | 'not_found'
  | 'no_such_topic'
  | 'no_source'
  | 'source_elsewhere'
  | 'decided'

type Wording = { question: string; answer: string }

/** What a wording would give away, field by field; null when nothing. A visitor must never read who asked. */
export function givenAway({ question, answer }: Wording, persons: Persons): { question: string[]; answer: string[] } | null {
  const named = { question: namedIn(question, persons), answer: namedIn(answer, persons) }
  return named.question.length + named.answer.length > 0 ? named : null
}

/** Coordinators publish; what others write is a proposal. */
export const publishRefusal = (person: Person | null): FaqRefusal | null =>
  isCoordinator(person) ? null : isStaff(person) || isReferent(person) ? 'not_coordinator' : 'not_staff'

/** Trainers propose what they like, referents what comes from an answer that they have read. */
export function proposalRefusal(person: Person | null, { answerId }: { answerId: number | null }): FaqRefusal | null {
  if (isStaff(person)) return null
  if (!isReferent(person)) return 'not_staff'
  return answerId === null ? 'no_source' : null
}

/** An entry is looked after by coordinators and, as long as they are of staff, by its owner. */
export function curationRefusal(person: Person | null, { ownerId }: { ownerId: number }): FaqRefusal | null {
  if (!isStaff(person)) return 'not_staff'
  return person.coordinator !== null || person.id === ownerId ? null : 'not_theirs'
}

/** An entry is read again after a year, if nobody says otherwise. */
export const reviewDay = (today: Temporal.PlainDate): Temporal.PlainDate => today.add({ years: 1 })

export const faqStates = ['proposed', 'published', 'withdrawn'] as const
export type FaqState = (typeof faqStates)[number]
