import { html } from 'hono/html'
import { formatNumber } from '../../language/numbers.ts'
import type { Html, WebEnv } from '../../web/env.ts'
import { fieldsOf } from '../../web/fields.ts'
import type { Problems, Typed } from '../../web/forms.ts'
import type { AttendanceStatus } from '../attendance/rules.ts'
import { words as attendanceWords } from '../attendance/words.ts'
import type { Session } from '../queries.ts'
import type { CheckedIn } from './queries.ts'
import type { CheckInRefusal } from './rules.ts'
import { words } from './words.ts'

type Viewing = Pick<WebEnv['Variables'], 'language' | 'dates'>

/** Where the code is typed; whoever has checked in sees since when. */
export function codePage(
  { language, dates }: Viewing,
  { session, own, problems, typed }: { session: Session; own: CheckedIn | undefined; problems: Problems | null; typed: Typed },
): Html {
  const t = words[language]
  const fields = fieldsOf(language, problems, typed)
  return html`
<div class="narrow">
<h1>${t.title}</h1>
<p class="lead">${session.title}, ${dates.period(session.startsAt, session.endsAt)}</p>
${
  own
    ? html`<div class="alert alert-success" role="status">${t.checkedIn(dates.time(own.scannedAt))}${!own.counted && html` ${t.countsLater}`}</div>
<p><a class="btn btn-outline-primary" href="/sessions/${session.id}">${t.back}</a></p>`
    : html`<p>${t.intro}</p>
${fields.summary()}
<form method="post" action="/sessions/${session.id}/check-in" novalidate>
  ${fields.input({ name: 'code', label: t.code, required: true, most: 12, inputmode: 'numeric', autocomplete: 'off' })}
  <button class="btn btn-primary">${t.send}</button>
</form>`
}
</div>`
}

/** After a scan: one button, because opening an address must change nothing. */
export function ticketPage(
  { language, dates }: Viewing,
  { session, ticket, scannedAt, name }: { session: Session; ticket: string; scannedAt: Temporal.Instant; name: string },
): Html {
  const t = words[language]
  return html`
<div class="narrow">
<h1>${t.title}</h1>
<p class="lead">${session.title}, ${dates.period(session.startsAt, session.endsAt)}</p>
<p>${t.confirmFor(name)} ${t.scanned(dates.time(scannedAt))}</p>
<form method="post" action="/sessions/${session.id}/check-in/ticket/${ticket}"><button class="btn btn-primary">${t.confirm}</button></form>
</div>`
}

/** After these another code helps. */
const typing: readonly CheckInRefusal[] = ['wrong_code', 'ticket_spent', 'ticket_too_old']

/** Why somebody can't check in, and where to go from here. */
export function refusedPage({ language }: Viewing, session: Session, refusal: CheckInRefusal): Html {
  const t = words[language]
  return html`
<div class="narrow">
<h1>${t.title}</h1>
<div class="alert alert-danger" role="alert" tabindex="-1" data-focus>${t.refusal[refusal]}</div>
<p class="actions">
  ${typing.includes(refusal) && html`<a class="btn btn-outline-primary" href="/sessions/${session.id}/check-in">${t.open}</a>`}
  <a class="btn btn-outline-primary" href="/sessions/${session.id}">${t.back}</a>
</p>
</div>`
}

type Own = {
  mayCheckIn: boolean
  checkedIn: CheckedIn | undefined
  recorded: { status: AttendanceStatus; minutes: number } | undefined
  /** Of the programme's sessions so far, in a sentence. */
  share: string
}

/** On the page of a session: the reader's own presence, or the way to check in; empty where there is neither. */
export function ownPresenceBox(
  { language, dates }: Viewing,
  sessionId: number,
  { mayCheckIn, checkedIn, recorded, share }: Own,
): Html | '' {
  const t = words[language]
  if (!mayCheckIn && !checkedIn && !recorded) return ''
  return html`
<section class="tile mb-3">
  <h2 class="h4">${t.ownTitle}</h2>
  ${recorded && html`<p>${t.recorded(attendanceWords[language].statuses[recorded.status], t.minutes(formatNumber(recorded.minutes, language)))} ${share}</p>`}
  ${!recorded && checkedIn && html`<p><span class="state good">✓</span> ${t.checkedIn(dates.time(checkedIn.scannedAt))} ${t.countsLater}</p>`}
  ${!recorded && !checkedIn && mayCheckIn && html`<p class="actions"><a class="btn btn-primary" href="/sessions/${sessionId}/check-in">${t.link}</a></p>`}
</section>`
}
