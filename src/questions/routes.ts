import { type Context, Hono } from 'hono'
import { regionName, regions } from '../administrations/regions.ts'
import { requirePerson } from '../people/require.ts'
import { covers, isReferent, isStaff, staffScope } from '../people/rules.ts'
import type { WebEnv } from '../web/env.ts'
import { readList } from '../web/lists.ts'
import { fragment, page, wantsFragment } from '../web/respond.ts'
import { askingRoutes } from './asking/routes.ts'
import { doorRoutes } from './door/routes.ts'
import { figureRoutes } from './figures/routes.ts'
import { followingRoutes } from './following/routes.ts'
import { questionList, questionsPage, type Viewing } from './pages.ts'
import { listQuestions, modulesAskedAbout, questionFilters, questionSorts, queueCounts } from './queries.ts'
import { queueRoutes } from './queue/routes.ts'
import { threadRoutes } from './thread/routes.ts'
import { words } from './words.ts'

/** The help desk: the door, asking, the queue and the list, and each question. */
export const questionRoutes = new Hono<WebEnv>()

questionRoutes.get('/questions', requirePerson, async (c) => {
  const { db, signedIn, language, now } = c.var
  const list = readList(c, questionSorts, questionFilters)
  const listed = { list, ...(await listQuestions(db, list, signedIn, now)) }
  if (wantsFragment(c)) return fragment(c, questionList(viewing(c), listed))
  const choices = {
    modules: await modulesAskedAbout(db, signedIn),
    regions: regions.filter(({ code }) => covers(staffScope(signedIn), code)).map(({ code }) => ({ value: code, label: regionName(code) })),
    counts: isStaff(signedIn) ? await queueCounts(db, signedIn, now) : null,
  }
  return page(c, { title: words[language].title, content: questionsPage(viewing(c), listed, choices) })
})

questionRoutes.route('/', doorRoutes)
questionRoutes.route('/', askingRoutes)
questionRoutes.route('/', figureRoutes)
questionRoutes.route('/', queueRoutes)
questionRoutes.route('/', threadRoutes)
questionRoutes.route('/', followingRoutes)

const viewing = (c: Context<WebEnv>): Viewing => ({
  language: c.var.language,
  dates: c.var.dates,
  now: c.var.now,
  asStaff: isStaff(c.var.signedIn),
  mayAsk: isReferent(c.var.signedIn),
})
