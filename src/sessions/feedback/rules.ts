import { hasPassed } from '../rules.ts'

/** What everybody is asked after every session, in this order. Their names are kept with the answers: never change one. */
export const standardRatings = ['clarity', 'usefulness', 'trainer', 'organisation', 'overall'] as const
export const standardTexts = ['liked', 'improve'] as const
export type StandardQuestion = (typeof standardRatings)[number] | (typeof standardTexts)[number]

/** From "not at all" to "very much". */
export const ratings = [1, 2, 3, 4, 5] as const
export type Rating = (typeof ratings)[number]

export const questionKinds = ['rating', 'text'] as const
export type QuestionKind = (typeof questionKinds)[number]
export const mostOwnQuestions = 5

/** Nothing is shown of fewer answers than these: among so few, people would recognise each other. */
export const fewestAnswers = 5

/** A question as it is asked: a standard one has no words of its own. */
export type Question = { name: string; kind: QuestionKind; label: string | null }

export const standardQuestions: readonly Question[] = [
  ...standardRatings.map((name) => ({ name, kind: 'rating' as const, label: null })),
  ...standardTexts.map((name) => ({ name, kind: 'text' as const, label: null })),
]

/** A trainer's own question among the standard ones. */
export const ownName = (id: number): string => `own-${id}`

export type FeedbackRefusal = 'cancelled' | 'not_over' | 'not_attended' | 'already_given'

type Meeting = { endsAt: Temporal.Instant; cancelledAt: Temporal.Instant | null }

/** Why somebody can't answer, or null: who was there answers, once, when it is over. */
export function feedbackRefusal(
  { endsAt, cancelledAt }: Meeting,
  { attended, given, now }: { attended: boolean; given: boolean; now: Temporal.Instant },
): FeedbackRefusal | null {
  if (cancelledAt) return 'cancelled'
  if (given) return 'already_given'
  if (!hasPassed(endsAt, now)) return 'not_over'
  return attended ? null : 'not_attended'
}

export type OwnQuestionRefusal = 'too_many' | 'cancelled'

export const ownQuestionRefusal = ({ cancelledAt }: Pick<Meeting, 'cancelledAt'>, asked: number): OwnQuestionRefusal | null =>
  cancelledAt ? 'cancelled' : asked >= mostOwnQuestions ? 'too_many' : null

/** How often each rating was given, from 1 to 5. */
export type Distribution = readonly [number, number, number, number, number]

export const countOf = (distribution: Distribution): number => distribution.reduce((sum, count) => sum + count, 0)

/** The mean rating; null where there are too few to show. */
export function meanOf(distribution: Distribution): number | null {
  const count = countOf(distribution)
  return count < fewestAnswers ? null : distribution.reduce((sum, each, index) => sum + each * (index + 1), 0) / count
}
