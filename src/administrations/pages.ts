import { html } from 'hono/html'
import type { Happening } from '../history/happenings.ts'
import type { Dates } from '../language/dates.ts'
import type { Language } from '../language/language.ts'
import type { Html } from '../web/env.ts'
import { type ListRequest, listSearch, listTable } from '../web/lists.ts'
import { categoryName, kindName, kinds } from './kinds.ts'
import type { Administration, AdministrationEvent, administrationSorts } from './queries.ts'
import { regionName, regions } from './regions.ts'
import { webAddress } from './rules.ts'
import { sizeClasses, sizeName } from './sizes.ts'
import { words } from './words.ts'

export type AdministrationList = ListRequest<(typeof administrationSorts)[number]>
type Rows = { rows: readonly Administration[]; total: number }
/** `regions`: those among which this person may filter. */
type Offer = { importsRegister: boolean; importsReferents: boolean; regions: readonly string[] }

export function listPage(language: Language, list: AdministrationList, found: Rows, offer: Offer): Html {
  const t = words[language]
  const choicesOf = (choices: readonly { code: string; name: string }[]) => choices.map(({ code, name }) => ({ value: code, label: name }))
  return html`
<h1>${t.title}</h1>
${
  (offer.importsRegister || offer.importsReferents) &&
  html`<div class="actions">
  ${offer.importsRegister && html`<a class="btn btn-primary" href="/administrations/import">${t.importRegister}</a>`}
  ${offer.importsReferents && html`<a class="btn btn-outline-primary" href="/administrations/referents/import">${t.importReferents}</a>`}
</div>`
}
${listSearch(list, {
  language,
  target: 'administrations',
  filters: [
    ...(offer.regions.length > 1
      ? [{ name: 'region', label: t.region, choices: choicesOf(regions.filter(({ code }) => offer.regions.includes(code))) }]
      : []),
    { name: 'kind', label: t.kind, choices: Object.entries(kinds).map(([value, name]) => ({ value, label: name[language] })) },
    {
      name: 'size',
      label: t.size,
      choices: [
        ...sizeClasses.map((size) => ({ value: size, label: sizeName(size, language) })),
        { value: 'unknown', label: t.sizeUnknown },
      ],
    },
    {
      name: 'state',
      label: t.state,
      choices: [
        { value: 'open', label: t.open },
        { value: 'closed', label: t.closed },
      ],
    },
  ],
})}
${listPart(language, list, found)}`
}

export function listPart(language: Language, list: AdministrationList, { rows, total }: Rows): Html {
  const t = words[language]
  return html`<div id="administrations">${listTable({
    language,
    caption: t.title,
    list,
    columns: [
      {
        label: t.name,
        sort: 'name',
        cell: ({ id, name, closedAt }) =>
          html`<a href="/administrations/${id}">${name}</a>${closedAt && html` <span class="state off">${t.closed}</span>`}`,
      },
      { label: t.region, sort: 'region', cell: ({ region }) => regionName(region) },
      { label: t.kind, cell: ({ kind }) => kindName(kind, language) },
      { label: t.code, sort: 'code', cell: ({ code }) => code },
    ],
    rows,
    total,
    empty: t.empty,
  })}</div>`
}

export type Shown = {
  administration: Administration
  history: readonly AdministrationEvent[]
  /** The parts of this page that come from other features, referents first. */
  panels: readonly Html[]
}

export function administrationPage(language: Language, dates: Dates, { administration, history, panels }: Shown): Html {
  const t = words[language]
  return html`
<h1>${administration.name}</h1>
${administration.closedAt && html`<p><span class="state off">${t.closedSince(dates.shortDay(administration.closedAt))}</span></p>`}
${facts(language, dates, administration)}
${panels}
<section>
<h2>${t.history}</h2>
${history.length === 0 ? html`<div class="empty">${t.noHistory}</div>` : html`<ul>${history.map((event) => eventLine(language, dates, event))}</ul>`}
</section>`
}

function facts(language: Language, dates: Dates, administration: Administration): Html {
  const t = words[language]
  const { region, kind, category, code, taxCode, website, email, province, sizeClass, createdAt, changedAt } = administration
  const link = website && webAddress(website)
  const known = `${t.knownSince(dates.shortDay(createdAt))}${changedAt.equals(createdAt) ? '' : t.changedOn(dates.shortDay(changedAt))}`
  const lines: [string, Html | string | null][] = [
    [t.region, province ? `${regionName(region)} (${province})` : regionName(region)],
    [t.kind, kindName(kind, language)],
    [t.category, category ? categoryName(category) : null],
    [t.size, sizeClass && sizeName(sizeClass, language)],
    [t.code, code],
    [t.taxCode, taxCode],
    [t.website, link ? html`<a href="${link}" rel="noopener">${website}</a>` : website],
    [t.email, email && html`<a href="mailto:${email}">${email}</a>`],
    [t.known, known],
  ]
  return html`<dl class="facts">${lines.map(([label, value]) => value && html`<dt>${label}</dt><dd>${value}</dd>`)}</dl>`
}

function eventLine(language: Language, dates: Dates, { happening, at, by, reason }: AdministrationEvent): Html {
  const t = words[language]
  return html`
<li><time datetime="${at.toString()}">${dates.moment(at)}</time>: ${t.events[happening as Happening] ?? t.otherEvent}${by && html`, ${t.by(by)}`}${
    reason && html`<br><small>${reason}</small>`
  }</li>`
}
