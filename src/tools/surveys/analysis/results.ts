import { type Answers, type Dimension, dimensions, type Item, isRating } from '../survey.ts'
import { type Estimate, estimate, meanOf } from './statistics.ts'

export type ItemResult = {
  item: Item
  satisfaction: Estimate | null
  importance: Estimate | null
  /** How many chose each point, from 1 up. */
  distribution: readonly number[]
}
export type Quadrant = 'improve' | 'keep' | 'secondary' | 'ease'
export type MatrixPoint = { item: Item; satisfaction: number; importance: number; quadrant: Quadrant }
/** Where the four quadrants meet: the mean of the questions' means on each scale (Martilla and James, 1977). */
export type Matrix = { centre: { satisfaction: number; importance: number }; points: readonly MatrixPoint[] }
export type DimensionResult = { dimension: Dimension; satisfaction: Estimate | null; importance: Estimate | null; gap: Estimate | null }

/** Each question on the two scales, with its distribution. */
export function itemResults(items: readonly Item[], points: number, answers: readonly Answers[]): ItemResult[] {
  return items
    .filter(({ kind }) => kind === 'scale')
    .map((item) => {
      const satisfied = valuesOf(answers, item.code, 's')
      const distribution = Array.from({ length: points }, (_, index) => satisfied.filter((value) => value === index + 1).length)
      return { item, satisfaction: estimate(satisfied), importance: estimate(valuesOf(answers, item.code, 'i')), distribution }
    })
}

function valuesOf(answers: readonly Answers[], code: string, scale: 's' | 'i'): number[] {
  return answers.flatMap((each) => {
    const answer = each[code]
    return isRating(answer) ? (answer[scale] ?? []) : []
  })
}

/** Importance against satisfaction, each question in its quadrant; on the line counts as above it. Null below two questions. */
export function matrixOf(results: readonly ItemResult[]): Matrix | null {
  const rated = results.flatMap(({ item, satisfaction, importance }) =>
    satisfaction && importance ? [{ item, satisfaction: satisfaction.mean, importance: importance.mean }] : [],
  )
  const satisfaction = meanOf(rated.map((each) => each.satisfaction))
  const importance = meanOf(rated.map((each) => each.importance))
  if (rated.length < 2 || satisfaction === null || importance === null) return null
  const centre = { satisfaction, importance }
  return { centre, points: rated.map((each) => ({ ...each, quadrant: quadrantOf(each, centre) })) }
}

function quadrantOf(point: { satisfaction: number; importance: number }, centre: { satisfaction: number; importance: number }): Quadrant {
  // The mean of equal means may miss them by the last binary digit.
  const above = (value: number, line: number) => value >= line - 1e-9
  const [important, satisfied] = [above(point.importance, centre.importance), above(point.satisfaction, centre.satisfaction)]
  if (important) return satisfied ? 'keep' : 'improve'
  return satisfied ? 'ease' : 'secondary'
}

/**
 * Each dimension, person by person: a person's score is the mean of what they answered in it; the gap is importance minus
 * satisfaction over the questions to which they gave both. Estimates are over persons.
 */
export function dimensionResults(items: readonly Item[], answers: readonly Answers[]): DimensionResult[] {
  return dimensions.flatMap((dimension) => {
    const codes = items.filter((item) => item.kind === 'scale' && item.dimension === dimension).map(({ code }) => code)
    if (codes.length === 0) return []
    const of = (score: (answers: Answers) => number | null) => estimate(answers.map(score).filter((value) => value !== null))
    return {
      dimension,
      satisfaction: of((each) => scoreOf(each, codes, 's')),
      importance: of((each) => scoreOf(each, codes, 'i')),
      gap: of((each) => gapOf(each, codes)),
    }
  })
}

/** The mean of what one person answered to these questions on a scale; null when nothing. */
export function scoreOf(answers: Answers, codes: readonly string[], scale: 's' | 'i'): number | null {
  return meanOf(
    codes.flatMap((code) => {
      const answer = answers[code]
      return isRating(answer) ? (answer[scale] ?? []) : []
    }),
  )
}

function gapOf(answers: Answers, codes: readonly string[]): number | null {
  return meanOf(
    codes.flatMap((code) => {
      const answer = answers[code]
      return isRating(answer) && answer.s !== undefined && answer.i !== undefined ? [answer.i - answer.s] : []
    }),
  )
}

/** How many chose each option of a choice, and how many none. */
export function choiceCounts(item: Item, answers: readonly Answers[]): { code: string | null; count: number }[] {
  const count = (code: string | null) => answers.filter((each) => (each[item.code] ?? null) === code).length
  return [...item.options.map(({ code }) => code), null].map((code) => ({ code, count: count(code) }))
}
