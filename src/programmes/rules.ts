export type ProgrammeRefusal = 'ends_before_start'

/** Why a programme cannot have these days, or null when it can; one of a single day is fine. */
export const programmeRefusal = ({ startsOn, endsOn }: { startsOn: string; endsOn: string }): ProgrammeRefusal | null =>
  Temporal.PlainDate.compare(startsOn, endsOn) > 0 ? 'ends_before_start' : null

export type ProgrammeState = 'draft' | 'coming' | 'running' | 'over'

type Run = { startsOn: Temporal.PlainDate; endsOn: Temporal.PlainDate; publishedAt: Temporal.Instant | null }

export function programmeState({ startsOn, endsOn, publishedAt }: Run, today: Temporal.PlainDate): ProgrammeState {
  if (!publishedAt) return 'draft'
  if (Temporal.PlainDate.compare(today, startsOn) < 0) return 'coming'
  return Temporal.PlainDate.compare(today, endsOn) > 0 ? 'over' : 'running'
}

/** Published and not over: administrations can still join, also before the first day. */
export const isOpen = (run: Run, today: Temporal.PlainDate): boolean => ['coming', 'running'].includes(programmeState(run, today))
