/** Offices are in Italy, whatever the zone of the pages; they work from nine to five, eight hours a day. */
const zone = 'Europe/Rome'
const opens = 9
const hoursADay = 8
const minutesADay = hoursADay * 60

type Day = Temporal.PlainDate

/** The minutes of office time between two instants; 0 when the second is not later. */
export function workingMinutes(from: Temporal.Instant, until: Temporal.Instant): number {
  const first = dayOf(from)
  const last = dayOf(until)
  if (Temporal.PlainDate.compare(first, last) > 0) return 0
  if (first.equals(last)) return isWorkingDay(first) ? Math.max(0, minuteOf(until) - minuteOf(from)) : 0

  const begun = isWorkingDay(first) ? minutesADay - minuteOf(from) : 0
  const ended = isWorkingDay(last) ? minuteOf(until) : 0
  return begun + ended + minutesADay * workingDaysBetween(first.add({ days: 1 }), last)
}

/** The instant at which so many minutes of office time will have passed. */
export function afterWorkingMinutes(from: Temporal.Instant, minutes: number): Temporal.Instant {
  let day = dayOf(from)
  let left = minutes + (isWorkingDay(day) ? minuteOf(from) : 0)
  while (!isWorkingDay(day) || left > minutesADay) {
    if (isWorkingDay(day)) left -= minutesADay
    day = day.add({ days: 1 })
  }
  return day
    .toZonedDateTime({ timeZone: zone, plainTime: new Temporal.PlainTime(opens) })
    .add({ minutes: left })
    .toInstant()
}

export const isWorkingDay = (day: Day): boolean => day.dayOfWeek <= 5 && !isHoliday(day)

/**
 * National holidays: legge 260/1949 and later changes; 4 October since 2026 (legge 151/2025). A town's patron saint is
 * left out: the help desk is the whole country's.
 */
export function isHoliday(day: Day): boolean {
  const monthDay = day.toString().slice(5)
  if (monthDay === '10-04') return day.year >= 2026
  return fixed.has(monthDay) || day.equals(easter(day.year).add({ days: 1 }))
}

const fixed = new Set(['01-01', '01-06', '04-25', '05-01', '06-02', '08-15', '11-01', '12-08', '12-25', '12-26'])

/** Easter Sunday of the Gregorian calendar (the computus as Gauss's successors wrote it down). */
export function easter(year: number): Day {
  const golden = year % 19
  const century = Math.floor(year / 100)
  const epact = (19 * golden + century - Math.floor(century / 4) - Math.floor((8 * century + 13) / 25) + 15) % 30
  const moon = epact - Math.floor(epact / 28) * (1 - Math.floor(29 / (epact + 1)) * Math.floor((21 - golden) / 11))
  const weekday = (year + Math.floor(year / 4) + moon + 2 - century + Math.floor(century / 4)) % 7
  const offset = moon - weekday
  const month = 3 + Math.floor((offset + 40) / 44)
  return new Temporal.PlainDate(year, month, offset + 28 - 31 * Math.floor(month / 4))
}

function workingDaysBetween(from: Day, until: Day): number {
  let count = 0
  for (let day = from; Temporal.PlainDate.compare(day, until) < 0; day = day.add({ days: 1 })) if (isWorkingDay(day)) count += 1
  return count
}

const dayOf = (instant: Temporal.Instant) => instant.toZonedDateTimeISO(zone).toPlainDate()

/** How far into the office day, from 0 to its end. */
function minuteOf(instant: Temporal.Instant): number {
  const { hour, minute } = instant.toZonedDateTimeISO(zone)
  return Math.min(minutesADay, Math.max(0, (hour - opens) * 60 + minute))
}
