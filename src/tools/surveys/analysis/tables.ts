import { html, raw } from 'hono/html'
import type { Html } from '../../../web/env.ts'

type Table = {
  caption: string
  head: readonly string[]
  /** Positions of the columns that hold figures. */
  numeric?: readonly number[]
  rows: readonly (readonly (Html | string)[])[]
}

/** A plain table of results; its first column, or the second where the first is a number, names the row. */
export function table({ caption, head, numeric = [], rows }: Table): Html {
  const kind = (index: number) => numeric.includes(index) && raw('class="numeric"')
  return html`
<div class="table-responsive" tabindex="0" role="region" aria-label="${caption}">
<table class="table list-table"><caption class="visually-hidden">${caption}</caption>
<thead><tr>${head.map((label, index) => html`<th scope="col" ${kind(index)}>${label}</th>`)}</tr></thead>
<tbody>${rows.map(
    (cells) =>
      html`<tr>${cells.map((cell, index) => (index === 0 ? html`<th scope="row">${cell}</th>` : html`<td ${kind(index)}>${cell}</td>`))}</tr>`,
  )}</tbody></table></div>`
}
