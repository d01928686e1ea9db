import { html } from 'hono/html'
import type { Database } from '../../../database/schema.ts'
import type { Language } from '../../../language/language.ts'
import { formatDecimal, formatNumber, formatShare } from '../../../language/numbers.ts'
import type { Html } from '../../../web/env.ts'
import { textOf } from '../survey.ts'
import { collectedBy } from './queries.ts'
import { readingOf } from './reading.ts'
import { words } from './words.ts'

const mostNamed = 3

/**
 * What the public may read of a survey, for the page that a communication plan publishes: how many answered, the satisfaction,
 * what is valued most and what is to be improved first. Null while too few have answered. No single answer, no groups.
 */
export async function publicSummary(db: Database, surveyId: number, language: Language): Promise<Html | null> {
  const collected = await collectedBy(db, surveyId)
  const reading = collected && readingOf(collected)
  if (!reading?.readable) return null
  const { survey, received, overall, matrix } = reading
  const t = words[language]
  const points = matrix?.points ?? []
  const named = (quadrant: 'keep' | 'improve') => points.filter((point) => point.quadrant === quadrant)
  const strong = named('keep').toSorted((a, b) => b.satisfaction - a.satisfaction)
  const weak = named('improve').toSorted((a, b) => a.satisfaction - b.satisfaction)
  const list = (title: string, entries: typeof points) =>
    entries.length > 0 &&
    html`<h3>${title}</h3><ul>${entries
      .slice(0, mostNamed)
      .map(
        (point) =>
          html`<li>${textOf(point.item, language)}: ${t.publicOutOf(formatDecimal(point.satisfaction, language), survey.points)}</li>`,
      )}</ul>`
  return html`
<section class="survey-summary">
  <h2>${t.publicTitle}</h2>
  <p>${t.publicLead(formatNumber(received, language), survey.service)}</p>
  <ul class="figures">
    ${overall && html`<li><strong>${t.publicOutOf(formatDecimal(overall.mean, language), survey.points)}</strong> ${t.satisfaction}</li>`}
    ${survey.reached && html`<li><strong>${formatShare(received, survey.reached, language)}</strong> ${t.rate}</li>`}
  </ul>
  ${list(t.publicStrong, strong)}${list(t.publicWeak, weak)}
</section>`
}
