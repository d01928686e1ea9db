import type { Database } from '../../../database/schema.ts'
import type { Item } from '../survey.ts'
import { type Collected, collectedBy } from './queries.ts'
import { itemResults, type MatrixPoint, matrixOf } from './results.ts'
import { type Difference, differenceOf, type Estimate } from './statistics.ts'

/** The questions in the weak quadrant: important and less satisfying than the others; the worst first. Empty while there are too few answers. */
export async function weakItems(db: Database, surveyId: number): Promise<MatrixPoint[]> {
  const collected = await collectedBy(db, surveyId)
  return collected && isReadable(collected) ? weakIn(collected) : []
}

export function weakIn({ survey, items, answers }: Collected): MatrixPoint[] {
  const matrix = matrixOf(itemResults(items, survey.points, answers))
  return (matrix?.points ?? [])
    .filter(({ quadrant }) => quadrant === 'improve')
    .toSorted((a, b) => a.satisfaction - a.importance - (b.satisfaction - b.importance))
}

/** Results of fewer people than the smallest group that may be shown are not shown at all. */
export const isReadable = ({ survey, answers }: Pick<Collected, 'survey' | 'answers'>) => answers.length >= survey.minimumCell

export type Compared = { item: Item; first: Estimate | null; second: Estimate | null; change: Difference | null; verdict: Verdict }
/** `unsure`: zero lies inside the interval of the difference. */
export type Verdict = 'better' | 'worse' | 'unsure'
export type Comparison = { first: Collected; second: Collected; rows: Compared[] }

/** A re-measurement against the first survey, question by question on satisfaction; null where it repeats none or either has too few answers. */
export async function comparisonOf(db: Database, surveyId: number): Promise<Comparison | null> {
  const second = await collectedBy(db, surveyId)
  const first = second?.survey.repeatsId ? await collectedBy(db, second.survey.repeatsId) : undefined
  if (!first || !second || !isReadable(first) || !isReadable(second)) return null
  const before = new Map(itemResults(first.items, first.survey.points, first.answers).map((each) => [each.item.code, each.satisfaction]))
  const rows = itemResults(second.items, second.survey.points, second.answers).map(({ item, satisfaction }) => {
    const change = differenceOf(before.get(item.code) ?? null, satisfaction)
    return { item, first: before.get(item.code) ?? null, second: satisfaction, change, verdict: verdictOf(change) }
  })
  return { first, second, rows }
}

function verdictOf(change: Difference | null): Verdict {
  if (!change || (change.low <= 0 && change.high >= 0)) return 'unsure'
  return change.low > 0 ? 'better' : 'worse'
}
