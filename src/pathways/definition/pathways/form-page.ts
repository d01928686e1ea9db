import { html, raw } from 'hono/html'
import type { Language } from '../../../language/language.ts'
import type { Html } from '../../../web/env.ts'
import { fieldsOf } from '../../../web/fields.ts'
import type { Problems, Typed } from '../../../web/forms.ts'
import type { ModuleToChoose } from '../queries.ts'
import { dueFromOf, personKinds, type Section, type Step } from '../rules.ts'
import { words } from '../words.ts'
import { dueChoices, metByChoices } from './form.ts'

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
  pathway: { id: number; programmeId: number; title: string; summary: string; certificatePercent: number }
  steps: readonly Step[]
  sections: readonly Section[]
  /** Somebody follows it: what is changed becomes the draft of the next version. */
  followed: boolean
  seen: readonly number[]
  choosable: readonly ModuleToChoose[]
  problems?: Problems | null
  typed?: Typed
}

export function editPathwayPage(language: Language, edit: Edit): Html {
  const t = words[language]
  const { pathway, steps, sections, seen, choosable, followed, problems = null, typed = {} } = edit
  const fields = fieldsOf(language, problems, typed)
  return html`
<h1>${t.editPathway}</h1>
${followed && html`<div class="alert alert-info">${t.followedHelp}</div>`}
${fields.summary()}
<form method="post" action="/pathways/${pathway.id}/edit" novalidate>
  <button class="visually-hidden" name="do" value="save" tabindex="-1" aria-hidden="true">${t.save}</button>
  ${seen.map((id) => html`<input type="hidden" name="seen" value="${id}">`)}
  ${fields.input({ name: 'title', label: t.title, value: pathway.title, required: true, most: 200 })}
  ${fields.area({ name: 'summary', label: t.summary, help: t.pathwaySummaryHelp, value: pathway.summary, most: 1000, rows: 2 })}
  ${fields.input({ name: 'certificatePercent', label: t.certificatePercent, help: t.certificatePercentHelp, value: pathway.certificatePercent, inputmode: 'numeric', most: 3 })}
  <h2 id="steps">${t.steps}</h2>
  <p>${t.savesAll} ${t.stepsHelp}</p>
  ${steps.length === 0 ? html`<div class="empty">${t.noSteps}</div>` : steps.map((step, index) => stepFields(language, { step, index, steps, choosable, fields }))}
  ${addStep(language, { pathway, steps, choosable, fields })}
  ${sectionFields(language, { steps, sections, fields })}
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
  ${moreFields(language, { step, index, steps, choosable, fields })}
  <div class="actions">
    ${index > 0 && button('up', t.up, t.upOf(title))}
    ${index < steps.length - 1 && button('down', t.down, t.downOf(title))}
    ${button('remove', t.remove, t.removeOf(title))}
  </div>
</fieldset>`
}

/** What most modules don't need: shut, unless something in it is filled in or wrong. */
function moreFields(language: Language, { step, steps, choosable, fields }: StepContext): Html {
  const t = words[language]
  const { moduleId: id, metBy = 'any' } = step
  const from = dueFromOf(step) ?? 'enrolment'
  const kind = choosable.find((module) => module.id === id)?.kind
  const names = [`dueFrom-${id}`, `dueModule-${id}`, `dueOn-${id}`, `notBefore-${id}`, `metByCount-${id}`]
  const open = from !== 'enrolment' || step.notBefore || metBy !== 'any' || names.some((name) => fields.problem(name) !== '')
  const others = steps.map(({ moduleId }) => ({ value: moduleId, label: titleOf(choosable, moduleId) }))
  return html`
<details ${open && raw('open')}>
  <summary>${t.more}</summary>
  <div class="fields">
    ${fields.select({ name: `dueFrom-${id}`, label: t.dueFrom, value: from, required: true, choices: dueChoices.map((each) => ({ value: each, label: t.dueFroms[each] })) })}
    ${fields.select({ name: `dueModule-${id}`, label: t.dueModule, help: t.dueModuleHelp, value: step.dueModuleId, choices: others })}
    ${fields.input({ name: `dueOn-${id}`, label: t.dueOn, help: t.dueOnHelp, type: 'date', value: step.dueOn?.toString() })}
    ${fields.input({ name: `notBefore-${id}`, label: t.notBefore, type: 'date', value: step.notBefore?.toString() })}
    ${
      kind &&
      personKinds.includes(kind) &&
      html`
    ${fields.select({ name: `metBy-${id}`, label: t.metBy, value: metBy, required: true, choices: metByChoices.map((each) => ({ value: each, label: t.metBys[each] })) })}
    ${fields.input({ name: `metByCount-${id}`, label: t.metByCount, value: step.metByCount, inputmode: 'numeric', most: 3 })}`
    }
  </div>
</details>`
}

/** How many modules of each section are needed, where there are several. */
function sectionFields(
  language: Language,
  { steps, sections, fields }: Pick<Edit, 'steps' | 'sections'> & Pick<StepContext, 'fields'>,
): Html {
  const t = words[language]
  const titles = [...new Set([...steps.map(({ section }) => section), ...sections.map(({ title }) => title)])]
  if (steps.length < 2) return html``
  return html`
<h2 id="sections">${t.sections}</h2>
<p>${t.sectionsHelp}</p>
<div class="fields">${titles.map((title, index) => {
    const mandatory = steps.filter(({ section, optional }) => section === title && !optional).length
    const needed = sections.find((section) => section.title === title)?.needed
    return html`
  <div>
    <input type="hidden" name="section-title" value="${title}">
    ${fields.input({ name: `needed-${index}`, label: t.neededOf(title || t.noSection), help: t.neededHelp(mandatory), value: needed, inputmode: 'numeric', most: 3 })}
  </div>`
  })}</div>`
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
