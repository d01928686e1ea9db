import { html } from 'hono/html'
import type { Language } from '../../../language/language.ts'
import { formatDecimal, formatNumber } from '../../../language/numbers.ts'
import type { Html } from '../../../web/env.ts'
import { textOf } from '../survey.ts'
import type { Compared, Comparison } from './findings.ts'
import { estimateInWords } from './pages.ts'
import { table } from './tables.ts'
import { words } from './words.ts'

const signs = { better: '▲', worse: '▼', unsure: '=' } as const

export function comparisonPage(comparison: Comparison | null, language: Language): Html {
  const t = words[language]
  if (!comparison) return html`<h1>${t.comparisonTitle}</h1><div class="empty">${t.comparisonNone}</div>`
  const { first, second } = comparison
  return html`
<h1>${t.comparisonTitle}</h1>
<p class="lead">${first.survey.service}</p>
<ul class="figures"><li><strong>${formatNumber(first.answers.length, language)}</strong> ${t.answers}: ${t.first}</li><li><strong>${formatNumber(second.answers.length, language)}</strong> ${t.answers}: ${t.second}</li></ul>
<p>${t.comparisonLead}</p>
${comparisonTable(comparison.rows, language)}`
}

/** For the plan and the report of a re-measurement. */
export function comparisonTable(rows: readonly Compared[], language: Language): Html {
  const t = words[language]
  return table({
    caption: t.comparisonTitle,
    head: [t.question, t.first, t.second, `${t.change} (${t.interval})`, t.verdictLabel],
    numeric: [1, 2, 3],
    rows: rows.map(({ item, first, second, change, verdict }) => [
      textOf(item, language),
      estimateInWords(first, language),
      estimateInWords(second, language),
      change ? `${signed(change.difference, language)} (${signed(change.low, language)} – ${signed(change.high, language)})` : '–',
      `${signs[verdict]} ${t.verdict[verdict]}`,
    ]),
  })
}

const signed = (value: number, language: Language) => `${value > 0 ? '+' : ''}${formatDecimal(value, language)}`
