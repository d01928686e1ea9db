import { html } from 'hono/html'
import type { Language } from '../language/language.ts'
import type { Html } from '../web/env.ts'
import { words } from './words.ts'

export function visitorPage(language: Language): Html {
  const t = words[language]
  return html`
<section class="hero">
  <h1>${t.visitorTitle}</h1>
  <p class="lead">${t.visitorIntro}</p>
  <p><a class="btn btn-primary" href="/programme">${t.seeProgramme}</a> <a class="btn btn-outline-primary" href="/faq">${t.searchFaq}</a></p>
</section>`
}
