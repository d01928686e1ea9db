import { html, raw } from 'hono/html'
import type { Language } from '../../language/language.ts'
import { type Answers, type Column, type Field, mostRows, rowsOf, textOf } from '../../pathways/worksheets/fields.ts'
import type { Html } from '../../web/env.ts'
import { fieldsOf } from '../../web/fields.ts'
import type { Problems, Typed } from '../../web/forms.ts'
import { words as webWords } from '../../web/words.ts'
import { moveButton } from './move.ts'
import { writtenNumber } from './numbers.ts'
import { cellName, mostCharacters, pasteName } from './read.ts'
import { words } from './words.ts'

const spareRows = { table: 3, cards: 1 }
/** What has more is shown as cards. */
const mostColumns = 6

type Filled = { language: Language; answers: Answers; problems?: Problems | null; typed?: Typed }

/** The fields of a form, with what is kept in them or what was just typed. */
export function inputs(
  fields: readonly Field[],
  { language, answers, problems = null, typed = {} }: Filled,
): { summary: Html | ''; fields: Html } {
  const simple = fieldsOf(language, problems, typed)
  const shown = fields.map((field) => {
    const { name, label, help, required } = field
    const kept = textOf(answers, name)
    const input = { name, label, help, required, value: kept }
    if (field.kind === 'table') return tableInput(field, { language, answers, problems, typed })
    if (field.kind === 'text') return simple.area({ ...input, most: mostCharacters })
    if (field.kind === 'choice') return simple.select({ ...input, choices: field.options ?? [] })
    if (field.kind === 'date') return simple.input({ ...input, type: 'date' })
    if (field.kind === 'number') return simple.input({ ...input, value: writtenNumber(kept, language), inputmode: 'numeric', most: 20 })
    return simple.input({ ...input, most: 500 })
  })
  return { summary: summaryOf(fields, language, problems), fields: html`${sideBySide(fields, shown)}` }
}

/** Numbers that follow one another stand side by side. */
function sideBySide(fields: readonly Field[], shown: readonly Html[]): Html[] {
  const groups: { numbers: boolean; parts: Html[] }[] = []
  for (const [index, part] of shown.entries()) {
    const numbers = fields[index]?.kind === 'number'
    const last = groups.at(-1)
    if (last && numbers && last.numbers) last.parts.push(part)
    else groups.push({ numbers, parts: [part] })
  }
  return groups.map(({ numbers, parts }) => (numbers && parts.length > 1 ? html`<div class="fields">${parts}</div>` : html`${parts}`))
}

/** How many problems there are, each a link to its field or cell. */
function summaryOf(fields: readonly Field[], language: Language, problems: Problems | null): Html | '' {
  const found = Object.entries(problems ?? {})
  if (found.length === 0) return ''
  return html`
<div class="alert alert-danger" role="alert" tabindex="-1" data-focus>
  <p><strong>${webWords[language].errorsAbove(found.length)}</strong></p>
  <ul>${found.slice(0, 20).map(([name, problem]) => html`<li><a href="#${name}">${labelOf(fields, name, language)}: ${sentence(problem, language)}</a></li>`)}</ul>
</div>`
}

const sentence = (problem: string | undefined, language: Language) =>
  (webWords[language].error as Record<string, string>)[problem ?? ''] ?? problem

function labelOf(fields: readonly Field[], name: string, language: Language): string {
  const field = fields.find((each) => each.name === name) ?? fields.find((each) => name.startsWith(`${each.name}-`))
  const [, row, column] = /-(\d+)-([^-]+)$/.exec(name) ?? []
  const cell = field?.columns?.find((each) => each.name === column)
  return cell ? words[language].cell(cell.label, Number(row) + 1) : (field?.label ?? name)
}

function tableInput(field: Field, filled: Filled): Html {
  const { language, problems = null } = filled
  const t = words[language]
  const { name, label, help, required, columns = [] } = field
  const rows = cellsOf(field, filled)
  const problem = problems?.[name]
  const ids = [`${name}-help`, problem && `${name}-error`].filter(Boolean).join(' ')
  return html`
<fieldset class="field" id="${name}" tabindex="-1" aria-describedby="${ids}">
  <legend>${label}${!required && html` <small>(${webWords[language].optional})</small>`}</legend>
  <p class="field-help" id="${name}-help">${help} ${t.spare}</p>
  ${problem && html`<p class="field-error" id="${name}-error">${sentence(problem, language)}</p>`}
  ${columns.length > mostColumns ? rowCards(field, rows, filled) : rowTable(field, rows, filled)}
  ${pasteArea(field, filled)}
</fieldset>`
}

type Cells = Readonly<Record<string, string>>

