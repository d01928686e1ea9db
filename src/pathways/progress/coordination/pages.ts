import { html } from 'hono/html'
import { regionName, regions } from '../../../administrations/regions.ts'
import type { Dates } from '../../../language/dates.ts'
import type { Language } from '../../../language/language.ts'
import type { Html } from '../../../web/env.ts'
import { fieldsOf } from '../../../web/fields.ts'
import type { Problems, Typed } from '../../../web/forms.ts'
import { type ListRequest, listSearch, listTable } from '../../../web/lists.ts'
import { modulePath, type OpenModule } from '../../modules/panel.ts'
import { isDone } from '../rules.ts'
import { coordinationPath, recognitionPath } from './panel.ts'
import type { Recognition, recognitionSorts } from './queries.ts'
import { type CoordinationRefusal, wantedStates } from './rules.ts'
import { words } from './words.ts'

type Form = { months: number | null; problems?: Problems | null; typed?: Typed }

/** A referent asks; a coordinator decides. */
export function askPage(language: Language, open: OpenModule, { months, problems = null, typed = {} }: Form): Html {
  const t = words[language]
  const fields = fieldsOf(language, problems, typed)
  return html`
<div class="narrow">
<h1>${t.title}</h1>
<p class="lead">${open.title}</p>
<p>${t.intro}</p>
${fields.summary()}
${recognitionForm(open, fields, { months, language, asking: true })}
</div>`
}

/** `opened` on a page with problems: the part they belong to. */
type Coordinating = Form & { hasDue: boolean; waiting: { id: number; askedAt: Temporal.Instant } | null }

/** What a coordinator can do with one module of one administration. */
export function coordinationPage(
  language: Language,
  dates: Dates,
  open: OpenModule,
  { months, hasDue, waiting, problems = null, typed = {} }: Coordinating,
): Html {
  const t = words[language]
  const fields = fieldsOf(language, problems, typed)
  const done = isDone(open.state)
  return html`
<div class="narrow">
<h1>${t.coordinationOf(open.title)}</h1>
${fields.summary()}
${waiting && html`<div class="alert alert-info">${t.waitingSince(dates.shortDay(waiting.askedAt))} <a href="/recognitions/${waiting.id}">${t.decideIt}</a></div>`}
${
  !done &&
  !waiting &&
  html`<section><h2>${t.straightAway}</h2><p>${t.straightAwayHelp}</p>${recognitionForm(open, fields, { months, language, asking: false })}</section>`
}
${!done && html`<section><h2>${t.extendTitle}</h2>${hasDue ? extensionForm(open, fields, language) : html`<p>${t.nothingNow}</p>`}</section>`}
${done && html`<section><h2>${t.takeBackTitle}</h2><p>${t.takeBackHelp}</p>${takeBackForm(open, fields, language)}</section>`}
</div>`
}

type Fields = ReturnType<typeof fieldsOf>
type Recognising = { months: number | null; language: Language; asking: boolean }

function recognitionForm(open: OpenModule, fields: Fields, { months, language, asking }: Recognising): Html {
  const t = words[language]
  return html`
<form method="post" action="${recognitionPath(open)}" novalidate>
  ${fields.choices({
    name: 'wanted',
    label: asking ? t.wanted : t.wantedHere,
    required: true,
    choices: wantedStates.map((value) => ({ value, ...t.wanteds[value] })),
  })}
  ${fields.area({ name: 'evidence', label: t.evidence, help: t.evidenceHelp, required: true, most: 2000, rows: 4 })}
  ${fields.input({ name: 'doneOn', label: t.doneOn, help: t.doneOnHelp(months), type: 'date' })}
  <button class="btn btn-primary">${asking ? t.ask : t.recogniseNow}</button>
</form>`
}

function extensionForm(open: OpenModule, fields: Fields, language: Language): Html {
  const t = words[language]
  return html`
<p>${t.extendHelp}</p>
<form method="post" action="${coordinationPath(open)}/extension" novalidate>
  ${fields.input({ name: 'dueOn', label: t.dueOn, type: 'date', required: true })}
  ${fields.area({ name: 'extensionReason', label: t.reason, required: true, most: 1000, rows: 2 })}
  <button class="btn btn-outline-primary">${t.extend}</button>
</form>`
}

function takeBackForm(open: OpenModule, fields: Fields, language: Language): Html {
  const t = words[language]
  return html`
<form method="post" action="${coordinationPath(open)}/take-back" novalidate>
  ${fields.area({ name: 'reason', label: t.reason, required: true, most: 1000, rows: 3 })}
  <button class="btn btn-outline-danger">${t.takeBack}</button>
</form>`
}

