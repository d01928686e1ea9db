import type { Tx } from '../database/schema.ts'
import type { Stage } from './load.ts'
import type { Staff } from './people.ts'
import type { DemoProgramme } from './programme.ts'

/** What every chapter of the demo knows. */
export type Story = {
  tx: Tx
  staff: Staff
  programme: DemoProgramme
  /** The programme's first morning. */
  begin: Temporal.Instant
  now: Temporal.Instant
  zone: string
  stage: Stage
  /** So many days after the beginning, at that time of the programme's zone. */
  day: (days: number, time: string) => Temporal.Instant
}

export const isPast = ({ now }: Story, moment: Temporal.Instant) => Temporal.Instant.compare(moment, now) < 0
export const after = (moment: Temporal.Instant, days: number) => moment.add({ minutes: Math.round(days * 24 * 60) })
