import { html } from 'hono/html'
import type { Html, WebEnv } from '../../web/env.ts'
import type { Discussant, Invitation, PendingInvitation } from './queries.ts'
import { words } from './words.ts'

type Context = Pick<WebEnv['Variables'], 'language' | 'dates'>

export function asking({ language, dates }: Context, { personId, role, administration, places, placesKept, lapsesAt }: Invitation): Html {
  const t = words[language]
  const until = dates.moment(lapsesAt)
  return html`
<p>${personId === null ? t.ours(administration, places) : t.mine[role](administration)}${role === 'discussant' && html` ${t.discussantNote}`}</p>
<p>${placesKept === 0 ? t.openNote(until) : personId === null ? t.oursKeptNote(until) : t.keptNote(until)}</p>`
}

export function answers({ language }: Context, { id, personId }: Invitation): Html {
  const t = words[language]
  const [yes, no] = personId === null ? [t.acceptOurs, t.declineOurs] : [t.accept, t.decline]
  return html`
<form method="post" action="/invitations/${id}" class="actions">
  <button class="btn btn-primary" name="answer" value="yes">${yes}</button>
  <button class="btn btn-outline-primary" name="answer" value="no">${no}</button>
</form>`
}

/** On the session's own page, above the registration. */
export const invitationNotice = (context: Context, pending: readonly Invitation[]): Html | '' =>
  pending.length === 0
    ? ''
    : html`${pending.map(
        (each) =>
          html`<section class="tile mb-3"><h2 class="h4">${words[context.language].mineTitle}</h2>${asking(context, each)}${answers(context, each)}</section>`,
      )}`

/** On a referent's first page. */
export function pendingTiles(context: Context, pending: readonly PendingInvitation[]): Html | '' {
  const { language, dates } = context
  const t = words[language]
  if (pending.length === 0) return ''
  return html`
<section>
  <h2>${t.pendingTitle}</h2>
  <ul class="cards">${pending.map(
    (each) => html`
  <li class="tile">
    <h3 class="h5"><a href="/invitations/${each.id}">${each.title}</a></h3>
    <p>${dates.period(each.startsAt, each.endsAt)}</p>
    ${asking(context, each)}
    ${answers(context, each)}
  </li>`,
  )}</ul>
</section>`
}

/** Who speaks: an administration each, and the name where the reader may know it. */
export const discussantList = (discussants: readonly Discussant[], language: Context['language']): Html | '' =>
  discussants.length === 0
    ? ''
    : html`
<section class="mb-3"><h2 class="h4">${words[language].discussants}</h2>
<ul>${discussants.map(({ name, administration }) => html`<li>${name ? html`${name}, ${administration}` : administration}</li>`)}</ul></section>`
