import { type Context, Hono } from 'hono'
import { html } from 'hono/html'
import { crumbsInModule } from '../../pathways/modules/crumbs.ts'
import type { FoundModule } from '../../pathways/modules/queries.ts'
import { words as moduleWords } from '../../pathways/modules/words.ts'
import { requirePerson } from '../../people/require.ts'
import { covers } from '../../people/rules.ts'
import type { Html, WebEnv } from '../../web/env.ts'
import { id } from '../../web/paths.ts'
import { done, page, refused } from '../../web/respond.ts'
import { feedOf } from '../feed.ts'
import { findTool } from '../find.ts'
import { toolPath } from '../paths.ts'
import { publishResults, withdrawResults } from './actions.ts'
import { resultsContent } from './page-content.ts'
import { resultsPage } from './pages.ts'
import { findPublishedResults, writtenResults } from './queries.ts'
import { words } from './words.ts'

/** Within `/tools`. */
export const resultsRoutes = new Hono<WebEnv>()

const path = `/${id('enrolment')}/${id('module')}/results` as const

resultsRoutes.get(path, requirePerson, async (c) => {
  const found = await findPlan(c)
  if (!found) return c.notFound()
  const { db, language } = c.var
  const t = words[language]
  const content = resultsContent(
    await writtenResults(db, found.open),
    await feedOf(db, found.open.enrolmentId),
    found.enrolment.administration,
  )
  return show(
    c,
    found,
    html`
<div class="alert alert-info">${content ? t.previewNotice : t.refusal.nothing}</div>
${content && resultsPage(content, c.var, null)}`,
  )
})

resultsRoutes.post(`${path}/publish`, requirePerson, async (c) => {
  const found = await findPlan(c)
  if (!found) return c.notFound()
  const { db, language, signedIn, now } = c.var
  const { open, enrolment } = found
  if (!open.mayWork) return refused(c, moduleWords[language].onlyReferents)
  const t = words[language]
  const outcome = await publishResults(db, { ...open, administration: enrolment.administration }, { by: signedIn, at: now })
  if ('refusal' in outcome) return show(c, found, alert(t.refusal[outcome.refusal]), 422)
  return done(c, toolPath(open), t.publishedFlash)
})

resultsRoutes.post(`${path}/withdraw`, requirePerson, async (c) => {
  const found = await findPlan(c)
  if (!found) return c.notFound()
  const { db, language, signedIn, now } = c.var
  const { open } = found
  if (!open.mayWork && !covers(signedIn.coordinator, open.region)) return refused(c, moduleWords[language].onlyReferents)
  const t = words[language]
  const refusal = await withdrawResults(db, open, { by: signedIn, at: now })
  if (refusal) return show(c, found, alert(t.refusal[refusal]), 422)
  return done(c, toolPath(open), t.withdrawnFlash)
})

/** Mount at `/`: what citizens read, without signing in. */
export const publicResultsRoutes = new Hono<WebEnv>()

publicResultsRoutes.get(`/results/${id('results')}`, async (c) => {
  const { db, dates, language } = c.var
  const found = await findPublishedResults(db, Number(c.req.param('results')))
  if (!found) return c.notFound()
  const content = resultsPage(found.content, c.var, words[language].publishedOn(dates.day(found.publishedAt)))
  return page(c, { title: found.content.title, content })
})

async function findPlan(c: Context<WebEnv>): Promise<FoundModule | undefined> {
  const found = await findTool(c)
  return found?.open.tool === 'communication_plan' ? found : undefined
}

const alert = (sentence: string): Html => html`<div class="alert alert-danger" role="alert" tabindex="-1" data-focus>${sentence}</div>`

function show(c: Context<WebEnv>, found: FoundModule, content: Html, status: 200 | 422 = 200) {
  const { language, signedIn } = c.var
  const crumbs = [...crumbsInModule(found, signedIn, language).slice(0, -1), { href: toolPath(found.open), label: found.open.title }]
  return page(c, { title: words[language].previewTitle, content, breadcrumb: crumbs, status })
}
