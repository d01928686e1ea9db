import { html, raw } from 'hono/html'
import type { Dates } from '../language/dates.ts'
import type { Language } from '../language/language.ts'
import { formatNumber } from '../language/numbers.ts'
import type { Html } from '../web/env.ts'
import { fieldsOf, postButton } from '../web/fields.ts'
import type { Problems, Typed } from '../web/forms.ts'
import { type ListRequest, listSearch, listTable } from '../web/lists.ts'
import type { Programme, ProgrammeCounts, programmeSorts } from './queries.ts'
import { type ProgrammeState, programmeState } from './rules.ts'
import { words } from './words.ts'

type Shown = { language: Language; dates: Dates; today: Temporal.PlainDate }
type Listed = { list: ListRequest<(typeof programmeSorts)[number]>; rows: readonly Programme[]; total: number }

export function programmesPage(shown: Shown, listed: Listed, mayDefine: boolean): Html {
  const t = words[shown.language]
  return html`
<h1>${t.programmes}</h1>
${
  mayDefine &&
  html`<p class="actions">
  <a class="btn btn-primary" href="/programmes/new">${t.create}</a>
  <a class="btn btn-outline-primary" href="/programmes/import">${t.import}</a>
</p>`
}
${listSearch(listed.list, { language: shown.language, target: 'programme-list' })}
${programmeList(shown, listed)}`
}

export function programmeList({ language, dates, today }: Shown, { list, rows, total }: Listed): Html {
  const t = words[language]
  const columns = [
    { label: t.title, sort: 'title' as const, cell: (row: Programme) => html`<a href="/programmes/${row.id}">${row.title}</a>` },
    { label: t.startsOn, sort: 'starts' as const, cell: (row: Programme) => dates.plainDay(row.startsOn) },
    { label: t.endsOn, sort: 'ends' as const, cell: (row: Programme) => dates.plainDay(row.endsOn) },
    { label: t.state, cell: (row: Programme) => stateBadge(language, programmeState(row, today)) },
  ]
  return html`<div id="programme-list">${listTable({ language, caption: t.caption, list, columns, rows, total, empty: t.empty })}</div>`
}

export function programmePage(
  { language, dates, today }: Shown,
  { programme, counts, mayDefine }: { programme: Programme; counts: ProgrammeCounts; mayDefine: boolean },
): Html {
  const t = words[language]
  return html`
<h1>${programme.title}</h1>
${programme.summary && html`<p class="lead prose">${programme.summary}</p>`}
<dl class="facts">
  <dt>${t.dates}</dt><dd>${t.fromTo(dates.plainDay(programme.startsOn), dates.plainDay(programme.endsOn))}</dd>
  <dt>${t.state}</dt><dd>${stateBadge(language, programmeState(programme, today))}</dd>
</dl>
${mayDefine ? definitionActions(language, programme) : html`<p>${t.readOnly}</p>`}
<h2>${t.parts}</h2>
${partTiles(language, programme.id, counts)}`
}

function definitionActions(language: Language, { id, publishedAt }: Programme): Html {
  const t = words[language]
  return html`
${!publishedAt && html`<p class="prose">${t.publishHelp}</p>`}
<div class="actions">
  ${!publishedAt && postButton(`/programmes/${id}/publish`, t.publish, 'primary')}
  <a class="btn btn-outline-primary btn-sm" href="/programmes/${id}/edit">${t.edit}</a>
  <a class="btn btn-outline-primary btn-sm" href="/programmes/${id}/clone">${t.clone}</a>
  <a class="btn btn-outline-primary btn-sm" href="/programmes/${id}/export">${t.export}</a>
  <a class="btn btn-outline-primary btn-sm" href="/programmes/${id}/attendance">${t.attendance}</a>
</div>`
}

function partTiles(language: Language, id: number, counts: ProgrammeCounts): Html {
  const t = words[language]
  const shown = (count: number) => formatNumber(count, language)
  const parts = [
    { href: `/programmes/${id}/modules`, label: t.modules, help: t.modulesHelp, count: counts.modules, words: t.count.modules },
    { href: `/pathways?programme=${id}`, label: t.pathways, help: t.pathwaysHelp, count: counts.pathways, words: t.count.pathways },
    { href: `/programmes/${id}/intake`, label: t.intake, help: t.intakeHelp, count: counts.intakeQuestions, words: t.count.intake },
    { href: `/programmes/${id}/rules`, label: t.rules, help: t.rulesHelp, count: counts.rules, words: t.count.rules },
    { href: `/programmes/${id}/assign`, label: t.assign, help: t.assignHelp, count: counts.enrolments, words: t.count.enrolments },
  ]
  return html`
<ul class="cards">
  ${parts.map(
    (part) => html`
  <li class="tile">
    <h3><a href="${part.href}">${part.label}</a></h3>
    <p>${part.help}</p>
    <p><strong>${part.count === 0 && part.label !== t.assign ? t.none : part.words(part.count, shown(part.count))}</strong></p>
  </li>`,
  )}
</ul>`
}

export function programmeForm(language: Language, programme: Programme | null, problems: Problems | null = null, typed: Typed = {}): Html {
  const t = words[language]
  const fields = fieldsOf(language, problems, typed)
  return html`
<div class="narrow">
<h1>${programme ? t.editTitle : t.createTitle}</h1>
${fields.summary()}
<form method="post" action="${programme ? `/programmes/${programme.id}/edit` : '/programmes'}" novalidate>
  ${fields.input({ name: 'title', label: t.title, value: programme?.title, required: true, most: 200 })}
  ${fields.area({ name: 'summary', label: t.summary, help: t.summaryHelp, value: programme?.summary, most: 2000 })}
  <div class="fields">
    ${fields.input({ name: 'startsOn', label: t.startsOn, type: 'date', value: programme?.startsOn.toString(), required: true })}
    ${fields.input({ name: 'endsOn', label: t.endsOn, type: 'date', value: programme?.endsOn.toString(), required: true })}
  </div>
  <button class="btn btn-primary">${programme ? t.save : t.createButton}</button>
</form>
</div>`
}

const stateBadge = (language: Language, state: ProgrammeState): Html =>
  html`<span class="state ${raw(look[state])}">${words[language].states[state]}</span>`

const look: Record<ProgrammeState, string> = { draft: 'waiting', coming: 'busy', running: 'good', over: 'off' }
