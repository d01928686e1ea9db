import { html } from 'hono/html'
import type { Dates } from '../language/dates.ts'
import type { Language } from '../language/language.ts'
import { formatNumber } from '../language/numbers.ts'
import type { Html } from '../web/env.ts'
import { type ListRequest, listSearch, listTable, listUrl } from '../web/lists.ts'
import { doorForm } from './door/pages.ts'
import { faqDetails } from './faq/pages.ts'
import type { FaqEntry } from './faq/queries.ts'
import { ages, type QuestionRow, type Queue, type questionSorts, queues } from './queries.ts'
import { questionStates } from './state.ts'
import { stateMark } from './state-mark.ts'
import { askerOf } from './thread/asker.ts'
import { words } from './words.ts'

/** In which language and format, and whether for staff. */
export type Viewing = { language: Language; dates: Dates; now: Temporal.Instant; asStaff: boolean; mayAsk: boolean }

type Listed = { list: ListRequest<(typeof questionSorts)[number]>; rows: QuestionRow[]; total: number }
type Choices = {
  modules: readonly { id: number; title: string }[]
  regions: readonly { value: string; label: string }[]
  /** For staff: how many wait in each queue. */
  counts: Record<Queue, number> | null
}

export function questionsPage(viewing: Viewing, listed: Listed, { modules, regions, counts }: Choices): Html {
  const t = words[viewing.language]
  const filters = [
    { name: 'state', label: t.stateLabel, choices: questionStates.map((value) => ({ value, label: t.state[value] })) },
    { name: 'module', label: t.module, choices: modules.map(({ id, title }) => ({ value: String(id), label: title })) },
    { name: 'whose', label: t.whose, choices: [{ value: 'programme', label: t.whoseProgramme }] },
  ]
  const staffFilters = [
    { name: 'queue', label: t.queue, choices: queues.map((value) => ({ value, label: t.queues[value] })) },
    { name: 'region', label: t.region, choices: regions },
    { name: 'age', label: t.age, choices: ages.map((days) => ({ value: String(days), label: t.ages(days) })) },
  ]
  return html`
<h1>${t.title}</h1>
<p class="lead">${viewing.asStaff ? t.introStaff : html`${t.introReferent} <a href="/help">${t.searchFaq}</a>.`}</p>
${viewing.mayAsk && html`<p class="actions"><a class="btn btn-primary" href="/questions/new">${t.ask}</a></p>`}
${counts && queueLinks(viewing, listed.list, counts)}
${listSearch(listed.list, { language: viewing.language, target: 'questions', filters: viewing.asStaff ? [...staffFilters, ...filters] : filters })}
${questionList(viewing, listed)}
${viewing.asStaff && html`<p><a href="/questions/behalf">${t.onBehalf}</a> · <a href="/questions/replies">${t.savedReplies}</a> · <a href="/questions/figures">${t.figures}</a></p>`}`
}

function queueLinks({ language }: Viewing, list: ListRequest, counts: Record<Queue, number>): Html {
  const t = words[language]
  return html`
<ul class="figures">${queues.map(
    (queue) =>
      html`<li><a href="${listUrl(list, { q: '', page: 1, filters: { queue } })}" ${list.filters.queue === queue && html`aria-current="true"`}><strong>${formatNumber(counts[queue], language)}</strong> ${t.queues[queue]}</a></li>`,
  )}</ul>`
}

export function questionList({ language, dates, now, asStaff }: Viewing, { list, rows, total }: Listed): Html {
  const t = words[language]
  const late = ({ dueAt }: QuestionRow) => dueAt !== null && Temporal.Instant.compare(dueAt, now) < 0
  return html`<div id="questions">${listTable<QuestionRow, (typeof questionSorts)[number]>({
    language,
    caption: t.title,
    list,
    rows,
    total,
    empty: asStaff ? t.noneStaff : t.none,
    columns: [
      { label: t.subject, sort: 'subject', cell: (row) => html`<a href="/questions/${row.id}">${row.subject}</a>` },
      {
        label: t.stateLabel,
        sort: 'state',
        cell: (row) =>
          html`${stateMark(row.state, language)}${asStaff && row.priority === 'high' && html` <span class="state late">${t.priorityLabel}: ${t.priority.high.toLowerCase()}</span>`}`,
      },
      { label: t.askedAt, sort: 'asked', cell: (row) => dates.moment(row.askedAt) },
      ...(asStaff
        ? [
            {
              label: t.due,
              cell: (row: QuestionRow) =>
                row.dueAt && html`${dates.moment(row.dueAt)}${late(row) && html` <span class="state late">${t.queues.overdue}</span>`}`,
            },
          ]
        : []),
      { label: t.module, cell: (row) => row.module },
      { label: t.administration, sort: 'administration', cell: (row) => row.administration ?? t.someAdministration },
      { label: t.askedBy, cell: (row) => askerOf(row, language) },
    ],
  })}</div>`
}

type Panel = {
  moduleId: number
  administrationId: number
  faq: { rows: readonly FaqEntry[]; total: number }
  questions: readonly QuestionRow[]
  mayAsk: boolean
}

export function modulePanel(language: Language, { moduleId, administrationId, faq, questions, mayAsk }: Panel): Html {
  const t = words[language]
  const more = faq.total - faq.rows.length
  return html`
<section id="questions" class="prose">
<h2>${t.panelTitle}</h2>
${doorForm({ language, q: '', module: { id: moduleId, title: '' }, administrationId: mayAsk ? administrationId : null })}
<div id="help-answers"></div>
${faq.rows.length > 0 && html`<h3>${t.panelFaq}</h3>${faq.rows.map((entry) => faqDetails(entry, language))}`}
${more > 0 && html`<p><a href="/faq?module=${moduleId}">${t.panelMore(more)}</a></p>`}
${
  questions.length > 0
    ? html`<h3>${mayAsk ? t.panelMine : t.panelTheirs}</h3>
<ul>${questions.map(({ id, subject, state }) => html`<li><a href="/questions/${id}">${subject}</a> ${stateMark(state, language)}</li>`)}</ul>
<p><a href="/questions?module=${moduleId}">${t.panelAllMine}</a></p>`
    : html`<p>${mayAsk ? t.panelNone : t.panelTheirNone}</p>`
}
${mayAsk && html`<p class="actions"><a class="btn btn-outline-primary" href="/questions/new?module=${moduleId}&amp;administration=${administrationId}">${t.ask}</a></p>`}
</section>`
}
