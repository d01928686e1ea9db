import { programmeState } from '../../programmes/rules.ts'
import type { Characteristics } from '../rules/condition.ts'
import { type Recommendation, type Rule, recommend } from '../rules/recommend.ts'

export type AssignmentRefusal = 'not_published' | 'over'

type Run = Parameters<typeof programmeState>[0]

/** Why pathways can't be assigned in this programme today, or null when they can. */
export function assignmentRefusal(programme: Run, today: Temporal.PlainDate): AssignmentRefusal | null {
  const state = programmeState(programme, today)
  return state === 'draft' ? 'not_published' : state === 'over' ? 'over' : null
}

export type Candidate = {
  id: number
  name: string
  region: string
  category: string
  kind: string
  closed: boolean
  enrolled: boolean
  characteristics: Characteristics
}
type Followed = Exclude<Recommendation, { none: true }>

/** Where each administration goes. The same for the preview and for the run. */
export type Sorted = {
  matched: { candidate: Candidate; recommendation: Followed }[]
  unmatched: Candidate[]
  alreadyEnrolled: number
  /** Left the register, so they get nothing. */
  closed: number
}

export function sortOut(candidates: readonly Candidate[], rules: readonly Rule[]): Sorted {
  const sorted: Sorted = { matched: [], unmatched: [], alreadyEnrolled: 0, closed: 0 }
  for (const candidate of candidates) {
    if (candidate.enrolled) sorted.alreadyEnrolled += 1
    else if (candidate.closed) sorted.closed += 1
    else {
      const recommendation = recommend(rules, candidate.characteristics)
      if ('none' in recommendation) sorted.unmatched.push(candidate)
      else sorted.matched.push({ candidate, recommendation })
    }
  }
  return sorted
}

export type Preview = {
  byPathway: { pathwayId: number; title: string; count: number; byRegion: Record<string, number> }[]
  alreadyEnrolled: number
  unmatched: number
  closed: number
}

/** How many would get which pathway, by region code; a pathway that nobody gets counts zero. */
export function previewOf(
  { matched, unmatched, alreadyEnrolled, closed }: Sorted,
  pathways: readonly { id: number; title: string }[],
): Preview {
  const byPathway = pathways.map(({ id, title }) => {
    const regions = matched.filter(({ recommendation }) => recommendation.pathwayId === id).map(({ candidate }) => candidate.region)
    const byRegion = Object.fromEntries(
      [...Map.groupBy(regions, (region) => region)].map(([region, each]) => [region, each.length] as const),
    )
    return { pathwayId: id, title, count: regions.length, byRegion }
  })
  return { byPathway, alreadyEnrolled, unmatched: unmatched.length, closed }
}
