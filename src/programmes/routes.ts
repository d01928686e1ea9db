import { type Context, Hono } from 'hono'
import * as z from 'zod'
import { dayOf } from '../language/dates.ts'
import { requireCoordinator, requireNationalCoordinator } from '../people/require.ts'
import { isNationalCoordinator } from '../people/rules.ts'
import type { WebEnv } from '../web/env.ts'
import { dayField, optionalText, readForm, requiredText } from '../web/forms.ts'
import { readList } from '../web/lists.ts'
import { id } from '../web/paths.ts'
import { done, fragment, page, wantsFragment } from '../web/respond.ts'
import { changeProgramme, createProgramme, publishProgramme } from './actions.ts'
import { toProgramme, toProgrammes } from './crumbs.ts'
import { programmeForm, programmeList, programmePage, programmesPage } from './pages.ts'
import { findProgramme, listProgrammes, programmeCounts, programmeSorts } from './queries.ts'
import { words } from './words.ts'

export const programmeRoutes = new Hono<WebEnv>()

programmeRoutes.get('/programmes', requireCoordinator, async (c) => {
  const { db, language, signedIn } = c.var
  const list = readList(c, programmeSorts)
  const listed = { list, ...(await listProgrammes(db, list)) }
  if (wantsFragment(c)) return fragment(c, programmeList(shown(c), listed))
  const content = programmesPage(shown(c), listed, isNationalCoordinator(signedIn))
  return page(c, { title: words[language].programmes, content })
})

programmeRoutes.get('/programmes/new', requireNationalCoordinator, (c) => {
  const { language } = c.var
  return page(c, { title: words[language].createTitle, content: programmeForm(language, null), breadcrumb: toProgrammes(language) })
})

programmeRoutes.post('/programmes', requireNationalCoordinator, async (c) => {
  const { db, language, signedIn, now } = c.var
  const { value, problems, typed } = await readForm(c, details)
  const outcome = value && (await createProgramme(db, value, { by: signedIn, at: now }))
  if (outcome && 'id' in outcome) return done(c, `/programmes/${outcome.id}`, words[language].created(value.title))

  const content = programmeForm(language, null, problems ?? { endsOn: outcome?.refusal }, typed)
  return page(c, { title: words[language].createTitle, content, breadcrumb: toProgrammes(language), status: 422 })
})

programmeRoutes.get(`/programmes/${id('id')}`, requireCoordinator, async (c) => {
  const { db, language, signedIn } = c.var
  const programme = await findProgramme(db, Number(c.req.param('id')))
  if (!programme) return c.notFound()
  const counts = await programmeCounts(db, programme.id)
  const content = programmePage(shown(c), { programme, counts, mayDefine: isNationalCoordinator(signedIn) })
  return page(c, { title: programme.title, content, breadcrumb: toProgrammes(language) })
})

programmeRoutes.get(`/programmes/${id('id')}/edit`, requireNationalCoordinator, async (c) => {
  const { db, language } = c.var
  const programme = await findProgramme(db, Number(c.req.param('id')))
  if (!programme) return c.notFound()
  return page(c, { title: words[language].edit, content: programmeForm(language, programme), breadcrumb: toProgramme(language, programme) })
})

programmeRoutes.post(`/programmes/${id('id')}/edit`, requireNationalCoordinator, async (c) => {
  const { db, language, signedIn, now } = c.var
  const programme = await findProgramme(db, Number(c.req.param('id')))
  if (!programme) return c.notFound()
  const { value, problems, typed } = await readForm(c, details)
  const outcome = value && (await changeProgramme(db, programme.id, value, { by: signedIn, at: now }))
  if (outcome && 'id' in outcome) return done(c, `/programmes/${programme.id}`, words[language].saved)

  const content = programmeForm(language, programme, problems ?? { endsOn: outcome?.refusal }, typed)
  return page(c, { title: words[language].edit, content, breadcrumb: toProgramme(language, programme), status: 422 })
})

programmeRoutes.post(`/programmes/${id('id')}/publish`, requireNationalCoordinator, async (c) => {
  const { db, language, signedIn, now } = c.var
  const programme = await findProgramme(db, Number(c.req.param('id')))
  if (!programme) return c.notFound()
  await publishProgramme(db, programme.id, { by: signedIn, at: now })
  return done(c, `/programmes/${programme.id}`, words[language].published)
})

const details = z.object({ title: requiredText(200), summary: optionalText(2000), startsOn: dayField, endsOn: dayField })

const shown = (c: Context<WebEnv>) => ({ language: c.var.language, dates: c.var.dates, today: dayOf(c.var.now, c.var.zone) })
