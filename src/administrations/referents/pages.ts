import { html } from 'hono/html'
import type { Dates } from '../../language/dates.ts'
import type { Language } from '../../language/language.ts'
import { formatNumber } from '../../language/numbers.ts'
import type { Html } from '../../web/env.ts'
import { fieldsOf } from '../../web/fields.ts'
import type { Problems, Typed } from '../../web/forms.ts'
import { type ListRequest, listTable, rowsPerPage } from '../../web/lists.ts'
import type { ReferentsPreview } from './actions.ts'
import type { Referent } from './queries.ts'
import { referentReason, words } from './words.ts'

type Panel = {
  administrationId: number
  referents: readonly Referent[]
  /** Who looks; a referent may hand over for themself. */
  personId: number
  /** Whether this person may invite and end. */
  manages: boolean
  closed: boolean
  problems: Problems | null
  typed: Typed
}

/** On the administration's page: who speaks for it, and the form to invite somebody. */
export function referentsPart(language: Language, dates: Dates, panel: Panel): Html {
  const t = words[language]
  const { referents, manages, closed } = panel
  return html`
<section aria-labelledby="referents">
<h2 id="referents">${t.referents}</h2>
${
  referents.length === 0
    ? html`<div class="empty">${manages && !closed ? t.noneInvite : t.none}</div>`
    : html`<ul class="cards">${referents.map((referent) =>
        referentCard(language, dates, referent, { end: manages, handOver: manages || referent.personId === panel.personId }),
      )}</ul>`
}
${manages && !closed && inviteForm(language, panel)}
</section>`
}

function referentCard(
  language: Language,
  dates: Dates,
  { id, administrationId, name, email, since }: Referent,
  may: { end: boolean; handOver: boolean },
): Html {
  const t = words[language]
  return html`
<li class="tile">
  <h3>${name}</h3>
  <p><a href="mailto:${email}">${email}</a><br><small>${t.since(dates.shortDay(since))}</small></p>
  ${may.handOver && html`<p><a href="/administrations/${administrationId}/referents/${id}/hand-over" aria-label="${t.handOverOf(name)}">${t.handOver}</a></p>`}
  ${
    may.end &&
    html`<form method="post" action="/administrations/${administrationId}/referents/${id}/end">
    <button class="btn btn-outline-danger btn-sm" aria-label="${t.endOf(name)}">${t.end}</button></form>`
  }
</li>`
}

function inviteForm(language: Language, { administrationId, problems, typed }: Panel): Html {
  const t = words[language]
  const fields = fieldsOf(language, problems, typed)
  return html`
<h3 id="invite">${t.invite}</h3>
${fields.summary()}
<form method="post" action="/administrations/${administrationId}/referents" class="narrow" novalidate>
  ${fields.input({ name: 'name', label: t.name, required: true, most: 120, autocomplete: 'off' })}
  ${fields.input({ name: 'email', label: t.email, help: t.emailHelp, type: 'email', required: true, most: 254, autocomplete: 'off' })}
  <button class="btn btn-primary">${t.send}</button>
</form>`
}

export function uploadReferentsPage(language: Language, problems: Problems | null = null): Html {
  const t = words[language].import
  const fields = fieldsOf(language, problems)
  return html`
<div class="narrow">
<h1>${t.title}</h1>
<p class="lead">${t.intro}</p>
${fields.summary()}
<form method="post" action="/administrations/referents/import" enctype="multipart/form-data">
  ${fields.file({ name: 'file', label: t.file, help: t.columns, accept: '.csv,.tsv,.txt,text/csv', required: true })}
  <button class="btn btn-primary">${t.check}</button>
</form>
</div>`
}

export function previewReferentsPage(language: Language, preview: ReferentsPreview, list: ListRequest): Html {
  const t = words[language].import
  return html`
<h1>${t.previewTitle}</h1>
<p class="lead">${preview.created > 0 ? t.previewLead : t.nothing}</p>
<ul class="figures">${(['read', 'created', 'unchanged', 'refused'] as const).map(
    (name) => html`<li><strong>${formatNumber(preview[name], language)}</strong> ${t.figures[name](preview[name])}</li>`,
  )}</ul>
<div class="actions">
  ${
    preview.created > 0 &&
    html`<form method="post" action="${list.path}"><button class="btn btn-primary">${
      preview.created === 1 ? t.confirmOne : t.confirm(formatNumber(preview.created, language))
    }</button></form>`
  }
  <a class="btn btn-outline-primary" href="/administrations/referents/import">${t.another}</a>
</div>
${preview.refused > 0 && refusedRows(language, preview, list)}
${preview.created > 0 && invitedRows(language, preview, list)}`
}

function refusedRows(language: Language, { rejected }: ReferentsPreview, list: ListRequest): Html {
  const t = words[language].import
  const rows = pageOf(rejected, list)
  if (rows.length === 0) return html``
  return html`<h2>${t.refusedRows}</h2>
${listTable({
  language,
  caption: t.refusedRows,
  list,
  columns: [
    { label: t.line, cell: ({ line }) => formatNumber(line, language) },
    { label: words[language].email, cell: ({ email }) => email || '–' },
    { label: t.reason, cell: ({ reason }) => referentReason(reason, language) },
  ],
  rows,
  total: rejected.length,
})}`
}

function invitedRows(language: Language, { invited }: ReferentsPreview, list: ListRequest): Html {
  const t = words[language].import
  const rows = pageOf(invited, list)
  if (rows.length === 0) return html``
  return html`<h2>${t.toInvite}</h2>
${listTable({
  language,
  caption: t.toInvite,
  list,
  columns: [
    { label: words[language].name, cell: ({ name }) => name },
    { label: words[language].email, cell: ({ email }) => email },
    { label: t.administration, cell: ({ administration }) => administration },
  ],
  rows,
  total: invited.length,
})}`
}

const pageOf = <T>(rows: readonly T[], { page }: ListRequest) => rows.slice((page - 1) * rowsPerPage, page * rowsPerPage)
