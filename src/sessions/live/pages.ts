import { html } from 'hono/html'
import { formatNumber } from '../../language/numbers.ts'
import type { Html, WebEnv } from '../../web/env.ts'
import { fieldsOf, postButton } from '../../web/fields.ts'
import type { Problems, Typed } from '../../web/forms.ts'
import { type ListRequest, listSearch, listTable, listUrl } from '../../web/lists.ts'
import { qrCode } from '../../web/qr.ts'
import type { Code } from '../check-in/code.ts'
import type { Desk } from '../check-in/queries.ts'
import { usualGraceMinutes } from '../check-in/rules.ts'
import type { Session } from '../queries.ts'
import { type Figures, type LivePerson, type liveSorts, liveStates, type WalkIn } from './queries.ts'
import { words } from './words.ts'

type Viewing = Pick<WebEnv['Variables'], 'language' | 'dates' | 'baseUrl'>
type Sort = (typeof liveSorts)[number]
export type People = { list: ListRequest<Sort>; rows: LivePerson[]; total: number; walkIns: readonly WalkIn[] }
export type Shown = {
  session: Session
  figures: Figures
  people: People
  questions: Html
  desk: Desk | null
  /** The code of now, while check-in is open. */
  code: Code | null
  mayOpen: boolean
  hasRoom: boolean
  problems: Problems | null
  typed: Typed
}

export function livePage(viewing: Viewing, shown: Shown): Html {
  const { session, people, figures, questions, hasRoom } = shown
  const { language, dates } = viewing
  const t = words[language]
  const filters = [{ name: 'state', label: t.state, choices: liveStates.map((value) => ({ value, label: t.states[value] })) }]
  return html`
<h1>${session.title}</h1>
<p class="lead">${dates.period(session.startsAt, session.endsAt)}</p>
<div class="actions">
  ${hasRoom && html`<a class="btn btn-primary" href="/sessions/${session.id}/join" target="_blank" rel="noopener">${t.room}<span class="visually-hidden"> ${t.newTab}</span></a>`}
  <a class="btn btn-outline-primary" href="/sessions/${session.id}/attendance">${t.attendance}</a>
  <a class="btn btn-outline-primary" href="${listUrl(people.list)}">${t.refresh}</a>
</div>
<p class="field-help">${t.updates}</p>
${figuresList(language, figures)}
<div class="columns">
<div>
${deskSection(viewing, shown)}
</div>
<section>
  <h2>${t.questions}</h2>
  <div id="live-questions">${questions}</div>
</section>
</div>
<section>
<h2>${t.people}</h2>
${listSearch(people.list, { language, target: 'live-people', filters })}
${peopleSection(viewing, people)}
</section>`
}

/** The list and its line to the server, which goes with it when another search takes its place. */
export const peopleSection = (viewing: Viewing, people: People): Html =>
  html`<div id="live-people"><div hx-sse:connect="${eventsUrl(people.list)}" hx-swap="none"></div>${peopleList(viewing, people)}</div>`

/** The same search, filters and page as the list beside it. */
const eventsUrl = (list: ListRequest<Sort>) => listUrl({ ...list, path: `${list.path}/events` })

export const figuresList = (language: Viewing['language'], figures: Figures): Html => html`
<ul class="figures" id="live-figures">${(['registered', 'checkedIn', 'entered'] as const).map(
  (name) => html`<li><strong>${formatNumber(figures[name], language)}</strong> ${words[language].figures[name](figures[name])}</li>`,
)}</ul>`

export function peopleList({ language, dates }: Viewing, { list, rows, total, walkIns }: People): Html {
  const t = words[language]
  const time = (moment: Temporal.Instant | null) => (moment ? dates.time(moment) : '')
  return html`<div id="live-list">${listTable<LivePerson, Sort>({
    language,
    caption: t.people,
    list,
    rows,
    total,
    empty: t.nobody,
    columns: [
      { label: t.name, sort: 'name', cell: (row) => row.name },
      { label: t.administration, sort: 'administration', cell: (row) => row.administration },
      {
        label: t.checkedIn,
        sort: 'checked',
        cell: ({ checkedInAt }) =>
          checkedInAt
            ? html`<span class="state good">✓ ${t.at(time(checkedInAt))}</span>`
            : html`<span class="state off">${t.notYet}</span>`,
      },
      { label: t.entered, cell: ({ enteredAt }) => time(enteredAt) },
    ],
  })}
${walkIns.length > 0 && html`<h3>${t.walkIns}</h3><ul>${walkIns.map(({ name, email, checkedInAt }) => html`<li>${name}, ${email} (${time(checkedInAt)})</li>`)}</ul>`}
</div>`
}

function deskSection(viewing: Viewing, { session, desk, code, mayOpen, problems, typed }: Shown): Html | '' {
  const { language } = viewing
  const t = words[language]
  const fields = fieldsOf(language, problems, typed)
  if (!mayOpen && !code) return ''
  return html`
<section>
  <h2>${t.deskTitle}</h2>
  ${
    code
      ? html`${codeBox(viewing, session, code)}
  <div class="actions"><a class="btn btn-outline-primary btn-sm" href="/sessions/${session.id}/live/screen">${t.screen}</a>
  ${postButton(`/sessions/${session.id}/check-in/close`, t.closeDesk, 'outline-danger')}</div>`
      : html`<p>${t.deskIntro}</p>
  ${fields.summary()}
  <form method="post" action="/sessions/${session.id}/check-in/open" novalidate>
    ${fields.input({ name: 'grace', label: t.grace, help: t.graceHelp, type: 'number', required: true, value: desk?.graceMinutes ?? usualGraceMinutes })}
    <button class="btn btn-outline-primary">${t.openDesk}</button>
  </form>`
  }
</section>`
}

/** The code and its QR code; fetched again before it changes. */
export function codeBox({ language, baseUrl }: Viewing, { id }: { id: number }, { digits, token }: Code): Html {
  const t = words[language]
  const address = `${baseUrl}/sessions/${id}/check-in`
  return html`
<div class="check-in-code" id="check-in-code" hx-get="/sessions/${id}/live/code" hx-trigger="every 10s" hx-swap="outerHTML">
  ${qrCode(`${address}/scan/${token}`, t.qr)}
  <div>
    <p class="check-in-digits"><span class="visually-hidden">${t.codeNow}: </span>${digits.slice(0, 3)} ${digits.slice(3)}</p>
    <p>${t.howTo(address.replace(/^https?:\/\//, ''))} ${t.changes}</p>
  </div>
</div>`
}

/** For the screen of the room: the code, as large as it gets. */
export function screenPage(viewing: Viewing, session: Session, code: Code | null): Html {
  const t = words[viewing.language]
  return html`
<div class="check-in-screen">
<h1>${t.screenTitle}</h1>
<p class="lead">${session.title}</p>
${code ? codeBox(viewing, session, code) : html`<p class="empty">${t.closed}</p>`}
<p class="actions"><a class="btn btn-outline-primary" href="/sessions/${session.id}/live">${t.toLive}</a>
  <a class="btn btn-outline-primary" href="/sessions/${session.id}/live/screen">${t.refresh}</a></p>
</div>`
}
