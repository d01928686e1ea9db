import { html } from 'hono/html'
import type { Html, WebEnv } from '../../web/env.ts'
import type { Session } from '../queries.ts'
import { words as sessionWords } from '../words.ts'
import { answers, asking } from './panel.ts'
import type { Invitation } from './queries.ts'
import { stateOfInvitation } from './rules.ts'
import { words } from './words.ts'

type Context = Pick<WebEnv['Variables'], 'language' | 'dates' | 'now'>

/** What a mail leads to: who asks for what, and two buttons. */
export function invitationPage(
  context: Context,
  { invitation, session, notice }: { invitation: Invitation; session: Session; notice?: string | undefined },
): Html {
  const { language, dates, now } = context
  const t = words[language]
  const state = stateOfInvitation(invitation, now)
  const begun = Temporal.Instant.compare(session.startsAt, now) <= 0
  return html`
<div class="narrow">
<h1>${t.mineTitle}</h1>
<p class="lead">${session.title}, ${dates.period(session.startsAt, session.endsAt)}</p>
${notice && html`<div class="alert alert-danger" role="alert" tabindex="-1" data-focus>${notice}</div>`}
${
  session.cancelledAt
    ? html`<div class="alert alert-warning">${sessionWords[language].cancelledBecause(session.cancellationReason ?? '')}</div>`
    : state === 'waiting' && !begun
      ? html`${asking(context, invitation)}${answers(context, invitation)}`
      : html`<p>${t.refusal[state === 'accepted' ? 'already_accepted' : state === 'waiting' ? 'started' : state]}</p>`
}
<p><a href="/sessions/${session.id}">${t.toSession}</a></p>
</div>`
}
