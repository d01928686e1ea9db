import type { Language } from '../../language/language.ts'
import { formatNumber } from '../../language/numbers.ts'
import { type Act, acts, type Figure, unitOf } from '../definitions.ts'
import { type Grouping, groupName } from '../groups.ts'
import type { Reading } from '../reading.ts'
import { words } from '../words.ts'
import type { CountedRow, Evidence } from './queries.ts'

/** What a row counts for, as text: the pathway, the acts, the administrations or the sessions. */
export function evidenceInWords(reading: Reading, figure: Figure, { evidence }: CountedRow): string {
  if (figure === 'active') return actsInWords(evidence, reading.language)
  if (figure === 'registered' || figure === 'referents') return ''
  if (unitOf[figure] === 'person') return evidence.map((each) => sessionInWords(reading, each)).join(' | ')
  return distinct(evidence.map(({ title }) => title)).join(', ')
}

/** "2 iscrizioni a incontri, 1 domanda" */
export function actsInWords(evidence: readonly Evidence[], language: Language): string {
  const times = (act: Act) => evidence.filter(({ what }) => what === act).reduce((sum, each) => sum + each.times, 0)
  return acts.flatMap((act) => (times(act) > 0 ? [words[language].act[act](times(act))] : [])).join(', ')
}

/** "16 giu 2026, Guida agli strumenti, 45 min" */
export const sessionInWords = ({ dates, language }: Reading, { at, title, minutes }: Evidence) =>
  `${dates.shortDay(at)}, ${title}, ${words[language].minutes(formatNumber(minutes, language))}`

/** The regions or kinds under which a row counts: as they were then, so there may be two. */
export const placesInWords = ({ evidence }: CountedRow, by: Exclude<Grouping, 'administration'>, language: Language): string =>
  distinct(evidence.map((each) => groupName(by, each[by], null, language))).join(', ')

export const administrationsOf = ({ evidence }: CountedRow) => [
  ...new Map(evidence.map(({ administration }) => [administration.id, administration])).values(),
]

const distinct = (texts: readonly string[]) => [...new Set(texts)]
