import { type Context, Hono } from 'hono'
import * as z from 'zod'
import type { WebEnv } from '../../web/env.ts'
import { choiceField, emailField, type Problems, readForm, requiredText, type Typed } from '../../web/forms.ts'
import { readList } from '../../web/lists.ts'
import { id } from '../../web/paths.ts'
import { done, fragment, page, wantsFragment } from '../../web/respond.ts'
import { grantRole, revokeRole } from '../actions.ts'
import { requireNationalCoordinator } from '../require.ts'
import { removeSecondFactor } from '../second-factor/actions.ts'
import { secondFactorOf } from '../second-factor/queries.ts'
import { addStaff } from './actions.ts'
import { newPersonPage, peoplePage, peoplePart, personPage, type Regions, wholeCountry } from './pages.ts'
import { findListed, listPeople, peopleSorts } from './queries.ts'
import { words } from './words.ts'

export function directoryRoutes(regions: Regions) {
  const routes = new Hono<WebEnv>()
  const roleSchema = z.object({
    role: choiceField(['coordinator', 'trainer']),
    region: choiceField([wholeCountry, ...regions.map(({ code }) => code)]).transform((place) => (place === wholeCountry ? null : place)),
  })
  const personSchema = roleSchema.extend({ name: requiredText(120), email: emailField })

  routes.get('/people', requireNationalCoordinator, async (c) => {
    const { db, language } = c.var
    const list = readList(c, peopleSorts, ['role'])
    const found = await listPeople(db, list)
    if (wantsFragment(c)) return fragment(c, peoplePart(language, regions, list, found))
    return page(c, { title: words[language].title, content: peoplePage(language, regions, list, found) })
  })

  routes.get('/people/new', requireNationalCoordinator, (c) => showNew(c))

  routes.post('/people/new', requireNationalCoordinator, async (c) => {
    const { db, now, language, signedIn } = c.var
    const { value, problems, typed } = await readForm(c, personSchema)
    if (problems) return showNew(c, problems, typed)
    const person = await addStaff(db, value, { by: signedIn, at: now })
    return done(c, `/people/${person.id}`, words[language].added(value.name))
  })

  routes.get(`/people/${id('id')}`, requireNationalCoordinator, (c) => showPerson(c))

  routes.post(`/people/${id('id')}/roles`, requireNationalCoordinator, async (c) => {
    const { db, now, language, signedIn } = c.var
    const person = await findListed(db, Number(c.req.param('id')))
    if (!person) return c.notFound()
    const { value, problems, typed } = await readForm(c, roleSchema)
    if (problems) return showPerson(c, { problems, typed })
    await grantRole(db, person.id, value, { by: signedIn, at: now })
    return done(c, `/people/${person.id}`, words[language].granted)
  })

  routes.post(`/people/${id('id')}/roles/${id('grant')}/revoke`, requireNationalCoordinator, async (c) => {
    const { db, now, language, signedIn } = c.var
    const person = await findListed(db, Number(c.req.param('id')))
    const grant = person?.grants.find((each) => each.id === Number(c.req.param('grant')))
    if (!person) return c.notFound()
    const refusal = grant ? await revokeRole(db, grant.id, { by: signedIn, at: now }) : 'not_found'
    if (refusal) return showPerson(c, { problem: words[language].refusal[refusal] })
    return done(c, `/people/${person.id}`, words[language].revoked)
  })

  routes.post(`/people/${id('id')}/second-factor/remove`, requireNationalCoordinator, async (c) => {
    const { db, now, language, signedIn } = c.var
    const person = await findListed(db, Number(c.req.param('id')))
    if (!person) return c.notFound()
    const refused = await removeSecondFactor(db, person.id, { by: signedIn, at: now })
    if (refused) return showPerson(c, { problem: words[language].noSecondFactor })
    return done(c, `/people/${person.id}`, words[language].secondFactorRemoved)
  })

  function showNew(c: Context<WebEnv>, problems: Problems | null = null, typed: Typed = {}) {
    const { language } = c.var
    const content = newPersonPage(language, regions, problems, typed)
    return page(c, { title: words[language].add, content, breadcrumb: crumbs(c), status: problems ? 422 : 200 })
  }

  type Wrong = { problem?: string; problems?: Problems; typed?: Typed }

  async function showPerson(c: Context<WebEnv>, { problem, problems, typed = {} }: Wrong = {}) {
    const { db, language } = c.var
    const person = await findListed(db, Number(c.req.param('id')))
    if (!person) return c.notFound()
    const secondFactor = (await secondFactorOf(db, person.id)) !== null
    const content = personPage(language, regions, { person, secondFactor, problem: problem ?? null, problems: problems ?? null, typed })
    return page(c, { title: person.name, content, breadcrumb: crumbs(c), status: problem || problems ? 422 : 200 })
  }

  const crumbs = (c: Context<WebEnv>) => [{ href: '/people', label: words[c.var.language].title }]

  return routes
}
