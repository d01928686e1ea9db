import { html } from 'hono/html'
import { formatNumber } from '../../language/numbers.ts'
import { isReferent } from '../../people/rules.ts'
import type { Html, WebEnv } from '../../web/env.ts'
import { fieldsOf } from '../../web/fields.ts'
import type { Session } from '../queries.ts'
import { hasPassed, isOnline } from '../rules.ts'
import type { OwnRegistration } from './queries.ts'
import { isFull, type JoinRefusal, joinOpensAt } from './rules.ts'
import { words } from './words.ts'

type Context = Pick<WebEnv['Variables'], 'language' | 'dates' | 'now' | 'person'>

export type Box = {
  session: Session
  registered: number
  own: OwnRegistration | undefined
  /** Of which the person is a referent. */
  administrations: readonly { id: number; name: string }[]
  mayManage: boolean
  /** What has just happened, or why not. */
  message?: { kind: 'success' | 'danger'; sentence: string }
}

const boxId = (session: { id: number }) => `registration-${session.id}`

/** The box of the session's page, and what htmx swaps. Empty where there is nothing to say. */
export function registrationBox(context: Context, box: Box): Html | '' {
  const inside = insideOf(context, box)
  if (!inside && !box.message) return ''
  const t = words[context.language]
  return html`
<section class="tile mb-3" id="${boxId(box.session)}">
  <h2 class="h4">${t.title}</h2>
  ${box.message && html`<div class="alert alert-${box.message.kind}" role="status" tabindex="-1" data-focus>${box.message.sentence}</div>`}
  ${inside}
</section>`
}

function insideOf(context: Context, box: Box): Html | '' {
  const t = words[context.language]
  const { session, own, mayManage } = box
  if (!session.publishedAt || session.cancelledAt || hasPassed(session.endsAt, context.now)) return ''
  const door = isOnline(session.kind) && session.joinUrl && (own || mayManage) ? doorOf(context, session) : ''
  if (own)
    return html`
<p><span class="state good">✓</span> ${t.registered(own.administration)}</p>
${door}
${!hasPassed(session.startsAt, context.now) && form(session, 'cancel', html`<button class="btn btn-outline-danger btn-sm">${t.cancel}</button>`)}`
  if (!context.person)
    return html`<p class="actions"><a class="btn btn-primary" href="/sign-in?next=${encodeURIComponent(`/sessions/${session.id}`)}">${t.signIn}</a></p>`
  if (!isReferent(context.person)) return door || html`<p>${t.onlyReferents}</p>`
  return html`${door}${registering(context, box)}`
}

function registering({ language, now }: Context, { session, registered, administrations }: Box): Html {
  const t = words[language]
  if (hasPassed(session.startsAt, now)) return html`<p>${t.refusal.started}</p>`
  if (isFull(session, registered)) return html`<p>${t.full}</p>`
  const [first, ...others] = administrations
  return html`
${session.capacity !== null && html`<p>${t.freePlaces(formatNumber(session.capacity - registered, language))}</p>`}
${form(
  session,
  'register',
  html`
  ${
    others.length > 0
      ? fieldsOf(language).select({
          name: 'administration',
          label: t.administration,
          required: true,
          choices: administrations.map(({ id, name }) => ({ value: id, label: name })),
        })
      : html`<input type="hidden" name="administration" value="${first?.id}">`
  }
  <p class="field-help">${t.registerHelp}</p>
  <button class="btn btn-primary">${t.register}</button>`,
)}`
}

function form(session: Session, verb: 'register' | 'cancel', content: Html): Html {
  const path = `/sessions/${session.id}/registration${verb === 'cancel' ? '/cancel' : ''}`
  return html`<form method="post" action="${path}" hx-post="${path}" hx-target="#${boxId(session)}" hx-swap="outerHTML">${content}</form>`
}

function doorOf({ language, dates, now }: Context, session: Session): Html {
  const t = words[language]
  if (!hasPassed(joinOpensAt(session), now)) return html`<p>${t.joinFrom(dates.moment(joinOpensAt(session)))}</p>`
  return html`<p class="actions"><a class="btn btn-primary" href="/sessions/${session.id}/join">${t.join}</a></p>`
}

/** Why the room's door is shut, and when it opens. */
export function closedDoorPage({ language, dates }: Pick<Context, 'language' | 'dates'>, session: Session, refusal: JoinRefusal): Html {
  const t = words[language]
  return html`
<h1>${t.joinTitle}</h1>
<p class="lead">${t.joinRefusal[refusal]}</p>
${refusal === 'too_early' && html`<p>${t.joinFrom(dates.moment(joinOpensAt(session)))}</p>`}
<p><a class="btn btn-outline-primary" href="/sessions/${session.id}">${t.back}</a></p>`
}
