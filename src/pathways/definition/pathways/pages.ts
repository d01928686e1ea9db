import { html, raw } from 'hono/html'
import type { Language } from '../../../language/language.ts'
import type { Html } from '../../../web/env.ts'
import type { PathwayModule, PathwayOutline } from '../../queries.ts'
import type { Pathway } from '../queries.ts'
import { words } from '../words.ts'
import { inPhases } from './phases.ts'

type Chosen = {
  programmes: readonly { id: number; title: string }[]
  programme: { id: number; title: string } | undefined
  pathways: readonly (Pathway & { modules: readonly PathwayModule[] })[]
}

export function pathwaysPage(language: Language, { programmes, programme, pathways }: Chosen, mayDefine: boolean): Html {
  const t = words[language]
  if (!programme) return html`<h1>${t.pathways}</h1><div class="empty">${t.noProgramme}</div>`
  return html`
<h1>${t.pathways}</h1>
<p class="lead">${t.pathwaysIntro}</p>
${programmes.length > 1 && programmeChoice(language, programmes, programme)}
<h2>${programme.title}</h2>
${mayDefine && html`<p class="actions"><a class="btn btn-primary" href="/programmes/${programme.id}/pathways/new">${t.createPathway}</a></p>`}
${
  pathways.length === 0
    ? html`<div class="empty">${t.noPathways}</div>`
    : html`<ul class="cards">${pathways.map((pathway) => pathwayTile(language, pathway))}</ul>`
}`
}

function programmeChoice(language: Language, programmes: Chosen['programmes'], chosen: { id: number }): Html {
  const t = words[language]
  return html`
<form class="list-search" method="get" action="/pathways">
  <div class="field"><label for="programme">${t.programme}</label>
    <select class="form-select" id="programme" name="programme">
      ${programmes.map(({ id, title }) => html`<option value="${id}" ${id === chosen.id && raw('selected')}>${title}</option>`)}
    </select></div>
  <button class="btn btn-outline-primary">${t.show}</button>
</form>`
}

function pathwayTile(language: Language, { id, title, summary, modules }: Chosen['pathways'][number]): Html {
  const t = words[language]
  return html`
<li class="tile">
  <h3><a href="/pathways/${id}">${title}</a></h3>
  ${summary && html`<p>${summary}</p>`}
  ${modules.length === 0 ? html`<p>${t.noStepsYet}</p>` : html`<p>${t.stepCount(modules.length)}</p><ol>${modules.map((module) => html`<li>${module.title}</li>`)}</ol>`}
</li>`
}

export function pathwayPage(language: Language, { id, title, summary, modules }: PathwayOutline, mayDefine: boolean): Html {
  const t = words[language]
  return html`
<h1>${title}</h1>
${summary && html`<p class="lead">${summary}</p>`}
${mayDefine && html`<p class="actions"><a class="btn btn-primary" href="/pathways/${id}/edit">${t.edit}</a></p>`}
${modules.length === 0 ? html`<div class="empty">${t.noStepsYet}</div>` : phases(language, modules)}`
}

function phases(language: Language, modules: readonly PathwayModule[]): Html {
  return html`${inPhases(modules).map(
    ({ section, steps }) => html`
${section && html`<h2>${section}</h2>`}
<ol start="${steps[0]?.position ?? 1}">${steps.map((step) => stepLine(language, step, modules))}</ol>`,
  )}`
}

function stepLine(language: Language, step: PathwayModule, modules: readonly PathwayModule[]): Html {
  const t = words[language]
  const notes = [
    t.kinds[step.kind],
    step.optional ? t.optional.toLowerCase() : null,
    step.dueAfterDays === null ? null : t.dueAfter(step.dueAfterDays),
    step.requires.length > 0 ? t.opensAfter(step.requires.map((id) => `«${titleOf(modules, id)}»`).join(', ')) : null,
  ]
  return html`<li><strong>${step.title}</strong><br><small>${notes.filter((note) => note !== null).join(' · ')}</small></li>`
}

const titleOf = (modules: readonly PathwayModule[], wanted: number): string =>
  modules.find(({ moduleId }) => moduleId === wanted)?.title ?? ''
