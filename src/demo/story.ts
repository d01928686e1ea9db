import type { Tx } from '../database/schema.ts'
import type { Agenda } from './agenda.ts'
import { inOfficeHours } from './calendar.ts'
import type { Stage } from './load.ts'
import type { Staff } from './people.ts'
import type { DemoProgramme } from './programme.ts'

/** What every chapter of the demo knows. */
export type Story = {
  tx: Tx
  staff: Staff
  programme: DemoProgramme
  agenda: Agenda
  /** The programme's first morning, a Monday. */
  begin: Temporal.Instant
  now: Temporal.Instant
  zone: string
  stage: Stage
  /** So many days after the beginning (the next working day), at that time of the programme's zone. */
  day: (days: number, time: string) => Temporal.Instant
}

export type Who = { by: { id: number }; at: Temporal.Instant }

export const isPast = ({ now }: Story, moment: Temporal.Instant) => Temporal.Instant.compare(moment, now) < 0
export const after = (moment: Temporal.Instant, days: number) => moment.add({ minutes: Math.round(days * 24 * 60) })

/** Plans something that a person does at the office, about so many days after a moment. */
export function planAtWork(
  { agenda, zone }: Story,
  moment: Temporal.Instant,
  chance: () => number,
  work: (at: Temporal.Instant) => Promise<void>,
) {
  const at = inOfficeHours(moment, zone, chance)
  agenda.plan(at, () => work(at))
}
