/** Days on which Italian offices are closed every year, as month and day. */
const holidays = ['01-01', '01-06', '04-25', '05-01', '06-02', '08-15', '11-01', '12-08', '12-25', '12-26']

export function workingDay(day: Temporal.PlainDate): Temporal.PlainDate {
  const closed = day.dayOfWeek > 5 || holidays.includes(day.toString().slice(5))
  return closed ? workingDay(day.add({ days: 1 })) : day
}

export const mondayBefore = (day: Temporal.PlainDate): Temporal.PlainDate => day.subtract({ days: day.dayOfWeek - 1 })

/** The same day or the next one on which the office is open, between nine and five; `chance` picks the minute. */
export function inOfficeHours(moment: Temporal.Instant, zone: string, chance: () => number): Temporal.Instant {
  const day = workingDay(moment.toZonedDateTimeISO(zone).toPlainDate())
  return day
    .toZonedDateTime({ timeZone: zone, plainTime: '09:00' })
    .add({ minutes: Math.floor(chance() * 8 * 60) })
    .toInstant()
}
