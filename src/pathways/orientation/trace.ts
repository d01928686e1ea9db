import type { Check } from '../rules/condition.ts'
import type { Wording } from '../rules/in-words.ts'
import type { NotFollowed, Recommendation } from '../rules/recommend.ts'

/** What an enrolment keeps of the recommendation that made it, so that it can be explained when rules have changed. */
export type Trace = {
  /** What made the rule hold, in Italian sentences as they were that day. */
  held: string[]
  checks: Check[]
  others: NotFollowed[]
}

/** Of a pathway that a person chose, not a rule. */
export const chosenByHand: Trace = { held: [], checks: [], others: [] }

export function traceOf(recommendation: Recommendation, wording: Wording): Trace {
  const checks = 'none' in recommendation ? [] : recommendation.held
  return { held: checks.map(wording.check), checks, others: recommendation.others }
}
