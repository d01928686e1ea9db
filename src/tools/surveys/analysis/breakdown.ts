import type { Answers, Item } from '../survey.ts'
import { scoreOf } from './results.ts'
import { type Estimate, estimate } from './statistics.ts'

/** What is compared between groups: everything, one dimension, or one question. */
export type Measure = { codes: readonly string[] }
/** A group of those who chose the same; `code` null for those who didn't say. What is hidden has neither number nor mean. */
export type Group = { code: string | null } & ({ hidden: false; estimate: Estimate | null; n: number } | { hidden: true })

/**
 * Satisfaction by the answer to a profile question, so that nobody is recognisable: a group of fewer than `minimum` people is
 * hidden; and where what is hidden could be worked out from the whole (one group alone, or several that are still fewer than
 * `minimum` together), the smallest of the others is hidden too. An empty group says nothing about anybody and is shown.
 */
export function breakdown(answers: readonly Answers[], profile: Item, { codes }: Measure, minimum: number): Group[] {
  const groups = [...profile.options.map(({ code }) => code), null].map((code) => {
    const members = answers.filter((each) => (each[profile.code] ?? null) === code)
    const scores = members.map((each) => scoreOf(each, codes, 's')).filter((score) => score !== null)
    return { code, scores }
  })
  const hidden = hiddenAmong(
    groups.map(({ scores }) => scores.length),
    minimum,
  )
  return groups.map(({ code, scores }, index) =>
    hidden.has(index) ? { code, hidden: true } : { code, hidden: false, estimate: estimate(scores), n: scores.length },
  )
}

/** The positions to hide, given how many people stand behind each. */
export function hiddenAmong(counts: readonly number[], minimum: number): Set<number> {
  const hidden = new Set(counts.flatMap((count, index) => (count > 0 && count < minimum ? index : [])))
  const together = () => [...hidden].reduce((sum, index) => sum + (counts[index] ?? 0), 0)
  while (hidden.size > 0 && (hidden.size < 2 || together() < minimum)) {
    const next = counts
      .map((count, index) => ({ count, index }))
      .filter(({ count, index }) => count > 0 && !hidden.has(index))
      .toSorted((a, b) => a.count - b.count || a.index - b.index)[0]
    if (!next) break
    hidden.add(next.index)
  }
  return hidden
}
