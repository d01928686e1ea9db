import { html } from 'hono/html'
import type { Language } from '../../../language/language.ts'
import { formatNumber, formatShare } from '../../../language/numbers.ts'
import type { Html, WebEnv } from '../../../web/env.ts'
import { fieldsOf } from '../../../web/fields.ts'
import type { Problems, Typed } from '../../../web/forms.ts'
import { attendanceStatuses } from '../rules.ts'
import { words as attendanceWords } from '../words.ts'
import type { ExpectedSession } from './queries.ts'
import { type Counting, countings, type Outcome, type Percentages } from './rules.ts'
import { words } from './words.ts'

type Viewing = Pick<WebEnv['Variables'], 'language' | 'dates'>

/** The three percentages, each with the sessions behind it; a sentence where there are none. */
export function figuresOf(language: Language, { attended, held, planned, possible }: Percentages): Html {
  const t = words[language]
  if (planned === 0) return html`<p class="empty">${t.none}</p>`
  const figure = (part: number, whole: number, label: string) => html`
<li><strong>${formatShare(part, whole, language)}</strong> ${label}<br><small>${t.of(formatNumber(part, language), formatNumber(whole, language))}</small></li>`
  return html`<ul class="figures">
  ${figure(attended, held, t.toDate)}${figure(attended, planned, t.overPlanned)}${figure(possible, planned, t.possible)}
</ul>`
}

/** In one line: attended of held, and their share; empty before the first session. */
export function shareOf(language: Language, percentages: Percentages | undefined): string {
  if (!percentages || percentages.held === 0) return ''
  const { attended, held } = percentages
  return words[language].inProgramme(formatNumber(attended, language), formatNumber(held, language), formatShare(attended, held, language))
}

export type Group = { title: string; percentages: Percentages; sessions: readonly ExpectedSession[] }

/** The figures of an administration and, for a referent, their own; each with its sessions on the page where they are counted. */
export function percentagesPage(viewing: Viewing, groups: readonly Group[]): Html {
  const t = words[viewing.language]
  return html`
<h1>${t.title}</h1>
<p class="lead">${t.explained}</p>
${groups.map(
  (group) => html`
<section>
  <h2>${group.title}</h2>
  ${figuresOf(viewing.language, group.percentages)}
  ${group.sessions.length > 0 && sessionsTable(viewing, group)}
</section>`,
)}`
}

const looks: Record<Outcome, string> = { attended: 'good', missed: 'late', left_out: 'off', open: 'busy' }

function sessionsTable({ language, dates }: Viewing, { title, sessions }: Group): Html {
  const t = words[language]
  return html`
<div class="table-responsive" tabindex="0" role="region" aria-label="${title}">
<table class="table">
  <caption>${title}</caption>
  <thead><tr><th scope="col">${t.session}</th><th scope="col">${t.when}</th><th scope="col">${t.module}</th><th scope="col">${t.counts}</th></tr></thead>
  <tbody>${sessions.map(
    ({ sessionId, title, startsAt, module, outcome }) => html`
  <tr><th scope="row"><a href="/sessions/${sessionId}">${title}</a></th><td>${dates.moment(startsAt)}</td><td>${module}</td>
    <td><span class="state ${looks[outcome]}">${t.outcome[outcome]}</span></td></tr>`,
  )}</tbody>
</table>
</div>`
}

type Panel = { groups: readonly Omit<Group, 'sessions'>[]; href: string }

/** On the page of a pathway. */
export function percentagesPanel(language: Language, { groups, href }: Panel): Html {
  const t = words[language]
  return html`
<section>
  <h2>${t.title}</h2>
  ${groups.map(({ title, percentages }) => html`<h3>${title}</h3>${figuresOf(language, percentages)}`)}
  <p><a href="${href}">${t.open}</a></p>
</section>`
}

export function countingPage(
  language: Language,
  programmeId: number,
  { counting, problems, typed }: { counting: Counting; problems: Problems | null; typed: Typed },
): Html {
  const t = words[language]
  const fields = fieldsOf(language, problems, typed)
  const choices = countings.map((value) => ({ value, label: t.countsAs[value] }))
  return html`
<div class="narrow">
<h1>${t.settingsTitle}</h1>
<p class="lead">${t.settingsIntro}</p>
${fields.summary()}
<form method="post" action="/programmes/${programmeId}/attendance" novalidate>
  ${attendanceStatuses.map((status) =>
    fields.select({
      name: status,
      label: t.status(attendanceWords[language].statuses[status]),
      required: true,
      value: counting[status],
      choices,
    }),
  )}
  <button class="btn btn-primary">${t.save}</button>
</form>
</div>`
}
