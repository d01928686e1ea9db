import type { Person } from '../../web/env.ts'
import type { Question } from '../queries.ts'
import { looksAfter } from '../rules.ts'

export type MergeRefusal =
  | 'not_found'
  | 'no_such_target'
  | 'not_staff'
  | 'same'
  | 'already_merged'
  | 'target_merged'
  | 'other_programme'
  | 'target_private'

/**
 * A duplicate goes where whoever asked it may follow: to a question of the same administration, or a public one of the
 * programme. `answersOthers`: questions of other administrations were merged into the duplicate before.
 */
export function mergeRefusal(
  duplicate: Question,
  target: Question | undefined,
  person: Person,
  answersOthers: boolean,
): MergeRefusal | null {
  if (!looksAfter(duplicate, person)) return 'not_staff'
  if (duplicate.state === 'merged') return 'already_merged'
  if (!target) return 'no_such_target'
  if (target.id === duplicate.id) return 'same'
  if (target.state === 'merged') return 'target_merged'
  if (target.programmeId !== duplicate.programmeId) return 'other_programme'
  if (target.visibility === 'private' && (answersOthers || target.administrationId !== duplicate.administrationId)) return 'target_private'
  return null
}
