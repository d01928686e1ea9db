import { dayOf } from '../../../../language/dates.ts'
import { dayIn, instantIn, type Order, type Written } from './times.ts'

export type Frame = { startsAt: Temporal.Instant; endsAt: Temporal.Instant; zone: string }
export type OrderRefusal = { refusal: 'other_day' | 'ambiguous'; detail: string }

/**
 * Whether days or months come first in this file, found out by the session's day; one answer for all its rows.
 * `detail` of a refusal: the days that the file may mean, ISO, separated by spaces.
 */
export function orderOf(times: readonly Written[], frame: Frame): { order: Order } | OrderRefusal {
  const dated = times.filter(({ date }) => date !== null)
  if (dated.length === 0) return { order: 'day_first' }

  const readings = (['day_first', 'month_first'] as const).map((order) => readingIn(order, dated, frame))
  const fewest = Math.min(...readings.map(({ unreadable }) => unreadable))
  const possible = readings.filter(({ unreadable }) => unreadable === fewest)
  const best = Math.max(...possible.map(({ onTheDay }) => onTheDay))
  const chosen = possible.filter(({ onTheDay }) => onTheDay === best)
  const [first, second] = chosen
  const detail = [...new Set(possible.flatMap(({ days }) => days.slice(0, 1)))].join(' ')
  // Every date unreadable in every order: the rows will say so one by one.
  if (!first || possible.every(({ days }) => days.length === 0)) return { order: 'day_first' }
  if (best === 0) return { refusal: 'other_day', detail }
  if (second && first.days.join() !== second.days.join()) return { refusal: 'ambiguous', detail }
  return { order: first.order }
}

function readingIn(order: Order, dated: readonly Written[], { startsAt, endsAt, zone }: Frame) {
  const [from, until] = [dayOf(startsAt, zone), dayOf(endsAt, zone)]
  const counted = new Map<string, number>()
  let unreadable = 0
  let onTheDay = 0
  for (const written of dated) {
    const instant = instantIn(order, written, { zone, day: from })
    const day = written.offset && instant ? dayOf(instant, zone) : dayIn(order, written)
    if (!day) {
      unreadable += 1
      continue
    }
    counted.set(day.toString(), (counted.get(day.toString()) ?? 0) + 1)
    if (Temporal.PlainDate.compare(day, from) >= 0 && Temporal.PlainDate.compare(day, until) <= 0) onTheDay += 1
  }
  const days = [...counted].toSorted(([, a], [, b]) => b - a).map(([day]) => day)
  return { order, unreadable, onTheDay, days }
}