type Listed = {
  list: ListRequest<(typeof recognitionSorts)[number]>
  rows: readonly Recognition[]
  total: number
  /** The regions that the person may look at. */
  regionCodes: readonly string[]
}

export function recognitionsPage(language: Language, dates: Dates, listed: Listed): Html {
  const t = words[language]
  const shown = regions.filter(({ code }) => listed.regionCodes.includes(code))
  const filters = [
    { name: 'state', label: t.state, choices: [{ value: 'decided', label: t.decided }] },
    { name: 'wanted', label: t.asks, choices: wantedStates.map((value) => ({ value, label: t.wanteds[value].label })) },
    { name: 'region', label: t.region, choices: shown.map(({ code, name }) => ({ value: code, label: name })) },
  ]
  return html`
<h1>${t.list}</h1>
<p class="lead">${t.listIntro}</p>
${listSearch(listed.list, { language, target: 'recognitions', filters: shown.length > 1 ? filters : filters.slice(0, 2) })}
${recognitionList(language, dates, listed)}`
}

export function recognitionList(language: Language, dates: Dates, { list, rows, total }: Listed): Html {
  const t = words[language]
  return html`<div id="recognitions">${listTable({
    language,
    caption: t.list,
    list,
    rows,
    total,
    empty: t.empty,
    columns: [
      {
        label: t.administration,
        sort: 'administration' as const,
        cell: ({ id, administration, region }: Recognition) =>
          html`<a href="/recognitions/${id}">${administration}</a><br><small>${regionName(region)}</small>`,
      },
      { label: t.module, sort: 'module' as const, cell: ({ module }: Recognition) => module },
      { label: t.asks, cell: ({ wanted }: Recognition) => t.wanteds[wanted].label },
      { label: t.askedOn, sort: 'asked' as const, cell: ({ askedAt }: Recognition) => dates.shortDay(askedAt) },
      { label: t.state, cell: ({ verdict }: Recognition) => (verdict ? t.verdicts[verdict] : t.waiting) },
    ],
  })}</div>`
}

type Deciding = { recognition: Recognition; refusal: CoordinationRefusal | null; problems?: Problems | null; typed?: Typed }

export function recognitionPage(language: Language, dates: Dates, { recognition, refusal, problems = null, typed = {} }: Deciding): Html {
  const t = words[language]
  const fields = fieldsOf(language, problems, typed)
  const { id, verdict, decidedAt, decidedBy, doneOn, months, comment } = recognition
  return html`
<h1>${t.requestOf(recognition.administration)}</h1>
<dl class="facts">
  <dt>${t.module}</dt><dd><a href="${modulePath(recognition)}">${recognition.module}</a></dd>
  <dt>${t.pathway}</dt><dd>${recognition.pathway} (${recognition.programme})</dd>
  <dt>${t.administration}</dt><dd><a href="/administrations/${recognition.administrationId}">${recognition.administration}</a>, ${regionName(recognition.region)}</dd>
  <dt>${t.asks}</dt><dd><strong>${t.wanteds[recognition.wanted].label}</strong></dd>
  <dt>${t.evidence}</dt><dd class="prose">${recognition.evidence}</dd>
  ${doneOn && html`<dt>${t.doneOn}</dt><dd>${dates.plainDay(doneOn)}</dd>`}
  ${recognition.wanted === 'recognised' && months !== null && html`<dt>${t.ageLimit}</dt><dd>${t.ageLimitOf(months)}</dd>`}
  <dt>${t.askedBy}</dt><dd>${recognition.askedBy && `${recognition.askedBy}, `}${dates.shortDay(recognition.askedAt)}</dd>
  <dt>${t.state}</dt><dd>${verdict && decidedAt ? html`${t.verdicts[verdict]}, ${dates.shortDay(decidedAt)}${decidedBy && ` (${decidedBy})`}${comment && html`<br>${comment}`}` : t.waiting}</dd>
</dl>
${!decidedAt && refusal && html`<div class="alert alert-info">${t.notAllowed[refusal]}</div>`}
${
  !decidedAt &&
  !refusal &&
  html`
<section class="narrow">
<h2>${t.decide}</h2>
${fields.summary()}
<form method="post" action="/recognitions/${id}" novalidate>
  ${fields.area({ name: 'comment', label: t.comment, help: t.commentHelp, most: 1000, rows: 3 })}
  <div class="actions">
    <button class="btn btn-primary" name="verdict" value="granted">${t.grant}</button>
    <button class="btn btn-outline-danger" name="verdict" value="refused">${t.refuse}</button>
  </div>
</form>
</section>`
}`
}
