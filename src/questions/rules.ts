import { covers, isReferentOf, staffScope } from '../people/rules.ts'
import type { Person } from '../web/env.ts'

export const longestSubject = 200
export const longestText = 20_000
/** So many questions may one person ask in so many minutes. */
export const questionsPerSpell = 10
export const spellMinutes = 10
/** The same words again within this time are a double click. */
export const doubleClickSeconds = 60

export type AskRefusal = 'not_a_referent' | 'no_such_module' | 'too_many'
export type AnswerRefusal = 'not_found' | 'already_solved'
export type SolveRefusal = 'not_found' | 'not_the_asker'

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
  region: string
  /** `present`: still a referent of the administration. */
  askedBy: { id: number; present: boolean }
  solvedAt: Temporal.Instant | null
}

/** Staff of the region answer as long as they like; referents of the administration add to it until it is solved. */
export function answerRefusal(question: Asked, person: Person): AnswerRefusal | null {
  if (mayAnswer(question, person)) return null
  if (!isReferentOf(person, question.administrationId)) return 'not_found'
  return question.solvedAt ? 'already_solved' : null
}

/** Whoever asked, or trainers; when the asker has left, any referent of the administration. */
export function solveRefusal(question: Asked, person: Person): SolveRefusal | null {
  if (mayAnswer(question, person)) return null
  if (!isReferentOf(person, question.administrationId)) return 'not_found'
  return question.askedBy.id === person.id || !question.askedBy.present ? null : 'not_the_asker'
}

const mayAnswer = (question: Asked, person: Person) => covers(staffScope(person), question.region)

const blank = /[\u115F\u1160\u3164\uFFA0]/g

/** False for a text that shows nothing to read: only marks, or letters that leave no ink. */
export const saysSomething = (text: string): boolean => /[\p{L}\p{N}]/u.test(text.replace(blank, ''))
