import { html } from 'hono/html'
import type { Language } from '../../language/language.ts'
import { isReferent } from '../../people/rules.ts'
import type { Html, Person } from '../../web/env.ts'
import { markdown } from '../../web/markdown.ts'
import type { FaqEntry } from '../faq/queries.ts'
import type { SuggestedQuestion } from '../search/questions.ts'
import { longestSearch } from './rules.ts'
import { words } from './words.ts'

export type Door = {
  language: Language
  person: Person | null
  q: string
  module: { id: number; title: string } | null
  administrationId: number | null
}
export type Suggestions = { entries: readonly FaqEntry[]; questions: readonly SuggestedQuestion[] }

export function doorPage(door: Door, suggestions: Suggestions): Html {
  const t = words[door.language]
  return html`
<h1>${t.title}</h1>
<p class="lead">${t.intro}</p>
${door.module && html`<p><strong>${t.about(door.module.title)}</strong></p>`}
${doorForm(door)}
${doorAnswers(door, suggestions)}
<ul class="prose">
  <li><a href="/faq">${t.all}</a></li>
  ${isReferent(door.person) && html`<li><a href="/questions">${t.mine}</a></li><li><a href="/questions?whose=programme">${t.others}</a></li>`}
</ul>`
}

/** The field where it all begins; what it knows goes along. On a module's page, too. */
export function doorForm({ language, q, module, administrationId }: Omit<Door, 'person'>): Html {
  const t = words[language]
  return html`
<form method="get" action="/help" role="search" class="narrow"
  hx-get="/help" hx-trigger="input delay:200ms, submit" hx-target="#help-answers" hx-swap="outerHTML" hx-sync="this:replace">
  ${module && html`<input type="hidden" name="module" value="${module.id}">`}
  ${administrationId && html`<input type="hidden" name="administration" value="${administrationId}">`}
  <div class="field">
    <label for="help-q">${t.field}</label>
    <p class="field-help" id="help-q-help">${t.fieldHelp}</p>
    <input class="form-control" type="search" id="help-q" name="q" value="${q}" maxlength="${longestSearch}" autocomplete="off" aria-describedby="help-q-help">
  </div>
  <button class="btn btn-outline-primary">${t.search}</button>
</form>`
}

/** What is there already, and below it the way to ask. */
export function doorAnswers(door: Door, { entries, questions }: Suggestions): Html {
  const { language, q, person } = door
  const t = words[language]
  const count = entries.length + questions.length
  return html`
<div id="help-answers" class="prose">
  <p role="status" class="${q === '' ? 'visually-hidden' : 'mt-3'}">${q !== '' && (count > 0 ? t.found(count) : t.noneFound)}</p>
  ${entries.length > 0 && html`<h2 class="h4">${q === '' ? t.useful : t.entries}</h2>${entries.map((entry) => entryFound(door, entry))}`}
  ${
    questions.length > 0 &&
    html`<h2 class="h4">${t.questions}</h2>
  <ul class="list-unstyled">${questions.map((question) => questionFound(door, question))}</ul>`
  }
  ${q !== '' && count === 0 && html`<p class="empty">${t.nothing}</p>`}
  ${(q !== '' || door.module) && (person === null || isReferent(person)) && wayToAsk(door)}
</div>`
}

function entryFound(door: Door, entry: FaqEntry): Html {
  const t = words[door.language]
  return html`
<details class="tile mb-3" id="faq-${entry.id}">
  <summary><strong>${entry.question}</strong></summary>
  ${markdown(entry.answer)}
  <p><a href="/faq/${entry.id}">${entry.module ?? t.entries}</a></p>
  ${isReferent(door.person) && helpedButton(door, { name: 'faq', id: entry.id, title: entry.question })}
</details>`
}

function questionFound(door: Door, { id, subject, solved }: SuggestedQuestion): Html {
  const t = words[door.language]
  return html`
<li class="tile mb-3">
  <p><a href="/questions/${id}">${subject}</a> <span class="state ${solved ? 'good' : 'busy'}">${solved ? t.solved : t.answered}</span></p>
  ${isReferent(door.person) && helpedButton(door, { name: 'question', id, title: subject })}
</li>`
}

function helpedButton({ language, q, module }: Door, { name, id, title }: { name: 'faq' | 'question'; id: number; title: string }): Html {
  const t = words[language]
  return html`
<form method="post" action="/help/helped" class="inline-form">
  <input type="hidden" name="${name}" value="${id}"><input type="hidden" name="q" value="${q}">
  ${module && html`<input type="hidden" name="module" value="${module.id}">`}
  <button class="btn btn-outline-primary btn-sm" aria-label="${t.helpedThis(title)}">${t.helped}</button>
</form>`
}

function wayToAsk({ language, person, q, module, administrationId }: Door): Html {
  const t = words[language]
  const about = new URLSearchParams({
    ...(module && { module: String(module.id) }),
    ...(administrationId && { administration: String(administrationId) }),
    ...(q && { subject: q }),
  })
  const path = `/questions/new${about.size > 0 ? `?${about}` : ''}`
  return html`
<h2 class="h4">${t.askTitle}</h2>
${
  person
    ? html`<p class="actions"><a class="btn btn-primary" href="${path}">${t.ask}</a></p>`
    : html`<p>${t.signInHint}</p><p class="actions"><a class="btn btn-primary" href="/sign-in?next=${encodeURIComponent(path)}">${t.signInToAsk}</a></p>`
}`
}
