import { html } from 'hono/html'
import type { Language } from '../../language/language.ts'
import type { Html } from '../../web/env.ts'
import { pathwayPath } from '../modules/panel.ts'
import { progressBar } from './marks.ts'
import type { EnrolmentProgress } from './queries.ts'
import { words } from './words.ts'

/** One card for each pathway that is followed, with how far it is. */
export function enrolmentCards(enrolments: readonly EnrolmentProgress[], language: Language, heading: 'h2' | 'h3' = 'h2'): Html {
  const t = words[language]
  const title = (text: string) => (heading === 'h2' ? html`<h2>${text}</h2>` : html`<h3>${text}</h3>`)
  return html`
<ul class="cards">${enrolments.map(
    (each) => html`
  <li class="tile">
    ${title(each.pathway)}
    <p>${each.administration}<br><small>${each.programme}</small></p>
    ${progressBar(each, `progress-${each.id}`, language)}
    <a href="${pathwayPath(each.id)}">${t.openPathway}<span class="visually-hidden">: ${each.pathway}, ${each.administration}</span></a>
  </li>`,
  )}</ul>`
}
