import { html } from 'hono/html'
import type { Dates } from '../language/dates.ts'
import type { Language } from '../language/language.ts'
import { formatNumber } from '../language/numbers.ts'
import { isNationalCoordinator } from '../people/rules.ts'
import type { Html, Person } from '../web/env.ts'
import type { ComingSession, Waiting } from './queries.ts'
import { words } from './words.ts'

export function visitorPage(language: Language): Html {
  const t = words[language]
  return html`
<section class="hero">
  <h1>${t.visitorTitle}</h1>
  <p class="lead">${t.visitorIntro}</p>
  <p class="actions"><a class="btn btn-primary" href="/programme">${t.seeProgramme}</a> <a class="btn btn-outline-primary" href="/faq">${t.searchFaq}</a></p>
</section>
<ol class="cards">
  ${t.steps.map(({ title, text }) => html`<li class="tile"><h2 class="h4">${title}</h2><p class="mb-0">${text}</p></li>`)}
</ol>`
}

type Day = {
  person: Person
  language: Language
  dates: Dates
  sessions: readonly ComingSession[]
  /** The enrolments of the person's administrations; null when there are none. */
  pathways: Html | null
  /** What to answer first of all. */
  invitations: Html | ''
  waiting: Waiting | null
}

/** What do I do now: the pathway first for a referent, what waits for staff, then the next meetings. */
export function dayPage({ person, language, dates, sessions, pathways, invitations, waiting }: Day): Html {
  const t = words[language]
  return html`
<h1>${t.greeting(person.name.split(' ')[0] ?? person.name)}</h1>
${invitations}
${person.administrations.length > 0 && html`<section><h2>${t.pathways}</h2>${pathways ?? html`<div class="empty"><p>${t.noPathway}</p><a class="btn btn-primary" href="/orientation">${t.toOrientation}</a></div>`}</section>`}
${waiting && waitingTiles(waiting, language)}
<section>
  <h2>${t.coming}</h2>
  ${
    sessions.length === 0
      ? html`<div class="empty">${t.nothingComing} <a href="/programme">${t.seeProgramme}</a></div>`
      : html`<ul class="cards">${sessions.map((session) => sessionTile(session, language, dates))}</ul>`
  }
</section>
${isNationalCoordinator(person) && html`<section><h2>${t.administer}</h2><p><a href="/people">${t.people}</a> · <a href="/outbox">${t.outbox}</a></p></section>`}`
}

function waitingTiles({ submissions, questions, requests, recognitions }: Waiting, language: Language): Html {
  const t = words[language]
  return html`
<section>
  <h2>${t.waiting}</h2>
  <ul class="figures">
    <li><a href="/submissions"><strong>${formatNumber(submissions, language)}</strong> ${t.waitingSubmissions(submissions)}</a></li>
    <li><a href="/questions"><strong>${formatNumber(questions, language)}</strong> ${t.waitingQuestions(questions)}</a></li>
    ${requests > 0 && html`<li><a href="/pathway-requests"><strong>${formatNumber(requests, language)}</strong> ${t.waitingRequests(requests)}</a></li>`}
    ${recognitions > 0 && html`<li><a href="/recognitions"><strong>${formatNumber(recognitions, language)}</strong> ${t.waitingRecognitions(recognitions)}</a></li>`}
  </ul>
</section>`
}

const sessionTile = ({ id, title, startsAt, endsAt, part }: ComingSession, language: Language, dates: Dates): Html => html`
<li class="tile">
  <h3 class="h5"><a href="/sessions/${id}">${title}</a></h3>
  <p class="mb-0"><time datetime="${startsAt.toString()}">${dates.period(startsAt, endsAt)}</time></p>
  <small>${words[language].part[part]}</small>
</li>`
