import { html } from 'hono/html'
import { nameOrFormer } from '../administrations/referents/names.ts'
import type { Dates } from '../language/dates.ts'
import type { Language } from '../language/language.ts'
import type { Html } from '../web/env.ts'
import { fieldsOf, postButton } from '../web/fields.ts'
import type { Problems, Typed } from '../web/forms.ts'
import { type ListRequest, listSearch, listTable } from '../web/lists.ts'
import { markdown } from '../web/markdown.ts'
import { faqDetails } from './faq/pages.ts'
import type { FaqEntry } from './faq/queries.ts'
import type { Answer, PlaceToAsk, Question, QuestionRow, questionSorts } from './queries.ts'
import { longestSubject } from './rules.ts'
import { type QuestionState, questionStates } from './state.ts'
import { words } from './words.ts'

/** In which language and format, and whether for staff. */
export type Viewing = { language: Language; dates: Dates; asStaff: boolean; mayAsk: boolean }

type Listed = { list: ListRequest<(typeof questionSorts)[number]>; rows: QuestionRow[]; total: number }

export function questionsPage(viewing: Viewing, listed: Listed, modules: readonly { id: number; title: string }[]): Html {
  const t = words[viewing.language]
  const filters = [
    { name: 'state', label: t.stateLabel, choices: questionStates.map((value) => ({ value, label: t.state[value] })) },
    { name: 'module', label: t.module, choices: modules.map(({ id, title }) => ({ value: String(id), label: title })) },
  ]
  return html`
<h1>${t.title}</h1>
<p class="lead">${viewing.asStaff ? t.introStaff : html`${t.introReferent} <a href="/faq">${t.searchFaq}</a>.`}</p>
${viewing.mayAsk && html`<p class="actions"><a class="btn btn-primary" href="/questions/new">${t.ask}</a></p>`}
${listSearch(listed.list, { language: viewing.language, target: 'questions', filters })}
${questionList(viewing, listed)}`
}

export function questionList({ language, dates, asStaff }: Viewing, { list, rows, total }: Listed): Html {
  const t = words[language]
  return html`<div id="questions">${listTable<QuestionRow, (typeof questionSorts)[number]>({
    language,
    caption: t.title,
    list,
    rows,
    total,
    empty: asStaff ? t.noneStaff : t.none,
    columns: [
      { label: t.subject, sort: 'subject', cell: (row) => html`<a href="/questions/${row.id}">${row.subject}</a>` },
      { label: t.stateLabel, sort: 'state', cell: (row) => stateMark(row.state, language) },
      { label: t.askedAt, sort: 'asked', cell: (row) => dates.moment(row.askedAt) },
      { label: t.module, cell: (row) => row.module },
      { label: t.administration, sort: 'administration', cell: (row) => row.administration },
      { label: t.askedBy, cell: (row) => nameOrFormer(row.asker, language) },
    ],
  })}</div>`
}

const looks: Record<QuestionState, string> = { waiting: 'waiting', answered: 'busy', solved: 'good' }

export const stateMark = (state: QuestionState, language: Language): Html =>
  html`<span class="state ${looks[state]}">${words[language].state[state]}</span>`

/** Where the question comes from and what it is about, when the link that led here said so. */
export type Known = { administrationId: number | null; moduleId: number | null }

export function askPage(language: Language, place: PlaceToAsk, known: Known, problems: Problems | null = null, typed: Typed = {}): Html {
  const t = words[language]
  const fields = fieldsOf(language, problems, typed)
  return html`
<div class="narrow">
<h1>${t.newTitle}</h1>
<p class="lead">${t.newIntro}</p>
${fields.summary()}
<form method="post" action="/questions" novalidate>
  ${whereFrom(language, place, known, fields)}
  ${fields.input({ name: 'subject', label: t.subjectField, help: t.subjectHelp, required: true, most: longestSubject })}
  ${fields.area({ name: 'body', label: t.bodyField, help: t.bodyHelp, required: true, rows: 8 })}
  <button class="btn btn-primary">${t.send}</button>
</form>
</div>`
}

type Fields = ReturnType<typeof fieldsOf>

