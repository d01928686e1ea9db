import { html } from 'hono/html'
import type { Language } from '../../../language/language.ts'
import type { Html } from '../../../web/env.ts'
import { fieldsOf } from '../../../web/fields.ts'
import type { Problems, Typed } from '../../../web/forms.ts'
import { type Criterion, type Score, scoreName, writeRubric } from './rules.ts'
import { words } from './words.ts'

type Form = { action: string; module: string; criteria: readonly Criterion[]; problems?: Problems | null; typed?: Typed }

export function rubricPage({ action, module, criteria, problems = null, typed = {} }: Form, language: Language): Html {
  const t = words[language]
  const fields = fieldsOf(language, problems, typed)
  return html`
<div class="narrow">
<h1>${t.title}</h1>
<p class="lead">${module}. ${t.intro}</p>
${fields.summary()}
<form method="post" action="${action}" novalidate>
  ${fields.area({ name: 'criteria', label: t.criteria, help: t.criteriaHelp, rows: 8, most: 8000, value: writeRubric(criteria) })}
  <button class="btn btn-primary">${t.save}</button>
</form>
</div>`
}

/** In the form of a review: one number for each criterion. */
export function scoreFields(fields: ReturnType<typeof fieldsOf>, criteria: readonly Criterion[], language: Language): Html | '' {
  const t = words[language]
  if (criteria.length === 0) return ''
  return html`
<fieldset class="field">
  <legend>${t.scores}</legend>
  ${criteria.map(({ label, points }, index) =>
    fields.input({ name: scoreName(index), label: t.score(label, points), inputmode: 'numeric', most: 3, required: true }),
  )}
</fieldset>`
}

/** What a version earned, for whoever reads the review. */
export function scoreTable(scores: readonly Score[], language: Language): Html | '' {
  const t = words[language]
  if (scores.length === 0) return ''
  const sum = (of: (score: Score) => number) => scores.reduce((all, score) => all + of(score), 0)
  return html`
<table class="table">
  <caption>${t.scores}</caption>
  <thead><tr><th scope="col">${t.criterion}</th><th scope="col" class="numeric">${t.scores}</th></tr></thead>
  <tbody>
    ${scores.map(({ label, points, of }) => html`<tr><th scope="row">${label}</th><td class="numeric">${t.points(points, of)}</td></tr>`)}
    <tr><th scope="row">${t.total}</th><td class="numeric">${t.points(
      sum(({ points }) => points),
      sum(({ of }) => of),
    )}</td></tr>
  </tbody>
</table>`
}

/** Before handing in: what will be judged. */
export function rubricNote(criteria: readonly Criterion[], language: Language): Html | '' {
  const t = words[language]
  if (criteria.length === 0) return ''
  return html`<p>${t.judged}</p><ul>${criteria.map(({ label, points }) => html`<li>${t.most(label, points)}</li>`)}</ul>`
}
