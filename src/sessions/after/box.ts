import { html } from 'hono/html'
import type { Html, WebEnv } from '../../web/env.ts'
import { hasGiven } from '../feedback/queries.ts'
import { findMinutes } from '../minutes/queries.ts'
import type { Session } from '../queries.ts'
import { manageRefusal, stateOf } from '../rules.ts'
import { hasAttended } from './queries.ts'
import { words } from './words.ts'

type Context = Pick<WebEnv['Variables'], 'db' | 'now' | 'language' | 'person'>

/** On the page of a session that is over: what there is to do and to read now. Empty where there is nothing. */
export async function afterBox({ db, now, language, person }: Context, session: Session): Promise<Html | ''> {
  if (!person || stateOf(session, now) !== 'over') return ''
  const whose = { sessionId: session.id, personId: person.id }
  const attended = await hasAttended(db, whose)
  const given = attended && (await hasGiven(db, whose))
  const inCharge = manageRefusal(session, person) === null
  const published = (await findMinutes(db, session.id))?.publishedVersion ?? null
  if (!attended && !inCharge && published === null) return ''
  const t = words[language]
  const path = `/sessions/${session.id}`
  return html`
<section class="tile mb-3">
  <h2 class="h4">${t.title}</h2>
  ${given && html`<p><span class="state good">✓</span> ${t.answered}</p>`}
  <p class="actions">
    ${attended && !given && html`<a class="btn btn-primary btn-sm" href="${path}/feedback">${t.survey}</a>`}
    ${attended && html`<a class="btn btn-outline-primary btn-sm" href="${path}/certificate">${t.certificate}</a>`}
    ${!inCharge && published !== null && html`<a class="btn btn-outline-primary btn-sm" href="${path}/minutes">${t.readMinutes}</a>`}
    ${inCharge && html`<a class="btn btn-outline-primary btn-sm" href="${path}/minutes">${t.minutes}</a>`}
    ${inCharge && html`<a class="btn btn-outline-primary btn-sm" href="${path}/feedback/results">${t.results}</a>`}
  </p>
</section>`
}
