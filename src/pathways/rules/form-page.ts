import { html, raw } from 'hono/html'
import type { Language } from '../../language/language.ts'
import type { Html } from '../../web/env.ts'
import { fieldsOf } from '../../web/fields.ts'
import type { Problems } from '../../web/forms.ts'
import { type Characteristic, operatorsFor, optionsOf, registerNames } from './characteristics.ts'
import { type Condition, operators } from './condition.ts'
import { type Group, groups, type Line } from './form.ts'
import { wordingOf } from './in-words.ts'
import { conditionTree } from './pages.ts'
import { words } from './words.ts'

export type RuleForm = {
  programmeId: number
  /** Null for a new rule. */
  ruleId: number | null
  title: string
  pathwayId: string
  group: Group
  lines: readonly Line[]
  /** Groups inside groups, which this form keeps as they are. */
  nested: Condition | null
  pathways: readonly { id: number; title: string }[]
  /** What rules may look at: register facts, then the programme's questions. */
  characteristics: readonly Characteristic[]
  problems: Problems | null
}

export const ruleFormPage = (language: Language, form: RuleForm): Html => html`
<h1>${form.ruleId === null ? words[language].createTitle : words[language].editTitle}</h1>
${ruleForm(language, form)}`

export function ruleForm(language: Language, form: RuleForm): Html {
  const t = words[language]
  const fields = fieldsOf(language, form.problems)
  const action = `/programmes/${form.programmeId}/rules${form.ruleId === null ? '' : `/${form.ruleId}/edit`}`
  return html`
<form method="post" action="${action}" id="rule-form" novalidate>
  ${fields.summary()}
  <button class="visually-hidden" name="do" value="save" tabindex="-1" aria-hidden="true">${t.save}</button>
  ${form.ruleId !== null && html`<input type="hidden" name="id" value="${form.ruleId}">`}
  ${fields.input({ name: 'title', label: t.name, help: t.nameHelp, value: form.title, required: true, most: 200 })}
  ${fields.select({
    name: 'pathway',
    label: t.pathway,
    value: form.pathwayId,
    required: true,
    choices: form.pathways.map(({ id, title }) => ({ value: id, label: title })),
  })}
  ${form.nested ? nestedCondition(language, form.nested, form.characteristics) : conditionFields(language, form, fields)}
  <div class="actions"><button class="btn btn-primary" name="do" value="save">${t.save}</button></div>
</form>`
}

function nestedCondition(language: Language, nested: Condition, characteristics: readonly Characteristic[]): Html {
  const t = words[language]
  return html`
<h2>${t.conditions}</h2>
<p class="prose">${t.nested}</p>
<div class="tile">${conditionTree(language, nested, wordingOf(language, characteristics))}</div>`
}

type Fields = ReturnType<typeof fieldsOf>

function conditionFields(language: Language, { programmeId, group, lines, characteristics }: RuleForm, fields: Fields): Html {
  const t = words[language]
  const refresh = `/programmes/${programmeId}/rules/form`
  const button = (verb: string, label: string) =>
    html`<button class="btn btn-outline-primary btn-sm" name="do" value="${verb}" formaction="${refresh}">${label}</button>`
  return html`
<h2>${t.conditions}</h2>
<p>${t.conditionsHelp}</p>
${fields.choices({
  name: 'group',
  label: t.groupLabel,
  required: true,
  values: [group],
  choices: groups.map((each) => ({ value: each, label: t.group[each] })),
})}
${lines.map((line, index) => lineFields(language, { line, index, refresh, characteristics, fields }))}
<div class="actions">${button('add', t.addLine)} ${button('refresh', t.refresh)}</div>`
}

type LineContext = { line: Line; index: number; refresh: string; characteristics: readonly Characteristic[]; fields: Fields }

function lineFields(language: Language, context: LineContext): Html {
  const t = words[language]
  const { line, index, characteristics, fields } = context
  const chosen = characteristics.find(({ name }) => name === line.characteristic)
  const fitting = chosen ? operatorsFor(chosen.kind) : operators
  return html`
<fieldset class="tile field" id="condition-${index}">
  <legend>${t.condition(index + 1)}</legend>
  <div class="fields">
    ${choice(context, 'characteristic', t.characteristic, html`<option value=""></option>${characteristicOptions(language, characteristics, line.characteristic)}`)}
    ${choice(
      context,
      'operator',
      t.operator,
      html`${fitting.map((each) => html`<option value="${each}" ${each === line.operator && raw('selected')}>${t.operators[each]}</option>`)}`,
    )}
    ${valueField(language, chosen, context)}
  </div>
  ${fields.problem(`characteristic-${index}`)}
</fieldset>`
}

/** A choice on which the others depend: with script the form follows at once, without with its button. */
function choice({ index, refresh }: LineContext, name: string, label: string, options: Html): Html {
  return html`
<div class="field"><label for="${name}-${index}">${label}</label>
  <select class="form-select" id="${name}-${index}" name="${name}-${index}" hx-post="${refresh}" hx-target="#rule-form" hx-swap="outerMorph">${options}</select></div>`
}

function characteristicOptions(language: Language, characteristics: readonly Characteristic[], selected: string): Html {
  const t = words[language]
  const isFact = ({ name }: Characteristic) => (registerNames as readonly string[]).includes(name)
  const group = (label: string, several: readonly Characteristic[]) =>
    several.length > 0 &&
    html`<optgroup label="${label}">${several.map(({ name, label: each }) => html`<option value="${name}" ${name === selected && raw('selected')}>${each}</option>`)}</optgroup>`
  return html`${group(
    t.fromIntake,
    characteristics.filter((each) => !isFact(each)),
  )}${group(t.fromRegister, characteristics.filter(isFact))}`
}

function valueField(language: Language, chosen: Characteristic | undefined, { line, index, fields }: LineContext): Html {
  const t = words[language]
  const name = `value-${index}`
  if (line.operator === 'unknown') return html`<p class="field">${t.noValue}</p>`
  if (!chosen) return fields.input({ name, label: t.value, help: t.valueLater, value: line.values.join(', '), required: true, most: 500 })
  if (chosen.kind === 'number')
    return fields.input({ name, label: t.value, value: line.values[0], inputmode: 'numeric', required: true, most: 9 })

  const choices = optionsOf(chosen, language)
  return line.operator === 'one_of'
    ? fields.choices({ name, label: t.values, many: true, required: true, values: line.values, choices })
    : fields.select({ name, label: t.value, value: line.values[0], required: true, choices })
}
