import { html } from 'hono/html'
import { formatNumber } from '../../language/numbers.ts'
import { isReferent } from '../../people/rules.ts'
import type { Html, WebEnv } from '../../web/env.ts'
import { fieldsOf } from '../../web/fields.ts'
import type { Usable } from '../invitations/queries.ts'
import type { Session } from '../queries.ts'
import { hasPassed, hasRoom, isOnline } from '../rules.ts'
import type { Colleague, OwnRegistration, OwnWaiting } from './queries.ts'
import { isFull, type JoinRefusal, joinOpensAt, movesUp } from './rules.ts'
import { words } from './words.ts'

type Context = Pick<WebEnv['Variables'], 'language' | 'dates' | 'now' | 'person'>

export type Box = {
  session: Session
  registered: number
  own: OwnRegistration | undefined
  waiting: OwnWaiting | undefined
  /** Places that invitations keep. */
  kept: number
  /** Through which the person, or a colleague of theirs, can still come in. */
  usable: { mine: Usable | null; colleagues: Usable | null }
  /** An invitation waits for the person's answer, above the box. */
  isAsked: boolean
  /** Places by administration. */
  taken: ReadonlyMap<number, number>
  colleagues: readonly Colleague[]
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
  const door = isOnline(session.kind) && hasRoom(session) && (own || mayManage) ? doorOf(context, session) : ''
  if (own)
    return html`
<p><span class="state good">✓</span> ${t.registered(own.administration)}</p>
${door}
${!hasPassed(session.startsAt, context.now) && form(session, '/registration/cancel', html`<button class="btn btn-outline-danger btn-sm">${t.cancel}</button>`)}
${colleaguesPart(context, box)}`
  if (!context.person)
    return html`<p class="actions"><a class="btn btn-primary" href="/sign-in?next=${encodeURIComponent(`/sessions/${session.id}`)}">${t.signIn}</a></p>`
  if (!isReferent(context.person)) return door || html`<p>${t.onlyReferents}</p>`
  const way = registering(context, box)
  return door || way ? html`${door}${way}` : ''
}

function registering({ language, dates, now }: Context, box: Box): Html | '' {
  const t = words[language]
  const { session, administrations, waiting, taken } = box
  const invitation = box.usable.mine
  if (hasPassed(session.startsAt, now)) return html`<p>${t.refusal.started}</p>`
  if (waiting)
    return html`
<p><span class="state waiting">${t.waitingAs(formatNumber(waiting.place, language), waiting.administration)}</span></p>
${form(session, '/waiting-list/leave', html`<button class="btn btn-outline-danger btn-sm">${t.leave}</button>`)}`
  if (session.admission === 'invitation' && !invitation) return html`<p>${t.refusal.not_invited}</p>`
  const window = invitation ? null : windowSentence({ language, dates, now }, session)
  if (window && !window.open) return html`<p>${window.sentence}</p>`
  const choice = administrationChoice(language, administrations)
  const cap = session.administrationCap
  const allCapped = cap !== null && administrations.every(({ id }) => (taken.get(id) ?? 0) >= cap)
  const full = !invitation?.keepsPlace && (allCapped || isFull(session, box.registered + box.kept))
  if (box.isAsked && !full) return ''
  if (full) {
    if (!movesUp(session, now)) return html`<p>${t.fullLate}</p>`
    return html`
<p>${allCapped ? t.administrationFull : t.full}</p>
${form(session, '/waiting-list', html`${choice}<button class="btn btn-primary">${t.wait}</button>`)}`
  }
  return html`
${session.capacity !== null && !invitation?.keepsPlace && html`<p>${t.freePlaces(formatNumber(session.capacity - box.registered - box.kept, language))}</p>`}
${window && html`<p>${window.sentence}</p>`}
${form(session, '/registration', html`${choice}<p class="field-help">${t.registerHelp}</p><button class="btn btn-primary">${t.register}</button>`)}`
}

function administrationChoice(language: Context['language'], administrations: Box['administrations']): Html {
  const [first, ...others] = administrations
  if (others.length === 0) return html`<input type="hidden" name="administration" value="${first?.id}">`
  const choices = administrations.map(({ id, name }) => ({ value: id, label: name }))
  return fieldsOf(language).select({ name: 'administration', label: words[language].administration, required: true, choices })
}

/** When registration opens, or closes; null when it is open until the start. */
function windowSentence(
  { language, dates, now }: Pick<Context, 'language' | 'dates' | 'now'>,
  { registrationOpensAt, registrationClosesAt }: Session,
): { open: boolean; sentence: string } | null {
  const t = words[language]
  if (registrationOpensAt && !hasPassed(registrationOpensAt, now))
    return { open: false, sentence: t.opensOn(dates.moment(registrationOpensAt)) }
  if (!registrationClosesAt) return null
  if (hasPassed(registrationClosesAt, now)) return { open: false, sentence: t.refusal.closed }
  return { open: true, sentence: t.closesOn(dates.moment(registrationClosesAt)) }
}

/** A referent may register colleagues of their administrations, while places are free. */
function colleaguesPart({ language, dates, now }: Context, { session, registered, kept, usable, colleagues }: Box): Html | '' {
  const t = words[language]
  const invitation = usable.colleagues
  const shut =
    invitation === null && (session.admission === 'invitation' || windowSentence({ language, dates, now }, session)?.open === false)
  const full = !invitation?.keepsPlace && isFull(session, registered + kept)
  if (colleagues.length === 0 || shut || hasPassed(session.startsAt, now) || full) return ''
  const choices = colleagues.map(({ id, name }) => ({ value: id, label: name }))
  return html`
<details class="mt-3"><summary>${t.colleagues}</summary>
${form(session, '/registration/colleague', html`${fieldsOf(language).select({ name: 'colleague', label: t.colleague, required: true, choices })}<button class="btn btn-outline-primary btn-sm">${t.registerColleague}</button>`)}
</details>`
}

type Verb = '/registration' | '/registration/cancel' | '/registration/colleague' | '/waiting-list' | '/waiting-list/leave'

function form(session: Session, verb: Verb, content: Html): Html {
  const path = `/sessions/${session.id}${verb}`
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
