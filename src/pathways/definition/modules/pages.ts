import { html } from 'hono/html'
import type { Language } from '../../../language/language.ts'
import type { Html } from '../../../web/env.ts'
import { fieldsOf } from '../../../web/fields.ts'
import type { Problems, Typed } from '../../../web/forms.ts'
import { type ListRequest, listSearch, listTable } from '../../../web/lists.ts'
import { markdown } from '../../../web/markdown.ts'
import { words as rubricWords } from '../../assignments/rubric/words.ts'
import type { Module } from '../../queries.ts'
import { words as worksheetWords } from '../../worksheets/words.ts'
import type { ListedModule, moduleSorts } from '../queries.ts'
import { type Field, moduleKinds, toolNames, writeWorksheet } from '../rules.ts'
import { words } from '../words.ts'

type Listed = { programmeId: number; list: ListRequest<(typeof moduleSorts)[number]>; rows: readonly ListedModule[]; total: number }

export function modulesPage(language: Language, listed: Listed, mayDefine: boolean): Html {
  const t = words[language]
  const kinds = moduleKinds.map((kind) => ({ value: kind, label: t.kinds[kind] }))
  return html`
<h1>${t.modules}</h1>
<p class="lead">${t.modulesIntro}</p>
${mayDefine && html`<p class="actions"><a class="btn btn-primary" href="/programmes/${listed.programmeId}/modules/new">${t.createModule}</a></p>`}
${listSearch(listed.list, { language, target: 'module-list', filters: [{ name: 'kind', label: t.kind, choices: kinds }] })}
${moduleList(language, listed)}`
}

export function moduleList(language: Language, { programmeId, list, rows, total }: Listed): Html {
  const t = words[language]
  const columns = [
    {
      label: t.title,
      sort: 'title' as const,
      cell: (row: ListedModule) => html`<a href="/programmes/${programmeId}/modules/${row.id}">${row.title}</a>`,
    },
    { label: t.kind, sort: 'kind' as const, cell: (row: ListedModule) => t.kinds[row.kind] },
    { label: t.summary, cell: (row: ListedModule) => row.summary },
    { label: t.inPathways, numeric: true, cell: (row: ListedModule) => row.pathways },
  ]
  return html`<div id="module-list">${listTable({ language, caption: t.modules, list, columns, rows, total, empty: t.noModules })}</div>`
}

type Content = Pick<Module, 'kind' | 'title' | 'summary' | 'body' | 'link' | 'tool'> & {
  worksheet: readonly Field[]
  recognitionMonths?: number | null
}

export function modulePage(language: Language, module: Module & { worksheet: readonly Field[] }, mayDefine: boolean): Html {
  const t = words[language]
  return html`
<h1>${module.title}</h1>
<p class="lead">${t.kinds[module.kind]}${module.summary && html` · ${module.summary}`}</p>
${
  mayDefine &&
  html`<p class="actions"><a class="btn btn-primary" href="/programmes/${module.programmeId}/modules/${module.id}/edit">${t.edit}</a>
  ${module.kind === 'tool' && module.tool === null && html`<a class="btn btn-outline-primary" href="/programmes/${module.programmeId}/modules/${module.id}/fields">${worksheetWords[language].edit}</a>`}
  ${module.kind === 'assignment' && html`<a class="btn btn-outline-primary" href="/programmes/${module.programmeId}/modules/${module.id}/rubric">${rubricWords[language].edit}</a>`}</p>`
}
${content(language, module)}`
}

/** What a referent gets to see of it. */
function content(language: Language, { kind, body, link, tool, worksheet }: Content): Html {
  const t = words[language]
  return html`
<div class="prose">
${body && markdown(body)}
${link && html`<p><a href="${link}" rel="nofollow noopener">${t.openLink}</a></p>`}
${kind === 'tool' && tool && html`<p>${t.theTool}: <strong>${t.tools[tool]}</strong></p>`}
${
  kind === 'tool' &&
  !tool &&
  worksheet.length > 0 &&
  html`<h2>${t.worksheetFields}</h2><dl>${worksheet.map(({ label, help }) => html`<dt>${label}</dt><dd>${help}</dd>`)}</dl>`
}
</div>`
}

type Form = {
  action: string
  /** What is kept already; null for a new one. */
  module: Content | null
  problems?: Problems | null
  typed?: Typed
  preview?: Content | null
}

export function moduleForm(language: Language, { action, module, problems = null, typed = {}, preview = null }: Form): Html {
  const t = words[language]
  const fields = fieldsOf(language, problems, typed)
  const kinds = moduleKinds.map((kind) => ({ value: kind, label: t.kinds[kind], help: t.kindHelp[kind] }))
  return html`
<div class="narrow">
<h1>${module ? t.editModule : t.createModule}</h1>
${fields.summary()}
${preview && previewTile(language, preview)}
<form method="post" action="${action}" novalidate>
  ${fields.choices({ name: 'kind', label: t.kind, required: true, choices: kinds, values: module ? [module.kind] : [] })}
  ${fields.input({ name: 'title', label: t.title, value: module?.title, required: true, most: 200 })}
  ${fields.input({ name: 'summary', label: t.summary, help: t.summaryHelp, value: module?.summary, most: 500 })}
  ${fields.area({ name: 'body', label: t.body, help: t.bodyHelp, value: module?.body, rows: 10, most: 20_000 })}
  ${fields.input({ name: 'link', label: t.link, help: t.linkHelp, value: module?.link, type: 'url', most: 2000 })}
  ${fields.select({ name: 'tool', label: t.tool, help: t.toolHelp, value: module?.tool, choices: toolNames.map((name) => ({ value: name, label: t.tools[name] })) })}
  ${fields.area({ name: 'worksheet', label: t.worksheet, help: t.worksheetHelp, value: module && writeWorksheet(module.worksheet), most: 5000 })}
  ${fields.input({ name: 'recognitionMonths', label: t.recognitionMonths, help: t.recognitionMonthsHelp, value: module?.recognitionMonths, inputmode: 'numeric', most: 3 })}
  <div class="actions">
    <button class="btn btn-primary" name="do" value="save">${module ? t.save : t.createModuleButton}</button>
    <button class="btn btn-outline-primary" name="do" value="preview">${t.preview}</button>
  </div>
</form>
</div>`
}

function previewTile(language: Language, preview: Content): Html {
  const t = words[language]
  return html`
<section class="tile" aria-labelledby="preview-title" tabindex="-1" data-focus>
  <p><strong id="preview-title">${t.previewTitle}</strong> ${t.notSaved}</p>
  <h2>${preview.title}</h2>
  <p>${t.kinds[preview.kind]}${preview.summary && html` · ${preview.summary}`}</p>
  ${content(language, preview)}
</section>`
}
