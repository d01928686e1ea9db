import { html, raw } from 'hono/html'
import type { Dates } from '../../language/dates.ts'
import type { Language } from '../../language/language.ts'
import { formatNumber } from '../../language/numbers.ts'
import type { Html } from '../../web/env.ts'
import { fieldsOf } from '../../web/fields.ts'
import type { Problems } from '../../web/forms.ts'
import { type ListRequest, listTable, rowsPerPage } from '../../web/lists.ts'
import type { RegisterCounts } from '../register/actions.ts'
import { registerReason } from '../register/words.ts'
import type { ImportFailure, ImportState, ImportSummary, RegisterImport } from './queries.ts'
import { changedBodies } from './samples.ts'
import { words } from './words.ts'

export function uploadPage(language: Language, dates: Dates, recent: readonly ImportSummary[], problems: Problems | null = null): Html {
  const t = words[language]
  const fields = fieldsOf(language, problems)
  return html`
<h1>${t.title}</h1>
<div class="narrow">
<p class="lead">${t.intro}</p>
${fields.summary()}
<form method="post" action="/administrations/import" enctype="multipart/form-data">
  ${fields.file({ name: 'file', label: t.file, help: t.fileHelp, accept: '.csv,.tsv,.txt,text/csv', required: true })}
  <button class="btn btn-primary">${t.check}</button>
</form>
</div>
<h2>${t.recent}</h2>
${recent.length === 0 ? html`<div class="empty">${t.none}</div>` : recentTable(language, dates, recent)}`
}

function recentTable(language: Language, dates: Dates, recent: readonly ImportSummary[]): Html {
  const t = words[language]
  return html`
<div class="table-responsive" tabindex="0" role="region" aria-label="${t.recent}">
<table class="table list-table">
  <thead><tr><th scope="col">${t.fileColumn}</th><th scope="col">${t.whenColumn}</th><th scope="col">${t.whoColumn}</th><th scope="col">${t.stateColumn}</th></tr></thead>
  <tbody>${recent.map(
    ({ id, fileName, createdAt, createdBy, state }) => html`
    <tr><th scope="row"><a href="/administrations/import/${id}">${fileName}</a></th><td>${dates.moment(createdAt)}</td><td>${createdBy}</td>
      <td><span class="state ${stateClass[state]}">${t.state[state]}</span></td></tr>`,
  )}</tbody>
</table>
</div>`
}

const stateClass: Record<ImportState, string> = { previewed: 'waiting', running: 'busy', finished: 'good', failed: 'late' }

export function importPage(
  language: Language,
  dates: Dates,
  found: RegisterImport,
  list: ListRequest,
  problem: string | null = null,
): Html {
  const t = words[language]
  return html`
<h1>${t.importOf(found.fileName)}</h1>
<p>${t.uploadedBy(found.createdBy, dates.moment(found.createdAt))}</p>
${importPart(language, found, problem)}
${found.state !== 'running' && details(language, found, list)}`
}

/** How far it is; while it runs, it asks for itself again. */
export function importPart(language: Language, found: RegisterImport, problem: string | null = null): Html {
  const part = { previewed: previewPart, running: runningPart, finished: finishedPart, failed: failedPart }[found.state]
  return part(language, found, problem)
}

function previewPart(language: Language, { id, outcome: { preview } }: RegisterImport, problem: string | null): Html {
  const t = words[language]
  const nothingToDo = preview.created + preview.updated + preview.closed === 0
  return html`
<section id="import">
  <p class="lead">${nothingToDo ? t.upToDate : t.previewLead}</p>
  ${figures(language, preview)}
  <form method="post" action="/administrations/import/${id}/start">
    ${
      preview.manyClosures &&
      html`
    <div class="alert alert-warning">
      <p>${t.manyClosures(formatNumber(preview.closed, language), formatNumber(preview.open, language))}</p>
      <div class="choice">
        <input type="checkbox" id="closures" name="closures" value="yes" ${problem && raw('aria-invalid="true" aria-describedby="closures-error"')}>
        <label for="closures">${t.confirmClosures}</label>
      </div>
    </div>`
    }
    ${problem && html`<p class="field-error" id="closures-error" role="alert">${problem}</p>`}
    <div class="actions">
      <button class="btn btn-primary">${t.start}</button>
      <a class="btn btn-outline-primary" href="/administrations/import">${t.anotherFile}</a>
    </div>
  </form>
</section>`
}

function runningPart(language: Language, { id, processed, total }: RegisterImport): Html {
  const t = words[language]
  const url = `/administrations/import/${id}`
  return html`
<section id="import" hx-get="${url}" hx-trigger="every 500ms" hx-swap="outerHTML">
  <p class="lead" id="import-label">${t.running}</p>
  <progress aria-labelledby="import-label" max="${Math.max(total, 1)}" value="${processed}"></progress>
  <p>${t.progress(formatNumber(processed, language), formatNumber(total, language))}</p>
  <p><a href="${url}">${t.reload}</a></p>
</section>`
}

function finishedPart(language: Language, { outcome }: RegisterImport): Html {
  const t = words[language]
  return html`
<section id="import">
  <div class="alert alert-success" role="status" tabindex="-1" data-focus>${t.doneLead}</div>
  ${figures(language, outcome.result ?? outcome.preview)}
  <div class="actions">
    <a class="btn btn-primary" href="/administrations">${t.toList}</a>
    <a class="btn btn-outline-primary" href="/administrations/import">${t.anotherFile}</a>
  </div>
</section>`
}

function failedPart(language: Language, { id, outcome: { failure = 'interrupted' } }: RegisterImport): Html {
  const t = words[language]
  const sentence = t.failure[failure as ImportFailure] ?? registerReason(failure, language)
  return html`
<section id="import">
  <div class="alert alert-danger" role="alert" tabindex="-1" data-focus>${sentence}</div>
  <div class="actions">
    ${failure === 'interrupted' && html`<form method="post" action="/administrations/import/${id}/start"><input type="hidden" name="closures" value="yes"><button class="btn btn-primary">${t.startAgain}</button></form>`}
    <a class="btn btn-outline-primary" href="/administrations/import">${t.anotherFile}</a>
  </div>
</section>`
}

function figures(language: Language, counts: RegisterCounts): Html {
  const t = words[language]
  const shown = ['read', 'created', 'updated', 'unchanged', 'closed', 'refused'] as const
  return html`
<ul class="figures">${shown.map((name) => html`<li><strong>${formatNumber(counts[name], language)}</strong> ${t.figures[name](counts[name])}</li>`)}</ul>`
}

/** Below the figures: the rows that make them. */
function details(language: Language, { outcome: { preview } }: RegisterImport, list: ListRequest): Html {
  const t = words[language]
  const from = (list.page - 1) * rowsPerPage
  return html`
${
  preview.refused > 0 &&
  html`
<h2 id="refused">${t.refusedRows}</h2>
<p>${t.refusedExplained}</p>
${listTable({
  language,
  caption: t.refusedRows,
  list,
  columns: [
    { label: t.line, cell: ({ line }) => formatNumber(line, language) },
    { label: t.code, cell: ({ code }) => code || t.noCode },
    { label: t.reason, cell: ({ reason }) => registerReason(reason, language) },
  ],
  rows: preview.rejected.slice(from, from + rowsPerPage),
  total: preview.refused,
})}`
}
${changedBodies(language, preview)}`
}
