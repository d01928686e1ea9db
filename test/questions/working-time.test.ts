import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { afterWorkingMinutes, easter, isHoliday, workingMinutes } from '#src/questions/working-time.ts'

const at = (text: string) => Temporal.ZonedDateTime.from(`${text}[Europe/Rome]`).toInstant()

// Dates of Easter as published by the US Naval Observatory.
test.each([
  [1954, '1954-04-18'],
  [1981, '1981-04-19'],
  [2008, '2008-03-23'],
  [2013, '2013-03-31'],
  [2024, '2024-03-31'],
  [2025, '2025-04-20'],
  [2026, '2026-04-05'],
  [2027, '2027-03-28'],
  [2038, '2038-04-25'],
  [2049, '2049-04-18'],
])('Easter of %i is on %s', (year, day) => {
  expect(easter(year).toString()).toBe(day)
})

test.each([
  '2026-01-01',
  '2026-01-06',
  '2026-04-06',
  '2026-04-25',
  '2026-05-01',
  '2026-06-02',
  '2026-08-15',
  '2026-10-04',
  '2026-11-01',
  '2026-12-08',
  '2026-12-25',
  '2026-12-26',
])('%s is a holiday in Italy', (day) => {
  expect(isHoliday(Temporal.PlainDate.from(day))).toBe(true)
})

test('Good Friday, the fourth of October before 2026 and Christmas Eve are working days', () => {
  for (const day of ['2026-04-03', '2024-10-04', '2026-12-24']) expect(isHoliday(Temporal.PlainDate.from(day))).toBe(false)
})

describe('office time between two moments', () => {
  test.each([
    ['within a day', '2026-03-02T09:30', '2026-03-02T11:00', 90],
    ['over night', '2026-03-02T16:00', '2026-03-03T10:00', 120],
    ['over a weekend', '2026-03-06T16:00', '2026-03-09T10:00', 120],
    ['over Easter', '2026-04-03T16:00', '2026-04-07T10:00', 120],
    ['before offices open and after they close', '2026-03-02T06:00', '2026-03-02T23:00', 480],
    ['on a Sunday', '2026-03-01T10:00', '2026-03-01T15:00', 0],
    ['over the change of the clocks', '2026-03-27T16:00', '2026-03-30T10:00', 120],
    ['backwards', '2026-03-03T10:00', '2026-03-02T10:00', 0],
    ['of a week', '2026-03-02T09:00', '2026-03-09T09:00', 5 * 480],
  ])('%s', (_, from, until, minutes) => {
    expect(workingMinutes(at(from), at(until))).toBe(minutes)
  })
})

test('two office days after a Friday afternoon are on Tuesday, at the same time', () => {
  expect(afterWorkingMinutes(at('2026-03-06T15:00'), 16 * 60).equals(at('2026-03-10T15:00'))).toBe(true)
})

test('whatever is asked at night is counted from the morning', () => {
  expect(afterWorkingMinutes(at('2026-03-02T22:00'), 60).equals(at('2026-03-03T10:00'))).toBe(true)
})

test('as many minutes pass as were to pass', () => {
  const moment = fc
    .integer({ min: 1_760_000_000, max: 1_830_000_000 })
    .map((second) => Temporal.Instant.fromEpochMilliseconds(second * 60_000 - ((second * 60_000) % 60_000)))
  fc.assert(
    fc.property(
      moment,
      fc.integer({ min: 1, max: 5_000 }),
      (from, minutes) => workingMinutes(from, afterWorkingMinutes(from, minutes)) === minutes,
    ),
    { numRuns: 200 },
  )
})
