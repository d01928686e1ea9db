import { html } from 'hono/html'
import type { Html, WebEnv } from '../../web/env.ts'
import type { Session } from '../queries.ts'
import { stateOf } from '../rules.ts'
import { hasAttended } from './queries.ts'
import { words } from './words.ts'

type Context = Pick<WebEnv['Variables'], 'db' | 'now' | 'language' | 'person'>

/** On the page of a session that is over: what there is to do and to read now. Empty where there is nothing. */
export async function afterBox({ db, now, language, person }: Context, session: Session): Promise<Html | ''> {
  if (!person || stateOf(session, now) !== 'over') return ''
  const attended = await hasAttended(db, { sessionId: session.id, personId: person.id })
  if (!attended) return ''
  const t = words[language]
  return html`
<section class="tile mb-3">
  <h2 class="h4">${t.title}</h2>
  <p class="actions"><a class="btn btn-outline-primary btn-sm" href="/sessions/${session.id}/certificate">${t.certificate}</a></p>
</section>`
}
