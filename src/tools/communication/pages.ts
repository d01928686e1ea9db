import { html } from 'hono/html'
import type { Html } from '../../web/env.ts'
import { postButton } from '../../web/fields.ts'
import { markdown } from '../../web/markdown.ts'
import { blocksHtml } from '../document/blocks.ts'
import { words as planWords } from '../improvement/words.ts'
import { publicSummary } from '../surveys/analysis/summary.ts'
import type { Showing } from '../tool.ts'
import type { ResultsContent } from './page-content.ts'
import type { ResultsPage } from './queries.ts'
import { words } from './words.ts'

type Publication = { path: string; page: ResultsPage | undefined; changed: boolean; mayPublish: boolean; mayWithdraw: boolean }

/** On the tool's page: whether the results are public, and the way to make them so or not. */
export function publicationSection({ path, page, changed, mayPublish, mayWithdraw }: Publication, { language, dates }: Showing): Html {
  const t = words[language]
  return html`
<section>
  <h2>${t.publication}</h2>
  <p>${page ? html`${t.published(dates.day(page.publishedAt))} <a href="/results/${page.id}">${t.open}</a>` : t.notPublished}</p>
  ${page && changed && html`<p>${t.publishedChanged}</p>`}
  <div class="actions">
    <a class="btn btn-outline-primary btn-sm" href="${path}/results">${t.preview}</a>
    ${mayPublish && postButton(`${path}/results/publish`, page ? t.publishAgain : t.publish)}
    ${page && mayWithdraw && postButton(`${path}/results/withdraw`, t.withdraw, 'outline-danger')}
  </div>
</section>`
}

/** What citizens see. */
export function resultsPage(
  content: ResultsContent,
  { language, dates }: Pick<Showing, 'language' | 'dates'>,
  publishedOn: string | null,
): Html {
  const t = words[language]
  const { title, administration, service, results, survey, changes, actions } = content
  const statuses = planWords[language].statuses
  return html`
<article class="prose">
  <h1>${title}</h1>
  <p class="lead">${administration}${service && html` · ${t.service(service)}`}</p>
  ${markdown(results, { top: 2 })}
  ${survey && publicSummary(survey, language)}
  ${changes && html`<h2>${t.changes}</h2>${markdown(changes)}`}
  ${
    actions.length > 0 &&
    html`<h2>${t.actionsTitle}</h2>${blocksHtml([
      {
        kind: 'table',
        caption: t.actionsTitle,
        columns: [t.action, t.by, t.state],
        rows: actions.map((action) => [
          action.title,
          action.endsOn ? dates.plainDay(Temporal.PlainDate.from(action.endsOn)) : '–',
          statuses[action.status],
        ]),
      },
    ])}`
  }
  ${publishedOn && html`<p><small>${publishedOn}</small></p>`}
</article>`
}
