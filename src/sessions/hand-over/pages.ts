import { html } from 'hono/html'
import type { Dates } from '../../language/dates.ts'
import type { Language } from '../../language/language.ts'
import type { Html } from '../../web/env.ts'
import { fieldsOf } from '../../web/fields.ts'
import type { Problems, Typed } from '../../web/forms.ts'
import type { Leaving, PassingRegistration } from './queries.ts'
import { words } from './words.ts'

type Shown = {
  leaving: Leaving
  colleagues: readonly { personId: number; name: string }[]
  registrations: readonly PassingRegistration[]
  questions: number
  problems: Problems | null
  typed: Typed
}

export function handOverPage(
  language: Language,
  dates: Dates,
  { leaving, colleagues, registrations, questions, problems, typed }: Shown,
): Html {
  const t = words[language]
  const fields = fieldsOf(language, problems, typed)
  return html`
<div class="narrow">
<h1>${t.title}</h1>
<p class="lead">${t.lead(leaving.name, leaving.administration)}</p>
<h2>${t.passes}</h2>
<ul>
  <li>${
    registrations.length === 0
      ? t.noRegistrations
      : html`${t.registrations(registrations.length)}<ul>${registrations.map(({ title, startsAt }) => html`<li>${title}, ${dates.moment(startsAt)}</li>`)}</ul>`
  }</li>
  <li>${t.questions(questions)}</li>
  <li>${t.work}</li>
</ul>
<p>${t.privacy(leaving.name)}</p>
<h2>${t.who}</h2>
${fields.summary()}
<form method="post" action="/administrations/${leaving.administrationId}/referents/${leaving.referentId}/hand-over" novalidate>
  ${colleagues.length > 0 && fields.select({ name: 'colleague', label: t.colleague, choices: colleagues.map(({ personId, name }) => ({ value: personId, label: name })) })}
  ${colleagues.length > 0 && html`<h3>${t.orNew}</h3>`}
  ${fields.input({ name: 'name', label: t.name, most: 120, autocomplete: 'off' })}
  ${fields.input({ name: 'email', label: t.email, help: t.emailHelp, type: 'email', most: 254, autocomplete: 'off' })}
  <button class="btn btn-primary">${t.confirm}</button>
</form>
</div>`
}
