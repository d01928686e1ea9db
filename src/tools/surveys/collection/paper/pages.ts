import { html, raw } from 'hono/html'
import type { Language } from '../../../../language/language.ts'
import { formatNumber } from '../../../../language/numbers.ts'
import type { Html } from '../../../../web/env.ts'
import type { Typed } from '../../../../web/forms.ts'
import { asksImportance, longestText } from '../../questionnaire/form.ts'
import { type Item, type Survey, surveyPath, textOf } from '../../survey.ts'
import { words as collectionWords } from '../words.ts'
import { words } from './words.ts'

type Keying = {
  survey: Survey
  items: readonly Item[]
  next: number
  sheets: readonly number[]
  language: Language
  typed?: Typed
  problems?: Readonly<Record<string, string>>
}

/** One sheet of paper as a narrow form for the number keys. */
export function keyingPage(keying: Keying): Html {
  const { survey, items, next, sheets, language, typed = {}, problems = {} } = keying
  const t = words[language]
  const found = Object.entries(problems)
  return html`
<h1>${t.title}</h1>
<p class="lead">${t.lead(survey.points)}</p>
${
  found.length > 0 &&
  html`<div class="alert alert-danger" role="alert" tabindex="-1" data-focus><p><strong>${collectionWords[language].problems(found.length)}</strong></p>
  <ul>${found.map(([name, sentence]) => html`<li><a href="#${name}">${sentence}</a></li>`)}</ul></div>`
}
<form method="post" action="${surveyPath(survey)}/answers" class="keying" novalidate autocomplete="off">
  <div class="field narrow"><label for="sheet">${t.number}</label><p class="field-help" id="sheet-help">${t.numberHelp}</p>
    <input class="form-control" id="sheet" name="sheet" inputmode="numeric" maxlength="6" value="${typed.sheet ?? next}" aria-describedby="sheet-help" ${problems.sheet && raw('aria-invalid="true"')}></div>
  ${scaleTable(keying)}
  ${items.filter(({ kind }) => kind === 'choice').map((item) => choiceField(item, keying))}
  ${items
    .filter(({ kind }) => kind === 'text')
    .map(
      (item) => html`<div class="field narrow"><label for="${item.code}">${textOf(item, language)}</label>
    <textarea class="form-control" id="${item.code}" name="${item.code}" rows="2" maxlength="${longestText}">${typed[item.code] ?? ''}</textarea></div>`,
    )}
  <button class="btn btn-primary">${t.save}</button>
</form>
${sheets.length > 0 && lastSheets(survey, sheets, language)}`
}

function scaleTable({ items, language, typed = {}, problems = {} }: Keying): Html {
  const t = words[language]
  const box = (item: Item, scale: 's' | 'i') => {
    const name = `${item.code}_${scale}`
    const label = `${textOf(item, language)}: ${scale === 's' ? t.satisfaction : t.importance}`
    return html`<input class="form-control" id="${name}" name="${name}" inputmode="numeric" maxlength="2" aria-label="${label}" value="${typed[name] ?? ''}" ${problems[name] && raw('aria-invalid="true"')}>`
  }
  return html`
<table class="table"><caption class="visually-hidden">${t.scales}</caption>
<thead><tr><th scope="col">${t.question}</th><th scope="col">${t.satisfaction}</th><th scope="col">${t.importance}</th></tr></thead>
<tbody>${items
    .filter(({ kind }) => kind === 'scale')
    .map(
      (item) =>
        html`<tr><th scope="row">${textOf(item, language)}</th><td>${box(item, 's')}</td><td>${asksImportance(item) ? box(item, 'i') : '–'}</td></tr>`,
    )}</tbody></table>`
}

function choiceField(item: Item, { language, typed = {} }: Keying): Html {
  return html`
<div class="field narrow"><label for="${item.code}">${textOf(item, language)}</label>
<select class="form-select" id="${item.code}" name="${item.code}"><option value="">${words[language].none}</option>${item.options.map(
    (option) =>
      html`<option value="${option.code}" ${typed[item.code] === option.code && raw('selected')}>${textOf(option, language)}</option>`,
  )}</select></div>`
}

function lastSheets(survey: Survey, sheets: readonly number[], language: Language): Html {
  const t = words[language]
  return html`
<section><h2>${t.last}</h2><ul>${sheets.map(
    (number) => html`<li>${t.sheet(formatNumber(number, language))}
  <form method="post" action="${surveyPath(survey)}/answers/${number}/remove" class="inline-form"><button class="btn btn-outline-danger btn-sm">${t.remove}<span class="visually-hidden"> (${t.sheet(formatNumber(number, language))})</span></button></form></li>`,
  )}</ul></section>`
}
