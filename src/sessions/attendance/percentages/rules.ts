import type { Schema } from '../../../database/schema.ts'
import { hasPassed } from '../../rules.ts'
import type { AttendanceStatus } from '../rules.ts'

export type CountsAs = Schema['attendance_counting']['counts_as']
export const countings = ['attended', 'missed', 'left_out'] as const satisfies readonly CountsAs[]
export type Counting = Record<AttendanceStatus, CountsAs>

/** Who was there for part of it only missed it; who is excused is asked for neither. A coordinator may say otherwise. */
export const usualCounting: Counting = { present: 'attended', partial: 'missed', absent: 'missed', excused: 'left_out' }

export type Expected = {
  endsAt: Temporal.Instant
  /** Somebody's attendance was recorded at it. */
  taken: boolean
  /** Of the person, or of all people of the administration. */
  statuses: readonly AttendanceStatus[]
}
export type Outcome = CountsAs | 'open'

/** What a session counts as: attended when anybody's status says so; open until it is over and its attendance was taken. */
export function outcomeOf({ endsAt, taken, statuses }: Expected, counting: Counting, now: Temporal.Instant): Outcome {
  const counted = statuses.map((status) => counting[status])
  if (counted.includes('attended')) return 'attended'
  if (counted.length > 0) return counted.includes('missed') ? 'missed' : 'left_out'
  return taken && hasPassed(endsAt, now) ? 'missed' : 'open'
}

/** Sessions attended, those held so far, those planned in all, and how many could still be attended in the end. */
export type Percentages = { attended: number; held: number; planned: number; possible: number }

export function percentagesOf(outcomes: readonly Outcome[]): Percentages {
  const count = (wanted: Outcome) => outcomes.filter((each) => each === wanted).length
  const [attended, missed, open] = [count('attended'), count('missed'), count('open')]
  return { attended, held: attended + missed, planned: attended + missed + open, possible: attended + open }
}
