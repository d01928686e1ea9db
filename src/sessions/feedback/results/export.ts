import type { Language } from '../../../language/language.ts'
import { type Cell, csv } from '../../../web/csv.ts'
import { labelOf } from '../pages.ts'
import { countOf, meanOf, ratings } from '../rules.ts'
import { words } from '../words.ts'
import type { Results } from './queries.ts'

/** The results of a session as a table: a row for each rating asked for, then one for each text. */
export function resultsCsv({ rated, written }: Results, language: Language): string {
  const t = words[language]
  const rows: Cell[][] = [[t.question, t.answers, t.mean, ...ratings.map((rating) => t.ratings[rating])]]
  for (const { distribution, ...question } of rated) {
    const mean = meanOf(distribution)
    const shown = mean === null ? distribution.map(() => null) : distribution
    rows.push([labelOf(question, language), countOf(distribution), mean === null ? null : Math.round(mean * 100) / 100, ...shown])
  }
  rows.push([], [t.question, t.texts])
  for (const { texts, ...question } of written) for (const text of texts) rows.push([labelOf(question, language), text])
  return csv(rows)
}
