import { html, raw } from 'hono/html'
import type { Language } from '../../language/language.ts'
import type { Html } from '../../web/env.ts'
import { fieldsOf } from '../../web/fields.ts'
import type { Problems } from '../../web/forms.ts'
import { type Characteristic, operatorsFor, optionsOf, registerNames } from './characteristics.ts'
import { operators } from './condition.ts'
import { deepest, groups, isGroup, type Line, type LineGroup, pathOf } from './form.ts'
import { words } from './words.ts'

/** What a rule does when it holds: it proposes a pathway, or it adds a module to whichever is chosen. */
export type Effect = 'rule' | 'addition'

export type RuleForm = {
  programmeId: number
  effect: Effect
  /** Null for a new one. */
  ruleId: number | null
  title: string
  /** The pathway or module. */
  target: string
  form: LineGroup
  targets: readonly { id: number; title: string }[]
  /** What rules may look at: register facts, then the programme's questions. */
  characteristics: readonly Characteristic[]
  problems: Problems | null
}

export const ruleFormPage = (language: Language, form: RuleForm): Html => html`
<h1>${titleOf(language, form)}</h1>
${ruleForm(language, form)}`

export function titleOf(language: Language, { effect, ruleId }: Pick<RuleForm, 'effect' | 'ruleId'>): string {
  const t = words[language]
  if (effect === 'rule') return ruleId === null ? t.createTitle : t.editTitle
  return ruleId === null ? t.createAddition : t.editAddition
}

export const formAddress = ({ programmeId, effect, ruleId }: Pick<RuleForm, 'programmeId' | 'effect' | 'ruleId'>) =>
  `/programmes/${programmeId}/rules${effect === 'addition' ? '/additions' : ''}${ruleId === null ? '' : `/${ruleId}/edit`}`

type Fields = ReturnType<typeof fieldsOf>
type Place = { programmeId: number; characteristics: readonly Characteristic[]; fields: Fields; refresh: string }

export function ruleForm(language: Language, shown: RuleForm): Html {
  const t = words[language]
  const { programmeId, effect, ruleId, characteristics } = shown
  const fields = fieldsOf(language, shown.problems)
  const choices = shown.targets.map(({ id, title }) => ({ value: id, label: title }))
  return html`
<form method="post" action="${formAddress(shown)}" id="rule-form" novalidate>
  ${fields.summary()}
  <button class="visually-hidden" name="do" value="save" tabindex="-1" aria-hidden="true">${t.save}</button>
  <input type="hidden" name="effect" value="${effect}">
  ${ruleId !== null && html`<input type="hidden" name="id" value="${ruleId}">`}
  ${fields.input({ name: 'title', label: t.name, help: t.nameHelp, value: shown.title, required: true, most: 200 })}
  ${
    effect === 'rule'
      ? fields.select({ name: 'pathway', label: t.pathway, value: shown.target, required: true, choices })
      : fields.select({ name: 'module', label: t.module, help: t.moduleHelp, value: shown.target, required: true, choices })
  }
  <h2>${t.conditions}</h2>
  <p>${t.conditionsHelp}</p>
  ${groupFields(language, shown.form, '', { programmeId, characteristics, fields, refresh: `/programmes/${programmeId}/rules/form` })}
  <div class="actions"><button class="btn btn-primary" name="do" value="save">${t.save}</button></div>
</form>`
}

/** How its conditions are read, the conditions, and buttons for more; groups inside are boxes of their own. */
function groupFields(language: Language, { group, children }: LineGroup, path: string, place: Place): Html {
  const t = words[language]
  const name = path === '' ? 'group' : `group-${path}`
  const after = path === '' ? '' : `-${path}`
  const depth = path === '' ? 0 : path.split('-').length
  const button = (verb: string, label: string) =>
    html`<button class="btn btn-outline-primary btn-sm" name="do" value="${verb}" formaction="${place.refresh}">${label}</button>`
  return html`
${place.fields.choices({
  name,
  label: t.groupLabel,
  required: true,
  values: [group],
  choices: groups.map((each) => ({ value: each, label: t.group[each] })),
})}
${children.map((child, index) =>
  isGroup(child)
    ? nestedFields(language, child, pathOf(path, index), place)
    : lineFields(language, { ...place, line: child, path: pathOf(path, index), number: index + 1 }),
)}
<div class="actions">
  ${button(`add${after}`, t.addLine)}
  ${depth < deepest - 1 && button(`nest${after}`, t.addGroup)}
  ${path === '' ? button('refresh', t.refresh) : button(`remove${after}`, t.removeGroup)}
</div>`
}

const nestedFields = (language: Language, group: LineGroup, path: string, place: Place): Html => html`
<fieldset class="tile field" id="group-box-${path}">
  <legend>${words[language].groupNumber(
    path
      .split('-')
      .map((step) => Number(step) + 1)
      .join('.'),
  )}</legend>
  ${groupFields(language, group, path, place)}
</fieldset>`

type LineContext = Place & { line: Line; path: string; number: number }

function lineFields(language: Language, context: LineContext): Html {
  const t = words[language]
  const { line, path, number, characteristics, fields, refresh } = context
  const chosen = characteristics.find(({ name }) => name === line.characteristic)
  const fitting = chosen ? operatorsFor(chosen.kind) : operators
  return html`
<fieldset class="tile field" id="condition-${path}">
  <legend>${t.condition(number)}</legend>
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
  ${fields.problem(`characteristic-${path}`)}
  <button class="btn btn-link btn-sm" name="do" value="remove-${path}" formaction="${refresh}" aria-label="${t.removeLineOf(number)}">${t.removeLine}</button>
</fieldset>`
}

/** A choice on which the others depend: with script the form follows at once, without with its button. */
function choice({ path, refresh }: LineContext, name: string, label: string, options: Html): Html {
  return html`
<div class="field"><label for="${name}-${path}">${label}</label>
  <select class="form-select" id="${name}-${path}" name="${name}-${path}" hx-post="${refresh}" hx-target="#rule-form" hx-swap="outerMorph">${options}</select></div>`
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

function valueField(language: Language, chosen: Characteristic | undefined, { line, path, fields }: LineContext): Html {
  const t = words[language]
  const name = `value-${path}`
  if (line.operator === 'unknown') return html`<p class="field">${t.noValue}</p>`
  if (!chosen) return fields.input({ name, label: t.value, help: t.valueLater, value: line.values.join(', '), required: true, most: 500 })
  if (chosen.kind === 'number')
    return fields.input({ name, label: t.value, value: line.values[0], inputmode: 'numeric', required: true, most: 9 })

  const choices = optionsOf(chosen, language)
  return line.operator === 'one_of'
    ? fields.choices({ name, label: t.values, many: true, required: true, values: line.values, choices })
    : fields.select({ name, label: t.value, value: line.values[0], required: true, choices })
}
