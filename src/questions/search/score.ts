import type { Meant } from './understanding.ts'

/** A text by its stems: what it asks, and all the rest. */
export type Indexed = { subject: ReadonlySet<string>; body: ReadonlySet<string> }

const bodyCounts = 0.6
const unknownCounts = 0.25
const extraWordCosts = 0.015

/**
 * How well a text answers what is looked for: the share of its words that the text has, rare words counting more than
 * common ones, words of its heading more than the others; of two equals the shorter heading wins.
 */
export function scoreOf({ subject, body }: Indexed, meant: readonly Meant[]): number {
  let whole = 0
  let matched = 0
  for (const { stems } of meant) {
    const rarity = stems.length === 0 ? unknownCounts : 1 / (1 + Math.log(1 + Math.min(...stems.map(({ uses }) => uses))))
    whole += rarity
    matched +=
      rarity * Math.max(0, ...stems.map(({ stem, weight }) => (subject.has(stem) ? weight : body.has(stem) ? weight * bodyCounts : 0)))
  }
  return whole === 0 ? 0 : matched / whole - extraWordCosts * Math.min(10, subject.size)
}
