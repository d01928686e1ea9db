import type { Programme } from '../programmes/queries.ts'
import type { Figure } from './definitions.ts'
import type { Grouping } from './groups.ts'
import type { Period } from './period.ts'
import type { Part } from './rows/queries.ts'

/** What a table of participation was asked for; it all stays in the address, so a link reproduces the view. */
export type View = { programme: Programme; period: Period; by: Grouping }

export const participationUrl = (view: View, extension = ''): string => `/reports/participation${extension}?${query(view)}`

export const rowsUrl = (view: View, figure: Figure, part: Part, extension = ''): string =>
  `/reports/participation/rows${extension}?${query(view)}&${new URLSearchParams({ figure, ...part })}`

function query({ programme, period: { from, until }, by }: View) {
  return new URLSearchParams({
    programme: String(programme.id),
    ...(from && { from: from.toString() }),
    ...(until && { until: until.toString() }),
    by,
  })
}
