import { html } from 'hono/html'
import type { Language } from '../../language/language.ts'
import type { Html } from '../../web/env.ts'
import { fieldsOf, postButton } from '../../web/fields.ts'
import type { Problems, Typed } from '../../web/forms.ts'
import type { IntakeQuestion } from './queries.ts'
import { questionKinds } from './rules.ts'
import { words } from './words.ts'

type Shown = { programmeId: number; questions: readonly IntakeQuestion[]; mayDefine: boolean; refusal?: string }

export function intakePage(language: Language, { programmeId, questions, mayDefine, refusal }: Shown): Html {
  const t = words[language]
  return html`
<h1>${t.title}</h1>
<p class="lead">${t.intro}</p>
${refusal && html`<div class="alert alert-danger" role="alert" tabindex="-1" data-focus><p><strong>${t.notRemovedTitle}</strong></p><p>${refusal}</p></div>`}
${mayDefine && html`<p class="actions"><a class="btn btn-primary" href="/programmes/${programmeId}/intake/new">${t.create}</a></p>`}
${questions.length === 0 && html`<div class="empty">${t.empty}</div>`}
${questions.map((question, index) => questionTile(language, programmeId, question, { mayDefine, first: index === 0, last: index === questions.length - 1 }))}`
}

type Place = { mayDefine: boolean; first: boolean; last: boolean }

function questionTile(language: Language, programmeId: number, question: IntakeQuestion, { mayDefine, first, last }: Place): Html {
  const t = words[language]
  const url = `/programmes/${programmeId}/intake/${question.id}`
  return html`
<section class="tile field" id="question-${question.id}">
  <h2>${question.label}</h2>
  ${question.help && html`<p>${question.help}</p>`}
  <p>${t.kinds[question.kind]} · ${question.required ? t.required : t.optional} · ${t.nameIs(question.name)}</p>
  ${question.options.length > 0 && html`<ul>${question.options.map(({ label }) => html`<li>${label}</li>`)}</ul>`}
  ${
    mayDefine &&
    html`
  <div class="actions">
    <a class="btn btn-outline-primary btn-sm" href="${url}/edit" aria-label="${t.editOf(question.label)}">${t.edit}</a>
    ${!first && postButton(`${url}/up`, t.up)}
    ${!last && postButton(`${url}/down`, t.down)}
    ${postButton(`${url}/remove`, t.remove, 'outline-danger')}
  </div>`
  }
</section>`
}

export function newQuestionForm(language: Language, programmeId: number, problems: Problems | null = null, typed: Typed = {}): Html {
  const t = words[language]
  const fields = fieldsOf(language, problems, typed)
  const kinds = questionKinds.map((kind) => ({ value: kind, label: t.kinds[kind] }))
  return html`
<div class="narrow">
<h1>${t.create}</h1>
${fields.summary()}
<form method="post" action="/programmes/${programmeId}/intake" novalidate>
  ${fields.input({ name: 'label', label: t.label, help: t.labelHelp, required: true, most: 300 })}
  ${fields.choices({ name: 'kind', label: t.kind, required: true, choices: kinds })}
  ${fields.area({ name: 'options', label: t.options, help: t.optionsHelp, most: 5000 })}
  ${fields.input({ name: 'help', label: t.help, help: t.helpHelp, most: 500 })}
  ${requiredBox(language, fields, problems ? [] : ['yes'])}
  ${fields.input({ name: 'name', label: t.name, help: t.nameHelp, most: 40 })}
  <button class="btn btn-primary">${t.createButton}</button>
</form>
</div>`
}

export function editQuestionForm(
  language: Language,
  { programmeId, question }: { programmeId: number; question: IntakeQuestion },
  problems: Problems | null = null,
  typed: Typed = {},
): Html {
  const t = words[language]
  const fields = fieldsOf(language, problems, typed)
  const options = question.options.map(({ value, label }) => `${value} | ${label}`).join('\n')
  return html`
<div class="narrow">
<h1>${t.editTitle}</h1>
<p>${t.kinds[question.kind]} · ${t.nameIs(question.name)}. ${t.kindFixed}</p>
${fields.summary()}
<form method="post" action="/programmes/${programmeId}/intake/${question.id}/edit" novalidate>
  ${fields.input({ name: 'label', label: t.label, help: t.labelHelp, value: question.label, required: true, most: 300 })}
  ${question.options.length > 0 && fields.area({ name: 'options', label: t.options, help: t.optionsHelp, value: options, required: true, most: 5000 })}
  ${fields.input({ name: 'help', label: t.help, help: t.helpHelp, value: question.help, most: 500 })}
  ${requiredBox(language, fields, !problems && question.required ? ['yes'] : [])}
  <button class="btn btn-primary">${t.save}</button>
</form>
</div>`
}

/** An unticked box sends nothing: after a problem only what was typed counts. */
function requiredBox(language: Language, fields: ReturnType<typeof fieldsOf>, values: readonly string[]): Html {
  const t = words[language]
  return fields.choices({
    name: 'required',
    label: t.required,
    required: true,
    many: true,
    values,
    choices: [{ value: 'yes', label: t.requiredHelp }],
  })
}
