import type { Typed } from '../../../web/forms.ts'
import type { Answers, Item, Rating } from '../survey.ts'
import { asksImportance, longestText } from './form.ts'

export type AnswerProblem = 'off_scale' | 'no_such_choice' | 'too_long' | 'twice'
export type ReadAnswers = { answers: Answers; problems: Record<string, AnswerProblem> }

/** The answers out of a form's or a row's fields (`Q1_s`, `Q1_i`, `P1`, `T1`); what was left out is not there, what can't be is a problem. */
export function readAnswers(items: readonly Item[], points: number, typed: Typed): ReadAnswers {
  const answers: Record<string, Rating | string> = {}
  const problems: Record<string, AnswerProblem> = {}
  for (const item of items) {
    if (item.kind === 'scale') {
      const rating: Rating = {}
      for (const scale of asksImportance(item) ? (['s', 'i'] as const) : (['s'] as const)) {
        const name = `${item.code}_${scale}`
        const read = pointOf(typed[name], points)
        if (typeof read === 'string') problems[name] = read
        else if (read !== null) rating[scale] = read
      }
      if (rating.s !== undefined || rating.i !== undefined) answers[item.code] = rating
    } else {
      const read = item.kind === 'choice' ? choiceOf(typed[item.code], item) : wordsOf(typed[item.code])
      if ('problem' in read) problems[item.code] = read.problem
      else if (read.text !== '') answers[item.code] = read.text
    }
  }
  return { answers, problems }
}

function pointOf(value: Typed[string], points: number): number | null | AnswerProblem {
  if (Array.isArray(value)) return 'twice'
  const text = value?.trim() ?? ''
  if (text === '') return null
  if (!/^\d{1,2}$/.test(text)) return 'off_scale'
  const point = Number(text)
  return point >= 1 && point <= points ? point : 'off_scale'
}

type ReadText = { text: string } | { problem: AnswerProblem }

function choiceOf(value: Typed[string], { options }: Item): ReadText {
  if (Array.isArray(value)) return { problem: 'twice' }
  const text = value?.trim() ?? ''
  return text === '' || options.some(({ code }) => code === text) ? { text } : { problem: 'no_such_choice' }
}

function wordsOf(value: Typed[string]): ReadText {
  if (Array.isArray(value)) return { problem: 'twice' }
  const text = (value ?? '')
    .toWellFormed()
    .normalize('NFC')
    .replace(/\r\n?/g, '\n')
    .replace(/(?![\n\t])[\p{Cc}\p{Cf}]/gu, '')
    .trim()
  return text.length > longestText ? { problem: 'too_long' } : { text }
}
