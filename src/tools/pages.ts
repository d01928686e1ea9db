import { html } from 'hono/html'
import type { OpenModule } from '../pathways/modules/panel.ts'
import { isDone } from '../pathways/progress/rules.ts'
import type { Html } from '../web/env.ts'
import type { Problems, Typed } from '../web/forms.ts'
import { type Block, blocksHtml } from './document/blocks.ts'
import { lackingAlert, lastSaved, type Work, workForm } from './form/page.ts'
import { toolPath, versionsPath } from './paths.ts'
import type { Showing, Tool } from './tool.ts'
import { words } from './words.ts'

type Trouble = { problems?: Problems | null; typed?: Typed; lacking?: readonly string[] }

/** The page of a tool that is a form: what follows from it first, then the form. */
export function formToolPage(work: Work, showing: Showing, { more, ...trouble }: Trouble & { more?: Html | null } = {}): Html {
  const t = words[showing.language]
  const { open, form, worksheet } = work
  const findings = worksheet ? (form.tool?.findings?.(worksheet.answers, form.feed, showing) ?? []) : []
  return html`
<h1>${open.title}</h1>
${form.tool && html`<p class="lead">${form.tool.words[showing.language].purpose}</p>`}
${findings.length > 0 && html`<section><h2>${t.findings}</h2>${blocksHtml(findings)}</section>`}
${workForm(work, showing, trouble)}
${more}
${otherForms(open, showing, { versions: worksheet !== undefined })}`
}

/** What was produced, to read; for whoever doesn't work on it. */
export function readToolPage(open: OpenModule, blocks: readonly Block[] | null, showing: Showing, more: Html | null = null): Html {
  const t = words[showing.language]
  return html`
<h1>${open.title}</h1>
${blocks ? blocksHtml(blocks, 2) : html`<div class="empty">${t.nothingYet}</div>`}
${more}
${blocks && otherForms(open, showing, { versions: true })}`
}

type Paged = { open: OpenModule; tool: Tool; content: Html; lacking?: readonly string[] }

export function pagedToolPage({ open, tool, content, lacking = [] }: Paged, { language }: Showing): Html {
  const t = words[language]
  return html`
<h1>${open.title}</h1>
<p class="lead">${tool.words[language].purpose}</p>
${lacking.length > 0 && lackingAlert(lacking, language)}
${isDone(open.state) && html`<p>${t.completedNow}</p>`}
${content}
${
  open.mayWork &&
  !isDone(open.state) &&
  html`<form method="post" action="${toolPath(open)}/complete" class="actions"><button class="btn btn-primary">${t.complete}</button></form>`
}
${otherForms(open, { language }, { versions: false })}`
}

/** The ways to take it along. */
export function otherForms(open: OpenModule, { language }: Pick<Showing, 'language'>, { versions }: { versions: boolean }): Html {
  const t = words[language]
  const path = toolPath(open)
  return html`
<nav class="tool-links" aria-label="${t.otherForms}">
  <ul>
    ${versions && html`<li><a href="${versionsPath(open)}">${t.versions}</a></li>`}
    <li><a href="${path}/document">${t.document}</a></li>
    <li><a href="${path}/document.pdf">${t.pdf}</a></li>
    <li><a href="${path}/document.csv">${t.csv}</a></li>
  </ul>
</nav>`
}

/** On the module's page: the way to a tool that has a page of its own. */
export function toolDoor(open: OpenModule, tool: Tool, showing: Showing, worksheet: Work['worksheet'] | null): Html {
  const t = words[showing.language]
  return html`
<section>
  <h2>${t.work}</h2>
  <p>${tool.words[showing.language].purpose}</p>
  ${worksheet !== null && html`<p><small>${lastSaved(worksheet, showing)}</small></p>`}
  ${open.state !== 'locked' && html`<p><a class="btn ${open.mayWork && !isDone(open.state) ? 'btn-primary' : 'btn-outline-primary'}" href="${toolPath(open)}">${open.mayWork ? t.openTool : t.readTool}</a></p>`}
</section>`
}

export function refusalPage({ title }: OpenModule, sentence: string): Html {
  return html`<h1>${title}</h1><div class="alert alert-danger" role="alert" tabindex="-1" data-focus>${sentence}</div>`
}

/** The worksheet to read, on the module's page. */
export function worksheetText(work: Work, blocks: readonly Block[] | null, showing: Showing): Html {
  const t = words[showing.language]
  if (!work.worksheet || !blocks) return html`<section><h2>${t.title}</h2><div class="empty">${t.neverSaved}</div></section>`
  return html`
<section class="prose">
  <h2>${t.title}</h2>
  <p><small>${lastSaved(work.worksheet, showing)}</small></p>
  ${blocksHtml(blocks)}
</section>
${otherForms(work.open, showing, { versions: true })}`
}
