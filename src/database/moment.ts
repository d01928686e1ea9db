/** An instant as the database keeps it: always milliseconds, so that text order is time order. */
export const asMoment = (instant: Temporal.Instant): string => instant.toString({ fractionalSecondDigits: 3 })

export const fromMoment = (moment: string): Temporal.Instant => Temporal.Instant.from(moment)

export const fromMomentOrNull = (moment: string | null): Temporal.Instant | null => (moment === null ? null : fromMoment(moment))