/** What is known is said, and sent along; what is not is asked. */
function whereFrom(language: Language, { administrations, modules }: PlaceToAsk, known: Known, fields: Fields): Html {
  const t = words[language]
  const administration = administrations.find(({ id }) => id === known.administrationId)
  const module = modules.find(({ id }) => id === known.moduleId)
  const choices = (rows: readonly { id: number; label: string }[]) => rows.map(({ id, label }) => ({ value: id, label }))
  return html`
${
  (administration || module) &&
  html`<dl class="facts">
  ${administration && html`<dt>${t.administration}</dt><dd>${administration.name}<input type="hidden" name="administration" value="${administration.id}"></dd>`}
  ${module && html`<dt>${t.module}</dt><dd>${module.title}<input type="hidden" name="module" value="${module.id}"></dd>`}
</dl>`
}
${!administration && fields.select({ name: 'administration', label: t.administration, required: true, choices: choices(administrations.map(({ id, name }) => ({ id, label: name }))) })}
${!module && modules.length > 0 && fields.select({ name: 'module', label: t.modulePick, help: t.modulePickHelp, choices: choices(modules.map(({ id, title }) => ({ id, label: title }))) })}`
}

type Allowed = { mayAnswer: boolean; maySolve: boolean }

export function questionPage(
  viewing: Viewing,
  { question, answers, allowed }: { question: Question; answers: readonly Answer[]; allowed: Allowed },
  problems: Problems | null = null,
  typed: Typed = {},
): Html {
  const { language, dates } = viewing
  const t = words[language]
  const fields = fieldsOf(language, problems, typed)
  return html`
<h1>${question.subject}</h1>
${fields.summary()}
<p>${stateMark(question.state, language)}</p>
<dl class="facts">
  <dt>${t.administration}</dt><dd>${question.administration}</dd>
  <dt>${t.module}</dt><dd>${question.module ?? t.noModule}</dd>
  <dt>${t.askedBy}</dt><dd>${nameOrFormer(question.asker, language)}, ${dates.moment(question.askedAt)}</dd>
</dl>
<div class="tile prose">${markdown(question.body)}</div>
<h2>${t.answers}</h2>
${answers.length === 0 && html`<p class="empty">${t.noAnswers}</p>`}
${answers.map((answer) => answerArea(viewing, question, answer))}
${question.solvedAt && html`<p>${t.solvedNote(dates.moment(question.solvedAt))} ${!allowed.mayAnswer && html`<a href="/questions/new">${t.askAnew}</a>`}</p>`}
${allowed.mayAnswer && answerForm(viewing, question, fields)}
${allowed.maySolve && postButton(`/questions/${question.id}/solved`, t.solve)}`
}

function answerArea({ language, dates, asStaff }: Viewing, question: Question, answer: Answer): Html {
  const t = words[language]
  return html`
<article class="tile prose mb-3" id="answer-${answer.id}">
  <p><strong>${nameOrFormer(answer.author, language)}</strong> <span class="state ${answer.as === 'referent' ? 'off' : 'busy'}">${t.as[answer.as]}</span> <small>${dates.moment(answer.answeredAt)}</small></p>
  ${markdown(answer.body)}
  ${asStaff && !answer.faqEntryId && html`<p class="actions"><a class="btn btn-outline-primary btn-sm" href="/questions/${question.id}/faq?answer=${answer.id}">${t.toFaq}</a></p>`}
  ${answer.faqEntryId && html`<p><a href="/faq/${answer.faqEntryId}">${t.inFaq}</a></p>`}
</article>`
}

function answerForm({ language, asStaff }: Viewing, question: Question, fields: Fields): Html {
  const t = words[language]
  return html`
<form method="post" action="/questions/${question.id}/answers" class="prose mb-3" novalidate>
  ${fields.area({
    name: 'body',
    label: asStaff ? t.answerField : t.addField,
    help: asStaff ? t.markdownHelp : t.addHelp,
    required: true,
    rows: 6,
  })}
  <button class="btn btn-primary">${asStaff ? t.answer : t.add}</button>
</form>`
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
