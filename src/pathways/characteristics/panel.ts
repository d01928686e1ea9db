import { html } from 'hono/html'
import { pathwayPath } from '../modules/panel.ts'
import type { PathwayPanel } from '../progress/panel.ts'
import { words } from './words.ts'

/** On the page of a followed pathway: the way to the answers on which it rests. */
export const characteristicsPanel: PathwayPanel = async (c, { enrolment }) => {
  const t = words[c.var.language]
  return html`
<section>
  <h2>${t.panelTitle}</h2>
  <p>${t.panel} <a href="${pathwayPath(enrolment.id)}/characteristics">${t.open}</a></p>
</section>`
}
