import { html } from 'hono/html'
import type { Dates } from '../../language/dates.ts'
import type { Language } from '../../language/language.ts'
import { formatNumber } from '../../language/numbers.ts'
import type { Html } from '../../web/env.ts'
import { fieldsOf, postButton } from '../../web/fields.ts'
import type { Problems, Typed } from '../../web/forms.ts'
import { markdown } from '../../web/markdown.ts'
import type { Session } from '../queries.ts'
import type { Minutes, Version } from './queries.ts'
import { longestMinutes } from './rules.ts'
import { words } from './words.ts'

type Viewing = { language: Language; dates: Dates }
const pathOf = ({ id }: { id: number }) => `/sessions/${id}/minutes`

type Read = {
  session: Session
  minutes: Minutes
  version: Version
  contributors: readonly string[]
  inCharge: boolean
  problem?: string | null
}

/** The minutes as they are read and printed; those in charge also find what to do with them. */
export function minutesPage({ language, dates }: Viewing, { session, minutes, version, contributors, inCharge, problem }: Read): Html {
  const t = words[language]
  const isPublished = minutes.publishedVersion === version.version
  return html`
<article>
<h1>${t.title}</h1>
${problem && html`<div class="alert alert-danger" role="alert" tabindex="-1" data-focus>${problem}</div>`}
<p class="lead">${session.title}, ${dates.period(session.startsAt, session.endsAt)}</p>
${inCharge && stateOfMinutes({ language, dates }, minutes, version)}
${credits(language, contributors)}
<div class="prose">${markdown(version.body, { top: 2 })}</div>
</article>
<div class="actions">
  ${inCharge && !isPublished && publishButton(session, version, language)}
  <a class="btn btn-outline-primary btn-sm" href="${pathOf(session)}/download${!isPublished && `?version=${version.version}`}">${t.download}</a>
  ${
    inCharge &&
    html`<a class="btn btn-outline-primary btn-sm" href="${pathOf(session)}/edit">${t.edit}</a>
  <a class="btn btn-outline-primary btn-sm" href="${pathOf(session)}/versions">${t.versions}</a>
  ${minutes.publishedVersion !== null && postButton(`${pathOf(session)}/withdraw`, t.withdraw, 'outline-danger')}`
  }
</div>`
}

const publishButton = (session: Session, { version }: Version, language: Language): Html =>
  html`<form method="post" action="${pathOf(session)}/publish" class="inline-form"><input type="hidden" name="version" value="${version}"><button class="btn btn-primary btn-sm">${words[language].publish}</button></form>`

function stateOfMinutes({ language, dates }: Viewing, { publishedVersion, publishedAt }: Minutes, { version }: Version): Html {
  const t = words[language]
  if (publishedVersion === version && publishedAt)
    return html`<div class="alert alert-success">${t.published(dates.moment(publishedAt))}</div>`
  return html`<div class="alert alert-info">${publishedVersion === null ? t.draft : t.draftNewer(formatNumber(publishedVersion, language))}</div>`
}

export function credits(language: Language, contributors: readonly string[]): Html {
  const t = words[language]
  if (contributors.length === 0) return html`<p>${t.noContributors}</p>`
  return html`<p><strong>${t.contributors}:</strong> ${contributors.join(', ')}.</p>`
}

export function noMinutesPage({ language, dates }: Viewing, session: Session): Html {
  const t = words[language]
  return html`
<h1>${t.title}</h1>
<p class="lead">${session.title}, ${dates.period(session.startsAt, session.endsAt)}</p>
<div class="empty">${t.none}</div>
<p class="actions"><a class="btn btn-primary" href="${pathOf(session)}/edit">${t.write}</a></p>`
}

type Writing = { session: Session; basedOn: number; body: string; problems: Problems | null; typed: Typed; changedMeanwhile: boolean }

export function editMinutesPage(
  { language, dates }: Viewing,
  { session, basedOn, body, problems, typed, changedMeanwhile }: Writing,
): Html {
  const t = words[language]
  const form = fieldsOf(language, problems, typed)
  return html`
<h1>${t.editTitle}</h1>
<p class="lead">${session.title}, ${dates.period(session.startsAt, session.endsAt)}</p>
${form.summary()}
${changedMeanwhile && html`<p><a href="${pathOf(session)}/versions/${basedOn}" target="_blank">${t.otherVersion}</a></p>`}
<form method="post" action="${pathOf(session)}/edit" novalidate>
  <input type="hidden" name="basedOn" value="${basedOn}">
  ${form.area({ name: 'body', label: t.body, help: t.bodyHelp, required: true, rows: 20, most: longestMinutes, value: body })}
  <div class="actions"><button class="btn btn-primary">${t.save}</button> <a href="/sessions/${session.id}">${t.keep}</a></div>
</form>`
}

export function versionsPage(
  { language, dates }: Viewing,
  { session, minutes, versions }: { session: Session; minutes: Minutes; versions: readonly Omit<Version, 'body'>[] },
): Html {
  const t = words[language]
  return html`
<h1>${t.versions}</h1>
<p class="lead">${session.title}, ${dates.period(session.startsAt, session.endsAt)}</p>
<div class="table-responsive" tabindex="0" role="region" aria-label="${t.versions}">
<table class="table">
  <caption>${t.versions}</caption>
  <thead><tr><th scope="col">${t.version}</th><th scope="col">${t.savedAt}</th><th scope="col">${t.savedBy}</th><th scope="col">${t.state}</th></tr></thead>
  <tbody>${versions.map(
    ({ version, savedAt, savedBy }) => html`<tr>
    <th scope="row"><a href="${pathOf(session)}/versions/${version}">${t.version} ${formatNumber(version, language)}</a></th>
    <td>${dates.moment(savedAt)}</td><td>${savedBy}</td><td>${version === minutes.publishedVersion ? t.isPublished : t.isDraft}</td></tr>`,
  )}</tbody>
</table>
</div>`
}

export const versionPage = ({ language, dates }: Viewing, session: Session, version: Version): Html => html`
<h1>${words[language].versionTitle(formatNumber(version.version, language))}</h1>
<p class="lead">${session.title}, ${words[language].savedAt.toLowerCase()} ${dates.moment(version.savedAt)}, ${version.savedBy}</p>
<div class="prose">${markdown(version.body, { top: 2 })}</div>`

/** The minutes as a document of its own, that opens and prints anywhere, in word processors too. */
export const minutesDocument = (
  { language, dates }: Viewing,
  { session, body, contributors }: { session: Session; body: string; contributors: readonly string[] },
): Html => html`<!doctype html>
<html lang="${language}">
<head><meta charset="utf-8"><title>${words[language].title}: ${session.title}</title></head>
<body>
<h1>${words[language].title}: ${session.title}</h1>
<p>${dates.period(session.startsAt, session.endsAt)}</p>
${credits(language, contributors)}
${markdown(body, { top: 2 })}
<p>${session.programme}, ${session.module}</p>
</body>
</html>
`
