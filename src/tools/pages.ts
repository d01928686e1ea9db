import { html } from 'hono/html'
import { nameOrFormer } from '../administrations/referents/names.ts'
import type { Language } from '../language/language.ts'
import type { Html } from '../web/env.ts'
import type { Problems, Typed } from '../web/forms.ts'
import type { Worksheet } from './queries.ts'
import type { Answers } from './rules.ts'
import { words } from './words.ts'
import { answerText, labelled, type Tool, type Viewing, worksheetForm } from './worksheet.ts'

/** The form again, alone, with what is wrong in it and all that was typed. */
export function problemPage(tool: Tool, viewing: Viewing, { problems, typed }: { problems: Problems; typed: Typed }): Html {
  return html`<h1>${tool.open.title}</h1>${worksheetForm(tool, viewing, { problems, typed })}`
}

export function refusalPage({ open }: Tool, sentence: string): Html {
  return html`<h1>${open.title}</h1><div class="alert alert-danger" role="alert" tabindex="-1" data-focus>${sentence}</div>`
}

/** Both versions side by side, and the form with the writer's own, ready to be saved over the other. */
export function conflictPage(
  tool: Tool,
  viewing: Viewing,
  { theirs, yours, typed }: { theirs: Worksheet; yours: Answers; typed: Typed },
): Html {
  const t = words[viewing.language]
  const by = nameOrFormer(theirs.savedBy, viewing.language)
  const fields = labelled(tool.fields, viewing.language)
  const differing = fields.filter(({ name }) => (theirs.answers[name] ?? '') !== (yours[name] ?? ''))
  return html`
<h1>${tool.open.title}</h1>
<div class="alert alert-warning" role="alert" tabindex="-1" data-focus>
  <p><strong>${t.conflictTitle}</strong></p>
  <p>${t.conflict(by, viewing.dates.moment(theirs.savedAt))}</p>
</div>
<section>
  <h2>${t.differences}</h2>
  ${differing.map(
    ({ name, label }) => html`
  <h3>${label}</h3>
  <div class="fields">
    ${version(t.theirs(by), theirs.answers[name], viewing.language)}
    ${version(t.yours, yours[name], viewing.language)}
  </div>`,
  )}
</section>
${worksheetForm({ ...tool, worksheet: theirs }, viewing, { typed: { ...typed, revision: String(theirs.revision) }, heading: t.yourForm })}`
}

const version = (title: string, text: string | undefined, language: Language): Html =>
  html`<div class="tile mb-3"><h4 class="h6">${title}</h4>${answerText(text, language)}</div>`
