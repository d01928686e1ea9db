import { html } from 'hono/html'
import type { Dates } from '../../language/dates.ts'
import type { Language } from '../../language/language.ts'
import type { Html } from '../../web/env.ts'
import { type ListRequest, listSearch, listTable } from '../../web/lists.ts'
import type { KeptMail, mailSorts } from './queries.ts'
import { carriesSecret, type MailState, mailStates, stateOf } from './rules.ts'
import { words } from './words.ts'

type Shown = { language: Language; dates: Dates; showSecrets: boolean }
type MailList = Shown & { list: ListRequest<(typeof mailSorts)[number]>; rows: readonly KeptMail[]; total: number }

export function outboxPage(mails: MailList): Html {
  const { language, list } = mails
  const t = words[language]
  const choices = mailStates.map((state) => ({ value: state, label: t.states[state] }))
  return html`
<h1>${t.title}</h1>
<p class="lead">${t.intro}</p>
${listSearch(list, { language, target: 'mails', filters: [{ name: 'state', label: t.state, choices }] })}
${mailList(mails)}`
}

export function mailList({ language, dates, showSecrets, list, rows, total }: MailList): Html {
  const t = words[language]
  return html`<div id="mails">${listTable({
    language,
    caption: t.caption,
    list,
    rows,
    total,
    empty: t.empty,
    columns: [
      {
        label: t.subject,
        sort: 'subject',
        cell: (mail) => html`<a href="/outbox/${mail.id}">${subjectOf(mail, { language, showSecrets })}</a>`,
      },
      { label: t.recipient, sort: 'recipient', cell: ({ recipient }) => recipient },
      { label: t.written, sort: 'written', cell: ({ createdAt }) => dates.moment(createdAt) },
      { label: t.state, cell: (mail) => stateMark(mail, language) },
    ],
  })}</div>`
}

/** The mail's HTML is shown as it is written, not run: it says the same as the text. */
export function mailPage(mail: KeptMail, { language, dates, showSecrets }: Shown): Html {
  const t = words[language]
  const hidden = carriesSecret(mail) && !showSecrets
  return html`
<h1>${subjectOf(mail, { language, showSecrets })}</h1>
<dl class="facts">
  <dt>${t.recipient}</dt><dd>${mail.recipient}</dd>
  <dt>${t.written}</dt><dd>${dates.moment(mail.createdAt)}</dd>
  <dt>${t.state}</dt><dd>${stateMark(mail, language)}</dd>
  ${mail.sentAt && html`<dt>${t.sent}</dt><dd>${dates.moment(mail.sentAt)}</dd>`}
  ${mail.attempts > 0 && html`<dt>${t.attempts}</dt><dd>${String(mail.attempts)}</dd>`}
  ${mail.lastError && html`<dt>${t.lastError}</dt><dd>${mail.lastError}</dd>`}
  <dt>${t.messageId}</dt><dd>${mail.messageId}</dd>
</dl>
${hidden ? html`<p class="empty">${t.secret}</p>` : bodies(mail, language)}`
}

function bodies({ text, html: source, calendar }: KeptMail, language: Language): Html {
  const t = words[language]
  return html`
<h2>${t.text}</h2>
<div class="prose">${text.split('\n').map((line) => html`${line}<br>`)}</div>
<details><summary>${t.html}</summary><pre tabindex="0">${source}</pre></details>
${
  calendar &&
  html`<h2>${t.calendar}</h2>
<pre tabindex="0">${calendar}</pre>`
}`
}

/** The subject of a mail that lets its reader sign in is the code itself. */
export const subjectOf = (mail: KeptMail, { language, showSecrets }: Omit<Shown, 'dates'>) =>
  carriesSecret(mail) && !showSecrets ? words[language].secretSubject : mail.subject

const marks: Record<MailState, string> = { waiting: 'waiting', sent: 'good', given_up: 'late' }

const stateMark = (mail: KeptMail, language: Language): Html =>
  html`<span class="state ${marks[stateOf(mail)]}">${words[language].states[stateOf(mail)]}</span>`
