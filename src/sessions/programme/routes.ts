import { Hono } from 'hono'
import { dayOf } from '../../language/dates.ts'
import { openProgrammes } from '../../programmes/queries.ts'
import type { WebEnv } from '../../web/env.ts'
import { readList } from '../../web/lists.ts'
import { page } from '../../web/respond.ts'
import { publicComing, publicPast } from '../queries.ts'
import { programmePage } from './pages.ts'
import { words } from './words.ts'

export const programmeRoutes = new Hono<WebEnv>()

/** How long a session that is over stays on the page. */
const kept = Temporal.Duration.from({ hours: 24 * 60 })

programmeRoutes.get('/programme', async (c) => {
  const { db, now, zone, language } = c.var
  const list = readList(c, ['starts'])
  const content = programmePage(c.var, {
    programmes: await openProgrammes(db, dayOf(now, zone)),
    list,
    coming: await publicComing(db, now, list.page),
    past: list.page === 1 ? await publicPast(db, now.subtract(kept), now) : [],
  })
  return page(c, { title: words[language].title, content })
})
