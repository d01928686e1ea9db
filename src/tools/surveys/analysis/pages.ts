import { html } from 'hono/html'
import type { Language } from '../../../language/language.ts'
import { formatDecimal, formatNumber, formatShare } from '../../../language/numbers.ts'
import type { Html } from '../../../web/env.ts'
import { surveyPath, textOf } from '../survey.ts'
import { words as surveyWords } from '../words.ts'
import { dimensionChart, distributionChart, matrixChart, quadrantShapes } from './charts.ts'
import type { Reading } from './reading.ts'
import type { DimensionResult, ItemResult, Matrix } from './results.ts'
import type { Estimate } from './statistics.ts'
import { table } from './tables.ts'
import { words } from './words.ts'

/** Everything that a survey says, each chart with its table. */
export function analysisPage(reading: Reading, groups: Html, language: Language): Html {
  const { survey, received, readable } = reading
  const t = words[language]
  return html`
<h1>${t.title}</h1>
<p class="lead">${survey.title} · ${survey.service}</p>
${received === 0 && html`<div class="empty">${t.none}</div>`}
${received > 0 && !readable && html`<div class="alert alert-info">${t.tooFew(formatNumber(received, language), formatNumber(survey.minimumCell, language))}</div>`}
${
  readable &&
  html`${figures(reading, language)}
${matrixSection(reading, language)}
${itemSection(reading, language)}
${distributionSection(reading, language)}
${dimensionSection(reading, language)}
${groups}
<section class="prose"><h2>${t.method}</h2><p>${t.methodText(survey.points)}</p></section>
<p class="actions"><a class="btn btn-outline-primary" href="${surveyPath(survey)}/report.pdf">${surveyWords[language].report}</a>
<a class="btn btn-outline-primary" href="${surveyPath(survey)}/texts">${surveyWords[language].openAnswers}</a></p>`
}`
}

function figures({ survey, received, overall }: Reading, language: Language): Html {
  const t = words[language]
  return html`
<ul class="figures">
  <li><strong>${formatNumber(received, language)}</strong> ${t.answers}</li>
  ${survey.reached && html`<li><strong>${formatShare(received, survey.reached, language)}</strong> ${t.rate}<br><small>${t.rateOf(formatNumber(received, language), formatNumber(survey.reached, language))}</small></li>`}
  ${overall && html`<li><strong>${formatDecimal(overall.mean, language)}</strong> ${t.overall(survey.points)}<br><small>${t.between(formatDecimal(overall.low, language), formatDecimal(overall.high, language))}</small></li>`}
</ul>
${!survey.reached && html`<p><small>${t.rateUnknown}</small></p>`}`
}

function matrixSection({ matrix }: Reading, language: Language): Html {
  const t = words[language]
  return html`
<section><h2>${t.matrixTitle}</h2>
${matrix ? html`<p>${t.matrixLead}</p><div class="beside">${matrixChart(matrix, language)}<div>${matrixTable(matrix, language)}</div></div>` : html`<div class="empty">${t.matrixNone}</div>`}
</section>`
}

/** The marks of the chart in words; the numbers are the same. */
export function matrixTable({ points }: Matrix, language: Language): Html {
  const t = words[language]
  return table({
    caption: t.matrixTitle,
    head: [t.number, t.question, t.satisfaction, t.importance, t.where],
    numeric: [2, 3],
    rows: points.map((point, index) => [
      String(index + 1),
      textOf(point.item, language),
      formatDecimal(point.satisfaction, language),
      formatDecimal(point.importance, language),
      html`${quadrantShapes[point.quadrant].sign} ${t.quadrant[point.quadrant]}<br><small>${t.quadrantHelp[point.quadrant]}</small>`,
    ]),
  })
}

/** "4,21 (4,10-4,32)", or a dash. */
export const estimateInWords = (estimate: Estimate | null, language: Language): string =>
  estimate
    ? `${formatDecimal(estimate.mean, language)} (${formatDecimal(estimate.low, language)} – ${formatDecimal(estimate.high, language)})`
    : '–'

function itemSection({ items }: Reading, language: Language): Html {
  const t = words[language]
  const head = [t.question, `${t.satisfaction}: ${t.mean} (${t.interval})`, t.count, `${t.importance}: ${t.mean} (${t.interval})`, t.count]
  const row = ({ item, satisfaction, importance }: ItemResult) => [
    textOf(item, language),
    estimateInWords(satisfaction, language),
    formatNumber(satisfaction?.n ?? 0, language),
    estimateInWords(importance, language),
    formatNumber(importance?.n ?? 0, language),
  ]
  return html`<section><h2>${t.items}</h2>${table({ caption: t.items, head, numeric: [1, 2, 3, 4], rows: items.map(row) })}</section>`
}

function distributionSection({ survey, items }: Reading, language: Language): Html {
  const t = words[language]
  const marks = Array.from({ length: survey.points }, (_, index) => String(index + 1))
  const rows = items.map(({ item, distribution }) => [
    textOf(item, language),
    ...distribution.map((count) => formatNumber(count, language)),
  ])
  return html`
<section><h2>${t.distribution}</h2><p>${t.distributionLead}</p>
<div class="table-responsive" tabindex="0" role="region" aria-label="${t.chartOf(t.distribution)}">${distributionChart(items, language)}</div>
${table({ caption: t.distribution, head: [t.question, ...marks], numeric: marks.map((_, index) => index + 1), rows })}
</section>`
}

function dimensionSection({ survey, dimensions }: Reading, language: Language): Html {
  const t = words[language]
  const row = ({ dimension, satisfaction, importance, gap }: DimensionResult) => [
    surveyWords[language].dimension[dimension],
    estimateInWords(satisfaction, language),
    estimateInWords(importance, language),
    estimateInWords(gap, language),
  ]
  return html`
<section><h2>${t.dimensions}</h2><p>${t.dimensionsLead}</p>
<div class="table-responsive" tabindex="0" role="region" aria-label="${t.chartOf(t.dimensions)}">${dimensionChart(dimensions, survey.points, language)}</div>
${table({ caption: t.dimensions, head: [t.dimension, t.satisfaction, t.importance, t.gap], numeric: [1, 2, 3], rows: dimensions.map(row) })}
</section>`
}
