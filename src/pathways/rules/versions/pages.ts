import { html } from 'hono/html'
import type { Dates } from '../../../language/dates.ts'
import type { Language } from '../../../language/language.ts'
import type { Html } from '../../../web/env.ts'
import { rulesOfVersion, type Shown } from '../pages.ts'
import { words } from '../words.ts'
import type { RuleSet } from './queries.ts'

export function versionsPage(
  language: Language,
  dates: Dates,
  { programmeId, sets }: { programmeId: number; sets: readonly RuleSet[] },
): Html {
  const t = words[language]
  return html`
<h1>${t.versions}</h1>
<div class="table-responsive" tabindex="0" role="region" aria-label="${t.versions}">
<table class="table list-table">
  <caption class="visually-hidden">${t.versions}</caption>
  <thead><tr><th scope="col">${t.versionColumn}</th><th scope="col">${t.inForceFrom}</th><th scope="col">${t.inForceUntil}</th><th scope="col">${t.publishedBy}</th></tr></thead>
  <tbody>${sets.map(
    ({ version, liveAt, liveBy, replacedAt }) => html`
    <tr>
      <th scope="row"><a href="/programmes/${programmeId}/rules${liveAt ? `/versions/${version}` : ''}">${t.versionTitle(version)}</a></th>
      <td>${liveAt ? dates.shortDay(liveAt) : t.draft(version)}</td>
      <td>${liveAt && (replacedAt ? dates.shortDay(replacedAt) : t.still)}</td>
      <td>${liveBy}</td>
    </tr>`,
  )}</tbody>
</table>
</div>`
}

export function versionPage(language: Language, dates: Dates, { set, ...shown }: Shown & { set: RuleSet }): Html {
  const t = words[language]
  const { version, liveAt, replacedAt } = set
  return html`
<h1>${t.versionTitle(version)}</h1>
<p class="lead">${liveAt && t.live(version, dates.shortDay(liveAt))} ${replacedAt && html`${t.inForceUntil} ${dates.shortDay(replacedAt)}.`}</p>
${rulesOfVersion(language, shown)}`
}
