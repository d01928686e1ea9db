import { expect, test } from 'vitest'
import { minutesIn } from '#src/sessions/attendance/import/minutes.ts'
import { secondsOf } from '#src/sessions/attendance/import/read/durations.ts'
import { meeting, rome } from './support.ts'

const stay = (from: string, until: string) => ({ from: rome(`2026-03-02 ${from}`), until: rome(`2026-03-02 ${until}`) })

test.each([
  ['30 and 10 minutes that overlap by 5 are 35', [stay('09:00', '09:30'), stay('09:25', '09:35')], 35],
  ['30 minutes within 60 add nothing', [stay('09:00', '10:00'), stay('09:10', '09:40')], 60],
  ['a gap does not count', [stay('09:00', '09:20'), stay('09:40', '09:50')], 30],
  ['what lies outside the session does not count', [stay('08:00', '09:10'), stay('09:55', '11:00')], 15],
  ['parts of a minute are rounded down together', [stay('09:00:00', '09:00:40'), stay('09:10:00', '09:10:50')], 1],
  ['somebody who left before it began was there no minute', [stay('08:00', '08:59')], 0],
])('%s', (_, intervals, minutes) => {
  expect(minutesIn(intervals, meeting)).toBe(minutes)
})

test.each([
  ['58', 58 * 60],
  ['58 min', 58 * 60],
  ['1 hr 2 min', 62 * 60],
  ['3h 23m 17s', 3 * 3600 + 23 * 60 + 17],
  ['1 ora e 5 minuti', 65 * 60],
  ['1 Std. 5 Min.', 65 * 60],
  ['01:02:30', 3750],
  ['0', 0],
])('a duration of %s is read', (text, seconds) => {
  expect(secondsOf(text)).toBe(seconds)
})

test.each(['', '--', 'circa un’ora', '1 hr di pausa', '5 x'])('a duration of "%s" is unknown', (text) => {
  expect(secondsOf(text)).toBeNull()
})
