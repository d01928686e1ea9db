import { html } from 'hono/html'
import type { Language } from '../../language/language.ts'
import type { Html, WebEnv } from '../../web/env.ts'
import { fieldsOf } from '../../web/fields.ts'
import type { Problems, Typed } from '../../web/forms.ts'
import { words } from './words.ts'

type Viewing = Pick<WebEnv['Variables'], 'language' | 'signInElsewhere'>
type Wrong = { problem?: string; problems?: Problems; typed?: Typed }

/** The door: a mailed code, or the identity provider where there is one. */
export function emailPage({ language, signInElsewhere }: Viewing, next: string, { problem, problems, typed }: Wrong = {}): Html {
  const t = words[language]
  const fields = fieldsOf(language, problems, typed)
  return html`
<div class="narrow">
<h1>${t.title}</h1>
${problem && html`<div class="alert alert-danger" role="alert" tabindex="-1" data-focus>${problem}</div>`}
<p class="lead">${t.intro}</p>
${fields.summary()}
<form method="post" action="/sign-in" novalidate>
  <input type="hidden" name="next" value="${next}">
  ${fields.input({ name: 'email', label: t.email, help: t.emailHelp, type: 'email', required: true, autocomplete: 'email', most: 254 })}
  <button class="btn btn-primary">${t.send}</button>
</form>
${
  signInElsewhere &&
  html`<h2>${t.elsewhere.title}</h2>
<p>${t.elsewhere.intro}</p>
<p><a class="btn btn-outline-primary" href="/sign-in/oidc?next=${encodeURIComponent(next)}">${t.elsewhere.button}</a></p>`
}
</div>`
}

export function codePage(language: Language, email: string, next: string, problems: Problems | null = null): Html {
  const t = words[language]
  const fields = fieldsOf(language, problems)
  return html`
<div class="narrow">
<h1>${t.codeTitle}</h1>
<p class="lead">${t.codeIntro(email)}</p>
${fields.summary()}
<form method="post" action="/sign-in/code" novalidate>
  <input type="hidden" name="email" value="${email}">
  <input type="hidden" name="next" value="${next}">
  ${fields.input({ name: 'code', label: t.code, required: true, autocomplete: 'one-time-code', inputmode: 'numeric', most: 12 })}
  <button class="btn btn-primary">${t.enter}</button>
</form>
<p><a href="/sign-in?next=${encodeURIComponent(next)}">${t.again}</a></p>
</div>`
}

/** The link opens a page with a button: mail scanners that follow links must not use it up. */
export function linkPage(language: Language, link: string, next: string): Html {
  const t = words[language]
  return html`
<div class="narrow">
<h1>${t.linkTitle}</h1>
<p class="lead">${t.linkIntro}</p>
<form method="post" action="/sign-in/${link}"><input type="hidden" name="next" value="${next}"><button class="btn btn-primary">${t.enter}</button></form>
</div>`
}
