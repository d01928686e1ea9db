import { html } from 'hono/html'
import type { Language } from '../../language/language.ts'
import { modulePath } from '../../pathways/modules/panel.ts'
import type { Html } from '../../web/env.ts'
import { blocksHtml } from '../document/blocks.ts'
import type { Phase } from './collect.ts'
import { words } from './words.ts'

type Dossier = { enrolmentId: number; administration: string; lines: readonly string[]; phases: readonly Phase[] }

export function dossierPage({ enrolmentId, administration, lines, phases }: Dossier, language: Language): Html {
  const t = words[language]
  if (phases.length === 0) return html`<h1>${t.titleOf(administration)}</h1><div class="empty">${t.empty}</div>`
  return html`
<h1>${t.titleOf(administration)}</h1>
<p class="lead">${t.intro}</p>
${lines.map((line) => html`<p>${line}</p>`)}
<p class="actions"><a class="btn btn-primary" href="${dossierPath(enrolmentId)}/pdf">${t.pdf}</a></p>
<nav aria-label="${t.contents}">
  <ul>${phases.map(
    ({ title, pieces }) =>
      html`<li>${title}<ul>${pieces.map((piece) => html`<li><a href="#module-${piece.moduleId}">${piece.title}</a> <small>(${piece.state})</small></li>`)}</ul></li>`,
  )}</ul>
</nav>
${phases.map(
  ({ title, pieces }) => html`
<section>
  <h2>${title}</h2>
  ${pieces.map(
    ({ moduleId, title: piece, blocks }) => html`
  <article class="tile mb-3" id="module-${moduleId}">
    <h3><a href="${modulePath({ enrolmentId, moduleId })}">${piece}</a></h3>
    ${blocksHtml(blocks, 4)}
  </article>`,
  )}
</section>`,
)}`
}

export const dossierPath = (enrolmentId: number) => `/dossier/${enrolmentId}`
