import type { Dates } from '../language/dates.ts'
import type { Language } from '../language/language.ts'
import { groupings, groupName } from './groups.ts'
import type { Period } from './period.ts'
import type { Part } from './rows/queries.ts'
import { words } from './words.ts'

/** How figures are put into words: for whom and as of when. */
export type Reading = { language: Language; dates: Dates; now: Temporal.Instant }

export function periodInWords({ language, dates, now }: Reading, { from, until }: Period): string {
  return words[language].period(from && dates.plainDay(from), until && dates.plainDay(until), dates.shortDay(now))
}

/** "Calabria", "Comune, Calabria", or the whole country. */
export function partInWords(language: Language, part: Part, administration: string | null): string {
  const t = words[language]
  const names = groupings.flatMap((by) => {
    const key = part[by]
    if (key === undefined) return []
    return [by === 'region' && key === 'roc' ? t.roc : groupName(by, key, administration, language)]
  })
  return names.length > 0 ? names.join(', ') : t.whole
}
