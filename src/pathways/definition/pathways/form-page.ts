import { html, raw } from 'hono/html'
import type { Language } from '../../../language/language.ts'
import type { Html } from '../../../web/env.ts'
import { fieldsOf } from '../../../web/fields.ts'
import type { Problems, Typed } from '../../../web/forms.ts'
import type { ModuleToChoose } from '../queries.ts'
import type { Step } from '../rules.ts'
import { words } from '../words.ts'

export function newPathwayForm(language: Language, programmeId: number, problems: Problems | null = null, typed: Typed = {}): Html {
  const t = words[language]
  const fields = fieldsOf(language, problems, typed)
  return html`
<div class="narrow">
<h1>${t.createPathway}</h1>
${fields.summary()}
<form method="post" action="/programmes/${programmeId}/pathways" novalidate>
  ${fields.input({ name: 'title', label: t.title, required: true, most: 200 })}
  ${fields.area({ name: 'summary', label: t.summary, help: t.pathwaySummaryHelp, most: 1000, rows: 2 })}
  <button class="btn btn-primary">${t.createPathwayButton}</button>
</form>
</div>`
}

type Edit = {
  pathway: { id: number; programmeId: number; title: string; summary: string }
  steps: readonly Step[]
  seen: readonly number[]
  choosable: readonly ModuleToChoose[]
  problems?: Problems | null
  typed?: Typed
}

export function editPathwayPage(language: Language, { pathway, steps, seen, choosable, problems = null, typed = {} }: Edit): Html {
  const t = words[language]
  const fields = fieldsOf(language, problems, typed)
  return html`
<h1>${t.editPathway}</h1>
${fields.summary()}
<form method="post" action="/pathways/${pathway.id}/edit" novalidate>
  <button class="visually-hidden" name="do" value="save" tabindex="-1" aria-hidden="true">${t.save}</button>
  ${seen.map((id) => html`<input type="hidden" name="seen" value="${id}">`)}
  ${fields.input({ name: 'title', label: t.title, value: pathway.title, required: true, most: 200 })}
  ${fields.area({ name: 'summary', label: t.summary, help: t.pathwaySummaryHelp, value: pathway.summary, most: 1000, rows: 2 })}
  <h2 id="steps">${t.steps}</h2>
  <p>${t.savesAll} ${t.stepsHelp}</p>
  ${steps.length === 0 ? html`<div class="empty">${t.noSteps}</div>` : steps.map((step, index) => stepFields(language, { step, index, steps, choosable, fields }))}
  ${addStep(language, { pathway, steps, choosable, fields })}
  <div class="actions"><button class="btn btn-primary" name="do" value="save">${t.save}</button></div>
</form>`
}

type StepContext = {
  step: Step
  index: number
  steps: readonly Step[]
  choosable: readonly ModuleToChoose[]
  fields: ReturnType<typeof fieldsOf>
}

function stepFields(language: Language, { step, index, steps, choosable, fields }: StepContext): Html {
  const t = words[language]
  const { moduleId: id } = step
  const title = titleOf(choosable, id)
  const button = (verb: string, label: string, of: string) =>
    html`<button class="btn btn-outline-primary btn-sm" name="do" value="${verb}-${id}" aria-label="${of}">${label}</button>`
  return html`
<fieldset class="tile field" id="module-${id}">
  <legend>${index + 1}. ${title}</legend>
  <input type="hidden" name="module" value="${id}">
  ${fields.problem(`module-${id}`)}
  <div class="fields">
    ${fields.input({ name: `section-${id}`, label: t.section, value: step.section, most: 120 })}
    ${fields.input({ name: `due-${id}`, label: t.due, value: step.dueAfterDays, inputmode: 'numeric', most: 4 })}
    ${prerequisites(language, { step, steps, choosable })}
  </div>
  <div class="choice">
    <input type="checkbox" id="optional-${id}" name="optional-${id}" value="yes" ${step.optional && raw('checked')}>
    <label for="optional-${id}">${t.optional}<small>${t.optionalHelp}</small></label>
  </div>
  <div class="actions">
    ${index > 0 && button('up', t.up, t.upOf(title))}
    ${index < steps.length - 1 && button('down', t.down, t.downOf(title))}
    ${button('remove', t.remove, t.removeOf(title))}
  </div>
</fieldset>`
}

/** One select for each prerequisite, and an empty one for the next. */
function prerequisites(language: Language, { step, steps, choosable }: Pick<StepContext, 'step' | 'steps' | 'choosable'>): Html {
  const t = words[language]
  const others = steps.filter(({ moduleId }) => moduleId !== step.moduleId)
  if (others.length === 0) return html``
  const slots = [...step.requires, null].slice(0, others.length)
  return html`${slots.map(
    (chosen, index) => html`
<div class="field"><label for="requires-${step.moduleId}-${index}">${index === 0 ? t.requires : t.requiresMore}</label>
  <select class="form-select" id="requires-${step.moduleId}-${index}" name="requires-${step.moduleId}">
    <option value="">${index === 0 ? t.nothing : ''}</option>
    ${others.map(({ moduleId }) => html`<option value="${moduleId}" ${moduleId === chosen && raw('selected')}>${titleOf(choosable, moduleId)}</option>`)}
  </select></div>`,
  )}`
}

function addStep(
  language: Language,
  { pathway, steps, choosable, fields }: Pick<Edit, 'pathway' | 'steps' | 'choosable'> & Pick<StepContext, 'fields'>,
): Html {
  const t = words[language]
  if (choosable.length === 0) return html`<p>${t.createFirst} <a href="/programmes/${pathway.programmeId}/modules">${t.modules}</a></p>`
  const unused = choosable.filter(({ id }) => !steps.some(({ moduleId }) => moduleId === id))
  if (unused.length === 0) return html`<p>${t.allUsed}</p>`
  const choices = unused.map(({ id, title, kind }) => ({ value: id, label: `${title} (${t.kinds[kind]})` }))
  return html`
<div class="list-search">
  ${fields.select({ name: 'added', label: t.addStep, choices })}
  <button class="btn btn-outline-primary" name="do" value="add">${t.addStepButton}</button>
</div>`
}

const titleOf = (modules: readonly ModuleToChoose[], wanted: number): string => modules.find(({ id }) => id === wanted)?.title ?? ''
