type Session = { startsAt: Temporal.Instant; reminderHours: readonly number[] }

/** Which reminders of a session are due: their hour has come, and it has not begun. */
export const dueHours = ({ startsAt, reminderHours }: Session, now: Temporal.Instant): number[] =>
  Temporal.Instant.compare(now, startsAt) >= 0
    ? []
    : reminderHours.filter((hours) => Temporal.Instant.compare(startsAt.subtract({ hours }), now) <= 0)

/** Whether a reminder is news: whoever has learned of this time only after its hour has just been told by another mail. */
export const isNews = ({ startsAt }: Pick<Session, 'startsAt'>, hours: number, knownSince: Temporal.Instant): boolean =>
  Temporal.Instant.compare(knownSince, startsAt.subtract({ hours })) <= 0
