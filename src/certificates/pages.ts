import { html } from 'hono/html'
import type { Dates } from '../language/dates.ts'
import type { Language } from '../language/language.ts'
import type { Html } from '../web/env.ts'
import { fieldsOf } from '../web/fields.ts'
import type { Problems, Typed } from '../web/forms.ts'
import { type ListRequest, listSearch, listTable } from '../web/lists.ts'
import { hoursInWords } from './hours.ts'
import { sentences } from './paper.ts'
import type { Certificate, certificateSorts } from './queries.ts'
import type { CertificateRefusal, Hours } from './rules.ts'
import { words } from './words.ts'

/** A certificate that stands, could be issued, or why not. */
export type Entitlement = {
  for: 'administration' | 'me'
  certificate: Certificate | undefined
  hours: Hours
  threshold: number
  refusal: CertificateRefusal | null
  mayIssue: boolean
}

export function certificatePanelPage(language: Language, dates: Dates, enrolmentId: number, entitlements: readonly Entitlement[]): Html {
  const t = words[language]
  return html`
<section>
  <h2>${t.panelTitle}</h2>
  <ul class="cards">${entitlements.map((each) => entitlementTile(language, dates, enrolmentId, each))}</ul>
</section>`
}

function entitlementTile(
  language: Language,
  dates: Dates,
  enrolmentId: number,
  { certificate, hours, threshold, refusal, mayIssue, ...each }: Entitlement,
): Html {
  const t = words[language]
  const title = each.for === 'administration' ? t.ofAdministration : t.ofPerson
  const figures = t.figures(hoursInWords(hours.attended, language), hoursInWords(hours.offered, language), hours.percent, threshold)
  return html`
<li class="tile">
  <h3>${title}</h3>
  ${
    certificate
      ? html`<p>${t.issuedOn(dates.shortDay(certificate.issuedAt), certificate.code)}</p>
  <a class="btn btn-outline-primary btn-sm" href="/certificates/${certificate.id}/pdf" aria-label="${t.downloadOf(title)}">${t.download}</a>`
      : html`${refusal && html`<p>${t.refusal[refusal]}</p>`}
  ${hours.offered > 0 && html`<p>${figures}</p>`}
  ${
    !refusal &&
    mayIssue &&
    html`<form method="post" action="/certificates"><input type="hidden" name="enrolment" value="${enrolmentId}"><input type="hidden" name="for" value="${each.for}">
    <button class="btn btn-primary btn-sm" aria-label="${t.issueOf(title)}">${t.issue}</button></form>`
  }`
  }
</li>`
}

type Listed = { list: ListRequest<(typeof certificateSorts)[number]>; rows: readonly Certificate[]; total: number }

export function certificatesPage(language: Language, dates: Dates, listed: Listed): Html {
  const t = words[language]
  const choices = [
    { value: 'valid', label: t.valid },
    { value: 'revoked', label: t.revoked },
  ]
  return html`
<h1>${t.list}</h1>
<p class="lead">${t.listIntro}</p>
${listSearch(listed.list, { language, target: 'certificate-list', filters: [{ name: 'state', label: t.state, choices }] })}
${certificateList(language, dates, listed)}`
}

export function certificateList(language: Language, dates: Dates, { list, rows, total }: Listed): Html {
  const t = words[language]
  const columns = [
    {
      label: t.administration,
      sort: 'administration' as const,
      cell: ({ id, content }: Certificate) => html`<a href="/certificates/${id}">${content.administration}</a>`,
    },
    { label: t.holder, cell: ({ content }: Certificate) => content.person ?? t.ofAdministration },
    { label: t.about, cell: ({ content }: Certificate) => ('session' in content ? content.session : content.pathway) },
    { label: t.issued, sort: 'issued' as const, cell: ({ issuedAt }: Certificate) => dates.shortDay(issuedAt) },
    { label: t.code, cell: ({ code }: Certificate) => code },
    { label: t.state, cell: ({ revokedAt }: Certificate) => (revokedAt ? t.revoked : t.valid) },
  ]
  return html`<div id="certificate-list">${listTable({ language, caption: t.list, list, columns, rows, total, empty: t.empty })}</div>`
}

type Opened = { certificate: Certificate; mayRevoke: boolean; problems?: Problems | null; typed?: Typed }

export function certificatePage(
  language: Language,
  dates: Dates,
  zone: string,
  { certificate, mayRevoke, problems = null, typed = {} }: Opened,
): Html {
  const t = words[language]
  const { id, content, revokedAt } = certificate
  const fields = fieldsOf(language, problems, typed)
  return html`
<h1>${t.certificateOf(content.person ?? content.administration)}</h1>
${says(language, dates, zone, certificate)}
<p class="actions"><a class="btn btn-primary" href="/certificates/${id}/pdf">${t.download}</a></p>
${
  mayRevoke &&
  !revokedAt &&
  html`
<section class="narrow">
<h2>${t.revoke}</h2>
${fields.summary()}
<form method="post" action="/certificates/${id}/revoke" novalidate>
  ${fields.input({ name: 'reason', label: t.reason, help: t.reasonHelp, required: true, most: 300 })}
  <button class="btn btn-outline-danger">${t.revoke}</button>
</form>
</section>`
}`
}

/** Whether it is valid, and what the paper says: no more than that. */
function says(language: Language, dates: Dates, zone: string, certificate: Certificate): Html {
  const t = words[language]
  const { revokedAt, code } = certificate
  return html`
${revokedAt ? html`<div class="alert alert-danger" role="status">${t.isRevoked(dates.shortDay(revokedAt))}</div>` : html`<div class="alert alert-success" role="status">${t.isValid}</div>`}
<section class="tile" lang="it">${sentences(certificate, zone).map(({ text, strong }) => html`<p>${strong ? html`<strong>${text}</strong>` : text}</p>`)}</section>
<p>${t.codeIs(code)}</p>`
}

export const verifiedPage = (language: Language, dates: Dates, zone: string, certificate: Certificate): Html => html`
<h1>${words[language].verifyTitle}</h1>
${says(language, dates, zone, certificate)}`

export function verifyPage(language: Language, { unknown, typed }: { unknown: boolean; typed: string }): Html {
  const t = words[language]
  return html`
<h1>${t.verifyTitle}</h1>
${unknown && html`<div class="alert alert-warning" role="alert"><p><strong>${t.unknownTitle}</strong></p><p>${t.unknown}</p></div>`}
<form method="get" action="/verify" class="narrow">
  ${fieldsOf(language).input({ name: 'code', label: t.code, help: t.verifyIntro, value: typed, required: true, most: 40, autocomplete: 'off' })}
  <button class="btn btn-primary">${t.verifyButton}</button>
</form>`
}
