import { html } from 'hono/html'
import type { ModulePanel } from '../../pathways/modules/panel.ts'
import { markdown } from '../../web/markdown.ts'
import { credits } from './pages.ts'
import { contributorsOf, documentationOf } from './queries.ts'
import { words } from './words.ts'

const documentsShown = 10

/** On the page of a module: what its meetings came to, with the administrations that contributed. */
export const minutesPanel: ModulePanel = async (c, { moduleId }) => {
  const { db, language, dates } = c.var
  const documents = await documentationOf(db, moduleId, documentsShown)
  if (documents.length === 0) return null
  const contributors = await contributorsOf(
    db,
    documents.map(({ sessionId }) => sessionId),
  )
  const t = words[language]
  return html`
<section>
  <h2>${t.panelTitle}</h2>
  ${documents.map(
    ({ sessionId, kind, title, startsAt, body }) => html`
  <details class="tile mb-3">
    <summary>${t.of(t.from[kind], title, dates.shortDay(startsAt))}</summary>
    ${credits(language, contributors.get(sessionId) ?? [])}
    <div class="prose">${markdown(body)}</div>
    <p><a href="/sessions/${sessionId}/minutes">${t.open}<span class="visually-hidden">: ${title}</span></a></p>
  </details>`,
  )}
</section>`
}
