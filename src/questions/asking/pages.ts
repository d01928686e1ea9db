import { html } from 'hono/html'
import type { Language } from '../../language/language.ts'
import { acceptedEndings } from '../../pathways/assignments/media-types.ts'
import type { Html } from '../../web/env.ts'
import { fieldsOf } from '../../web/fields.ts'
import type { Problems, Typed } from '../../web/forms.ts'
import { longestSubject, visibilities } from '../rules.ts'
import { words } from '../words.ts'
import type { PlaceToAsk } from './queries.ts'

/** Where the question comes from and what it is about, when the link that led here said so; `subject`: what was looked for before. */
export type Known = { administrationId: number | null; moduleId: number | null; subject?: string }

/** `kept`: says that what the fields hold was kept from before signing in. */
type Form = { place: PlaceToAsk; known: Known; personId: number; kept?: string | null }

export function askPage(
  language: Language,
  { place, known, personId, kept = null }: Form,
  problems: Problems | null = null,
  typed: Typed = {},
): Html {
  const t = words[language]
  const fields = fieldsOf(language, problems, typed)
  return html`
<div class="narrow">
<h1>${t.newTitle}</h1>
<p class="lead">${t.newIntro}</p>
${kept && html`<p class="alert alert-info" role="status">${kept}</p>`}
${fields.summary()}
<form method="post" action="/questions" enctype="multipart/form-data" novalidate>
  <input type="hidden" name="as" value="${personId}">
  ${whereFrom(language, place, known, fields)}
  ${fields.input({ name: 'subject', label: t.subjectField, help: t.subjectHelp, required: true, most: longestSubject, value: known.subject })}
  ${fields.area({ name: 'body', label: t.bodyField, help: t.bodyHelp, required: true, rows: 8 })}
  ${fields.choices({
    name: 'visibility',
    label: t.visibilityLabel,
    required: true,
    values: ['unnamed'],
    choices: visibilities.map((value) => ({ value, label: t.visibility[value], help: t.visibilityHelp[value] })),
  })}
  ${fields.file({ name: 'files', label: t.files, help: t.filesHelp, accept: acceptedEndings, multiple: true })}
  <button class="btn btn-primary">${t.send}</button>
</form>
</div>`
}

type Fields = ReturnType<typeof fieldsOf>

/** What is known is said, and sent along; what is not is asked. */
function whereFrom(language: Language, { administrations, modules }: PlaceToAsk, known: Known, fields: Fields): Html {
  const t = words[language]
  const administration = administrations.find(({ id }) => id === known.administrationId)
  const module = modules.find(({ id }) => id === known.moduleId)
  const choices = (rows: readonly { id: number; label: string }[]) => rows.map(({ id, label }) => ({ value: id, label }))
  return html`
${
  (administration || module) &&
  html`<dl class="facts">
  ${administration && html`<dt>${t.administration}</dt><dd>${administration.name}<input type="hidden" name="administration" value="${administration.id}"></dd>`}
  ${module && html`<dt>${t.module}</dt><dd>${module.title}<input type="hidden" name="module" value="${module.id}"></dd>`}
</dl>`
}
${!administration && fields.select({ name: 'administration', label: t.administration, required: true, choices: choices(administrations.map(({ id, name }) => ({ id, label: name }))) })}
${!module && modules.length > 0 && fields.select({ name: 'module', label: t.modulePick, help: t.modulePickHelp, choices: choices(modules.map(({ id, title }) => ({ id, label: title }))) })}`
}
