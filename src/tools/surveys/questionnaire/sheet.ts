import { html } from 'hono/html'
import type { Language } from '../../../language/language.ts'
import type { Html } from '../../../web/env.ts'
import { type Item, type Survey, surveyPath, textOf } from '../survey.ts'
import { words as surveyWords } from '../words.ts'
import { asksImportance } from './form.ts'
import { words } from './words.ts'

/** The questionnaire as a sheet to print from the browser; the PDF beside it says the same. */
export function paperPage({ survey, items, language }: { survey: Survey; items: readonly Item[]; language: Language }): Html {
  const t = words[language]
  const introduction = language === 'en' && survey.introductionEn ? survey.introductionEn : survey.introduction
  const numbers = Array.from({ length: survey.points }, (_, index) => index + 1)
  const circles = html`<span class="circles">${numbers.map((number) => html`<span>${number}</span>`)}</span>`
  return html`
<p class="actions">${t.print} <a class="btn btn-primary" href="${surveyPath(survey)}/questionnaire.pdf">${surveyWords[language].paperPdf}</a></p>
<div class="sheet">
<p>${survey.administration} · ${survey.service} <span class="sheet-number">${t.sheet} ______</span></p>
<h1>${survey.title}</h1>
${introduction && html`<p>${introduction}</p>`}
<p>${t.paperHow} ${t.ends(survey.points)}. ${t.freeToSkip}</p>
<table class="table">
  <caption class="visually-hidden">${t.question}</caption>
  <thead><tr><th scope="col">${t.question}</th><th scope="col">${t.howSatisfied}</th><th scope="col">${t.howImportant}</th></tr></thead>
  <tbody>${items
    .filter(({ kind }) => kind === 'scale')
    .map(
      (item) =>
        html`<tr><th scope="row">${textOf(item, language)}</th><td>${circles}</td><td>${asksImportance(item) ? circles : '–'}</td></tr>`,
    )}</tbody>
</table>
${items
  .filter(({ kind }) => kind === 'choice')
  .map(
    (item) =>
      html`<h2 class="h5">${textOf(item, language)}</h2><ul class="boxes">${item.options.map((option) => html`<li>${textOf(option, language)}</li>`)}</ul>`,
  )}
${items
  .filter(({ kind }) => kind === 'text')
  .map((item) => html`<h2 class="h5">${textOf(item, language)}</h2><p><small>${t.doNotSign}</small></p><div class="writing"></div>`)}
<p>${t.paperReturn}</p>
</div>`
}
