import { asMoment } from '../database/moment.ts'

/** Whole days, both included; null is open: from the beginning, until today. */
export type Period = { from: Temporal.PlainDate | null; until: Temporal.PlainDate | null }

export type PeriodRefusal = 'until_before_from'

export const periodRefusal = ({ from, until }: Period): PeriodRefusal | null =>
  from && until && Temporal.PlainDate.compare(until, from) < 0 ? 'until_before_from' : null

/** The programme and the moments between which its facts count: `since` included, `before` not. */
export type Span = { programmeId: number; since: string | null; before: string | null }

/** A period as moments: its days begin at midnight in the zone, also when the clocks change. */
export const spanOf = (programmeId: number, { from, until }: Period, zone: string): Span => ({
  programmeId,
  since: from && midnight(from, zone),
  before: until && midnight(until.add({ days: 1 }), zone),
})

const midnight = (day: Temporal.PlainDate, zone: string) => asMoment(day.toZonedDateTime(zone).toInstant())
