import { html } from 'hono/html'
import { regionName, regions } from '../../administrations/regions.ts'
import type { Dates } from '../../language/dates.ts'
import type { Language } from '../../language/language.ts'
import type { Html } from '../../web/env.ts'
import { fieldsOf } from '../../web/fields.ts'
import type { Problems, Typed } from '../../web/forms.ts'
import { type ListRequest, listSearch, listTable } from '../../web/lists.ts'
import type { PathwayRequest, requestSorts } from './queries.ts'
import { words } from './words.ts'

type Asking = {
  url: string
  administration: { name: string }
  /** What can be asked for. */
  pathways: readonly { id: number; title: string }[]
  chosen: string
  requests: readonly PathwayRequest[]
  problems?: Problems | null
  typed?: Typed
}

export function askPage(
  language: Language,
  dates: Dates,
  { url, administration, pathways, chosen, requests, problems = null, typed = {} }: Asking,
): Html {
  const t = words[language]
  const waiting = requests.find(({ decidedAt }) => decidedAt === null)
  const decided = requests.filter(({ decidedAt }) => decidedAt !== null)
  const fields = fieldsOf(language, problems, typed)
  return html`
<div class="narrow">
<h1>${t.title}</h1>
<p class="lead">${t.intro(administration.name)}</p>
${fields.summary()}
${
  waiting
    ? waitingTile(language, dates, { url, request: waiting })
    : html`
<form method="post" action="${url}" novalidate>
  ${fields.select({ name: 'pathway', label: t.pathway, value: chosen, required: true, choices: pathways.map(({ id, title }) => ({ value: id, label: title })) })}
  ${fields.area({ name: 'reason', label: t.reason, help: t.reasonHelp, required: true, most: 1000, rows: 4 })}
  <button class="btn btn-primary">${t.ask}</button>
</form>`
}
${decided.length > 0 && html`<h2>${t.earlier}</h2><ul>${decided.map((request) => html`<li>${decidedLine(language, dates, request)}</li>`)}</ul>`}
</div>`
}

function waitingTile(language: Language, dates: Dates, { url, request }: { url: string; request: PathwayRequest }): Html {
  const t = words[language]
  return html`
<section class="tile">
  <h2>${t.waitingTitle}</h2>
  <p><strong>${request.pathway}</strong>, ${dates.shortDay(request.askedAt)}</p>
  <p class="prose">${request.reason}</p>
  <form method="post" action="${url}/take-back"><button class="btn btn-outline-danger">${t.takeBack}</button></form>
</section>`
}

function decidedLine(language: Language, dates: Dates, request: PathwayRequest): Html {
  const t = words[language]
  return html`<strong>${request.pathway}</strong>: ${t.verdicts[stateOf(request)]}${request.decidedAt && html`, ${dates.shortDay(request.decidedAt)}`}${request.comment && html`<br>${request.comment}`}`
}

const stateOf = ({ verdict, decidedAt }: PathwayRequest) => verdict ?? (decidedAt ? 'taken_back' : 'waiting')

type Listed = {
  list: ListRequest<(typeof requestSorts)[number]>
  rows: readonly PathwayRequest[]
  total: number
  regional: readonly string[] | null
}

export function requestsPage(language: Language, dates: Dates, listed: Listed): Html {
  const t = words[language]
  const shown = regions.filter(({ code }) => listed.regional === null || listed.regional.includes(code))
  const filters = [
    { name: 'state', label: t.state, choices: [{ value: 'decided', label: t.decided }] },
    { name: 'region', label: t.region, choices: shown.map(({ code, name }) => ({ value: code, label: name })) },
  ]
  return html`
<h1>${t.list}</h1>
<p class="lead">${t.listIntro}</p>
${listSearch(listed.list, { language, target: 'request-list', filters })}
${requestList(language, dates, listed)}`
}

export function requestList(language: Language, dates: Dates, { list, rows, total }: Listed): Html {
  const t = words[language]
  const columns = [
    {
      label: t.administration,
      sort: 'administration' as const,
      cell: ({ id, administration }: PathwayRequest) => html`<a href="/pathway-requests/${id}">${administration}</a>`,
    },
    { label: t.region, sort: 'region' as const, cell: ({ region }: PathwayRequest) => regionName(region) },
    { label: t.followed, cell: ({ followed }: PathwayRequest) => followed ?? t.nothing },
    { label: t.wanted, cell: ({ pathway }: PathwayRequest) => pathway },
    { label: t.askedOn, sort: 'asked' as const, cell: ({ askedAt }: PathwayRequest) => dates.shortDay(askedAt) },
    { label: t.state, cell: (request: PathwayRequest) => t.verdicts[stateOf(request)] },
  ]
  return html`<div id="request-list">${listTable({ language, caption: t.list, list, columns, rows, total, empty: t.empty })}</div>`
}

type Deciding = { request: PathwayRequest; mayDecide: boolean; problems?: Problems | null; typed?: Typed }

export function requestPage(language: Language, dates: Dates, { request, mayDecide, problems = null, typed = {} }: Deciding): Html {
  const t = words[language]
  const fields = fieldsOf(language, problems, typed)
  return html`
<h1>${t.requestOf(request.administration)}</h1>
<dl class="facts">
  <dt>${t.programme}</dt><dd>${request.programme}</dd>
  <dt>${t.region}</dt><dd>${regionName(request.region)}</dd>
  <dt>${t.followed}</dt><dd>${request.followed ?? t.nothing}</dd>
  <dt>${t.wanted}</dt><dd><strong>${request.pathway}</strong></dd>
  <dt>${t.askedBy}</dt><dd>${request.askedBy}, ${dates.shortDay(request.askedAt)}</dd>
  <dt>${t.reason}</dt><dd class="prose">${request.reason}</dd>
  <dt>${t.state}</dt><dd>${request.decidedAt ? decidedLine(language, dates, request) : t.waiting}</dd>
</dl>
<p><a href="/administrations/${request.administrationId}">${request.administration}</a>${!request.followed && html` · <a href="/orientation/${request.programmeId}/${request.administrationId}/recommendation">${t.proposal}</a>`}</p>
${
  mayDecide &&
  !request.decidedAt &&
  html`
<section class="narrow">
<h2>${t.decide}</h2>
${fields.summary()}
<form method="post" action="/pathway-requests/${request.id}" novalidate>
  ${fields.area({ name: 'comment', label: t.comment, help: t.commentHelp, most: 1000, rows: 3 })}
  <div class="actions">
    <button class="btn btn-primary" name="verdict" value="granted">${t.grant}</button>
    <button class="btn btn-outline-danger" name="verdict" value="refused">${t.refuse}</button>
  </div>
</form>
</section>`
}`
}
