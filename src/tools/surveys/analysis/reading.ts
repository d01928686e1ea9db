import type { Survey } from '../survey.ts'
import { isReadable } from './findings.ts'
import type { Collected } from './queries.ts'
import { type DimensionResult, dimensionResults, type ItemResult, itemResults, type Matrix, matrixOf, scoreOf } from './results.ts'
import { type Estimate, estimate } from './statistics.ts'

/** All figures of a survey, worked out once for page, report and summary. */
export type Reading = {
  survey: Survey
  received: number
  /** Enough answers for results to be shown. */
  readable: boolean
  overall: Estimate | null
  items: readonly ItemResult[]
  matrix: Matrix | null
  dimensions: readonly DimensionResult[]
}

export function readingOf({ survey, items, answers }: Collected): Reading {
  const results = itemResults(items, survey.points, answers)
  return {
    survey,
    received: answers.length,
    readable: isReadable({ survey, answers }),
    overall: overallOf({ survey, items, answers }),
    items: results,
    matrix: matrixOf(results),
    dimensions: dimensionResults(items, answers),
  }
}

/** What was asked about the whole; where that was not asked, each person's mean over all questions. */
function overallOf({ items, answers }: Collected): Estimate | null {
  const scales = items.filter(({ kind }) => kind === 'scale')
  const asked = scales.filter(({ dimension }) => dimension === 'overall')
  const codes = (asked.length > 0 ? asked : scales).map(({ code }) => code)
  return estimate(answers.map((each) => scoreOf(each, codes, 's')).filter((score) => score !== null))
}
