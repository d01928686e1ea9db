export type Order = 'day_first' | 'month_first'

/** A date and time as written; which of day and month comes first is found out for the whole file. */
export type Written = {
  date: { numbers: [number, number, number]; yearFirst: boolean } | { year: number; month: number; day: number } | null
  time: Temporal.PlainTime
  /** Milliseconds from UTC where the file says so. */
  offset: string | null
}

const time = String.raw`(\d{1,2})[:.](\d{2})(?:[:.](\d{2})(?:[.,]\d+)?)?(?: ?([ap])\.? ?m\.?)?`
/** A word or two between day and time, in any language: `alle ore`, `at`, `à`, `um`, `klo`, `a las`. */
const between = String.raw`(?:,? (?:\p{L}{1,4}\.? ){0,2}|,|t)`
const numeric = new RegExp(
  String.raw`^(?:\p{L}+\.?,? )?(\d{1,4})[-/.] ?(\d{1,2})[-/.] ?(\d{1,4})\.?${between}${time}(?: (?:uhr|h))? ?(z|[+-]\d{2}:?\d{2})?$`,
  'u',
)
const dayNamed = new RegExp(
  String.raw`^(?:\p{L}+\.?,? )?(\d{1,2})\.? (?:de )?(\p{L}{3,})\.?,? (?:de )?(\d{4})${between}${time}(?: (?:uhr|h))?$`,
  'u',
)
const monthNamed = new RegExp(String.raw`^(?:\p{L}+,? )?(\p{L}{3,})\.? (\d{1,2}),? (\d{4})${between}${time}$`, 'u')
const timeOnly = new RegExp(`^${time}$`)

/** True of a time of day without its day. */
export const isBareTime = (text: string) => timeOnly.test(text.replace(/\s+/g, ' ').trim().toLowerCase())

export function writtenTime(text: string): Written | null {
  if (!/\d/.test(text) || text.length > 60) return null
  const plain = text.replace(/\s+/g, ' ').trim().toLowerCase()

  const bare = timeOnly.exec(plain)
  if (bare) return written(null, bare.slice(1, 5), null)

  const numbers = numeric.exec(plain)
  if (numbers) {
    const [a = '', b = '', c = ''] = numbers.slice(1, 4)
    const yearFirst = a.length === 4
    if (!yearFirst && a.length > 2) return null
    return written({ numbers: [Number(a), Number(b), Number(c)], yearFirst }, numbers.slice(4, 8), numbers[8] ?? null)
  }

  const named = dayNamed.exec(plain)
  if (named) return written(namedDate(named[1], named[2], named[3]), named.slice(4, 8), null, true)
  const english = monthNamed.exec(plain)
  if (english) return written(namedDate(english[2], english[1], english[3]), english.slice(4, 8), null, true)
  return null
}

function written(date: Written['date'], parts: (string | undefined)[], offset: string | null, needsDate = false): Written | null {
  const clock = clockTime(parts)
  return clock === null || (needsDate && date === null) ? null : { date, time: clock, offset }
}

function clockTime([hour, minute, second, half]: (string | undefined)[]): Temporal.PlainTime | null {
  const typed = Number(hour)
  if (half && (typed < 1 || typed > 12)) return null
  const hours = half ? (typed % 12) + (half === 'p' ? 12 : 0) : typed
  if (hours > 23 || Number(minute) > 59 || Number(second ?? 0) > 59) return null
  return new Temporal.PlainTime(hours, Number(minute), Number(second ?? 0))
}

/** Italian, English, German, French, Spanish and Portuguese, by their beginnings without accents. */
const months = [
  'gen jan ene',
  'feb fev',
  'mar',
  'apr avr abr',
  'mag may mai',
  'giu jun juin',
  'lug jul juil',
  'ago aug aou',
  'set sep',
  'ott oct okt out',
  'nov',
  'dic dec dez',
]

function namedDate(day = '', name = '', year = '') {
  const plain = name.normalize('NFKD').replace(/\p{Diacritic}/gu, '')
  // `juin` and `juillet` part at the fourth letter only.
  const begins = (short: string) => (/^jui/.test(plain) ? plain.slice(0, 4) === short : plain.slice(0, 3) === short)
  const month = months.findIndex((names) => names.split(' ').some(begins)) + 1
  return month === 0 ? null : { year: Number(year), month, day: Number(day) }
}

/** The day as it reads in this order; null when there is no such day, or no date was written. */
export function dayIn(order: Order, { date }: Written): Temporal.PlainDate | null {
  if (!date) return null
  const { year, month, day } = 'numbers' in date ? ordered(order, date) : date
  try {
    return Temporal.PlainDate.from({ year: year < 100 ? 2000 + year : year, month, day }, { overflow: 'reject' })
  } catch {
    return null
  }
}

function ordered(order: Order, { numbers: [a, b, c], yearFirst }: { numbers: [number, number, number]; yearFirst: boolean }) {
  if (yearFirst) return { year: a, month: b, day: c }
  return order === 'day_first' ? { year: c, month: b, day: a } : { year: c, month: a, day: b }
}

/** The instant in this order; a time without date is of the day given. */
export function instantIn(
  order: Order,
  writtenAt: Written,
  { zone, day }: { zone: string; day: Temporal.PlainDate },
): Temporal.Instant | null {
  const date = writtenAt.date ? dayIn(order, writtenAt) : day
  if (!date) return null
  const local = date.toPlainDateTime(writtenAt.time)
  try {
    if (writtenAt.offset) return Temporal.Instant.from(`${local}${writtenAt.offset.toUpperCase()}`)
    return local.toZonedDateTime(zone).toInstant()
  } catch {
    return null
  }
}
