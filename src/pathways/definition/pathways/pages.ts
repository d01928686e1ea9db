import { html, raw } from 'hono/html'
import type { Dates } from '../../../language/dates.ts'
import type { Language } from '../../../language/language.ts'
import type { Html } from '../../../web/env.ts'
import type { PathwayModule, PathwayOutline } from '../../queries.ts'
import type { Pathway } from '../queries.ts'
import { versionTable } from '../versions/pages.ts'
import type { PathwayVersion } from '../versions/queries.ts'
import { words as versionWords } from '../versions/words.ts'
import { words } from '../words.ts'
import { phases } from './outline.ts'

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
    : html`<ul class="cards">${pathways.map((pathway, index) => pathwayTile(language, pathway, { mayDefine, first: index === 0, last: index === pathways.length - 1 }))}</ul>`
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

type Place = { mayDefine: boolean; first: boolean; last: boolean }

function pathwayTile(
  language: Language,
  { id, title, summary, modules }: Chosen['pathways'][number],
  { mayDefine, first, last }: Place,
): Html {
  const t = words[language]
  const button = (verb: string, label: string, of: string) =>
    html`<form method="post" action="/pathways/${id}/${verb}" class="inline-form"><button class="btn btn-outline-primary btn-sm" aria-label="${of}">${label}</button></form>`
  return html`
<li class="tile">
  <h3><a href="/pathways/${id}">${title}</a></h3>
  ${summary && html`<p>${summary}</p>`}
  ${modules.length === 0 ? html`<p>${t.noStepsYet}</p>` : html`<p>${t.stepCount(modules.length)}</p><ol>${modules.map((module) => html`<li>${module.title}</li>`)}</ol>`}
  ${mayDefine && html`<div class="actions">${!first && button('up', t.up, t.upOf(title))} ${!last && button('down', t.down, t.downOf(title))}</div>`}
</li>`
}

type Opened = { pathway: PathwayOutline; versions: readonly PathwayVersion[]; draft: boolean; mayDefine: boolean; problem?: string | null }

export function pathwayPage(language: Language, dates: Dates, { pathway, versions, draft, mayDefine, problem }: Opened): Html {
  const t = words[language]
  const { id, title, summary, modules } = pathway
  return html`
<h1>${title}</h1>
${summary && html`<p class="lead">${summary}</p>`}
${problem && html`<div class="alert alert-danger" role="alert" tabindex="-1" data-focus>${problem}</div>`}
${draft && html`<div class="alert alert-warning">${versionWords[language].draftWaiting} <a href="/pathways/${id}/version">${versionWords[language].toDraft}</a></div>`}
${mayDefine && html`<p class="actions"><a class="btn btn-primary" href="/pathways/${id}/edit">${t.edit}</a></p>`}
${modules.length === 0 ? html`<div class="empty">${t.noStepsYet}</div>` : phases(language, dates, pathway)}
${versions.length > 1 && versionTable(language, id, versions)}
${mayDefine && html`<form method="post" action="/pathways/${id}/remove" class="actions"><button class="btn btn-outline-danger btn-sm">${t.removePathway}</button></form>`}`
}
