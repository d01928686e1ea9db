import { type Answers, numberOf, rowsOf, textOf } from '../../pathways/worksheets/fields.ts'
import { allocate, confidences, invitations, sampleSize, type Wanted } from './size.ts'

export type Stratum = { name: string; population: number; answers: number }
export type SamplingPlan = Wanted & {
  population: number
  /** Answers to collect. */
  sample: number
  /** In percent; null: not said. */
  responseRate: number | null
  /** People to invite; null while the response rate isn't said. */
  invited: number | null
  strata: Stratum[]
  /** What the strata have together. */
  inStrata: number
}

/** What follows from a sampling plan as it is written; null while its figures are not complete. */
export function planOf(answers: Answers): SamplingPlan | null {
  const number = (name: string) => numberOf(textOf(answers, name))
  const [population, margin, proportion] = [number('population'), number('margin'), number('proportion')]
  const confidence = confidences.find((each) => each === textOf(answers, 'confidence'))
  if (!population || !margin || !proportion || !confidence) return null

  const wanted = { population, confidence, margin, proportion }
  const sample = sampleSize(wanted)
  const responseRate = number('rate')
  const strata = rowsOf(answers, 'strata').map(({ name = '', population: people }) => ({ name, population: numberOf(people) ?? 0 }))
  const parts = allocate(
    sample,
    strata.map((stratum) => stratum.population),
  )
  return {
    ...wanted,
    population,
    sample,
    responseRate,
    invited: responseRate ? invitations(sample, responseRate) : null,
    strata: strata.map((stratum, index) => ({ ...stratum, answers: parts[index] ?? 0 })),
    inStrata: strata.reduce((sum, stratum) => sum + stratum.population, 0),
  }
}
