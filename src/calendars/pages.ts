import { html } from 'hono/html'
import type { Dates } from '../language/dates.ts'
import type { Language } from '../language/language.ts'
import type { Html } from '../web/env.ts'
import { fieldsOf, postButton } from '../web/fields.ts'
import type { Problems, Typed } from '../web/forms.ts'
import { type ListRequest, listTable } from '../web/lists.ts'
import type { Feed, feedSorts } from './queries.ts'
import { words } from './words.ts'

type FeedsPage = {
  language: Language
  dates: Dates
  list: ListRequest<(typeof feedSorts)[number]>
  rows: readonly Feed[]
  total: number
  baseUrl: string
  problems?: Problems | null
  typed?: Typed
}

export function feedsPage({ language, dates, list, rows, total, baseUrl, problems, typed }: FeedsPage): Html {
  const t = words[language]
  const fields = fieldsOf(language, problems, typed)
  const table = listTable({
    language,
    caption: t.caption,
    list,
    rows,
    total,
    empty: t.empty,
    columns: [
      { label: t.label, sort: 'label', cell: ({ label }) => label },
      { label: t.created, sort: 'created', cell: ({ createdAt }) => dates.shortDay(createdAt) },
      { label: t.lastUsed, sort: 'used', cell: ({ lastUsedAt }) => (lastUsedAt ? dates.moment(lastUsedAt) : t.never) },
      { label: t.actions, cell: ({ id, label }) => postButton(`/calendars/${id}/revoke`, t.revoke(label), 'outline-danger') },
    ],
  })
  return html`
<h1>${t.title}</h1>
<p class="lead">${t.intro}</p>
${fields.summary()}
<h2>${t.listTitle}</h2>
${table}
<h2>${t.createTitle}</h2>
<form method="post" action="/calendars" class="narrow" novalidate>
  ${fields.input({ name: 'label', label: t.labelField, help: t.labelHelp, required: true, most: 80 })}
  <button class="btn btn-primary">${t.create}</button>
</form>
<h2>${t.publicTitle}</h2>
<p>${t.publicIntro}</p>
${address(language, `${baseUrl}/calendar.ics`)}
${instructions(language)}`
}

/** The only time that the address of a private feed is shown. */
export function newFeedPage(language: Language, url: string): Html {
  const t = words[language]
  return html`
<h1>${t.readyTitle}</h1>
<p class="lead">${t.readyIntro}</p>
${address(language, url)}
${instructions(language)}
<p><a href="/calendars">${t.back}</a></p>`
}

function address(language: Language, url: string): Html {
  const t = words[language]
  return html`
<div class="narrow">
  <div class="field"><label for="address">${t.address}</label>
    <input class="form-control" id="address" type="text" value="${url}" readonly></div>
  <p><a class="btn btn-outline-primary" href="${url.replace(/^https?:/, 'webcal:')}">${t.open}</a></p>
</div>`
}

function instructions(language: Language): Html {
  const t = words[language]
  const ways = [
    [t.outlook, t.outlookHow],
    [t.google, t.googleHow],
    [t.apple, t.appleHow],
  ]
  return html`
<h2>${t.howTitle}</h2>
<dl class="facts">${ways.map(([name, how]) => html`<dt>${name}</dt><dd>${how}</dd>`)}</dl>`
}