function rowTable(field: Field, rows: readonly Cells[], filled: Filled): Html {
  const { columns = [] } = field
  return html`
<div class="table-responsive">
<table class="table stacked rows">
  <thead><tr><th scope="col">${words[filled.language].row}</th>${columns.map(({ label, required }) => html`<th scope="col">${label}${required && ' *'}</th>`)}</tr></thead>
  <tbody>${rows.map(
    (cells, row) => html`
    <tr><th scope="row">${row + 1} ${upButton(field, row, cells, filled.language)}</th>${columns.map(
      (column) =>
        html`<td class="field" data-label="${column.label}">${cellInput(field, { column, row, value: cells[column.name] ?? '' }, filled)}</td>`,
    )}</tr>`,
  )}</tbody>
</table>
</div>`
}

/** Wide rows, each a card of its own. */
function rowCards(field: Field, rows: readonly Cells[], filled: Filled): Html {
  const { columns = [] } = field
  return html`${rows.map(
    (cells, row) => html`
<fieldset class="tile row-card">
  <legend>${words[filled.language].rowOf(row + 1)} ${upButton(field, row, cells, filled.language)}</legend>
  <div class="fields">${columns.map(
    (column) => html`
    <div class="field"><label for="${cellName(field.name, row, column.name)}">${column.label}${column.required && ' *'}</label>${cellInput(field, { column, row, value: cells[column.name] ?? '' }, filled)}</div>`,
  )}</div>
</fieldset>`,
  )}`
}

/** Only rows with something in them move, and never past the first. */
function upButton({ name }: Field, row: number, cells: Cells, language: Language): Html | '' {
  if (row === 0 || Object.values(cells).every((cell) => cell === '')) return ''
  return html`<button class="btn btn-outline-primary btn-sm move" name="up" value="${moveButton(name, row)}" aria-label="${words[language].up(row + 1)}">↑</button>`
}

/** What was typed wins over what is kept; below stand some empty rows. */
function cellsOf({ name, columns = [], most = mostRows }: Field, { language, answers, typed = {} }: Filled): Record<string, string>[] {
  const sent = Object.keys(typed).flatMap((key) => (key.startsWith(`${name}-`) ? [Number(/-(\d{1,6})-/.exec(key)?.[1] ?? -1)] : []))
  const empty = () => Array.from({ length: columns.length > mostColumns ? spareRows.cards : spareRows.table }, () => ({}))
  if (sent.length > 0) {
    const count = Math.min(Math.max(...sent) + 1, most)
    return Array.from({ length: count }, (_, row) =>
      Object.fromEntries(columns.map((column) => [column.name, String(typed[cellName(name, row, column.name)] ?? '')])),
    )
  }
  const kept = rowsOf(answers, name).map((row) =>
    Object.fromEntries(
      columns.map((column) => [
        column.name,
        column.kind === 'number' ? writtenNumber(row[column.name] ?? '', language) : (row[column.name] ?? ''),
      ]),
    ),
  )
  return [...kept, ...empty()].slice(0, most)
}

type Cell = { column: Column; row: number; value: string }

function cellInput(field: Field, { column, row, value }: Cell, { language, problems }: Filled): Html {
  const id = cellName(field.name, row, column.name)
  const problem = problems?.[id]
  const told = raw(
    `id="${id}" name="${id}" aria-label="${escaped(words[language].cell(column.label, row + 1))}" ${problem ? `aria-invalid="true" aria-describedby="${id}-error"` : ''}`,
  )
  return html`${control(column, told, value, language)}${problem && html`<p class="field-error" id="${id}-error">${sentence(problem, language)}</p>`}`
}

function control(column: Column, told: Html, value: string, language: Language): Html {
  if (column.kind === 'choice')
    return html`<select class="form-select" ${told}><option value="">${webWords[language].choose}</option>${column.options?.map(
      (option) => html`<option value="${option.value}" ${option.value === value && raw('selected')}>${option.label}</option>`,
    )}</select>`
  if (column.kind === 'text') return html`<textarea class="form-control" rows="2" maxlength="1000" ${told}>${value}</textarea>`
  const type = column.kind === 'date' ? 'date' : 'text'
  return html`<input class="form-control ${column.kind === 'number' && 'numeric'}" type="${type}" maxlength="${column.kind === 'number' ? 20 : 200}" value="${value}" ${told}>`
}

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;')

function pasteArea({ name, columns = [] }: Field, { language, problems, typed = {} }: Filled): Html {
  const t = words[language]
  const field = pasteName(name)
  const problem = problems?.[field]
  const pasted = String(typed[field] ?? '')
  return html`
<details class="paste" ${problem && raw('open')}>
  <summary>${t.paste}</summary>
  <label class="field-help" for="${field}">${t.pasteHelp(columns.map(({ label }) => label).join(', '))}</label>
  <textarea class="form-control" id="${field}" name="${field}" rows="4" ${problem && raw(`aria-invalid="true" aria-describedby="${field}-error"`)}>${problem && pasted}</textarea>
  ${problem && html`<p class="field-error" id="${field}-error">${sentence(problem, language)}</p>`}
</details>`
}
