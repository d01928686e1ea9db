import { html } from 'hono/html'
import type { PathwayPanel } from '../../pathways/progress/panel.ts'
import { dossierPath } from './pages.ts'
import { words } from './words.ts'

/** On the page of a followed pathway: the way to what was produced on it. */
export const dossierPanel: PathwayPanel = async (c, { enrolment }) => {
  const t = words[c.var.language]
  return html`
<section>
  <h2>${t.title}</h2>
  <p>${t.panel} <a href="${dossierPath(enrolment.id)}">${t.open}</a></p>
</section>`
}
