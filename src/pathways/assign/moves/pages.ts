import { html } from 'hono/html'
import { categoryName } from '../../../administrations/kinds.ts'
import { regionName, regions } from '../../../administrations/regions.ts'
import type { Language } from '../../../language/language.ts'
import { formatNumber } from '../../../language/numbers.ts'
import type { Html } from '../../../web/env.ts'
import { type ListRequest, listSearch, listTable, rowsPerPage } from '../../../web/lists.ts'
import type { Move } from '../rules.ts'
import { words } from './words.ts'

type Shown = {
  programmeId: number
  version: number
  moves: readonly Move[]
  /** Those that the list's search and filters leave, in its order. */
  listed: readonly Move[]
  looked: number
  pathways: readonly { id: number; title: string }[]
  list: ListRequest<'name' | 'region'>
  problem: string | null
  /** Null for those who may only look. */
  next: 'publish' | 'look_again' | null
}

export function movesPage(language: Language, shown: Shown): Html {
  const t = words[language]
  const { moves, looked, version, problem, programmeId } = shown
  const number = (count: number) => formatNumber(count, language)
  const following = moves.filter(({ candidate }) => candidate.following).length
  return html`
<h1>${t.title(version)}</h1>
<p class="lead">${t.lead}</p>
${problem && html`<div class="alert alert-danger" role="alert" tabindex="-1" data-focus>${problem}</div>`}
<ul class="figures">
  <li><strong>${number(moves.length)}</strong> ${t.changing}</li>
  <li><strong>${number(following)}</strong> ${t.following}</li>
  <li><strong>${number(looked)}</strong> ${t.looked}</li>
</ul>
${following > 0 && html`<p>${t.followingHelp}</p>`}
${
  shown.next &&
  html`
<form method="post" action="/programmes/${programmeId}/rules/${shown.next === 'publish' ? 'publish' : 'preview'}" class="actions">
  <button class="btn btn-primary">${shown.next === 'publish' ? t.publish : t.lookAgain}</button>
  <a class="btn btn-outline-primary" href="/programmes/${programmeId}/rules">${t.back}</a>
</form>`
}
${moves.length === 0 ? html`<div class="empty">${t.nothing}</div>` : html`${fromToTable(language, shown)}${byRegion(language, moves)}${byCategory(language, moves)}`}
${moves.length > 0 && moveSearch(language, shown)}`
}

const isFollowing = ({ candidate }: Move) => candidate.following !== null
const titleOf = (language: Language, { pathways }: Pick<Shown, 'pathways'>, id: number | null) =>
  pathways.find((pathway) => pathway.id === id)?.title ?? words[language].none

type CountRow = { labels: readonly string[]; moves: readonly Move[] }

/** One row a group: how many are without a pathway yet, how many follow one, all. */
function countTable(language: Language, caption: string, heads: readonly string[], rows: readonly CountRow[]): Html {
  const t = words[language]
  const cell = (count: number) => html`<td class="numeric">${formatNumber(count, language)}</td>`
  return html`
<h2>${caption}</h2>
<div class="table-responsive" tabindex="0" role="region" aria-label="${caption}">
<table class="table list-table">
  <caption class="visually-hidden">${caption}</caption>
  <thead><tr>${heads.map((head) => html`<th scope="col">${head}</th>`)}<th scope="col" class="numeric">${t.proposed}</th><th scope="col" class="numeric">${t.enrolled}</th><th scope="col" class="numeric">${t.total}</th></tr></thead>
  <tbody>${rows.map(({ labels: [first, ...others], moves }) => {
    const following = moves.filter(isFollowing).length
    return html`
    <tr><th scope="row">${first}</th>${others.map((label) => html`<td>${label}</td>`)}${cell(moves.length - following)}${cell(following)}${cell(moves.length)}</tr>`
  })}</tbody>
</table>
</div>`
}

function fromToTable(language: Language, shown: Shown): Html {
  const t = words[language]
  const groups = [...Map.groupBy(shown.moves, ({ from, to }) => `${from} ${to}`).values()].toSorted((a, b) => b.length - a.length)
  const rows = groups.map((moves) => ({
    labels: [titleOf(language, shown, moves[0]?.from ?? null), titleOf(language, shown, moves[0]?.to ?? null)],
    moves,
  }))
  return countTable(language, t.fromTo, [t.from, t.to], rows)
}

function byRegion(language: Language, moves: readonly Move[]): Html {
  const t = words[language]
  const groups = Map.groupBy(moves, ({ candidate }) => candidate.region)
  const rows = regions.flatMap(({ code, name }) => (groups.has(code) ? [{ labels: [name], moves: groups.get(code) ?? [] }] : []))
  return countTable(language, t.byRegion, [t.region], rows)
}

function byCategory(language: Language, moves: readonly Move[]): Html {
  const t = words[language]
  const groups = [...Map.groupBy(moves, ({ candidate }) => candidate.category)].toSorted(([, a], [, b]) => b.length - a.length)
  const rows = groups.map(([category, each]) => ({ labels: [`${category} · ${categoryName(category)}`], moves: each }))
  return countTable(language, t.byCategory, [t.category], rows)
}

function moveSearch(language: Language, shown: Shown): Html {
  const t = words[language]
  const { moves, list, pathways } = shown
  const codes = new Set(moves.map(({ candidate }) => candidate.region))
  const categories = [...new Set(moves.map(({ candidate }) => candidate.category))].toSorted()
  const named = pathways.map(({ id, title }) => ({ value: String(id), label: title }))
  const filters = [
    { name: 'from', label: t.from, choices: [...named, { value: 'none', label: t.none }] },
    { name: 'to', label: t.to, choices: [...named, { value: 'none', label: t.none }] },
    {
      name: 'region',
      label: t.region,
      choices: regions.filter(({ code }) => codes.has(code)).map(({ code, name }) => ({ value: code, label: name })),
    },
    { name: 'category', label: t.category, choices: categories.map((code) => ({ value: code, label: `${code} · ${categoryName(code)}` })) },
  ]
  return html`
<h2 id="list">${t.list}</h2>
${listSearch(list, { language, target: 'move-list', filters })}
${moveList(language, shown)}`
}

export function moveList(language: Language, shown: Shown): Html {
  const t = words[language]
  const { listed, list } = shown
  const from = (list.page - 1) * rowsPerPage
  const columns = [
    {
      label: t.administration,
      sort: 'name' as const,
      cell: ({ candidate }: Move) => html`<a href="/administrations/${candidate.id}">${candidate.name}</a>`,
    },
    { label: t.region, sort: 'region' as const, cell: ({ candidate }: Move) => regionName(candidate.region) },
    { label: t.from, cell: (move: Move) => titleOf(language, shown, move.from) },
    { label: t.to, cell: (move: Move) => titleOf(language, shown, move.to) },
    { label: t.state, cell: (move: Move) => (isFollowing(move) ? t.enrolled : t.proposed) },
  ]
  return html`<div id="move-list">${listTable({ language, caption: t.list, list, columns, rows: listed.slice(from, from + rowsPerPage), total: listed.length })}</div>`
}
