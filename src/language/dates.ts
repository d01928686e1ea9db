import type { Language } from './language.ts'

/** The one formatter of page, mail and document. Everything is shown in the programme's zone. */
export function datesIn(language: Language, zone: string) {
  const locale = locales[language]
  const format = (options: Intl.DateTimeFormatOptions) => {
    const formatter = new Intl.DateTimeFormat(locale, { timeZone: zone, ...options })
    return (instant: Temporal.Instant) => formatter.format(instant.epochMilliseconds)
  }
  const day = format({ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' })
  const shortDay = format({ day: 'numeric', month: 'short', year: 'numeric' })
  const time = format({ hour: '2-digit', minute: '2-digit', hour12: false })
  const plainDay = new Intl.DateTimeFormat(locale, { timeZone: 'UTC', day: 'numeric', month: 'long', year: 'numeric' })
  const sameDay = (a: Temporal.Instant, b: Temporal.Instant) =>
    a.toZonedDateTimeISO(zone).toPlainDate().equals(b.toZonedDateTimeISO(zone).toPlainDate())

  return {
    /** "martedì 16 giugno 2026" */
    day,
    /** "16 giu 2026" */
    shortDay,
    /** "12:30" */
    time,
    /** "16 giu 2026, 12:30" */
    moment: (instant: Temporal.Instant) => `${shortDay(instant)}, ${time(instant)}`,
    /** "martedì 16 giugno 2026, 12:30-14:00" */
    period: (from: Temporal.Instant, until: Temporal.Instant) =>
      sameDay(from, until) ? `${day(from)}, ${time(from)}-${time(until)}` : `${day(from)}, ${time(from)} - ${day(until)}, ${time(until)}`,
    /** A day without a time: "16 giugno 2026" */
    plainDay: (date: Temporal.PlainDate) => plainDay.format(Date.UTC(date.year, date.month - 1, date.day)),
  }
}

export type Dates = ReturnType<typeof datesIn>

export const dayOf = (instant: Temporal.Instant, zone: string): Temporal.PlainDate => instant.toZonedDateTimeISO(zone).toPlainDate()

/**
 * The instant of a date and time typed in a form, in the programme's zone; null when it can't be read or doesn't
 * exist (29 March 2026, 02:30). A time that happens twice in autumn is taken at its first occurrence.
 */
export function instantFrom(date: string, time: string, zone: string): Temporal.Instant | null {
  try {
    const wanted = Temporal.PlainDateTime.from(`${date}T${time}`)
    const found = wanted.toZonedDateTime(zone, { disambiguation: 'earlier' })
    return found.toPlainDateTime().equals(wanted) ? found.toInstant() : null
  } catch {
    return null
  }
}

const locales: Record<Language, string> = { it: 'it-IT', en: 'en-GB' }
