import { html } from 'hono/html'
import type { Language } from '../../language/language.ts'
import type { Html } from '../../web/env.ts'
import { fieldsOf } from '../../web/fields.ts'
import type { Problems, Typed } from '../../web/forms.ts'
import type { WorksheetField } from '../queries.ts'
import { fieldKinds } from './fields.ts'
import { writeColumns, writeOptions } from './typed.ts'
import { words } from './words.ts'

type Listed = { path: string; module: string; fields: readonly WorksheetField[] }

export function fieldsPage({ path, module, fields }: Listed, language: Language): Html {
  const t = words[language]
  return html`
<h1>${t.title}</h1>
<p class="lead">${module}. ${t.intro}</p>
${fields.length === 0 ? html`<div class="empty">${t.none}</div>` : fieldTable({ path, fields }, language)}
<p class="actions"><a class="btn btn-primary" href="${path}/new">${t.add}</a></p>
${fields.length > 0 && html`<h2>${t.complete}</h2><p>${completeWhen(fields, language)}</p>`}`
}

function fieldTable({ path, fields }: Omit<Listed, 'module'>, language: Language): Html {
  const t = words[language]
  const button = (field: WorksheetField, verb: 'up' | 'remove', label: string, name: string) =>
    html`<form method="post" action="${path}/${field.id}/${verb}" class="inline-form"><button class="btn btn-outline-primary btn-sm" aria-label="${name}">${label}</button></form>`
  return html`
<div class="table-responsive" tabindex="0" role="region" aria-label="${t.title}">
<table class="table">
  <caption>${t.title}</caption>
  <thead><tr><th scope="col">${t.label}</th><th scope="col">${t.kind}</th><th scope="col">${t.required}</th><th scope="col">${t.actions}</th></tr></thead>
  <tbody>${fields.map(
    (field, index) => html`
    <tr>
      <th scope="row"><a href="${path}/${field.id}" aria-label="${t.change(field.label)}">${field.label}</a></th>
      <td>${t.kinds[field.kind]}</td>
      <td>${field.required ? t.yes : t.no}</td>
      <td>${index > 0 && button(field, 'up', t.up, t.upOf(field.label))} ${button(field, 'remove', t.remove, t.removeOf(field.label))}</td>
    </tr>`,
  )}</tbody>
</table>
</div>`
}

/** What makes the tool complete, in words. */
export function completeWhen(fields: readonly WorksheetField[], language: Language): string {
  const t = words[language]
  const needed = fields.filter(({ required }) => required)
  if (needed.length === 0) return t.completeAlways
  const labels = needed.map(({ label, kind, settings }) =>
    kind === 'table' && (settings.least ?? 1) > 1 ? t.rows(label, settings.least ?? 1) : label,
  )
  return t.completeWhen(labels.join('; '))
}

type Form = { action: string; field: WorksheetField | undefined; problems?: Problems | null; typed?: Typed }

export function fieldFormPage({ action, field, problems = null, typed = {} }: Form, language: Language): Html {
  const t = words[language]
  const inputs = fieldsOf(language, problems, typed)
  const kinds = fieldKinds.map((kind) => ({ value: kind, label: t.kinds[kind] }))
  const yesNo = [
    { value: 'yes', label: t.yes },
    { value: 'no', label: t.no },
  ]
  const { label, help, kind, required = true, settings = {} } = field ?? {}
  return html`
<div class="narrow">
<h1>${field ? t.editTitle : t.addTitle}</h1>
${inputs.summary()}
<form method="post" action="${action}" novalidate>
  ${inputs.input({ name: 'label', label: t.label, help: t.labelHelp, required: true, most: 500, value: label })}
  ${inputs.input({ name: 'help', label: t.help, help: t.helpText, most: 2000, value: help })}
  ${inputs.choices({ name: 'kind', label: t.kind, required: true, choices: kinds, values: kind ? [kind] : [] })}
  ${inputs.choices({ name: 'required', label: t.required, required: true, choices: yesNo, values: [required ? 'yes' : 'no'] })}
  ${inputs.area({ name: 'options', label: t.options, help: t.optionsHelp, most: 5000, value: writeOptions(settings.options) })}
  ${inputs.area({ name: 'columns', label: t.columns, help: t.columnsHelp, most: 5000, value: writeColumns(settings.columns, language) })}
  ${inputs.input({ name: 'least', label: t.least, help: t.leastHelp, inputmode: 'numeric', most: 8, value: settings.least })}
  ${inputs.input({ name: 'most', label: t.most, help: t.mostHelp, inputmode: 'numeric', most: 8, value: settings.most })}
  <button class="btn btn-primary">${t.save}</button>
</form>
</div>`
}
