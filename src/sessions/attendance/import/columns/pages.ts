import { html, raw } from 'hono/html'
import type { Language } from '../../../../language/language.ts'
import { formatNumber } from '../../../../language/numbers.ts'
import type { Html } from '../../../../web/env.ts'
import type { Typed } from '../../../../web/forms.ts'
import type { Row } from '../read/grid.ts'
import { type ColumnsRefusal, type TellableRole, tellableRoles } from './rules.ts'
import { words } from './words.ts'

type Shown = {
  path: string
  fileName: string
  rows: readonly Row[]
  /** Index of the row of headers; -1: none. */
  headerAt: number
  /** What we would guess ourselves. */
  guessed: readonly (string | null)[]
  refusal: ColumnsRefusal | null
  typed: Typed
}

const rowsToChoose = 12
const examplesShown = 3

export function columnsPage(language: Language, shown: Shown): Html {
  const { path, fileName, rows, headerAt, refusal, typed } = shown
  const t = words[language]
  const choices = rows.slice(0, rowsToChoose).map(({ line, cells }, index) => ({
    index,
    label: t.line(formatNumber(line, language), cells.filter(Boolean).join(' · ').slice(0, 80)),
  }))
  return html`
<h1>${t.title}</h1>
<p class="lead">${t.intro(fileName)}</p>
${refusal && html`<div class="alert alert-danger" role="alert" tabindex="-1" data-focus><a href="#column-0">${t.refusal[refusal]}</a></div>`}
<form method="get" action="${path}" class="narrow">
  <input type="hidden" name="file" value="${fileName}">
  <div class="field"><label for="header">${t.headerRow}</label>
    <select class="form-select" id="header" name="header">
      ${choices.map(({ index, label }) => html`<option value="${index}" ${index === headerAt && raw('selected')}>${label}</option>`)}
      <option value="-1" ${headerAt === -1 && raw('selected')}>${t.noHeader}</option>
    </select></div>
  <button class="btn btn-outline-primary btn-sm">${t.show}</button>
</form>
<form method="post" action="${path}">
  <input type="hidden" name="file" value="${fileName}">
  <input type="hidden" name="header" value="${headerAt}">
  <div class="table-responsive mt-3" tabindex="0" role="region" aria-label="${t.columns}">
  <table class="table stacked">
    <caption>${t.columns}</caption>
    <thead><tr><th scope="col">${t.column}</th><th scope="col">${t.examples}</th><th scope="col">${t.holds}</th></tr></thead>
    <tbody>${columnRows(language, shown)}</tbody>
  </table>
  </div>
  <div class="choice"><input type="checkbox" id="whole" name="whole" value="yes" ${typed.whole === 'yes' && raw('checked')}><label for="whole">${t.whole}</label></div>
  <div class="actions"><button class="btn btn-primary">${t.save}</button>
  <a class="btn btn-outline-primary" href="${path.replace(/\/[^/]+\/columns$/, '')}">${t.another}</a></div>
</form>`
}

function columnRows(language: Language, { rows, headerAt, guessed, typed, refusal }: Shown): Html[] {
  const t = words[language]
  const below = rows.slice(headerAt + 1)
  const header = rows[headerAt]?.cells ?? []
  const width = Math.max(header.length, ...below.slice(0, 50).map(({ cells }) => cells.length))
  return Array.from({ length: width }, (_, index) => {
    const title = header[index] || t.unnamed(formatNumber(index + 1, language))
    const examples = below.flatMap(({ cells }) => cells[index] || []).slice(0, examplesShown)
    const chosen = typed[`column-${index}`] ?? guessed[index] ?? ''
    const options = tellableRoles.map(
      (role: TellableRole) => html`<option value="${role}" ${role === chosen && raw('selected')}>${t.role[role]}</option>`,
    )
    return html`
<tr><th scope="row">${title}</th><td data-label="${t.examples}">${examples.join(' · ').slice(0, 120)}</td>
  <td class="field" data-label="${t.holds}"><select class="form-select" id="column-${index}" name="column-${index}" aria-label="${t.holdsOf(title)}" ${refusal && raw('aria-invalid="true"')}>
    <option value="">${t.nothing}</option>${options}</select></td></tr>`
  })
}
