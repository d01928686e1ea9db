import { figures } from '../definitions.ts'
import { type Grouping, placeOf } from '../groups.ts'
import type { ParticipationRow } from './queries.ts'

export const participationSorts = ['key', ...figures] as const
export type ParticipationSort = (typeof participationSorts)[number]

type Order = { sort: ParticipationSort; descending: boolean }

/** In the order people know, or by a figure; equal ones stay in the first. Administrations come by name already. */
export function inOrder(by: Grouping, rows: readonly ParticipationRow[], order: Order = { sort: 'key', descending: false }) {
  const { sort, descending } = order
  const known = by === 'administration' ? [...rows] : rows.toSorted((a, b) => placeOf(by, a.key) - placeOf(by, b.key))
  if (sort === 'key') return descending ? known.reverse() : known
  return known.sort((a, b) => (a.figures[sort] - b.figures[sort]) * (descending ? -1 : 1))
}
