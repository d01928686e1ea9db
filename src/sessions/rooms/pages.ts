import { html } from 'hono/html'
import type { Html, WebEnv } from '../../web/env.ts'
import { postButton } from '../../web/fields.ts'
import type { Session } from '../queries.ts'
import { isOnline } from '../rules.ts'
import type { SessionRoom } from './queries.ts'
import { words } from './words.ts'

type Context = Pick<WebEnv['Variables'], 'language' | 'dates'>

/** For whoever wanted to enter: what to do now. */
export function failedDoorPage(
  { language }: Pick<Context, 'language'>,
  session: Session,
  { title, back }: { title: string; back: string },
): Html {
  const t = words[language]
  return html`
<h1>${title}</h1>
<div class="alert alert-warning" role="alert"><p>${t.failedDoor}</p></div>
<p class="actions"><a class="btn btn-primary" href="/sessions/${session.id}/join">${t.again}</a> <a class="btn btn-outline-primary" href="/sessions/${session.id}">${back}</a></p>`
}

/** For whoever is in charge: what is wrong with the room, or that it tells who was there. */
export function roomNotice(
  { language, dates }: Context,
  session: Session,
  { room, configured, held }: { room: SessionRoom | undefined; configured: boolean; held: boolean },
): Html | '' {
  const t = words[language]
  if (session.room === 'link' || !isOnline(session.kind) || session.cancelledAt) return ''
  const failed = room?.failedAt && room.failure ? t.failed(dates.moment(room.failedAt), t.failure[room.failure]) : null
  const wrong = configured ? failed : t.notConfigured
  return html`${
    wrong &&
    html`<div class="alert alert-warning" role="status"><p><strong>${t.failedTitle}</strong></p><p>${wrong}</p><p>${t.whatToDo}</p></div>`
  }${
    held &&
    room?.openedAt &&
    html`
<section class="tile mb-3">
  <h2 class="h4">${t.evidenceTitle}</h2>
  <p>${t.evidence}</p>
  ${postButton(`/sessions/${session.id}/room/attendance`, t.read)}
</section>`
  }`
}
