import { html } from 'hono/html'
import type { Dates } from '../../../language/dates.ts'
import type { Language } from '../../../language/language.ts'
import { formatNumber } from '../../../language/numbers.ts'
import type { Html } from '../../../web/env.ts'
import { fieldsOf } from '../../../web/fields.ts'
import type { PathwayOutline } from '../../queries.ts'
import { phases } from '../pathways/outline.ts'
import type { Followers, PathwayVersion } from './queries.ts'
import { type PlanChange, planChanges } from './rules.ts'
import { words } from './words.ts'

type Shown = { pathway: PathwayOutline; draft: PathwayOutline; followers: Followers; problem: string | null }

/** What the draft of a version changes, for whom, and publishing it. */
export function draftPage(language: Language, dates: Dates, { pathway, draft, followers, problem }: Shown): Html {
  const t = words[language]
  const number = (count: number) => formatNumber(count, language)
  const changes = planChanges(pathway, draft)
  const url = `/pathways/${pathway.id}/version`
  return html`
<h1>${pathway.title}: ${t.title(draft.version)}</h1>
<p class="lead">${t.lead}</p>
${problem && html`<div class="alert alert-danger" role="alert" tabindex="-1" data-focus>${problem}</div>`}
<ul class="figures">
  <li><strong>${number(followers.all)}</strong> ${t.followers}</li>
  <li><strong>${number(followers.begun)}</strong> ${t.begun}</li>
  <li><strong>${number(followers.completeAtOnce)}</strong> ${t.completeAtOnce}</li>
</ul>
<h2>${t.changes}</h2>
${changes.length === 0 ? html`<p>${t.nothing}</p>` : html`<ul>${changes.map((change) => html`<li>${changeInWords(language, change)}</li>`)}</ul>`}
<form method="post" action="${url}">
  <input type="hidden" name="draft" value="${draft.id}">
  ${draft.modules.map(({ moduleId }) => html`<input type="hidden" name="seen" value="${moduleId}">`)}
  ${fieldsOf(language).choices({
    name: 'who',
    label: t.who,
    required: true,
    values: ['stay'],
    choices: [
      { value: 'stay', label: t.stay, help: t.stayHelp },
      { value: 'move', label: t.move, help: t.moveHelp },
    ],
  })}
  <div class="actions">
    <button class="btn btn-primary">${t.publish}</button>
    <a class="btn btn-outline-primary" href="/pathways/${pathway.id}/edit">${t.editAgain}</a>
  </div>
</form>
<form method="post" action="${url}/discard" class="actions"><button class="btn btn-outline-danger">${t.discard}</button></form>
<details><summary>${t.whole}</summary>${phases(language, dates, draft)}</details>`
}

function changeInWords(language: Language, change: PlanChange): string {
  const t = words[language]
  return 'title' in change ? t[change.change](change.title) : t[change.change]
}

/** Today's version and the earlier ones, with how many follow each. */
export function versionTable(language: Language, pathwayId: number, versions: readonly PathwayVersion[]): Html {
  const t = words[language]
  return html`
<h2>${t.versions}</h2>
<div class="table-responsive" tabindex="0" role="region" aria-label="${t.versions}">
<table class="table list-table">
  <caption class="visually-hidden">${t.versions}</caption>
  <thead><tr><th scope="col">${t.version}</th><th scope="col" class="numeric">${t.followedBy}</th></tr></thead>
  <tbody>${versions.map(
    ({ version, archivedAt, followers }) => html`
    <tr><th scope="row">${archivedAt ? html`<a href="/pathways/${pathwayId}/versions/${version}">${version}</a>` : html`${version}, ${t.today}`}</th><td class="numeric">${formatNumber(followers, language)}</td></tr>`,
  )}</tbody>
</table>
</div>`
}

type Earlier = { pathway: PathwayOutline; earlier: PathwayOutline; followers: number; mayDefine: boolean }

/** An earlier version as those who follow it have it. */
export function earlierPage(language: Language, dates: Dates, { pathway, earlier, followers, mayDefine }: Earlier): Html {
  const t = words[language]
  return html`
<h1>${pathway.title}</h1>
<p class="lead">${t.earlier(earlier.version)}</p>
<ul class="figures"><li><strong>${formatNumber(followers, language)}</strong> ${t.followers}</li></ul>
${
  mayDefine &&
  followers > 0 &&
  html`<p>${t.moveHelp}</p>
<form method="post" action="/pathways/${pathway.id}/versions/${earlier.version}/move" class="actions"><button class="btn btn-primary">${t.moveThem(followers, formatNumber(followers, language))}</button></form>`
}
${phases(language, dates, earlier)}`
}
