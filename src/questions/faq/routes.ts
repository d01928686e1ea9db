import { Hono } from 'hono'
import { isStaff } from '../../people/rules.ts'
import type { WebEnv } from '../../web/env.ts'
import { readList, rowsPerPage } from '../../web/lists.ts'
import { id } from '../../web/paths.ts'
import { fragment, page, wantsFragment } from '../../web/respond.ts'
import { searchFaq } from '../search/queries.ts'
import { curationRoutes } from './curation/routes.ts'
import { entryPage, faqList, faqPage } from './pages.ts'
import { findFaqEntry, modulesWithEntries, originOf } from './queries.ts'
import { words } from './words.ts'

/** The public answers, for visitors too, and their curation by staff. */
export const faqRoutes = new Hono<WebEnv>()

faqRoutes.get('/faq', async (c) => {
  const { db, person, language } = c.var
  const list = readList(c, ['best'], ['module', 'state'])
  const found = await searchFaq(db, list.q, {
    moduleId: /^\d{1,9}$/.test(list.filters.module ?? '') ? Number(list.filters.module) : null,
    withdrawn: isStaff(person) && list.filters.state === 'withdrawn',
    limit: rowsPerPage,
    offset: (list.page - 1) * rowsPerPage,
  })
  if (wantsFragment(c)) return fragment(c, faqList(c.var, { list, ...found }))
  return page(c, { title: words[language].title, content: faqPage(c.var, { list, ...found }, await modulesWithEntries(db)) })
})

faqRoutes.get(`/faq/${id('id')}`, async (c) => {
  const { db, person, language } = c.var
  const entry = await findFaqEntry(db, Number(c.req.param('id')), person)
  if (!entry) return c.notFound()
  const origin = isStaff(person) ? await originOf(db, entry.id, person) : null
  const breadcrumb = [{ href: '/faq', label: words[language].title }]
  return page(c, { title: entry.question, content: entryPage(c.var, entry, origin ?? null), breadcrumb })
})

faqRoutes.route('/', curationRoutes)
