import type { Priority, QuestionState, Visibility } from '../database/schema.ts'
import { covers, isReferentOf, isStaff, staffScope } from '../people/rules.ts'
import type { Person } from '../web/env.ts'

export const longestSubject = 200
export const longestText = 20_000
/** So many questions may one person ask in so many minutes. */
export const questionsPerSpell = 10
export const spellMinutes = 10
/** So many answers and additions. */
export const answersPerSpell = 30
/** The same words again within this time are a double click. */
export const doubleClickSeconds = 60

export const visibilities = ['named', 'unnamed', 'private'] as const satisfies readonly Visibility[]
export const priorities = ['high', 'normal', 'low'] as const satisfies readonly Priority[]

/** Within so many minutes of office time staff should answer: four hours, two days, a week. */
export const answerWithin: Record<Priority, number> = { high: 4 * 60, normal: 16 * 60, low: 40 * 60 }

export type AskRefusal = 'not_a_referent' | 'no_such_module' | 'too_many'
export type AnswerRefusal = 'not_found' | 'already_solved' | 'merged' | 'too_many_answers'
export type SolveRefusal = 'not_found' | 'not_the_asker' | 'merged'
export type ReopenRefusal = SolveRefusal | 'not_solved'
export type VerifyRefusal = 'not_found' | 'not_staff'
export type VisibilityRefusal = 'not_found' | 'not_the_asker' | 'read_elsewhere'

type Asking = { administrationId: number; hasModule: boolean; askedLately: number }

/** Why this person can't ask, or null when they can. */
export function askRefusal(asker: Person | null, { administrationId, hasModule, askedLately }: Asking): AskRefusal | null {
  if (!isReferentOf(asker, administrationId)) return 'not_a_referent'
  if (!hasModule) return 'no_such_module'
  if (askedLately >= questionsPerSpell) return 'too_many'
  return null
}

type Asked = {
  administrationId: number
  /** Null where the reader may not know it. */
  region: string
  visibility: Visibility
  state: QuestionState
  /** `present`: still a referent of the administration. */
  askedBy: { id: number; present: boolean }
  solvedAt: Temporal.Instant | null
}

/** Staff of the region look after a question: its place in the queue, its notes, its duplicates. */
export const looksAfter = (question: { region: string }, person: Person | null) => covers(staffScope(person), question.region)

// Of what somebody may not see they are told nothing: these rules come after the query that found the question for them.

/**
 * Staff of the region answer as long as they like, staff of others where the question is public. Referents of the
 * administration add to it, those of other administrations answer what is public, until it is solved.
 */
export function answerRefusal(question: Asked, person: Person): AnswerRefusal | null {
  if (question.state === 'merged') return 'merged'
  if (looksAfter(question, person)) return null
  if (question.visibility !== 'private' && isStaff(person)) return null
  return question.solvedAt ? 'already_solved' : null
}

/** Whoever asked, or staff of the region; when the asker has left, any referent of the administration. */
export function solveRefusal(question: Asked, person: Person): SolveRefusal | null {
  if (question.state === 'merged') return 'merged'
  if (looksAfter(question, person)) return null
  return isAskersSide(question, person) ? null : 'not_the_asker'
}

/** Who may say that it is solved may also say that it isn't. */
export function reopenRefusal(question: Asked, person: Person): ReopenRefusal | null {
  return solveRefusal(question, person) ?? (question.solvedAt ? null : 'not_solved')
}

export const verifyRefusal = (question: Asked, person: Person): VerifyRefusal | null => (looksAfter(question, person) ? null : 'not_staff')

/** The asker decides who reads; staff of the region may only close it. A question that answers others stays where they read it. */
export function visibilityRefusal(question: Asked, person: Person, wanted: Visibility, readElsewhere: boolean): VisibilityRefusal | null {
  const closes = looksAfter(question, person) && openness(wanted) < openness(question.visibility)
  if (!closes && !isAskersSide(question, person)) return 'not_the_asker'
  return readElsewhere && wanted === 'private' ? 'read_elsewhere' : null
}

/** Whoever asked; when they have left, any referent of the administration. */
const isAskersSide = ({ administrationId, askedBy }: Asked, person: Person) =>
  isReferentOf(person, administrationId) && (askedBy.id === person.id || !askedBy.present)

const openness = (visibility: Visibility) => ['private', 'unnamed', 'named'].indexOf(visibility)

const blank = /[\u115F\u1160\u3164\uFFA0]/g

/** False for a text that shows nothing to read: only marks, or letters that leave no ink. */
export const saysSomething = (text: string): boolean => /[\p{L}\p{N}]/u.test(text.replace(blank, ''))
