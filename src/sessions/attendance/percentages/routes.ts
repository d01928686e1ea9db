import { type Context, Hono } from 'hono'
import * as z from 'zod'
import { pathwayPath } from '../../../pathways/modules/panel.ts'
import { findEnrolment } from '../../../pathways/progress/queries.ts'
import { requireNationalCoordinator, requirePerson } from '../../../people/require.ts'
import { findProgramme, type Programme } from '../../../programmes/queries.ts'
import type { WebEnv } from '../../../web/env.ts'
import { choiceField, type Problems, readForm, type Typed } from '../../../web/forms.ts'
import { id } from '../../../web/paths.ts'
import { done, page } from '../../../web/respond.ts'
import { setCounting } from './actions.ts'
import { countingPage, percentagesPage } from './pages.ts'
import { groupsOf } from './panel.ts'
import { countingOf } from './queries.ts'
import { countings } from './rules.ts'
import { words } from './words.ts'

export const percentagesRoutes = new Hono<WebEnv>()

percentagesRoutes.get(`/pathway/${id('enrolment')}/attendance`, requirePerson, async (c) => {
  const enrolment = await findEnrolment(c.var.db, Number(c.req.param('enrolment')), c.var.signedIn)
  if (!enrolment) return c.notFound()
  const content = percentagesPage(c.var, await groupsOf(c, enrolment))
  const breadcrumb = [{ href: pathwayPath(enrolment.id), label: enrolment.pathway }]
  return page(c, { title: words[c.var.language].title, content, breadcrumb })
})

const choice = choiceField(countings)
const form = z.object({ present: choice, partial: choice, absent: choice, excused: choice })
const settings = `/programmes/${id('id')}/attendance`

percentagesRoutes.get(settings, requireNationalCoordinator, async (c) => {
  const programme = await findProgramme(c.var.db, Number(c.req.param('id')))
  return programme ? showSettings(c, programme) : c.notFound()
})

percentagesRoutes.post(settings, requireNationalCoordinator, async (c) => {
  const { db, now, signedIn, language } = c.var
  const programme = await findProgramme(db, Number(c.req.param('id')))
  if (!programme) return c.notFound()
  const { value, problems, typed } = await readForm(c, form)
  if (problems) return showSettings(c, programme, problems, typed)
  const { changed } = await setCounting(db, programme.id, value, { by: signedIn, at: now })
  return done(c, `/programmes/${programme.id}/attendance`, changed ? words[language].saved : words[language].unchanged)
})

async function showSettings(c: Context<WebEnv>, { id, title }: Programme, problems: Problems | null = null, typed: Typed = {}) {
  const { db, language } = c.var
  const t = words[language]
  const content = countingPage(language, id, { counting: await countingOf(db, id), problems, typed })
  const breadcrumb = [
    { href: '/programmes', label: t.programmes },
    { href: `/programmes/${id}`, label: title },
  ]
  return page(c, { title: t.settingsTitle, content, breadcrumb, status: problems ? 422 : 200 })
}
