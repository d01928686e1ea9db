import { html } from 'hono/html'
import { nameOrFormer } from '../../administrations/referents/names.ts'
import type { Dates } from '../../language/dates.ts'
import type { Language } from '../../language/language.ts'
import { acceptedEndings } from '../../pathways/assignments/media-types.ts'
import type { Html } from '../../web/env.ts'
import { fieldsOf, postButton } from '../../web/fields.ts'
import type { Problems, Typed } from '../../web/forms.ts'
import { markdown } from '../../web/markdown.ts'
import type { Question } from '../queries.ts'
import { visibilities } from '../rules.ts'
import { stateMark } from '../state-mark.ts'
import { words } from '../words.ts'
import { askerOf } from './asker.ts'
import type { Answer, AttachedFile } from './queries.ts'

/** What the reader may do with the question. */
export type Allowed = {
  mayAnswer: boolean
  /** As staff, with all that helps to answer. */
  asStaff: boolean
  /** They answer for another administration than their own. */
  fromOutside: boolean
  maySolve: boolean
  mayReopen: boolean
  mayVerify: boolean
  mayPropose: boolean
  mayChangeVisibility: boolean
}

type Thread = {
  question: Question
  answers: readonly Answer[]
  files: readonly AttachedFile[]
  allowed: Allowed
  personId: number
  /** Parts that others bring: how to follow, what staff see, what helps to answer. */
  following: Html
  desk: Html | null
  helps: Html | null
  /** Says that what the field holds was kept from before signing in. */
  kept: string | null
}

type View = { language: Language; dates: Dates }

export function questionPage(view: View, thread: Thread, problems: Problems | null = null, typed: Typed = {}): Html {
  const { language, dates } = view
  const { question, answers, files, allowed, desk, following, kept } = thread
  const t = words[language]
  const fields = fieldsOf(language, problems, typed)
  return html`
<h1>${question.subject}</h1>
${fields.summary()}
${kept && html`<p class="alert alert-info" role="status">${kept} <a href="#body">${t.answerField}</a></p>`}
<p>${stateMark(question.state, language)}</p>
<dl class="facts">
  <dt>${t.administration}</dt><dd>${question.administration ?? t.someAdministration}</dd>
  <dt>${t.module}</dt><dd>${question.module ?? t.noModule}</dd>
  <dt>${t.askedBy}</dt><dd>${askerOf(question, language)}, ${dates.moment(question.askedAt)}</dd>
  <dt>${t.visibilityLabel}</dt><dd>${t.visibilityShown[question.visibility]}</dd>
</dl>
<div class="tile prose">${markdown(question.body)}${attached(view, question, files, null)}</div>
<h2>${t.answers}</h2>
${answers.length === 0 && html`<p class="empty">${t.noAnswers}</p>`}
${answers.map((answer) => answerArea(view, thread, answer))}
${question.solvedAt && html`<p>${t.solvedNote(dates.moment(question.solvedAt))} ${!allowed.mayAnswer && html`<a href="/questions/new">${t.askAnew}</a>`}</p>`}
${allowed.mayAnswer && answerForm(view, thread, fields)}
<div class="actions">
  ${allowed.maySolve && postButton(`/questions/${question.id}/solved`, t.solve)}
  ${allowed.mayReopen && postButton(`/questions/${question.id}/reopened`, t.reopen)}
</div>
${following}
${allowed.mayChangeVisibility && visibilityForm(view, question)}
${desk}`
}

function authorOf({ author, as }: Answer, readsNames: boolean, language: Language): string {
  const t = words[language]
  if (author !== null) return author
  return as === 'other' || !readsNames ? t.someReferent : nameOrFormer(null, language)
}

function answerArea(view: View, { question, files, allowed }: Thread, answer: Answer): Html {
  const { language, dates } = view
  const t = words[language]
  const path = `/questions/${question.id}/answers/${answer.id}`
  const solves = answer.id === question.solvingAnswerId
  return html`
<article class="tile prose mb-3" id="answer-${answer.id}">
  <p><strong>${authorOf(answer, question.readsNames, language)}</strong>
    <span class="state ${answer.as === 'referent' || answer.as === 'other' ? 'off' : 'busy'}">${t.as[answer.as]}</span>
    ${answer.verifiedAt && html`<span class="state good">${t.verified}</span>`}
    ${solves && html`<span class="state good">${t.solvedIt}</span>`}
    <small>${dates.moment(answer.answeredAt)}</small></p>
  ${markdown(answer.body)}${attached(view, question, files, answer.id)}
  ${answer.faqEntryId && html`<p><a href="/faq/${answer.faqEntryId}">${t.inFaq}</a></p>`}
  <div class="actions">
    ${allowed.maySolve && answer.as !== 'referent' && postButton(`${path}/solved`, t.thisSolvedIt)}
    ${allowed.mayVerify && !answer.verifiedAt && (answer.as === 'referent' || answer.as === 'other') && postButton(`${path}/verified`, t.verify)}
    ${allowed.mayPropose && !answer.faqEntryId && !answer.inCuration && html`<a class="btn btn-outline-primary btn-sm" href="/questions/${question.id}/faq?answer=${answer.id}">${t.toFaq}</a>`}
  </div>
</article>`
}

function attached({ language }: View, question: Question, files: readonly AttachedFile[], answerId: number | null): Html | '' {
  const own = files.filter((file) => file.answerId === answerId)
  if (own.length === 0) return ''
  const t = words[language]
  return html`<p><strong>${t.attached}</strong></p>
<ul>${own.map(({ id, name, bytes }) => html`<li><a href="/questions/${question.id}/files/${id}">${name}</a> <small>${Math.ceil(bytes / 1024)} kB</small></li>`)}</ul>`
}

function answerForm({ language }: View, { question, allowed, personId, helps }: Thread, fields: ReturnType<typeof fieldsOf>): Html {
  const t = words[language]
  const { asStaff, fromOutside } = allowed
  const help = asStaff ? t.markdownHelp : fromOutside ? t.othersHelp : t.addHelp
  return html`
<form method="post" action="/questions/${question.id}/answers" enctype="multipart/form-data" class="prose mb-3" novalidate>
  <input type="hidden" name="as" value="${personId}">
  ${fields.area({ name: 'body', label: asStaff || fromOutside ? t.answerField : t.addField, help, required: true, rows: 6 })}
  ${helps}
  ${fields.file({ name: 'files', label: t.files, help: t.filesHelp, accept: acceptedEndings, multiple: true })}
  <button class="btn btn-primary">${asStaff || fromOutside ? t.answer : t.add}</button>
</form>`
}

function visibilityForm({ language }: View, question: Question): Html {
  const t = words[language]
  const fields = fieldsOf(language)
  return html`
<details class="prose mb-3">
  <summary>${t.changeVisibility}</summary>
  <form method="post" action="/questions/${question.id}/visibility">
    ${fields.choices({
      name: 'visibility',
      label: t.visibilityLabel,
      required: true,
      values: [question.visibility],
      choices: visibilities.map((value) => ({ value, label: t.visibility[value], help: t.visibilityHelp[value] })),
    })}
    <button class="btn btn-outline-primary">${t.changeVisibility}</button>
  </form>
</details>`
}
