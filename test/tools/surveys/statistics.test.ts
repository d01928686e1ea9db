import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { hiddenAmong } from '#src/tools/surveys/analysis/breakdown.ts'
import { differenceOf, estimate } from '#src/tools/surveys/analysis/statistics.ts'
import { tQuantile } from '#src/tools/surveys/analysis/t-distribution.ts'

describe('the t distribution', () => {
  // NIST/SEMATECH e-Handbook of Statistical Methods, table 1.3.6.7.2.
  const published = [
    [0.975, 1, 12.706],
    [0.975, 2, 4.303],
    [0.975, 5, 2.571],
    [0.975, 10, 2.228],
    [0.975, 30, 2.042],
    [0.975, 100, 1.984],
    [0.95, 10, 1.812],
    [0.995, 20, 2.845],
    [0.999, 3, 10.215],
  ] as const
  test.each(published)('is as published: %d with %d degrees of freedom', (probability, degrees, value) => {
    expect(tQuantile(probability, degrees)).toBeCloseTo(value, 3)
  })
  test('comes to the normal one in large samples', () => {
    expect(tQuantile(0.975, 1e7)).toBeCloseTo(1.95996, 4)
  })
  test('is symmetric', () => {
    expect(tQuantile(0.025, 10)).toBeCloseTo(-tQuantile(0.975, 10), 10)
  })
})

describe('an estimate', () => {
  test('of nothing is none, of one has no width', () => {
    expect(estimate([])).toBeNull()
    expect(estimate([4])).toEqual({ n: 1, mean: 4, deviation: 0, low: 4, high: 4 })
  })
  test('is mean ± t·s/√n: 2, 4, 4, 4, 5, 5, 7, 9', () => {
    // Sum 40, squares about the mean 32: s² = 32/7; t(0.975; 7) = 2.3646 (same table).
    const found = estimate([2, 4, 4, 4, 5, 5, 7, 9])
    const half = 2.3646 * Math.sqrt(32 / 7 / 8)
    expect([found?.mean, found?.low.toFixed(3), found?.high.toFixed(3)]).toEqual([5, (5 - half).toFixed(3), (5 + half).toFixed(3)])
  })
  test('of two groups differs by Welch’s interval', () => {
    // Worked by hand: means 20.8 and 26.2, variances 7.7 and 4.7, five each: se = √(1.54+0.94), df = 7.56, t between 2.365 (7) and 2.306 (8).
    const found = differenceOf(estimate([17, 20, 21, 22, 24]), estimate([23, 25, 27, 27, 29]))
    expect(found?.difference).toBeCloseTo(5.4, 10)
    const se = Math.sqrt(6.7 / 5 + 5.2 / 5)
    expect(found?.low).toBeGreaterThan(5.4 - 2.365 * se)
    expect(found?.low).toBeLessThan(5.4 - 2.28 * se)
  })
})

describe('what is hidden', () => {
  test('is every group under the minimum, and one more when it stands alone', () => {
    expect([...hiddenAmong([40, 25, 3], 10)].toSorted()).toEqual([1, 2])
    expect([...hiddenAmong([40, 25, 4, 7], 10)].toSorted()).toEqual([2, 3])
    expect([...hiddenAmong([40, 25, 4, 3], 10)].toSorted()).toEqual([1, 2, 3])
    expect([...hiddenAmong([40, 25, 12], 10)]).toEqual([])
    expect([...hiddenAmong([40, 0, 12], 10)]).toEqual([])
  })
  test('never leaves fewer people than the minimum to be worked out from the whole', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(60), { minLength: 1, maxLength: 8 }), fc.integer({ min: 5, max: 20 }), (counts, minimum) => {
        const hidden = hiddenAmong(counts, minimum)
        const shown = counts.filter((_, index) => !hidden.has(index))
        const rest = counts.filter((_, index) => hidden.has(index))
        const together = rest.reduce((sum, count) => sum + count, 0)
        expect(shown.every((count) => count === 0 || count >= minimum)).toBe(true)
        const everythingHidden = shown.every((count) => count === 0)
        expect(rest.length === 0 || everythingHidden || (together >= minimum && rest.length >= 2)).toBe(true)
      }),
    )
  })
})
