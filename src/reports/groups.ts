import { categoryCodes, categoryName, kindName, kinds } from '../administrations/kinds.ts'
import { regionName, regions } from '../administrations/regions.ts'
import type { Language } from '../language/language.ts'
import { words } from './words.ts'

/** By what the rows of the table are told apart. */
export const groupings = ['region', 'category', 'kind', 'administration'] as const
export type Grouping = (typeof groupings)[number]

/** The column of a fact that tells them apart. */
export const columnOf = {
  region: 'region_code',
  category: 'category',
  kind: 'kind',
  administration: 'administration_id',
} as const satisfies Record<Grouping, string>

/** Rows that are shown even when everything in them is zero. */
export const fixedKeys: Record<Grouping, readonly string[]> = {
  region: regions.map(({ code }) => code),
  category: [],
  kind: [],
  administration: [],
}

const order: Record<Grouping, readonly string[]> = {
  region: fixedKeys.region,
  category: categoryCodes,
  kind: Object.keys(kinds),
  administration: [],
}

/** The place of a key in the order people know: regions from north to south, kinds as we list them; unknown ones last. */
export function placeOf(by: Grouping, key: string): number {
  const place = order[by].indexOf(key)
  return place === -1 ? order[by].length : place
}

/** How a row is called; an administration by its own name. */
export function groupName(by: Grouping, key: string, name: string | null, language: Language): string {
  if (by === 'administration') return name ?? key
  if (by === 'region') return regionName(key) || words[language].noRegion
  return by === 'kind' ? kindName(key, language) : categoryName(key)
}
