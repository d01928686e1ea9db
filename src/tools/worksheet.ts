import { html } from 'hono/html'
import { nameOrFormer } from '../administrations/referents/names.ts'
import type { Dates } from '../language/dates.ts'
import type { Language } from '../language/language.ts'
import type { OpenModule } from '../pathways/modules/panel.ts'
import { isDone } from '../pathways/progress/rules.ts'
import type { Html } from '../web/env.ts'
import { fieldsOf } from '../web/fields.ts'
import type { Problems, Typed } from '../web/forms.ts'
import { markdown } from '../web/markdown.ts'
import type { Worksheet } from './queries.ts'
import { noteField, type WorksheetField } from './rules.ts'
import { words } from './words.ts'

export const mostCharacters = 10_000

export type Tool = { open: OpenModule; fields: readonly WorksheetField[]; worksheet: Worksheet | undefined }
export type Viewing = { language: Language; dates: Dates }

export const toolPath = ({ enrolmentId, moduleId }: { enrolmentId: number; moduleId: number }) => `/tools/${enrolmentId}/${moduleId}`

/** The worksheet to work on; it carries the revision that its writer saw. */
export function worksheetForm(
  { open, fields, worksheet }: Tool,
  viewing: Viewing,
  { problems = null, typed = {}, heading }: { problems?: Problems | null; typed?: Typed; heading?: string } = {},
): Html {
  const t = words[viewing.language]
  const inputs = fieldsOf(viewing.language, problems, typed)
  const completed = isDone(open.state)
  return html`
<section class="narrow">
  <h2>${heading ?? t.title}</h2>
  ${isLinkOnly(fields) && html`<p>${t.linkOnly}</p>`}
  ${completed && html`<p>${t.completed}</p>`}
  <p><small>${lastSaved(worksheet, viewing)}</small></p>
  ${inputs.summary()}
  <form method="post" action="${toolPath(open)}" novalidate>
    <input type="hidden" name="revision" value="${typed.revision ?? worksheet?.revision ?? 0}">
    ${labelled(fields, viewing.language).map(({ name, label, help }) =>
      inputs.area({ name, label, help, required: true, most: mostCharacters, value: worksheet?.answers[name] }),
    )}
    <div class="actions">
      <button class="btn ${completed ? 'btn-primary' : 'btn-outline-primary'}">${t.save}</button>
      ${!completed && html`<button class="btn btn-primary" name="complete" value="yes">${t.saveAndComplete}</button>`}
    </div>
  </form>
</section>`
}

/** The worksheet to read, for whoever doesn't work on it. */
export function worksheetText({ fields, worksheet }: Tool, viewing: Viewing): Html {
  const t = words[viewing.language]
  if (!worksheet) return html`<section><h2>${t.title}</h2><div class="empty">${t.neverSaved}</div></section>`
  return html`
<section class="prose">
  <h2>${t.title}</h2>
  <p><small>${lastSaved(worksheet, viewing)}</small></p>
  ${labelled(fields, viewing.language).map(
    ({ name, label }) => html`<h3>${label}</h3>${answerText(worksheet.answers[name], viewing.language)}`,
  )}
</section>`
}

export const answerText = (text: string | undefined, language: Language): Html =>
  text ? markdown(text) : html`<p><em>${words[language].empty}</em></p>`

/** The note of a tool that is only a link gets its label here, in the reader's language. */
export function labelled(fields: readonly WorksheetField[], language: Language): readonly WorksheetField[] {
  const t = words[language]
  return isLinkOnly(fields) ? [{ name: noteField, label: t.note, help: t.noteHelp }] : fields
}

const isLinkOnly = (fields: readonly WorksheetField[]) => fields[0]?.name === noteField

const lastSaved = (worksheet: Worksheet | undefined, { language, dates }: Viewing) =>
  worksheet
    ? words[language].lastSaved(nameOrFormer(worksheet.savedBy, language), dates.moment(worksheet.savedAt))
    : words[language].neverSaved
