import { Hono } from 'hono'
import { regionName, regions } from '../../administrations/regions.ts'
import { requireStaff } from '../../people/require.ts'
import { covers, staffScope } from '../../people/rules.ts'
import type { WebEnv } from '../../web/env.ts'
import { readList } from '../../web/lists.ts'
import { fragment, page, wantsFragment } from '../../web/respond.ts'
import { words as questionWords } from '../words.ts'
import { figuresPage, searchesPage, searchList } from './pages.ts'
import { figuresAltogether, figuresByModule, figuresByRegion, listSearches, searchFilters, vainSearches } from './queries.ts'
import { words } from './words.ts'

/** What the help desk tells about the offer, for staff, of their regions. */
export const figureRoutes = new Hono<WebEnv>()

const vainShown = 20

figureRoutes.get('/questions/figures', requireStaff, async (c) => {
  const { db, signedIn, language } = c.var
  const shown = {
    altogether: await figuresAltogether(db, signedIn),
    modules: await figuresByModule(db, signedIn),
    regions: await figuresByRegion(db, signedIn),
    vain: await vainSearches(db, signedIn, vainShown),
  }
  const breadcrumb = [{ href: '/questions', label: questionWords[language].title }]
  return page(c, { title: words[language].title, content: figuresPage(c.var, shown), breadcrumb })
})

figureRoutes.get('/questions/figures/searches', requireStaff, async (c) => {
  const { db, signedIn, language } = c.var
  const list = readList(c, ['when'], searchFilters)
  const listed = { list, ...(await listSearches(db, list, signedIn)) }
  if (wantsFragment(c)) return fragment(c, searchList(c.var, listed))
  const own = regions.filter(({ code }) => covers(staffScope(signedIn), code)).map(({ code }) => ({ value: code, label: regionName(code) }))
  const breadcrumb = [
    { href: '/questions', label: questionWords[language].title },
    { href: '/questions/figures', label: words[language].title },
  ]
  return page(c, { title: words[language].searchesTitle, content: searchesPage(c.var, listed, own), breadcrumb })
})
