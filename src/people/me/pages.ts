import { html } from 'hono/html'
import type { Language } from '../../language/language.ts'
import type { Html, Person, Scope } from '../../web/env.ts'
import { fieldsOf } from '../../web/fields.ts'
import type { Problems, Typed } from '../../web/forms.ts'
import { words } from '../sign-in/words.ts'

type Mine = { person: Person; administrations: readonly { id: number; name: string }[]; regionNames: (scope: readonly string[]) => string }

export function mePage(
  language: Language,
  { person, administrations, regionNames }: Mine,
  problems: Problems | null = null,
  typed: Typed = {},
): Html {
  const t = words[language]
  const fields = fieldsOf(language, problems, typed)
  const where = (scope: Scope) => (scope === 'national' ? t.wholeCountry : regionNames(scope))
  return html`
<div class="narrow">
<h1>${t.me}</h1>
<dl class="facts">
  <dt>${t.email}</dt><dd>${person.email}</dd>
  ${administrations.length > 0 && html`<dt>${t.referentOf}</dt>${administrations.map(({ id, name }) => html`<dd><a href="/administrations/${id}">${name}</a></dd>`)}`}
  ${person.trainer && html`<dt>${t.trainer}</dt><dd>${where(person.trainer)}</dd>`}
  ${person.coordinator && html`<dt>${t.coordinator}</dt><dd>${where(person.coordinator)}</dd>`}
</dl>
${fields.summary()}
<form method="post" action="/me" novalidate>
  ${fields.input({ name: 'name', label: t.name, value: person.name, required: true, autocomplete: 'name', most: 120 })}
  ${fields.choices({
    name: 'language',
    label: t.language,
    required: true,
    values: [person.language],
    choices: [
      { value: 'it', label: t.italian },
      { value: 'en', label: t.english },
    ],
  })}
  <button class="btn btn-primary">${t.save}</button>
</form>
<ul class="links">
  <li><a href="/calendars">${t.calendars}</a></li>
  <li><a href="/me/sign-ins">${t.signIns}</a></li>
  <li><a href="/me/second-factor">${t.secondFactor}</a></li>
</ul>
</div>`
}
