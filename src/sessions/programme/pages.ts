import { html } from 'hono/html'
import { dayOf } from '../../language/dates.ts'
import type { Programme } from '../../programmes/queries.ts'
import type { Html, WebEnv } from '../../web/env.ts'
import { type ListRequest, pager } from '../../web/lists.ts'
import { whereOf } from '../form.ts'
import type { PublicSession } from '../queries.ts'
import { words as sessionWords } from '../words.ts'
import { words } from './words.ts'

type Context = Pick<WebEnv['Variables'], 'language' | 'dates' | 'zone' | 'baseUrl'>
type Shown = {
  programmes: readonly Programme[]
  list: ListRequest
  coming: { rows: readonly PublicSession[]; total: number }
  past: readonly PublicSession[]
}

/** What everybody may read: no name of a person is in it. */
export function programmePage(context: Context, { programmes, list, coming, past }: Shown): Html {
  const t = words[context.language]
  return html`
<h1>${t.title}</h1>
<p class="lead">${t.intro}</p>
<p class="actions">
  <a class="btn btn-primary" href="${context.baseUrl.replace(/^https?:/, 'webcal:')}/calendar.ics">${t.subscribe}</a>
  <a class="btn btn-outline-primary" href="/calendar.ics">${t.download}</a>
</p>
<p><small>${t.subscribeHelp}</small></p>
<h2>${t.coming}</h2>
${coming.rows.length === 0 && html`<p class="empty">${t.none}</p>`}
${byMonth(context, coming.rows).map(([month, rows]) => html`<h3>${month}</h3>${cards(context, rows)}`)}
${pager(list, coming.total, context.language)}
${past.length > 0 && html`<h2>${t.past}</h2>${cards(context, past)}`}
${programmes.length > 0 && html`<h2>${t.programmes}</h2>${programmes.map(({ title, summary }) => html`<h3>${title}</h3><p class="prose">${summary}</p>`)}`}`
}

/** In the order given, each month once: "marzo 2026". */
function byMonth({ dates, zone }: Context, rows: readonly PublicSession[]): [string, PublicSession[]][] {
  const monthOf = ({ startsAt }: PublicSession) => dates.plainDay(dayOf(startsAt, zone)).split(' ').slice(-2).join(' ')
  return [...Map.groupBy(rows, monthOf)]
}

function cards({ language, dates }: Context, rows: readonly PublicSession[]): Html {
  const t = words[language]
  return html`<ul class="cards">${rows.map(
    (row) => html`
  <li class="tile">
    <h3 class="h5"><a href="/sessions/${row.id}">${row.title}</a></h3>
    <p>${dates.period(row.startsAt, row.endsAt)}</p>
    <p><small>${sessionWords[language].kinds[row.kind]} · ${whereOf(row, t.online)}</small></p>
    ${row.cancelledAt && html`<span class="state late">${t.cancelled}</span>`}
  </li>`,
  )}</ul>`
}
