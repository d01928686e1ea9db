import { type Answers, numberOf, rowsOf } from '../../pathways/worksheets/fields.ts'

/** What services are weighed on; users and complaints are counted, the others judged from 1 to 5. */
export const parameters = ['users', 'complaints', 'strategic', 'feasibility'] as const
export type Parameter = (typeof parameters)[number]

export const highestJudgement = 5

export const weightName = (parameter: Parameter) => `weight-${parameter}` as const

export type Score = { parameter: Parameter; points: number; of: number; missing: boolean }
/** Points out of 100; `scores` in the order of the parameters. */
export type Ranked = { service: string; points: number; scores: Score[] }

/**
 * Services by their weighed sum, best first (simple additive weighting, with linear scaling to the maximum). A counted
 * parameter earns its share of the highest count among the services, a judged one its share of 5; weights are scaled so that
 * together they make 100 points. What isn't known earns nothing.
 */
export function rankServices(answers: Answers): Ranked[] {
  const rows = rowsOf(answers, 'services').filter(({ name }) => name)
  const weights = parameters.map((parameter) => numberOf(answers[weightName(parameter)] as string | undefined) ?? 0)
  const all = weights.reduce((sum, weight) => sum + weight, 0)
  if (all <= 0) return []

  const highest = (parameter: Parameter) =>
    parameter === 'users' || parameter === 'complaints' ? Math.max(...rows.map((row) => numberOf(row[parameter]) ?? 0)) : highestJudgement
  const ranked = rows.map((row) => {
    const scores = parameters.map((parameter, index): Score => {
      const value = numberOf(row[parameter])
      const top = highest(parameter)
      const of = (100 * (weights[index] ?? 0)) / all
      return { parameter, of, points: value === null || top === 0 ? 0 : (of * value) / top, missing: value === null }
    })
    return { service: row.name ?? '', scores, points: scores.reduce((sum, { points }) => sum + points, 0) }
  })
  return ranked.toSorted((a, b) => b.points - a.points)
}

/** The parameters that put a service where it is: those that earn the most, at most two. */
export const strongest = ({ scores }: Ranked): Score[] =>
  scores
    .filter(({ points }) => points > 0)
    .toSorted((a, b) => b.points - a.points)
    .slice(0, 2)
