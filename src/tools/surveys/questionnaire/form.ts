import { html, raw } from 'hono/html'
import type { Language } from '../../../language/language.ts'
import type { Html } from '../../../web/env.ts'
import type { Typed } from '../../../web/forms.ts'
import { type Item, type Survey, textOf } from '../survey.ts'
import { words } from './words.ts'

export const longestText = 2_000

type Form = {
  survey: Pick<Survey, 'points'>
  items: readonly Item[]
  language: Language
  typed?: Typed
  /** Whole sentences by the name of the field. */
  problems?: Readonly<Record<string, string>>
}

/** The questions as citizens see them, in the order of the questionnaire: radio buttons and text fields, nothing that needs a script. */
export function questionFields(form: Form): Html {
  return html`${form.items.map((item) => question(item, form))}`
}

function question(item: Item, form: Form): Html {
  if (item.kind === 'scale') return rating(item, form)
  return item.kind === 'choice' ? choice(item, form) : freeText(item, form)
}

/** The judgement on the whole has no importance of its own: what would it be compared with? */
export const asksImportance = ({ kind, dimension }: Pick<Item, 'kind' | 'dimension'>) => kind === 'scale' && dimension !== 'overall'

function rating(item: Item, form: Form): Html {
  const t = words[form.language]
  return html`
<fieldset class="question" id="${item.code}">
  <legend>${textOf(item, form.language)}</legend>
  ${points(`${item.code}_s`, t.howSatisfied, form)}
  ${asksImportance(item) && points(`${item.code}_i`, t.howImportant, form)}
</fieldset>`
}

function points(name: string, label: string, { survey, language, typed = {}, problems = {} }: Form): Html {
  const t = words[language]
  const values = [...Array.from({ length: survey.points }, (_, index) => String(index + 1)), '']
  const chosen = typed[name]
  return html`
<fieldset class="points" id="${name}" ${problems[name] && raw(`aria-describedby="${name}-error"`)}>
  <legend>${label} <small>${t.ends(survey.points)}</small></legend>
  <div class="points-row">${values.map(
    (value) =>
      html`<label class="point ${value === '' && 'point-none'}"><input type="radio" name="${name}" value="${value}" ${chosen === value && raw('checked')}><span>${value || t.noOpinion}</span></label>`,
  )}</div>
  ${problem(name, problems)}
</fieldset>`
}

function choice(item: Item, { language, typed = {}, problems = {} }: Form): Html {
  const choices = [
    ...item.options.map((option) => ({ code: option.code, label: textOf(option, language) })),
    { code: '', label: words[language].skip },
  ]
  return html`
<fieldset class="question" id="${item.code}" ${problems[item.code] && raw(`aria-describedby="${item.code}-error"`)}>
  <legend>${textOf(item, language)}</legend>
  ${choices.map(
    ({ code, label }, index) => html`
  <div class="choice"><input type="radio" id="${item.code}-${index}" name="${item.code}" value="${code}" ${typed[item.code] === code && raw('checked')}>
    <label for="${item.code}-${index}">${label}</label></div>`,
  )}
  ${problem(item.code, problems)}
</fieldset>`
}

function freeText(item: Item, { language, typed = {}, problems = {} }: Form): Html {
  const described = [`${item.code}-help`, problems[item.code] && `${item.code}-error`].filter(Boolean).join(' ')
  return html`
<div class="question field">
  <label for="${item.code}">${textOf(item, language)}</label>
  <p class="field-help" id="${item.code}-help">${words[language].doNotSign}</p>
  <textarea class="form-control" id="${item.code}" name="${item.code}" rows="4" maxlength="${longestText}" aria-describedby="${described}"
    ${problems[item.code] && raw('aria-invalid="true"')}>${typed[item.code] ?? ''}</textarea>
  ${problem(item.code, problems)}
</div>`
}

const problem = (name: string, problems: Readonly<Record<string, string>>): Html | '' =>
  problems[name] ? html`<p class="field-error" id="${name}-error">${problems[name]}</p>` : ''
