import { html, raw } from 'hono/html'
import type { Dates } from '../../../language/dates.ts'
import type { Language } from '../../../language/language.ts'
import { formatNumber } from '../../../language/numbers.ts'
import type { Html } from '../../../web/env.ts'
import { fieldsOf } from '../../../web/fields.ts'
import type { Problems } from '../../../web/forms.ts'
import type { ImportSession, PastImport } from './queries.ts'
import { statusFor } from './recompute.ts'
import { words } from './words.ts'

type Upload = { language: Language; dates: Dates; session: ImportSession; past: readonly PastImport[]; problems?: Problems | null }

export function uploadPage({ language, dates, session, past, problems = null }: Upload): Html {
  const t = words[language]
  const fields = fieldsOf(language, problems)
  return html`
<h1>${t.title}</h1>
<div class="narrow">
<p class="lead">${session.title}</p>
<p>${t.intro(dates.period(session.startsAt, session.endsAt))}</p>
${fields.summary()}
<form method="post" action="/sessions/${session.id}/attendance/import" enctype="multipart/form-data">
  ${fields.file({ name: 'file', label: t.file, help: t.fileHelp, accept: '.csv,.tsv,.txt,.xlsx,text/csv', required: true })}
  <button class="btn btn-primary">${t.check}</button>
</form>
</div>
<h2>${t.past}</h2>
${past.length === 0 ? html`<div class="empty">${t.none}</div>` : pastTable({ language, dates, session, past })}`
}

function pastTable({ language, dates, session, past }: Upload): Html {
  const t = words[language]
  return html`
<div class="table-responsive" tabindex="0" role="region" aria-label="${t.past}">
<table class="table list-table">
  <thead><tr><th scope="col">${t.fileColumn}</th><th scope="col">${t.whenColumn}</th><th scope="col">${t.whoColumn}</th>
    <th scope="col" class="numeric">${t.participantsColumn}</th><th scope="col">${t.stateColumn}</th></tr></thead>
  <tbody>${past.map(
    ({ id, fileName, importedAt, importedBy, participants, undoneAt }) => html`
    <tr><th scope="row">${fileName}</th><td>${dates.moment(importedAt)}</td><td>${importedBy ?? t.operator}</td>
      <td class="numeric">${formatNumber(participants, language)}</td>
      <td>${
        undoneAt
          ? html`<span class="state off">${t.undone(dates.moment(undoneAt))}</span>`
          : html`<span class="state good">${t.counts}</span> ${undoButton(`/sessions/${session.id}/attendance/imports/${id}/undo`, t.undo, t.undoOf(fileName))}`
      }</td></tr>`,
  )}</tbody>
</table>
</div>`
}

const undoButton = (action: string, label: string, spoken: string): Html =>
  html`<form method="post" action="${action}" class="inline-form"><button class="btn btn-outline-danger btn-sm" aria-label="${spoken}">${label}</button></form>`

/** Shown in one row or another of the preview: the file's name, and how long. */
export type PreviewFrame = { language: Language; session: ImportSession; minutes: (index: number) => number }

export const presence = ({ language, session, minutes }: PreviewFrame, index: number): Html => {
  const t = words[language]
  const [state, text] = {
    present: ['good', t.present],
    partial: ['waiting', t.partial(formatNumber(session.thresholdMinutes, language))],
    away: ['off', t.away],
  }[statusFor(minutes(index), session) ?? 'away'] as [string, string]
  return html`<td class="numeric">${formatNumber(minutes(index), language)}</td>
  <td><span class="state ${state}">${text}</span></td>`
}

export const tableOf = (label: string, heads: readonly (string | Html)[], rows: readonly Html[]): Html => html`
<div class="table-responsive" tabindex="0" role="region" aria-label="${label}">
<table class="table list-table">
  <thead><tr>${heads.map((head) => (typeof head === 'string' ? html`<th scope="col">${head}</th>` : head))}</tr></thead>
  <tbody>${rows}</tbody>
</table>
</div>`

export const numeric = (head: string): Html => html`<th scope="col" class="numeric">${head}</th>`

export const checked = (yes: boolean) => yes && raw('checked')
