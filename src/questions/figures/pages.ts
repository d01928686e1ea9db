import { html } from 'hono/html'
import { regionName } from '../../administrations/regions.ts'
import type { Dates } from '../../language/dates.ts'
import type { Language } from '../../language/language.ts'
import { formatNumber, formatShare } from '../../language/numbers.ts'
import type { Html } from '../../web/env.ts'
import { type ListRequest, listSearch, listTable } from '../../web/lists.ts'
import type { Figures, FiguresOf, SearchRow, VainSearch } from './queries.ts'
import { words } from './words.ts'

type View = { language: Language; dates: Dates }
type Shown = {
  altogether: Figures
  modules: readonly (FiguresOf<number | null> & { title: string | null })[]
  regions: readonly FiguresOf<string>[]
  vain: readonly VainSearch[]
}

export function figuresPage(view: View, { altogether, modules, regions, vain }: Shown): Html {
  const { language, dates } = view
  const t = words[language]
  const number = (value: number) => formatNumber(value, language)
  return html`
<h1>${t.title}</h1>
<p class="lead">${t.intro}</p>
<ul class="figures">
  <li><a href="/questions"><strong>${number(altogether.asked)}</strong> ${t.asked}</a></li>
  <li><a href="/questions/figures/searches?outcome=helped"><strong>${number(altogether.helped)}</strong> ${t.helped}</a></li>
  <li><a href="/questions?state=solved"><strong>${formatShare(altogether.solved, altogether.asked, language)}</strong> ${t.solvedShare}</a></li>
  <li><strong>${duration(altogether.medianMinutes, language)}</strong> ${t.median}</li>
</ul>
<h2>${t.byModule}</h2>
${modules.length === 0 && html`<p class="empty">${t.none}</p>`}
${
  modules.length > 0 &&
  table(view, t.byModule, t.module, modules, ({ key, title }) => ({
    label: title ?? t.noModule,
    query: key === null ? null : `module=${key}`,
  }))
}
${regions.length > 0 && html`<h2>${t.byRegion}</h2>${table(view, t.byRegion, t.region, regions, ({ key }) => ({ label: regionName(key), query: `region=${key}` }))}`}
<h2>${t.vain}</h2>
${
  vain.length === 0
    ? html`<p class="empty">${t.vainNone}</p>`
    : html`
<div class="table-responsive" tabindex="0" role="region" aria-label="${t.vain}">
<table class="table list-table">
  <caption>${t.vain}</caption>
  <thead><tr><th scope="col">${t.text}</th><th scope="col" class="numeric">${t.times}</th><th scope="col">${t.last}</th></tr></thead>
  <tbody>${vain.map(({ text, times, lastAt }) => html`<tr><th scope="row">${text}</th><td class="numeric">${number(times)}</td><td>${dates.moment(lastAt)}</td></tr>`)}</tbody>
</table>
</div>
<p><a href="/questions/figures/searches?outcome=nothing">${t.searchesTitle}</a></p>`
}`
}

/** `query`: what opens the rows behind a figure; null where the list has no such filter. */
function table<R extends Figures>(
  { language }: View,
  caption: string,
  first: string,
  rows: readonly R[],
  named: (row: R) => { label: string; query: string | null },
): Html {
  const t = words[language]
  const opened = (query: string | null, path: string, value: number) =>
    query === null ? formatNumber(value, language) : html`<a href="${path}${query}">${formatNumber(value, language)}</a>`
  return html`
<div class="table-responsive" tabindex="0" role="region" aria-label="${caption}">
<table class="table list-table">
  <caption>${caption}</caption>
  <thead><tr><th scope="col">${first}</th>${[t.asked, t.helped, t.answered, t.solved, t.solvedShare, t.median].map((label) => html`<th scope="col" class="numeric">${label}</th>`)}</tr></thead>
  <tbody>${rows.map((row) => {
    const { label, query } = named(row)
    return html`<tr>
    <th scope="row">${label}</th>
    <td class="numeric">${opened(query, '/questions?', row.asked)}</td>
    <td class="numeric">${opened(query, '/questions/figures/searches?outcome=helped&', row.helped)}</td>
    <td class="numeric">${formatNumber(row.answered, language)}</td>
    <td class="numeric">${opened(query, '/questions?state=solved&', row.solved)}</td>
    <td class="numeric">${formatShare(row.solved, row.asked, language)}</td>
    <td class="numeric">${duration(row.medianMinutes, language)}</td></tr>`
  })}</tbody>
</table>
</div>`
}

function duration(minutes: number | null, language: Language): string {
  if (minutes === null) return '–'
  const whole = Math.round(minutes)
  return words[language].hours(formatNumber(Math.floor(whole / 60), language), String(whole % 60))
}

type Listed = { list: ListRequest; rows: SearchRow[]; total: number }

export function searchesPage(view: View, listed: Listed, regions: readonly { value: string; label: string }[]): Html {
  const t = words[view.language]
  const filters = [
    {
      name: 'outcome',
      label: t.outcome,
      choices: (['helped', 'asked', 'nothing'] as const).map((value) => ({ value, label: t.outcomes[value] })),
    },
    { name: 'region', label: t.region, choices: regions },
  ]
  return html`
<h1>${t.searchesTitle}</h1>
${listSearch(listed.list, { language: view.language, target: 'searches', filters })}
${searchList(view, listed)}`
}

export function searchList({ language, dates }: View, { list, rows, total }: Listed): Html {
  const t = words[language]
  const found = ({ title, faqEntryId, questionId }: SearchRow) =>
    title && html`<a href="${faqEntryId ? `/faq/${faqEntryId}` : `/questions/${questionId}`}">${title}</a>`
  return html`<div id="searches">${listTable<SearchRow, string>({
    language,
    caption: t.searchesTitle,
    list,
    rows,
    total,
    empty: t.searchesNone,
    columns: [
      { label: t.text, cell: ({ text }) => text },
      { label: t.outcome, cell: ({ outcome }) => t.outcomes[outcome] },
      { label: t.found, cell: (row) => found(row) || null },
      { label: t.module, cell: ({ module }) => module },
      { label: t.region, cell: ({ region }) => region && regionName(region) },
      { label: t.when, cell: ({ searchedAt }) => dates.moment(searchedAt) },
    ],
  })}</div>`
}
