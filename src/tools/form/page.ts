import { randomUUID } from 'node:crypto'
import { html, raw } from 'hono/html'
import { nameOrFormer } from '../../administrations/referents/names.ts'
import type { OpenModule } from '../../pathways/modules/panel.ts'
import { isDone } from '../../pathways/progress/rules.ts'
import type { Html } from '../../web/env.ts'
import type { Problems, Typed } from '../../web/forms.ts'
import { toolPath } from '../paths.ts'
import type { ToolForm, Worksheet } from '../queries.ts'
import { noteField } from '../rules.ts'
import type { Showing } from '../tool.ts'
import { words } from '../words.ts'
import { inputs } from './inputs.ts'

/** A form with what is kept in it, for one administration. */
export type Work = { open: OpenModule; form: ToolForm; worksheet: Worksheet | undefined }
type Trouble = { problems?: Problems | null; typed?: Typed; heading?: string; lacking?: readonly string[] }

/** The form to work on; it carries the revision that its writer saw, and saves itself while they write. */
export function workForm(
  { open, form, worksheet }: Work,
  showing: Showing,
  { problems = null, typed = {}, heading, lacking = [] }: Trouble = {},
): Html {
  const { language } = showing
  const t = words[language]
  const answers = worksheet?.answers ?? form.tool?.begin?.(form.feed, language) ?? {}
  const { summary, fields } = inputs(form.fields, { language, answers, problems, typed })
  const completed = isDone(open.state)
  return html`
<section class="${form.fields.some(({ kind }) => kind === 'table') ? '' : 'narrow'}">
  <h2>${heading ?? (form.tool ? t.form : t.title)}</h2>
  ${form.fields[0]?.name === noteField && html`<p>${t.linkOnly}</p>`}
  ${completed && html`<p>${t.completed}</p>`}
  ${savedLine(lastSaved(worksheet, showing))}
  ${lacking.length > 0 && lackingAlert(lacking, language)}
  ${summary}
  <form method="post" action="${toolPath(open)}" novalidate
    hx-post="${toolPath(open)}/draft" hx-trigger="input changed delay:3s" hx-target="#saved-state" hx-swap="outerHTML" hx-sync="this:replace">
    <input type="hidden" name="revision" value="${typed.revision ?? worksheet?.revision ?? 0}">
    <input type="hidden" name="formKey" value="${typed.formKey ?? randomUUID()}">
    <button class="visually-hidden" tabindex="-1" aria-hidden="true">${t.save}</button>
    ${fields}
    <div class="actions">
      <button class="btn ${completed ? 'btn-primary' : 'btn-outline-primary'}">${t.save}</button>
      ${!completed && html`<button class="btn btn-primary" name="complete" value="yes">${t.saveAndComplete}</button>`}
    </div>
  </form>
</section>`
}

/** What a page that saves itself shows and replaces. */
export const savedLine = (text: string): Html => html`<p id="saved-state" role="status"><small>${text}</small></p>`

export function lackingAlert(lacking: readonly string[], language: Showing['language']): Html {
  return html`
<div class="alert alert-danger" role="alert" tabindex="-1" ${raw('data-focus')}>
  <p><strong>${words[language].lackingTitle}</strong></p>
  <ul>${lacking.map((sentence) => html`<li>${sentence}</li>`)}</ul>
</div>`
}

export const lastSaved = (worksheet: Worksheet | undefined, { language, dates }: Showing): string =>
  worksheet
    ? words[language].lastSaved(nameOrFormer(worksheet.savedBy, language), dates.moment(worksheet.savedAt))
    : words[language].neverSaved
