import { type Context, Hono } from 'hono'
import * as z from 'zod'
import { requirePerson, requireStaff } from '../people/require.ts'
import { isCoordinator, isNationalCoordinator, isStaff, staffScope } from '../people/rules.ts'
import type { Html, WebEnv } from '../web/env.ts'
import { emailField, type Problems, readForm, requiredText, type Typed } from '../web/forms.ts'
import { readList } from '../web/lists.ts'
import { id } from '../web/paths.ts'
import { done, fragment, page, refused, wantsFragment } from '../web/respond.ts'
import { importRoutes } from './imports/routes.ts'
import { administrationPage, listPage, listPart } from './pages.ts'
import {
  type Administration,
  administrationFilters,
  administrationHistory,
  administrationSorts,
  findAdministration,
  listAdministrations,
} from './queries.ts'
import { endReferent, inviteReferent } from './referents/actions.ts'
import { referentsPart } from './referents/pages.ts'
import { referentsOf } from './referents/queries.ts'
import { referentImportRoutes } from './referents/routes.ts'
import { mayManageReferents } from './referents/rules.ts'
import { words as referentWords } from './referents/words.ts'
import { regions } from './regions.ts'
import { words } from './words.ts'

/** A part of the administration's page that a later feature brings; null when it has nothing to show this person. */
export type AdministrationPanel = (c: Context<WebEnv>, administration: Administration) => Promise<Html | null>

export function administrationRoutes(panels: readonly AdministrationPanel[] = []) {
  const routes = new Hono<WebEnv>()
  routes.route('/', importRoutes)
  routes.route('/', referentImportRoutes)

  routes.get('/administrations', requireStaff, async (c) => {
    const { db, language, signedIn } = c.var
    const list = readList(c, administrationSorts, administrationFilters)
    const found = await listAdministrations(db, list, signedIn)
    if (wantsFragment(c)) return fragment(c, listPart(language, list, found))
    const scope = staffScope(signedIn)
    const offer = {
      importsRegister: isNationalCoordinator(signedIn),
      importsReferents: isCoordinator(signedIn),
      regions: scope === 'national' ? regions.map(({ code }) => code) : (scope ?? []),
    }
    return page(c, { title: words[language].title, content: listPage(language, list, found, offer) })
  })

  routes.get(`/administrations/${id('id')}`, requirePerson, (c) => show(c))

  routes.post(`/administrations/${id('id')}/referents`, requirePerson, async (c) => {
    const { db, now, language, signedIn } = c.var
    const administration = await findAdministration(db, Number(c.req.param('id')), signedIn)
    if (!administration) return c.notFound()
    if (!mayManageReferents(signedIn, administration)) return refused(c)
    const { value, problems, typed } = await readForm(c, z.object({ name: requiredText(120), email: emailField }))
    if (problems) return show(c, problems, typed)

    const outcome = await inviteReferent(db, { administrationId: administration.id, ...value }, { by: signedIn, at: now })
    const t = referentWords[language]
    if ('refusal' in outcome) return show(c, { email: t.refusal[outcome.refusal] }, typed)
    return done(c, `/administrations/${administration.id}`, t.invited(value.name, administration.name))
  })

  routes.post(`/administrations/${id('id')}/referents/${id('referent')}/end`, requirePerson, async (c) => {
    const { db, now, language, signedIn } = c.var
    const administration = await findAdministration(db, Number(c.req.param('id')), signedIn)
    if (!administration) return c.notFound()
    if (!mayManageReferents(signedIn, administration)) return refused(c)
    const t = referentWords[language]
    const referent = (await referentsOf(db, administration.id)).find((each) => each.id === Number(c.req.param('referent')))

    const ended = referent && (await endReferent(db, referent.id, { by: signedIn, at: now }))
    return done(c, `/administrations/${administration.id}`, ended ? t.ended(referent.name) : t.endedAlready)
  })

  async function show(c: Context<WebEnv>, problems: Problems | null = null, typed: Typed = {}) {
    const { db, language, dates, signedIn } = c.var
    const administration = await findAdministration(db, Number(c.req.param('id')), signedIn)
    if (!administration) return c.notFound()

    const referents = referentsPart(language, dates, {
      administrationId: administration.id,
      referents: await referentsOf(db, administration.id),
      personId: signedIn.id,
      manages: mayManageReferents(signedIn, administration),
      closed: administration.closedAt !== null,
      problems,
      typed,
    })
    const others = await Promise.all(panels.map((panel) => panel(c, administration)))
    const shown = {
      administration,
      history: await administrationHistory(db, administration.id, c.var.person),
      panels: [referents, ...others.filter((panel) => panel !== null)],
    }
    return page(c, {
      title: administration.name,
      content: administrationPage(language, dates, shown),
      breadcrumb: isStaff(signedIn) ? [{ href: '/administrations', label: words[language].title }] : [],
      status: problems ? 422 : 200,
    })
  }

  return routes
}
