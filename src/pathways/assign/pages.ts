import { html } from 'hono/html'
import { regions } from '../../administrations/regions.ts'
import type { Dates } from '../../language/dates.ts'
import type { Language } from '../../language/language.ts'
import { formatNumber } from '../../language/numbers.ts'
import type { Html } from '../../web/env.ts'
import type { Run } from './queries.ts'
import type { AssignmentRefusal, Preview, RunRefusal, UndoRefusal } from './rules.ts'
import { words } from './words.ts'

type Shown = {
  programmeId: number
  preview: Preview
  runs: readonly Run[]
  hasRules: boolean
  regional: boolean
  refusal: AssignmentRefusal | RunRefusal | null
}

export function assignmentPage(language: Language, dates: Dates, shown: Shown): Html {
  const t = words[language]
  const { preview, regional, hasRules, programmeId } = shown
  return html`
<h1>${t.title}</h1>
<p class="lead">${t.intro}${regional && html` ${t.scope}`}</p>
${!hasRules && html`<div class="empty">${t.noRules} <a href="/programmes/${programmeId}/rules">${t.toRules}</a></div>`}
${figures(language, preview)}
${confirmation(language, shown)}
${totalOf(preview) > 0 && byRegionTable(language, preview)}
<p><a href="/programmes/${programmeId}/exceptions">${t.exceptions}</a></p>
${runList(language, dates, shown)}`
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
  if (count + preview.moving === 0) return hasRules ? html`<p>${t.nobody}</p>` : html``
  const label = count === 1 ? t.confirmOne : t.confirm(formatNumber(count, language))
  return html`
<form method="post" action="/programmes/${programmeId}/assign">
  ${
    preview.moving > 0 &&
    html`
  <div class="choice">
    <input type="checkbox" id="moving" name="moving" value="yes">
    <label for="moving">${t.moving(preview.moving, formatNumber(preview.moving, language))}<small>${t.movingHelp}</small></label>
  </div>`
  }
  <div class="actions"><button class="btn btn-primary">${count === 0 ? t.confirmMoves : label}</button></div>
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

function runList(language: Language, dates: Dates, { programmeId, runs }: Shown): Html {
  const t = words[language]
  if (runs.length === 0) return html``
  return html`
<h2>${t.runs}</h2>
<div class="table-responsive" tabindex="0" role="region" aria-label="${t.runs}">
<table class="table list-table">
  <caption class="visually-hidden">${t.runs}</caption>
  <thead><tr><th scope="col">${t.runOn}</th><th scope="col">${t.by}</th><th scope="col">${t.ruleVersion}</th><th scope="col" class="numeric">${t.enrolled}</th><th scope="col" class="numeric">${t.moved}</th><th scope="col">${t.state}</th></tr></thead>
  <tbody>${runs.map(
    (run) => html`
    <tr>
      <th scope="row"><a href="/programmes/${programmeId}/assign/${run.id}">${dates.moment(run.createdAt)}</a></th>
      <td>${run.by ?? t.operator}</td><td>${run.version}</td>
      <td class="numeric">${formatNumber(run.enrolled, language)}</td><td class="numeric">${formatNumber(run.moved, language)}</td>
      <td>${t.states[stateOf(run)]}</td>
    </tr>`,
  )}</tbody>
</table>
</div>`
}

const stateOf = ({ finishedAt, undoneAt }: Run) => (undoneAt ? 'undone' : finishedAt ? 'finished' : 'running')

type Looking = { mayUndo: boolean; problem: UndoRefusal | null }

export const runPage = (language: Language, dates: Dates, run: Run, looking: Looking): Html => html`
<h1>${words[language].runTitle(dates.moment(run.createdAt))}</h1>
${runPart(language, dates, run, looking)}`

/** How far a run is; while it is under way, it asks for itself again. */
export function runPart(language: Language, dates: Dates, run: Run, { mayUndo, problem }: Looking): Html {
  const t = words[language]
  const url = `/programmes/${run.programmeId}/assign/${run.id}`
  const number = (count: number) => formatNumber(count, language)
  if (!run.finishedAt)
    return html`
<section id="run" hx-get="${url}" hx-trigger="every 500ms" hx-swap="outerHTML">
  <p class="lead" id="run-label">${t.running}</p>
  <progress aria-labelledby="run-label" max="${Math.max(run.total, 1)}" value="${run.processed}"></progress>
  <p>${t.progress(number(run.processed), number(run.total))}</p>
  <p><a href="${url}">${t.reload}</a></p>
</section>`
  return html`
<section id="run">
  ${problem && html`<div class="alert alert-danger" role="alert" tabindex="-1" data-focus>${t.undoRefusal[problem]}</div>`}
  ${run.undoneAt ? html`<div class="alert alert-info">${t.undoneOn(dates.shortDay(run.undoneAt))}</div>` : html`<div class="alert alert-success" role="status">${t.finished}</div>`}
  <ul class="figures">
    <li><strong>${number(run.enrolled)}</strong> ${t.enrolled}</li>
    ${run.moving && html`<li><strong>${number(run.moved)}</strong> ${t.moved}</li>`}
  </ul>
  <div class="actions">
    <a class="btn btn-primary" href="/programmes/${run.programmeId}/exceptions">${t.exceptions}</a>
    <a class="btn btn-outline-primary" href="/programmes/${run.programmeId}/assign">${t.title}</a>
  </div>
  ${
    mayUndo &&
    !run.undoneAt &&
    html`
  <h2>${t.undoTitle}</h2>
  <p>${t.undoHelp}</p>
  <form method="post" action="${url}/undo"><button class="btn btn-outline-danger">${t.undo}</button></form>`
  }
</section>`
}
