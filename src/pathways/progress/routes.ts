import { type Context, Hono } from 'hono'
import { dayOf } from '../../language/dates.ts'
import { requirePerson } from '../../people/require.ts'
import { isReferent } from '../../people/rules.ts'
import type { WebEnv } from '../../web/env.ts'
import { id } from '../../web/paths.ts'
import { done, page, refused } from '../../web/respond.ts'
import { confirmReading } from '../modules/actions.ts'
import { crumbsToModule, crumbsToPathway } from '../modules/crumbs.ts'
import { modulePage } from '../modules/pages.ts'
import { type ModulePanel, modulePath, pathwayPath } from '../modules/panel.ts'
import { type FoundModule, findOpenModule } from '../modules/queries.ts'
import { words as moduleWords } from '../modules/words.ts'
import type { Viewing } from './marks.ts'
import { enrolmentsPage, noPathwayPage, pathwayPage, staffPage } from './pages.ts'
import type { PathwayPanel } from './panel.ts'
import { currentEnrolments, findEnrolment, pathwayStanding } from './queries.ts'
import { words } from './words.ts'

type Panels = {
  /** Of a module that is not locked. */
  module: readonly ModulePanel[]
  /** Of every module. */
  anyModule: readonly ModulePanel[]
  pathway: readonly PathwayPanel[]
}

/** The referent's pathway and its modules; later features bring their panels to both pages. Mount at `/pathway`. */
export function pathwayRoutes({ module: modulePanels, anyModule, pathway: pathwayPanels }: Panels) {
  const routes = new Hono<WebEnv>()

  routes.get('/', requirePerson, async (c) => {
    const { db, language, signedIn } = c.var
    if (!isReferent(signedIn)) return page(c, { title: words[language].mine, content: staffPage(language) })
    const enrolments = await currentEnrolments(db, signedIn.administrations, signedIn)
    const [only, ...others] = enrolments
    if (!only) return page(c, { title: words[language].mine, content: noPathwayPage(language) })
    if (others.length === 0) return c.redirect(pathwayPath(only.id), 303)
    return page(c, { title: words[language].mineMany, content: enrolmentsPage(enrolments, language) })
  })

  routes.get(`/${id('enrolment')}`, requirePerson, async (c) => {
    const enrolment = await findEnrolment(c.var.db, Number(c.req.param('enrolment')), c.var.signedIn)
    if (!enrolment) return c.notFound()
    const standing = await pathwayStanding(c.var.db, enrolment, c.var)
    const panels = await Promise.all(pathwayPanels.map((panel) => panel(c, { enrolment, standing })))
    return page(c, {
      title: enrolment.pathway,
      content: pathwayPage(enrolment, standing, viewingOf(c), panels),
      breadcrumb: crumbsToPathway(enrolment, c.var.signedIn, c.var.language),
    })
  })

  routes.get(`/${id('enrolment')}/modules/${id('module')}`, requirePerson, async (c) => {
    const found = await findOpenModule(c.var, idsOf(c))
    return found ? showModule(c, found) : c.notFound()
  })

  const readingPath = `/${id('enrolment')}/modules/${id('module')}/reading` as const
  // A page with a refusal stays at this address: whoever reloads it comes back to the module.
  routes.get(readingPath, requirePerson, async (c) => {
    const found = await findOpenModule(c.var, idsOf(c))
    return found ? c.redirect(modulePath(found.open), 303) : c.notFound()
  })

  routes.post(readingPath, requirePerson, async (c) => {
    const { db, now, language, signedIn } = c.var
    const found = await findOpenModule(c.var, idsOf(c))
    if (found?.open.kind !== 'reading') return c.notFound()
    const t = moduleWords[language]
    if (!found.open.mayWork) return refused(c, t.onlyReferents)

    const refusal = await confirmReading(db, found.open, { by: signedIn, at: now })
    if (refusal === 'not_found') return c.notFound()
    if (refusal) return showModule(c, found, t.refusal[refusal])
    return done(c, modulePath(found.open), t.readDone)
  })

  async function showModule(c: Context<WebEnv>, found: FoundModule, problem: string | null = null) {
    const { open } = found
    const panels = open.state === 'locked' ? anyModule : [...modulePanels, ...anyModule]
    const shown = await Promise.all(panels.map((panel) => panel(c, open)))
    return page(c, {
      title: open.title,
      content: modulePage(found, viewingOf(c), { panels: shown, problem }),
      breadcrumb: crumbsToModule(found, c.var.signedIn, c.var.language),
      status: problem ? 422 : 200,
    })
  }

  return routes
}

const idsOf = (c: Context<WebEnv>) => ({ enrolmentId: Number(c.req.param('enrolment')), moduleId: Number(c.req.param('module')) })

const viewingOf = (c: Context<WebEnv>): Viewing => ({
  language: c.var.language,
  dates: c.var.dates,
  today: dayOf(c.var.now, c.var.zone),
})
