import { html, raw } from 'hono/html'
import type { Dates } from '../../language/dates.ts'
import type { Language } from '../../language/language.ts'
import type { Html } from '../../web/env.ts'
import { fieldsOf } from '../../web/fields.ts'
import type { FaqEntry } from '../faq/queries.ts'
import type { Question } from '../queries.ts'
import { priorities } from '../rules.ts'
import type { QuestionEvent } from '../thread/queries.ts'
import { words as questionWords } from '../words.ts'
import type { Note, SavedReply } from './queries.ts'
import { longestNote } from './rules.ts'
import { words } from './words.ts'

type View = { language: Language; dates: Dates; now: Temporal.Instant }

export type Desk = {
  question: Question
  personId: number
  staff: readonly { id: number; name: string }[]
  notes: readonly Note[]
  events: readonly QuestionEvent[]
}

/** What staff of the region see below a question: its place in the queue, notes, duplicates, history. */
export function desk(view: View, { question, personId, staff, notes, events }: Desk): Html {
  const { language, dates } = view
  const t = words[language]
  const path = `/questions/${question.id}`
  const open = question.state === 'waiting' || question.state === 'answered'
  return html`
<section class="tile prose" id="desk">
<h2>${t.title}</h2>
${question.mergedInto && html`<p class="alert alert-warning">${t.mergedInto} <a href="/questions/${question.mergedInto}">${t.openOther}</a></p>`}
<dl class="facts">
  <dt>${t.came}</dt><dd>${t.channel[question.channel]}</dd>
  <dt>${t.assignedTo}</dt><dd>${question.assignedTo?.name ?? t.nobody}</dd>
  ${question.dueAt && html`<dt>${t.due}</dt><dd>${dates.moment(question.dueAt)}${isOver(view, question.dueAt) && html` <span class="state late">${t.overdue}</span>`}</dd>`}
</dl>
${open && queueForms(view, { question, personId, staff })}
<h3>${t.notes}</h3>
${notes.map(({ id, body, author, writtenAt }) => html`<p id="note-${id}"><strong>${author}</strong> <small>${dates.moment(writtenAt)}</small><br>${inLines(body)}</p>`)}
<form method="post" action="${path}/notes">
  ${fieldsOf(language).area({ name: 'note', label: t.note, help: t.notesHelp, required: true, rows: 2, most: longestNote })}
  <button class="btn btn-outline-primary btn-sm">${t.writeNote}</button>
</form>
${
  question.state !== 'merged' &&
  html`
<h3>${t.merge}</h3>
<form method="post" action="${path}/merged">
  ${fieldsOf(language).input({ name: 'into', label: t.mergeField, help: t.mergeHelp, required: true, inputmode: 'numeric', most: 9 })}
  <button class="btn btn-outline-primary btn-sm">${t.mergeButton}</button>
</form>`
}
<details>
  <summary>${t.history}</summary>
  <ul>${events.map(({ happening, at, by }) => html`<li>${dates.moment(at)}: ${t.happenings[happening] ?? happening}, ${by ?? t.somebody}</li>`)}</ul>
</details>
</section>`
}

const isOver = ({ now }: View, due: Temporal.Instant) => Temporal.Instant.compare(due, now) < 0
const inLines = (text: string) => text.split('\n').map((line, index) => html`${index > 0 && raw('<br>')}${line}`)

function queueForms({ language }: View, { question, personId, staff }: Pick<Desk, 'question' | 'personId' | 'staff'>): Html {
  const t = words[language]
  const path = `/questions/${question.id}`
  const fields = fieldsOf(language)
  const labels = questionWords[language].priority
  return html`
${question.assignedTo?.id !== personId && html`<form method="post" action="${path}/assignment" class="inline-form"><input type="hidden" name="person" value="${personId}"><button class="btn btn-outline-primary btn-sm">${t.claim}</button></form>`}
<form method="post" action="${path}/assignment" class="list-search">
  ${fields.select({ name: 'person', label: t.assignedTo, value: question.assignedTo?.id ?? '', choices: staff.map(({ id, name }) => ({ value: id, label: name })) })}
  <button class="btn btn-outline-primary btn-sm">${t.assign}</button>
</form>
<form method="post" action="${path}/priority" class="list-search">
  ${fields.select({ name: 'priority', label: t.priority, required: true, value: question.priority, choices: priorities.map((value) => ({ value, label: labels[value] })) })}
  <button class="btn btn-outline-primary btn-sm">${t.setPriority}</button>
</form>`
}

/** Inside the form of an answer: texts to insert. Each button sends the form, which comes back with the text in it. */
export function helps(language: Language, replies: readonly SavedReply[], entries: readonly FaqEntry[]): Html | null {
  if (replies.length === 0 && entries.length === 0) return null
  const t = words[language]
  return html`
<details class="mb-3">
  <summary>${t.helps}</summary>
  ${
    replies.length > 0 &&
    html`<div class="list-search">
    ${fieldsOf(language).select({ name: 'reply', label: t.reply, choices: replies.map(({ id, title }) => ({ value: id, label: title })) })}
    <button class="btn btn-outline-primary btn-sm" name="step" value="reply">${t.insert}</button>
  </div>`
  }
  ${
    entries.length > 0 &&
    html`<p><strong>${t.similar}</strong></p>
  <ul>${entries.map(({ id, question }) => html`<li><a href="/faq/${id}">${question}</a> <button class="btn btn-outline-primary btn-sm" name="step" value="faq-${id}" aria-label="${t.insertLinkTo(question)}">${t.insertLink}</button></li>`)}</ul>`
  }
</details>`
}
