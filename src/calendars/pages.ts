import { html } from 'hono/html'
import { regions } from '../administrations/regions.ts'
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
  /** What this person may choose beside what concerns them. */
  scopes: { trainer: boolean; administrations: readonly { id: number; name: string }[] }
  pathways: readonly { id: number; title: string }[]
  problems?: Problems | null
  typed?: Typed
}

export function feedsPage({ language, dates, list, rows, total, baseUrl, scopes, pathways, problems, typed }: FeedsPage): Html {
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
      {
        label: t.holds,
        cell: ({ scope, administration, holds }) =>
          html`${scope === 'administration' ? administration : t.scope[scope]}${!holds && html`<br><small>${t.holdsNoMore}</small>`}`,
      },
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
  ${(scopes.trainer || scopes.administrations.length > 0) && fields.choices({ name: 'scope', label: t.holds, required: true, values: ['person'], choices: scopeChoices(language, scopes) })}
  <button class="btn btn-primary">${t.create}</button>
</form>
<h2>${t.publicTitle}</h2>
<p>${t.publicIntro}</p>
${address(language, `${baseUrl}/calendar.ics`)}
${publicOnes(language, { baseUrl, pathways })}
${instructions(language)}`
}

const scopeChoices = (language: Language, { trainer, administrations }: FeedsPage['scopes']) => [
  { value: 'person', label: words[language].scope.person },
  ...(trainer ? [{ value: 'trainer', label: words[language].scope.trainer }] : []),
  ...administrations.map(({ id, name }) => ({ value: `administration-${id}`, label: words[language].scopeOf(name) })),
]

/** One calendar for each region and each pathway. */
function publicOnes(language: Language, { baseUrl, pathways }: Pick<FeedsPage, 'baseUrl' | 'pathways'>): Html {
  const t = words[language]
  const link = (query: string, name: string) => html`<li><a href="${baseUrl}/calendar.ics?${query}">${name}</a></li>`
  return html`
<details class="mb-3"><summary>${t.byRegion}</summary><ul>${regions.map(({ code, name }) => link(`region=${code}`, name))}</ul></details>
${pathways.length > 0 && html`<details class="mb-3"><summary>${t.byPathway}</summary><ul>${pathways.map(({ id, title }) => link(`pathway=${id}`, title))}</ul></details>`}
<p>${t.portal} <a href="/programme.json">JSON</a>, <a href="/programme.atom">Atom</a>, <a href="/programme/embed">${t.embed}</a>.</p>`
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
