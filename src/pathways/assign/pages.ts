import { html } from 'hono/html'
import { kindName } from '../../administrations/kinds.ts'
import { regionName, regions } from '../../administrations/regions.ts'
import type { Language } from '../../language/language.ts'
import { formatNumber } from '../../language/numbers.ts'
import type { Html } from '../../web/env.ts'
import { type ListRequest, listTable, rowsPerPage } from '../../web/lists.ts'
import type { AssignmentRefusal, Candidate, Preview } from './rules.ts'
import { words } from './words.ts'

type Shown = {
  programmeId: number
  preview: Preview
  unmatched: readonly Candidate[]
  list: ListRequest<'name'>
  hasRules: boolean
  regional: boolean
  refusal: AssignmentRefusal | null
}

export function assignmentPage(language: Language, shown: Shown): Html {
  const t = words[language]
  const { preview, unmatched, regional, hasRules, programmeId } = shown
  return html`
<h1>${t.title}</h1>
<p class="lead">${t.intro}${regional && html` ${t.scope}`}</p>
${!hasRules && html`<div class="empty">${t.noRules} <a href="/programmes/${programmeId}/rules">${t.toRules}</a></div>`}
${figures(language, preview)}
${confirmation(language, shown)}
${totalOf(preview) > 0 && byRegionTable(language, preview)}
${unmatched.length > 0 && unmatchedList(language, shown)}`
}

const totalOf = ({ byPathway }: Preview) => byPathway.reduce((sum, { count }) => sum + count, 0)

function figures(language: Language, preview: Preview): Html {
  const t = words[language]
  const list: [number, string][] = [
    [totalOf(preview), t.wouldGet],
    [preview.alreadyEnrolled, t.alreadyEnrolled],
    [preview.unmatched, t.unmatched],
    [preview.closed, t.closed],
  ]
  return html`<ul class="figures">${list.map(([count, label]) => html`<li><strong>${formatNumber(count, language)}</strong> ${label}</li>`)}</ul>`
}

function confirmation(language: Language, { programmeId, preview, hasRules, refusal }: Shown): Html {
  const t = words[language]
  const count = totalOf(preview)
  if (refusal) return html`<div class="alert alert-warning" role="status">${t.refusal[refusal]}</div>`
  if (count === 0) return hasRules ? html`<p>${t.nobody}</p>` : html``
  return html`
<form method="post" action="/programmes/${programmeId}/assign" class="actions">
  <button class="btn btn-primary">${count === 1 ? t.confirmOne : t.confirm(formatNumber(count, language))}</button>
</form>`
}

function byRegionTable(language: Language, { byPathway }: Preview): Html {
  const t = words[language]
  const number = (count: number) => html`<td class="numeric">${formatNumber(count, language)}</td>`
  const inRegion = (code: string) => byPathway.map(({ byRegion }) => byRegion[code] ?? 0)
  const sum = (counts: readonly number[]) => counts.reduce((total, count) => total + count, 0)
  const rows = regions.map(({ code, name }) => ({ name, counts: inRegion(code) })).filter(({ counts }) => sum(counts) > 0)
  const totals = byPathway.map(({ count }) => count)
  return html`
<div class="table-responsive" tabindex="0" role="region" aria-label="${t.table}">
<table class="table list-table">
  <caption>${t.table}</caption>
  <thead><tr><th scope="col">${t.region}</th>${byPathway.map(({ title }) => html`<th scope="col" class="numeric">${title}</th>`)}<th scope="col" class="numeric">${t.total}</th></tr></thead>
  <tbody>${rows.map(({ name, counts }) => html`<tr><th scope="row">${name}</th>${counts.map(number)}${number(sum(counts))}</tr>`)}</tbody>
  <tfoot><tr><th scope="row">${t.total}</th>${totals.map(number)}${number(sum(totals))}</tr></tfoot>
</table>
</div>`
}

function unmatchedList(language: Language, { programmeId, unmatched, list }: Shown): Html {
  const t = words[language]
  const rows = unmatched.slice((list.page - 1) * rowsPerPage, list.page * rowsPerPage)
  const columns = [
    { label: t.administration, cell: ({ id, name }: Candidate) => html`<a href="/administrations/${id}">${name}</a>` },
    { label: t.region, cell: ({ region }: Candidate) => regionName(region) },
    { label: t.kind, cell: ({ kind }: Candidate) => kindName(kind, language) },
    {
      label: t.chooseByHand,
      cell: ({ id, name }: Candidate) =>
        html`<a href="/orientation/${programmeId}/${id}/recommendation" aria-label="${t.chooseFor(name)}">${t.chooseByHand}</a>`,
    },
  ]
  return html`
<h2>${t.unmatchedTitle}</h2>
<p>${t.unmatchedHelp}</p>
${listTable({ language, caption: t.unmatchedTitle, list, columns, rows, total: unmatched.length })}`
}
