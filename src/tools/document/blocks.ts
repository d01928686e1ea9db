import { html, raw } from 'hono/html'
import type { Html } from '../../web/env.ts'
import { markdown } from '../../web/markdown.ts'

/** What a tool produced, in pieces that a page, a PDF and a spreadsheet can show alike. */
export type Block =
  | { kind: 'heading'; text: string }
  /** As it was written; on pages as Markdown. */
  | { kind: 'text'; text: string }
  /** What matters most. */
  | { kind: 'result'; text: string }
  | { kind: 'list'; items: readonly string[] }
  | { kind: 'facts'; rows: readonly (readonly [string, string])[] }
  /** The first cell of a row names it. `numeric`: which columns hold numbers, from 0. */
  | { kind: 'table'; caption: string; columns: readonly string[]; rows: readonly (readonly string[])[]; numeric?: readonly number[] }

/** `level` is that of the blocks' own headings. */
export const blocksHtml = (blocks: readonly Block[], level = 3): Html => html`${blocks.map((block) => blockHtml(block, level))}`

function blockHtml(block: Block, level: number): Html {
  if (block.kind === 'heading') return html`${raw(`<h${level}>`)}${block.text}${raw(`</h${level}>`)}`
  if (block.kind === 'text') return markdown(block.text, { top: Math.min(6, level + 1) })
  if (block.kind === 'result') return html`<p class="result">${block.text}</p>`
  if (block.kind === 'list') return html`<ul>${block.items.map((item) => html`<li>${item}</li>`)}</ul>`
  if (block.kind === 'facts')
    return html`<dl class="facts">${block.rows.map(([label, value]) => html`<dt>${label}</dt><dd>${value}</dd>`)}</dl>`
  return tableHtml(block)
}

function tableHtml({ caption, columns, rows, numeric = [] }: Extract<Block, { kind: 'table' }>): Html {
  const look = (index: number) => numeric.includes(index) && raw('class="numeric"')
  return html`
<div class="table-responsive" tabindex="0" role="region" aria-label="${caption}">
<table class="table">
  <caption>${caption}</caption>
  <thead><tr>${columns.map((column, index) => html`<th scope="col" ${look(index)}>${column}</th>`)}</tr></thead>
  <tbody>${rows.map(
    (cells) =>
      html`<tr>${cells.map((cell, index) => (index === 0 ? html`<th scope="row">${cell}</th>` : html`<td ${look(index)}>${cell}</td>`))}</tr>`,
  )}</tbody>
</table>
</div>`
}
