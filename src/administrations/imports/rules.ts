import type { RegisterImport } from './queries.ts'

export type StartRefusal = 'already_started' | 'another_running' | 'closures_not_confirmed'

/** Why this import can't start now, or null when it can. One that failed may be tried again. */
export function startRefusal(
  { state, outcome }: Pick<RegisterImport, 'state' | 'outcome'>,
  { anotherRunning, allowManyClosures }: { anotherRunning: boolean; allowManyClosures: boolean },
): StartRefusal | null {
  if (state === 'running' || state === 'finished') return 'already_started'
  if (anotherRunning) return 'another_running'
  if (outcome.preview.manyClosures && !allowManyClosures) return 'closures_not_confirmed'
  return null
}
