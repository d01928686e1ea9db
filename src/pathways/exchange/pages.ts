import { html } from 'hono/html'
import type { Dates } from '../../language/dates.ts'
import type { Language } from '../../language/language.ts'
import { formatNumber } from '../../language/numbers.ts'
import type { Html } from '../../web/env.ts'
import { fieldsOf } from '../../web/fields.ts'
import type { Problems, Typed } from '../../web/forms.ts'
import type { Problem } from './rules.ts'
import type { ShiftedDay } from './shift.ts'
import { problemInWords, words } from './words.ts'

const mostShown = 50

export function importPage(
  language: Language,
  { problems = null, found = [] }: { problems?: Problems | null; found?: readonly Problem[] } = {},
): Html {
  const t = words[language]
  const fields = fieldsOf(language, problems)
  return html`
<div class="narrow">
<h1>${t.importTitle}</h1>
${fields.summary()}
<p class="prose">${t.importIntro}</p>
<form method="post" action="/programmes/import" enctype="multipart/form-data" novalidate>
  ${fields.file({ name: 'file', label: t.file, help: t.fileHelp, accept: '.json,application/json', required: true })}
  <button class="btn btn-primary">${t.importButton}</button>
</form>
${problemList(language, found)}
</div>`
}

function problemList(language: Language, found: readonly Problem[]): Html {
  const t = words[language]
  if (found.length === 0) return html``
  const more = found.length - mostShown
  return html`
<h2>${t.problems}</h2>
<ul>${found.slice(0, mostShown).map((problem) => html`<li>${problemInWords(problem, language)}</li>`)}</ul>
${more > 0 && html`<p>${t.moreProblems(formatNumber(more, language))}</p>`}`
}

type Clone = {
  programme: { id: number; title: string }
  startsOn: string
  /** How the dates would move; null while the new first day can't be read. */
  shift: { count: number; days: readonly ShiftedDay[] } | null
  problems?: Problems | null
  typed?: Typed
  found?: readonly Problem[]
}

export function clonePage({ language, dates }: { language: Language; dates: Dates }, clone: Clone): Html {
  const { programme, startsOn, shift, problems = null, typed = {}, found = [] } = clone
  const t = words[language]
  const fields = fieldsOf(language, problems, typed)
  return html`
<div class="narrow">
<h1>${t.cloneTitle}</h1>
${fields.summary()}
<p class="prose">${t.cloneIntro} ${t.noSessions}</p>
<form method="post" action="/programmes/${programme.id}/clone" novalidate>
  ${fields.input({ name: 'title', label: t.title, value: t.copyOf(programme.title), required: true, most: 200 })}
  ${fields.input({ name: 'startsOn', label: t.startsOn, type: 'date', value: startsOn, required: true })}
  <div class="actions">
    <button class="btn btn-primary" name="do" value="clone">${t.cloneButton}</button>
    <button class="btn btn-outline-primary" name="do" value="preview">${t.previewButton}</button>
  </div>
</form>
${problemList(language, found)}
${shift && shiftTable({ language, dates }, shift)}
</div>`
}

function shiftTable({ language, dates }: { language: Language; dates: Dates }, { count, days }: NonNullable<Clone['shift']>): Html {
  const t = words[language]
  const day = (text: string) => dates.plainDay(Temporal.PlainDate.from(text))
  return html`
<h2>${t.dates}</h2>
<p><strong>${t.shift(count, formatNumber(Math.abs(count), language))}</strong></p>
<div class="table-responsive" tabindex="0" role="region" aria-label="${t.dates}"><table class="table list-table">
  <caption class="visually-hidden">${t.dates}</caption>
  <thead><tr><th scope="col">${t.day}</th><th scope="col">${t.before}</th><th scope="col">${t.after}</th></tr></thead>
  <tbody>${days.map(
    ({ of, title, pathway, from, to }) => html`
  <tr><th scope="row">${t.days[of]}${title && html`: ${title}<br><small>${pathway}</small>`}</th><td>${day(from)}</td><td>${day(to)}</td></tr>`,
  )}</tbody>
</table></div>`
}
