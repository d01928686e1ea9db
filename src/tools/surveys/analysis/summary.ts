import { html } from 'hono/html'
import type { Database } from '../../../database/schema.ts'
import type { Language } from '../../../language/language.ts'
import { formatDecimal, formatNumber, formatShare } from '../../../language/numbers.ts'
import type { Html } from '../../../web/env.ts'
import { textOf } from '../survey.ts'
import { type Compared, comparisonOf, weakIn } from './findings.ts'
import { type Collected, collectedBy, latestAnswered } from './queries.ts'
import { readingOf } from './reading.ts'
import { words } from './words.ts'

type Named = { it: string; en: string; mean: number }

/** What the public may read of a survey; no single answer, no groups. */
export type PublicSummary = {
  service: string
  received: number
  reached: number | null
  points: number
  overall: number | null
  strong: readonly Named[]
  weak: readonly Named[]
}

const mostNamed = 3

/** For the page that a communication plan publishes; null while too few have answered. */
export function summaryOf(collected: Collected): PublicSummary | null {
  const reading = readingOf(collected)
  if (!reading.readable) return null
  const { survey, received, overall, matrix } = reading
  const named = (quadrant: 'keep' | 'improve', order: 1 | -1): Named[] =>
    (matrix?.points ?? [])
      .filter((point) => point.quadrant === quadrant)
      .toSorted((a, b) => order * (a.satisfaction - b.satisfaction))
      .slice(0, mostNamed)
      .map(({ item, satisfaction }) => ({ it: item.it, en: item.en, mean: satisfaction }))
  const { service, reached, points } = survey
  return { service, received, reached, points, overall: overall?.mean ?? null, strong: named('keep', -1), weak: named('improve', 1) }
}

/** How many answered, the satisfaction, what is valued most and what is to be improved first. */
export function publicSummary({ service, received, reached, points, overall, strong, weak }: PublicSummary, language: Language): Html {
  const t = words[language]
  const outOf = (mean: number) => t.publicOutOf(formatDecimal(mean, language), points)
  const list = (title: string, entries: readonly Named[]) =>
    entries.length > 0 &&
    html`<h3>${title}</h3><ul>${entries.map((entry) => html`<li>${textOf(entry, language)}: ${outOf(entry.mean)}</li>`)}</ul>`
  return html`
<section class="survey-summary">
  <h2>${t.publicTitle}</h2>
  <p>${t.publicLead(formatNumber(received, language), service)}</p>
  <ul class="figures">
    ${overall !== null && html`<li><strong>${outOf(overall)}</strong> ${t.satisfaction}</li>`}
    ${reached !== null && html`<li><strong>${formatShare(received, reached, language)}</strong> ${t.rate}</li>`}
  </ul>
  ${list(t.publicStrong, strong)}${list(t.publicWeak, weak)}
</section>`
}

/** What the newest survey of an enrolment says to the other tools. */
export type SurveyFindings = {
  /** Its weak quadrant, the most urgent first. */
  weak: readonly string[]
  summary: PublicSummary | null
  /** Where it repeats another one: both, question by question. */
  comparison: readonly Compared[]
}

export async function surveyFindings(db: Database, enrolmentId: number): Promise<SurveyFindings> {
  const surveyId = await latestAnswered(db, enrolmentId)
  const collected = surveyId === null ? undefined : await collectedBy(db, surveyId)
  const summary = collected ? summaryOf(collected) : null
  if (!collected || !summary) return { weak: [], summary: null, comparison: [] }
  const comparison = collected.survey.repeatsId === null ? null : await comparisonOf(db, collected.survey.id)
  return { weak: weakIn(collected).map(({ item }) => item.it), summary, comparison: comparison?.rows ?? [] }
}
