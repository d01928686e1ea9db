import { html } from 'hono/html'
import type { Language } from '../../language/language.ts'
import type { Html } from '../../web/env.ts'
import { fieldsOf } from '../../web/fields.ts'
import type { Problems, Typed } from '../../web/forms.ts'
import { markdown } from '../../web/markdown.ts'
import { words } from './words.ts'

export const noticePage = ({ title, body }: { title: string; body: string }): Html =>
  html`<div class="prose"><h1>${title}</h1>${markdown(body, { top: 2 })}</div>`

export function feedbackPage(language: Language, problems: Problems | null = null, typed: Typed = {}): Html {
  const t = words[language].feedback
  const fields = fieldsOf(language, problems, typed)
  return html`
<div class="narrow">
<h1>${t.title}</h1>
<p class="lead">${t.intro}</p>
${fields.summary()}
<form method="post" action="/feedback" novalidate>
  ${fields.area({ name: 'message', label: t.message, help: t.messageHelp, required: true, most: 5000 })}
  ${fields.input({ name: 'email', label: t.email, type: 'email', autocomplete: 'email', most: 254 })}
  <button class="btn btn-primary">${t.send}</button>
</form>
</div>`
}
