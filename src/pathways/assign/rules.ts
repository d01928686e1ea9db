import { programmeState } from '../../programmes/rules.ts'
import type { Characteristics } from '../rules/condition.ts'
import { type Recommendation, type Rule, recommend } from '../rules/recommend.ts'

export type AssignmentRefusal = 'not_published' | 'over'
export type RunRefusal = 'another_running' | 'no_rules' | 'nobody'
export type UndoRefusal = 'not_found' | 'still_running' | 'undone_already'

type Programme = Parameters<typeof programmeState>[0]

/** Why pathways can't be assigned in this programme today, or null when they can. */
export function assignmentRefusal(programme: Programme, today: Temporal.PlainDate): AssignmentRefusal | null {
  const state = programmeState(programme, today)
  return state === 'draft' ? 'not_published' : state === 'over' ? 'over' : null
}

/** What a candidate follows already. */
export type Following = { enrolmentId: number; pathwayId: number; completed: boolean }

export type Candidate = {
  id: number
  name: string
  region: string
  category: string
  kind: string
  closed: boolean
  following: Following | null
  characteristics: Characteristics
}
type Followed = Exclude<Recommendation, { none: true }>
export type Matched = { candidate: Candidate; recommendation: Followed }
/** Somebody who follows one pathway while the rules propose another. */
export type Moving = Matched & { candidate: { following: Following } }

/** Where each administration goes. The same for the preview and for the run. */
export type Sorted = {
  matched: Matched[]
  unmatched: Candidate[]
  moving: Moving[]
  alreadyEnrolled: number
  /** Left the register, so they get nothing. */
  closed: number
}

export function sortOut(candidates: readonly Candidate[], rules: readonly Rule[]): Sorted {
  const sorted: Sorted = { matched: [], unmatched: [], moving: [], alreadyEnrolled: 0, closed: 0 }
  for (const candidate of candidates) {
    if (candidate.following) sorted.alreadyEnrolled += 1
    else if (candidate.closed) sorted.closed += 1
    if (candidate.closed || candidate.following?.completed) continue

    const recommendation = recommend(rules, candidate.characteristics)
    const { following } = candidate
    if (following === null) {
      if ('none' in recommendation) sorted.unmatched.push(candidate)
      else sorted.matched.push({ candidate, recommendation })
    } else if (!('none' in recommendation) && recommendation.pathwayId !== following.pathwayId)
      sorted.moving.push({ candidate: { ...candidate, following }, recommendation })
  }
  return sorted
}

export type Preview = {
  byPathway: { pathwayId: number; title: string; count: number; byRegion: Record<string, number> }[]
  alreadyEnrolled: number
  /** Of those, how many the rules would move. */
  moving: number
  unmatched: number
  closed: number
}

/** How many would get which pathway, by region code; a pathway that nobody gets counts zero. */
export function previewOf(
  { matched, unmatched, moving, alreadyEnrolled, closed }: Sorted,
  pathways: readonly { id: number; title: string }[],
): Preview {
  const byPathway = pathways.map(({ id, title }) => {
    const regions = matched.filter(({ recommendation }) => recommendation.pathwayId === id).map(({ candidate }) => candidate.region)
    const byRegion = Object.fromEntries(
      [...Map.groupBy(regions, (region) => region)].map(([region, each]) => [region, each.length] as const),
    )
    return { pathwayId: id, title, count: regions.length, byRegion }
  })
  return { byPathway, alreadyEnrolled, moving: moving.length, unmatched: unmatched.length, closed }
}

/** What a change of rules does to one administration; null: no pathway. */
export type Move = { candidate: Candidate; from: number | null; to: number | null }

/**
 * Who would come from which pathway to which: those who follow one from there, the others from what the rules of today
 * propose. Who has completed a pathway or left the register moves nowhere; whom no rule reaches keeps what they follow.
 */
export function movesBetween(candidates: readonly Candidate[], before: readonly Rule[], after: readonly Rule[]): Move[] {
  return candidates
    .filter(({ closed, following }) => !closed && !following?.completed)
    .map((candidate) => {
      const to = pathwayOf(recommend(after, candidate.characteristics))
      const from = candidate.following ? candidate.following.pathwayId : pathwayOf(recommend(before, candidate.characteristics))
      return { candidate, from, to: candidate.following ? (to ?? from) : to }
    })
    .filter(({ from, to }) => from !== to)
}

const pathwayOf = (recommendation: Recommendation) => ('none' in recommendation ? null : recommendation.pathwayId)
