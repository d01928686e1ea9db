import { html } from 'hono/html'
import type { ModulePanel } from '../pathways/modules/panel.ts'
import type { Html, WebEnv } from '../web/env.ts'
import { figuresOf } from './attendance/percentages/pages.ts'
import { expectedSessions } from './attendance/percentages/queries.ts'
import { percentagesOf } from './attendance/percentages/rules.ts'
import { type Attended, attendedByAdministration } from './attendance/queries.ts'
import { comingOfModule, type ModuleSession } from './registration/queries.ts'
import { words } from './registration/words.ts'
import { isAttended } from './rules.ts'

const sessionsShown = 5

/** On the page of a module that presence completes: the coming sessions, and those at which the administration was. */
export const sessionPanel: ModulePanel = async (c, { kind, programmeId, moduleId, administrationId, mayWork }) => {
  if (!isAttended(kind)) return null
  const { db, person, now } = c.var
  const coming = await comingOfModule(db, { moduleId, personId: person?.id ?? 0, now, limit: sessionsShown })
  const attended = await attendedByAdministration(db, { moduleId, administrationId, limit: sessionsShown })
  const expected = await expectedSessions(db, { programmeId, moduleId, of: { administrationId }, now })
  return html`
<section>
  <h2>${words[c.var.language].panelTitle}</h2>
  ${comingList(c.var, coming, mayWork)}
  ${attended.length > 0 && attendedList(c.var, attended)}
  ${expected.length > 0 && figuresOf(c.var.language, percentagesOf(expected.map(({ outcome }) => outcome)))}
</section>`
}

type Context = Pick<WebEnv['Variables'], 'language' | 'dates'>

function comingList({ language, dates }: Context, rows: readonly ModuleSession[], mayWork: boolean): Html {
  const t = words[language]
  if (rows.length === 0) return html`<p class="empty">${t.panelNone}</p>`
  return html`<ul class="cards">${rows.map(
    (row) => html`
  <li class="tile">
    <h3 class="h5">${row.title}</h3>
    <p>${dates.period(row.startsAt, row.endsAt)}<br><small>${row.place ?? t.online}</small></p>
    <p class="actions">
      ${row.registered && html`<span class="state good">${t.panelRegistered}</span>`}
      <a class="btn btn-outline-primary btn-sm" href="/sessions/${row.id}">${mayWork && !row.registered ? t.panelOpen : t.panelLook}<span class="visually-hidden">: ${row.title}</span></a>
    </p>
  </li>`,
  )}</ul>`
}

function attendedList({ language, dates }: Context, rows: readonly Attended[]): Html {
  const t = words[language]
  return html`
<h3>${t.attendedTitle}</h3>
<ul>${rows.map(({ sessionId, title, startsAt, people, minutes }) => html`<li><a href="/sessions/${sessionId}">${title}</a>, ${dates.shortDay(startsAt)}: ${t.attended(people, minutes)}</li>`)}</ul>`
}
