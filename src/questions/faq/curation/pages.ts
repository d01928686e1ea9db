import { html, raw } from 'hono/html'
import type { Language } from '../../../language/language.ts'
import type { Html } from '../../../web/env.ts'
import { fieldsOf } from '../../../web/fields.ts'
import type { Problems, Typed } from '../../../web/forms.ts'
import { markdown } from '../../../web/markdown.ts'
import type { Source, Topic } from '../queries.ts'
import { longestQuestion } from '../rules.ts'
import { words } from '../words.ts'

/** What the fields hold when the form is opened. */
export type Draft = { question: string; answer: string; questionEn?: string; answerEn?: string; topic: string; reviewOn: string }

type Form = {
  title: string
  intro: string | null
  action: string
  submit: string
  draft: Draft
  topics: readonly Topic[]
  source: Source | null
  problems: Problems | null
  typed: Typed
  /** Whoever proposes leaves the review date to whoever publishes. */
  withReview: boolean
}

/** One form for a new entry, one made from an answer, and one to change; below it what everybody will see. */
export function entryForm(
  language: Language,
  { title, intro, action, submit, draft, topics, source, problems, typed, withReview }: Form,
): Html {
  const t = words[language]
  const fields = fieldsOf(language, problems, typed)
  return html`
<div class="prose">
<h1>${title}</h1>
${intro && html`<p class="lead">${intro}</p>`}
${fields.summary()}
<form method="post" action="${action}" novalidate>
  ${fields.input({ name: 'question', label: t.question, help: t.questionHelp, required: true, most: longestQuestion, value: draft.question })}
  ${fields.area({ name: 'answer', label: t.answer, help: t.answerHelp, required: true, rows: 10, value: draft.answer })}
  <details class="mb-3" ${raw(draft.questionEn || typed.questionEn ? 'open' : '')}>
    <summary>${t.english}</summary>
    ${fields.input({ name: 'questionEn', label: t.questionEn, help: t.englishHelp, most: longestQuestion, value: draft.questionEn })}
    ${fields.area({ name: 'answerEn', label: t.answerEn, rows: 6, value: draft.answerEn })}
  </details>
  ${fields.select({ name: 'topic', label: t.topic, help: t.topicHelp, required: true, value: draft.topic, choices: topics })}
  ${withReview && fields.input({ name: 'reviewOn', label: t.review, help: t.reviewHelp, type: 'date', required: true, value: draft.reviewOn })}
  <div class="actions">
    <button class="btn btn-primary">${submit}</button>
    <button class="btn btn-outline-primary" name="step" value="preview">${t.preview}</button>
  </div>
</form>
${preview(language, { question: String(typed.question ?? draft.question), answer: String(typed.answer ?? draft.answer) })}
${source && original(language, source)}
</div>`
}

function preview(language: Language, { question, answer }: { question: string; answer: string }): Html | '' {
  if (!question && !answer) return ''
  return html`
<h2>${words[language].previewTitle}</h2>
<div class="tile mb-3" id="preview"><p><strong>${question}</strong></p>${markdown(answer)}</div>`
}

const original = (language: Language, { subject, body, answer }: Source): Html => html`
<details class="tile" id="original">
  <summary>${words[language].original}</summary>
  <p><strong>${subject}</strong></p>${markdown(body)}<hr>${markdown(answer)}
</details>`
