import { html } from 'hono/html'
import type { Html, WebEnv } from '../../web/env.ts'
import { postButton } from '../../web/fields.ts'
import { browserName } from './browser.ts'
import type { OpenSignIn } from './queries.ts'
import { words } from './words.ts'

type Viewing = Pick<WebEnv['Variables'], 'language' | 'dates'>

export function signInsPage(viewing: Viewing, signIns: readonly OpenSignIn[], hereId: number): Html {
  const t = words[viewing.language]
  return html`
<div class="narrow">
<h1>${t.title}</h1>
<p class="lead">${t.intro}</p>
<ul class="cards">${signIns.map((signIn) => tile(viewing, signIn, signIn.id === hereId))}</ul>
${signIns.length > 1 ? postButton('/me/sign-ins/others/end', t.endOthers, 'outline-danger') : html`<p class="empty">${t.none}</p>`}
</div>`
}

function tile({ language, dates }: Viewing, { id, browser, createdAt, lastSeenAt }: OpenSignIn, here: boolean): Html {
  const t = words[language]
  const name = browserName(browser) ?? t.unknown
  return html`
<li class="tile">
  <h2 class="h5">${name}${here && html` <span class="state good">${t.here}</span>`}</h2>
  <p>${t.since(dates.moment(createdAt))}, ${t.seen(dates.moment(lastSeenAt))}</p>
  ${!here && html`<form method="post" action="/me/sign-ins/${id}/end"><button class="btn btn-outline-danger btn-sm" aria-label="${t.endOf(name)}">${t.end}</button></form>`}
</li>`
}
