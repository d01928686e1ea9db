import type { Survey } from './survey.ts'

export type State = 'draft' | 'open' | 'closed'

/** No survey takes more answers than these, whatever its own limit says. */
export const mostAnswersEver = 100_000
export const mostItems = 60

type Standing = Pick<Survey, 'publishedAt' | 'closedAt' | 'closesOn' | 'mostAnswers'>
export type AnswerRefusal = 'not_open' | 'closed' | 'ended' | 'full'

/** Why no answer can be taken from citizens now, or null. `today` is the day in the programme's zone. */
export function answerRefusal(
  survey: Standing,
  { today, received }: { today: Temporal.PlainDate; received: number },
): AnswerRefusal | null {
  if (survey.publishedAt === null) return 'not_open'
  if (survey.closedAt !== null) return 'closed'
  if (survey.closesOn !== null && Temporal.PlainDate.compare(today, survey.closesOn) > 0) return 'ended'
  return received >= limitOf(survey) ? 'full' : null
}

export const limitOf = ({ mostAnswers }: Pick<Survey, 'mostAnswers'>) => Math.min(mostAnswers ?? mostAnswersEver, mostAnswersEver)

export function stateOf(survey: Standing, now: { today: Temporal.PlainDate; received: number }): State {
  const refusal = answerRefusal(survey, now)
  if (refusal === 'not_open') return 'draft'
  return refusal === null ? 'open' : 'closed'
}

export type ChangeRefusal = 'published' | 'repeats' | 'too_many' | 'not_found'

/** Why the questions can't be changed: answers that were given must go on meaning the same, and a re-measurement asks what was asked. */
export function changeRefusal({ publishedAt, repeatsId }: Pick<Survey, 'publishedAt' | 'repeatsId'>): ChangeRefusal | null {
  if (publishedAt !== null) return 'published'
  return repeatsId !== null ? 'repeats' : null
}

export type PublishRefusal = 'published' | 'no_scale' | 'ends_before' | 'not_found'

export function publishRefusal(
  { publishedAt, closesOn }: Standing,
  { scales, today }: { scales: number; today: Temporal.PlainDate },
): PublishRefusal | null {
  if (publishedAt !== null) return 'published'
  if (scales === 0) return 'no_scale'
  return closesOn !== null && Temporal.PlainDate.compare(closesOn, today) < 0 ? 'ends_before' : null
}

export type CloseRefusal = 'not_open' | 'closed' | 'not_closed' | 'not_found'
export type RepeatRefusal = 'not_published' | 'not_found'
