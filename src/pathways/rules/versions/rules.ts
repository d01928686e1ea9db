import type { RuleSet } from './queries.ts'

export type PublicationRefusal = 'no_draft' | 'not_previewed' | 'condition_refused'

/** Why the draft can't come into force, or null: nobody publishes what nobody has looked at. */
export function publicationRefusal(draft: Pick<RuleSet, 'previewedAt' | 'changedAt'> | undefined): PublicationRefusal | null {
  if (!draft) return 'no_draft'
  const { previewedAt, changedAt } = draft
  return previewedAt !== null && Temporal.Instant.compare(previewedAt, changedAt) >= 0 ? null : 'not_previewed'
}
