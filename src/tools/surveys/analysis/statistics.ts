import { tQuantile } from './t-distribution.ts'

/** What is said of a group of figures: how many, their mean, its 95% confidence interval; no interval for fewer than two. */
export type Estimate = { n: number; mean: number; deviation: number; low: number; high: number }
export const confidence = 0.95

/** Null for no figures. The interval is mean ± t(0.975; n−1) · s/√n, with s from n−1. */
export function estimate(values: readonly number[]): Estimate | null {
  const n = values.length
  if (n === 0) return null
  const mean = values.reduce((sum, value) => sum + value, 0) / n
  if (n === 1) return { n, mean, deviation: 0, low: mean, high: mean }
  const deviation = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (n - 1))
  const half = (tQuantile(1 - (1 - confidence) / 2, n - 1) * deviation) / Math.sqrt(n)
  return { n, mean, deviation, low: mean - half, high: mean + half }
}

export type Difference = { difference: number; low: number; high: number }

/** Of the second mean from the first, two independent groups of unequal spread: Welch's interval at 95%; null below two in either. */
export function differenceOf(first: Estimate | null, second: Estimate | null): Difference | null {
  if (!first || !second || first.n < 2 || second.n < 2) return null
  const [a, b] = [first.deviation ** 2 / first.n, second.deviation ** 2 / second.n]
  const difference = second.mean - first.mean
  if (a + b === 0) return { difference, low: difference, high: difference }
  const degrees = (a + b) ** 2 / (a ** 2 / (first.n - 1) + b ** 2 / (second.n - 1))
  const half = tQuantile(1 - (1 - confidence) / 2, degrees) * Math.sqrt(a + b)
  return { difference, low: difference - half, high: difference + half }
}

export const meanOf = (values: readonly number[]): number | null =>
  values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length
