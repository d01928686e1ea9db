import { html } from 'hono/html'
import type { Database } from '../../database/schema.ts'
import type { Html, Person, WebEnv } from '../../web/env.ts'
import { listQuestions } from '../queries.ts'
import { stateMark } from '../state-mark.ts'
import { askerOf } from '../thread/asker.ts'
import { words } from '../words.ts'

const shown = 8

type Reader = { db: Database; signedIn: Person } & Pick<WebEnv['Variables'], 'language' | 'dates' | 'now'>

/** For whoever holds a session: the questions on its module that they may see, those that wait for an answer first. */
export async function questionsDuringSession({ db, signedIn, language, dates, now }: Reader, moduleId: number): Promise<Html> {
  const t = words[language].live
  const filters = { module: String(moduleId) }
  const asked = { path: '/questions', q: '', sort: 'state', descending: false, page: 1, filters } as const
  const { rows, total } = await listQuestions(db, asked, signedIn, now)
  if (rows.length === 0) return html`<p class="empty">${t.none}</p>`
  return html`
<ul class="plain-list">${rows.slice(0, shown).map(
    (row) => html`
  <li><a href="/questions/${row.id}">${row.subject}</a> ${stateMark(row.state, language)}<br>
    <small>${askerOf(row, language)}, ${row.administration ?? words[language].someAdministration}, ${dates.moment(row.askedAt)}</small></li>`,
  )}</ul>
${total > shown && html`<p><a href="/questions?module=${moduleId}">${t.all(total)}</a></p>`}`
}
