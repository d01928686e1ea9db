import type { Context } from 'hono'
import { html, raw } from 'hono/html'
import type { Language } from '../language/language.ts'
import { formatNumber } from '../language/numbers.ts'
import type { Html, WebEnv } from './env.ts'
import { words } from './words.ts'

export const rowsPerPage = 25

/** How a list was asked for: it all stays in the address, so a link reproduces the view. */
export type ListRequest<S extends string = string> = {
  path: string
  q: string
  sort: S
  descending: boolean
  page: number
  /** Other filters, by name; empty ones are left out. */
  filters: Record<string, string>
}

/** Reads search, sort, page and the named filters from the address; what can't be read falls back to the first sort and page. */
export function readList<const S extends string>(
  c: Context<WebEnv>,
  sorts: readonly [S, ...S[]],
  filters: readonly string[] = [],
): ListRequest<S> {
  const asked = c.req.query('sort') ?? ''
  const sort = sorts.find((each) => each === asked.replace(/^-/, '')) ?? sorts[0]
  const page = Number(c.req.query('page'))
  return {
    path: c.req.path,
    q: readable(c.req.query('q')).slice(0, 200),
    sort,
    descending: asked === `-${sort}`,
    page: Number.isInteger(page) && page >= 1 && page <= 1_000_000 ? page : 1,
    filters: Object.fromEntries(
      filters.map((name) => [name, readable(c.req.query(name)).slice(0, 100)] as const).filter(([, value]) => value !== ''),
    ),
  }
}

/** A word of the address as it can be searched; PostgreSQL refuses some control characters. */
export const readable = (text: string | undefined): string => (text ?? '').toWellFormed().replace(/\p{Cc}/gu, '')

export function listUrl(list: ListRequest, changes: Partial<ListRequest> = {}): string {
  const { path, q, sort, descending, page, filters } = { ...list, ...changes }
  const query = new URLSearchParams({
    ...(q && { q }),
    ...filters,
    sort: `${descending ? '-' : ''}${sort}`,
    ...(page > 1 && { page: String(page) }),
  })
  return `${path}?${query}`
}

type Column<R, S extends string> = { label: string; sort?: S; numeric?: boolean; cell: (row: R) => Html | string | number | null }

type Table<R, S extends string> = {
  language: Language
  caption: string
  list: ListRequest<S>
  columns: readonly Column<R, S>[]
  rows: readonly R[]
  total: number
  empty?: Html | string
}

const isUnfiltered = ({ q, filters }: ListRequest) => q === '' && Object.keys(filters).length === 0

/** A table that the server sorts and pages, with its count, its empty state and its pager. The first column names the row. */
export function listTable<R, S extends string>({ language, caption, list, columns, rows, total, empty }: Table<R, S>): Html {
  const t = words[language]
  if (rows.length === 0)
    return html`<div class="empty">${isUnfiltered(list) ? (empty ?? t.noResults) : html`${t.noResults} <a href="${list.path}">${t.clearFilters}</a>`}</div>`
  return html`
<div class="table-responsive" tabindex="0" role="region" aria-label="${caption}">
<table class="table table-hover list-table">
  <caption>${caption}: ${t.results(formatNumber(rows.length, language), formatNumber(total, language))}</caption>
  <thead><tr>${columns.map((column) => head(column, list, t))}</tr></thead>
  <tbody>
    ${rows.map(
      (row) =>
        html`<tr>${columns.map(({ cell, numeric }, index) =>
          index === 0 ? html`<th scope="row">${cell(row)}</th>` : html`<td ${numeric && raw('class="numeric"')}>${cell(row)}</td>`,
        )}</tr>`,
    )}
  </tbody>
</table>
</div>
${pager(list, total, language)}`
}

function head<R, S extends string>({ label, sort, numeric }: Column<R, S>, list: ListRequest<S>, t: (typeof words)['it']): Html {
  const numericClass = numeric && raw('class="numeric"')
  if (!sort) return html`<th scope="col" ${numericClass}>${label}</th>`
  const here = list.sort === sort
  const direction = here ? (list.descending ? 'descending' : 'ascending') : 'none'
  const url = listUrl(list, { sort, descending: here && !list.descending, page: 1 })
  return html`<th scope="col" aria-sort="${direction}" ${numericClass}><a href="${url}" title="${t.sortBy(label)}">${label}${here && (list.descending ? ' ▾' : ' ▴')}</a></th>`
}

export function pager(list: ListRequest, total: number, language: Language): Html | '' {
  const t = words[language]
  const pages = Math.ceil(total / rowsPerPage)
  if (pages <= 1) return ''
  const link = (page: number, label: string, rel: string) =>
    html`<a class="btn btn-outline-primary btn-sm" rel="${rel}" href="${listUrl(list, { page })}">${label}</a>`
  return html`
<nav class="pager" aria-label="${t.pages}">
  ${list.page > 1 && link(list.page - 1, t.previous, 'prev')}
  <span>${t.page(list.page, pages)}</span>
  ${list.page < pages && link(list.page + 1, t.next, 'next')}
</nav>`
}

type Filter = { name: string; label: string; choices: readonly { value: string; label: string }[] }

/** Search box and filters above a list; searches while typing, and with the button where there is no script. `target` is the id of the list. */
export function listSearch(
  list: ListRequest,
  { language, target, filters = [] }: { language: Language; target: string; filters?: readonly Filter[] },
): Html {
  const t = words[language]
  return html`
<form class="list-search" method="get" action="${list.path}" role="search"
  hx-get="${list.path}" hx-trigger="input delay:300ms, submit" hx-target="#${target}" hx-swap="outerHTML" hx-replace-url="true" hx-sync="this:replace">
  <div class="field"><label for="q">${t.searchWhat}</label><input class="form-control" type="search" id="q" name="q" value="${list.q}" maxlength="200"></div>
  ${filters.map(
    ({ name, label, choices }) => html`
  <div class="field"><label for="${name}">${label}</label>
    <select class="form-select" id="${name}" name="${name}">
      <option value="">${t.all}</option>
      ${choices.map((choice) => html`<option value="${choice.value}" ${choice.value === list.filters[name] && raw('selected')}>${choice.label}</option>`)}
    </select></div>`,
  )}
  <button class="btn btn-outline-primary">${t.search}</button>
</form>
<p class="visually-hidden" role="status" data-list-status></p>`
}
