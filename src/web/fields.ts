import { html, raw } from 'hono/html'
import type { Language } from '../language/language.ts'
import type { Html } from './env.ts'
import type { Problems, Typed } from './forms.ts'
import { type FieldProblem, words } from './words.ts'

type Field = {
  name: string
  label: string
  help?: string
  required?: boolean
  /** Shown when the form is opened; what was typed wins. */
  value?: string | number | null
}
type Input = Field & {
  type?: 'text' | 'email' | 'date' | 'datetime-local' | 'time' | 'number' | 'url' | 'search'
  most?: number
  autocomplete?: string
  inputmode?: 'numeric'
}
type Choice = { value: string | number; label: string; help?: string }

/** The fields of one form in one language, each with its label, help and problem tied together for screen readers. */
export function fieldsOf(language: Language, problems: Problems | null = null, typed: Typed = {}) {
  const t = words[language]
  const sentence = (problem: string) => t.error[problem as FieldProblem] ?? problem
  const current = ({ name, value }: Field) => String(typed[name] ?? value ?? '')

  const described = ({ name, help }: Field) => {
    const ids = [help && `${name}-help`, problems?.[name] && `${name}-error`].filter(Boolean).join(' ')
    return raw(`${ids ? `aria-describedby="${ids}"` : ''} ${problems?.[name] ? 'aria-invalid="true"' : ''}`)
  }

  const labels = new Map<string, string>()

  const around = (field: Field, control: Html): Html => {
    labels.set(field.name, field.label)
    return html`
<div class="field">
  <label for="${field.name}">${field.label}${!field.required && html` <small>(${t.optional})</small>`}</label>
  ${field.help && html`<p class="field-help" id="${field.name}-help">${field.help}</p>`}
  ${control}
  ${problem(field.name)}
</div>`
  }

  const problem = (name: string): Html | '' =>
    problems?.[name] ? html`<p class="field-error" id="${name}-error">${sentence(problems[name])}</p>` : ''

  return {
    /** Above the form: how many problems there are, focused by `app.js`, each a link to its field, named as the form names it. */
    summary: (): Html | '' => {
      const found = Object.entries(problems ?? {})
      if (found.length === 0) return ''
      // The fields below say what they are called; by the next turn they all have.
      return Promise.resolve().then(
        () => html`
<div class="alert alert-danger" role="alert" tabindex="-1" data-focus>
  <p><strong>${t.errorsAbove(found.length)}</strong></p>
  <ul>${found.map(([name, problem]) => html`<li><a href="#${name}">${labels.has(name) && html`${labels.get(name)}: `}${sentence(problem ?? '')}</a></li>`)}</ul>
</div>`,
      )
    },

    problem,

    input: (field: Input): Html =>
      around(
        field,
        html`<input class="form-control" id="${field.name}" name="${field.name}" type="${field.type ?? 'text'}" value="${current(field)}"
          ${field.most && raw(`maxlength="${field.most}"`)} ${field.autocomplete && raw(`autocomplete="${field.autocomplete}"`)}
          ${field.inputmode && raw(`inputmode="${field.inputmode}"`)} ${field.required && raw('required')} ${described(field)}>`,
      ),

    area: (field: Field & { rows?: number; most?: number }): Html =>
      around(
        field,
        html`<textarea class="form-control" id="${field.name}" name="${field.name}" rows="${field.rows ?? 5}"
          ${field.most && raw(`maxlength="${field.most}"`)} ${field.required && raw('required')} ${described(field)}>${current(field)}</textarea>`,
      ),

    select: (field: Field & { choices: readonly Choice[] }): Html =>
      around(
        field,
        html`<select class="form-select" id="${field.name}" name="${field.name}" ${field.required && raw('required')} ${described(field)}>
          <option value="">${t.choose}</option>
          ${field.choices.map(({ value, label }) => html`<option value="${value}" ${String(value) === current(field) && raw('selected')}>${label}</option>`)}
        </select>`,
      ),

    /** Radio buttons, or checkboxes with `many`. */
    choices: (field: Omit<Field, 'value'> & { choices: readonly Choice[]; many?: boolean; values?: readonly string[] }): Html => {
      labels.set(field.name, field.label)
      const typedValues = typed[field.name]
      const chosen = typedValues === undefined ? (field.values ?? []) : Array.isArray(typedValues) ? typedValues : [typedValues]
      const type = field.many ? 'checkbox' : 'radio'
      return html`
<fieldset class="field" id="${field.name}" ${described(field)}>
  <legend>${field.label}${!field.required && html` <small>(${t.optional})</small>`}</legend>
  ${field.help && html`<p class="field-help" id="${field.name}-help">${field.help}</p>`}
  ${field.choices.map(
    ({ value, label, help }, index) => html`
  <div class="choice">
    <input type="${type}" id="${field.name}-${index}" name="${field.name}" value="${value}" ${chosen.includes(String(value)) && raw('checked')}>
    <label for="${field.name}-${index}">${label}${help && html`<small>${help}</small>`}</label>
  </div>`,
  )}
  ${problem(field.name)}
</fieldset>`
    },

    file: (field: Field & { accept: string; multiple?: boolean }): Html =>
      around(
        field,
        html`<input class="form-control" type="file" id="${field.name}" name="${field.name}" accept="${field.accept}"
          ${field.multiple && raw('multiple')} ${field.required && raw('required')} ${described(field)}>`,
      ),
  }
}

/** One button that changes something, as a form of its own. */
export const postButton = (
  action: string,
  label: string,
  kind: 'primary' | 'outline-primary' | 'outline-danger' = 'outline-primary',
): Html => html`<form method="post" action="${action}" class="inline-form"><button class="btn btn-${kind} btn-sm">${label}</button></form>`
