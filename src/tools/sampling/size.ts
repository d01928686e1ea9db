/** Two-sided quantiles of the normal distribution, by confidence level in percent. */
export const quantiles = { '90': 1.644854, '95': 1.959964, '99': 2.575829 } as const
export type Confidence = keyof typeof quantiles
export const confidences = ['90', '95', '99'] as const satisfies readonly Confidence[]

/** `margin` and `proportion` in percent; a population of null is very large. */
export type Wanted = { population: number | null; confidence: Confidence; margin: number; proportion: number }

/**
 * How many answers are needed, not rounded: Cochran's n0 = z² p (1 - p) / e², corrected for a finite population to
 * n = n0 / (1 + (n0 - 1) / N). W. G. Cochran, Sampling Techniques, 3rd edition, 1977, section 4.4; the table of Krejcie and
 * Morgan (Educational and Psychological Measurement, 30, 1970) is the same formula.
 */
export function exactSize({ population, confidence, margin, proportion }: Wanted): number {
  const share = proportion / 100
  const infinite = (quantiles[confidence] ** 2 * share * (1 - share)) / (margin / 100) ** 2
  return population === null ? infinite : infinite / (1 + (infinite - 1) / population)
}

/** The smallest whole number of answers that keeps the margin; never more than there are people. */
export const sampleSize = (wanted: Wanted): number => {
  // What is whole but for the inexactness of floating point stays whole.
  const whole = Math.ceil(Number(exactSize(wanted).toFixed(9)))
  return Math.max(1, wanted.population === null ? whole : Math.min(whole, wanted.population))
}

/** How many people to invite when so many percent of them answer. */
export const invitations = (answers: number, responseRate: number): number => Math.ceil(Number((answers / (responseRate / 100)).toFixed(9)))

/**
 * The sample shared out in proportion to the strata, so that the parts add up to it (largest remainder; of equal remainders
 * the larger stratum comes first, then the one written first).
 */
export function allocate(sample: number, populations: readonly number[]): number[] {
  const all = populations.reduce((sum, each) => sum + each, 0)
  if (all === 0) return populations.map(() => 0)
  const shares = populations.map((population, index) => ({ index, population, exact: (sample * population) / all }))
  const parts = shares.map(({ exact }) => Math.floor(exact))
  const left = sample - parts.reduce((sum, each) => sum + each, 0)
  const byRemainder = shares.toSorted(
    (a, b) => b.exact - Math.floor(b.exact) - (a.exact - Math.floor(a.exact)) || b.population - a.population || a.index - b.index,
  )
  for (const { index } of byRemainder.slice(0, left)) parts[index] = (parts[index] ?? 0) + 1
  return parts
}
