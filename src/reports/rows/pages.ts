import { html } from 'hono/html'
import type { Language } from '../../language/language.ts'
import { formatNumber } from '../../language/numbers.ts'
import type { Html } from '../../web/env.ts'
import { type ListRequest, listTable } from '../../web/lists.ts'
import { definitions, type Figure, unitOf } from '../definitions.ts'
import { hoursFrom } from '../hours.ts'
import { periodInWords, type Reading } from '../reading.ts'
import { participationUrl, rowsUrl, type View } from '../urls.ts'
import { words } from '../words.ts'
import { columnsOf } from './columns.ts'
import type { CountedRow, Part, RowSort } from './queries.ts'

export type Counts = { total: number; shown: number; minutes: number }

type Shown = {
  view: View
  figure: Figure
  part: Part
  title: string
  counts: Counts
  list: ListRequest<RowSort>
  rows: readonly CountedRow[]
  total: number
}

/** What is behind one number: how it is counted, the rows that may be seen with their evidence, and how many may not. */
export function rowsPage(reading: Reading, shown: Shown): Html {
  const { language } = reading
  const { view, figure, part, title, counts } = shown
  const t = words[language]
  return html`
<h1>${title}</h1>
<p class="lead">${view.programme.title}. ${periodInWords(reading, view.period)}</p>
<p><strong>${valueInWords(language, figure, counts)}</strong></p>
<p class="prose">${definitions[language][figure].meaning}</p>
${counts.shown < counts.total && html`<p class="alert alert-info">${t.hidden(countInWords(language, figure, counts.total - counts.shown))}</p>`}
${counts.total === 0 ? html`<p class="empty">${t.nothing}</p>` : counts.shown > 0 && list(reading, shown)}
<p class="actions">
  ${counts.shown > 0 && html`<a class="btn btn-outline-primary" href="${rowsUrl(view, figure, part, '.csv')}" download>${t.rowsCsv}</a>`}
  <a href="${participationUrl(view)}">${t.back}</a>
</p>`
}

const countInWords = (language: Language, figure: Figure, count: number) =>
  `${formatNumber(count, language)} ${words[language].count[unitOf[figure]](count)}`

/** "12 persone"; the hours with the attendances that make them. */
function valueInWords(language: Language, figure: Figure, { total, minutes }: Counts): string {
  const counted = countInWords(language, figure, total)
  return figure === 'hours' ? `${counted}, ${words[language].hoursIn(formatNumber(hoursFrom(minutes), language))}` : counted
}

function list(reading: Reading, { figure, title, list, rows, total }: Shown): Html {
  const { language } = reading
  return html`
${searchForm(language, list)}
${listTable({ language, caption: title, list, rows, total, columns: columnsOf(reading, figure) })}`
}

/** A search that keeps which number was opened. */
function searchForm(language: Language, { path, q, filters }: ListRequest): Html {
  const t = words[language]
  return html`
<form class="list-search" method="get" action="${path}" role="search">
  ${Object.entries(filters).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`)}
  <div class="field"><label for="q">${t.searchName}</label><input class="form-control" type="search" id="q" name="q" value="${q}" maxlength="200"></div>
  <button class="btn btn-outline-primary">${t.search}</button>
</form>`
}
