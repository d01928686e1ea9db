import * as z from 'zod'
import { choiceField, optionalText } from '../../web/forms.ts'
import type { Reply } from './actions.ts'
import { type Question, type Rating, ratings } from './rules.ts'

const rating = choiceField(['1', '2', '3', '4', '5'])
const optionalRating = z.union([z.literal('').transform(() => undefined), rating], 'choice').optional()
const longest = 2_000

/** Standard ratings must be given; a trainer's own question may be one that somebody's page did not have yet. */
export const feedbackForm = (questions: readonly Question[]) =>
  z.object(
    Object.fromEntries(
      questions.map(({ name, kind, label }) => [name, kind === 'text' ? optionalText(longest) : label === null ? rating : optionalRating]),
    ),
  )

/** What was answered; nothing where nothing was. */
export const repliesIn = (questions: readonly Question[], typed: Record<string, string | undefined>): Reply[] =>
  questions.flatMap(({ name, kind }): Reply[] => {
    const value = typed[name]
    if (!value) return []
    return kind === 'text' ? [{ question: name, text: value }] : [{ question: name, rating: asRating(value) }]
  })

const asRating = (text: string): Rating => ratings.find((each) => String(each) === text) ?? 1
