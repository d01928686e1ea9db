import { type Context, Hono } from 'hono'
import { requireCoordinator, requireNationalCoordinator } from '../../../people/require.ts'
import { toProgramme } from '../../../programmes/crumbs.ts'
import { findProgramme, type Programme } from '../../../programmes/queries.ts'
import type { WebEnv } from '../../../web/env.ts'
import { id } from '../../../web/paths.ts'
import { done, page } from '../../../web/respond.ts'
import { modulesToChoose, pathwaysOf } from '../../definition/queries.ts'
import { intakeQuestions } from '../../intake/queries.ts'
import { characteristicsFor } from '../characteristics.ts'
import { words } from '../words.ts'
import { discardDraft } from './actions.ts'
import { versionPage, versionsPage } from './pages.ts'
import { inFull, ruleSets } from './queries.ts'

export const ruleVersionRoutes = new Hono<WebEnv>()

const rules = `/programmes/${id('id')}/rules`

ruleVersionRoutes.get(`${rules}/versions`, requireCoordinator, async (c) => {
  const { db, language, dates } = c.var
  const programme = await findProgramme(db, Number(c.req.param('id')))
  if (!programme) return c.notFound()
  const content = versionsPage(language, dates, { programmeId: programme.id, sets: await ruleSets(db, programme.id) })
  return page(c, { title: words[language].versions, content, breadcrumb: toRules(c, programme) })
})

ruleVersionRoutes.get(`${rules}/versions/${id('version')}`, requireCoordinator, async (c) => {
  const { db, language, dates } = c.var
  const programme = await findProgramme(db, Number(c.req.param('id')))
  const sets = programme ? await ruleSets(db, programme.id) : []
  const set = sets.find(({ version, liveAt }) => version === Number(c.req.param('version')) && liveAt !== null)
  if (!programme || !set) return c.notFound()

  const questions = await intakeQuestions(db, programme.id)
  const content = versionPage(language, dates, {
    set,
    ...(await inFull(db, set)),
    programmeId: programme.id,
    pathways: await pathwaysOf(db, programme.id),
    modules: await modulesToChoose(db, programme.id),
    questions,
    characteristics: characteristicsFor(language, questions),
  })
  return page(c, { title: words[language].versionTitle(set.version), content, breadcrumb: toRules(c, programme) })
})

ruleVersionRoutes.post(`${rules}/discard`, requireNationalCoordinator, async (c) => {
  const { db, language, signedIn, now } = c.var
  const programme = await findProgramme(db, Number(c.req.param('id')))
  if (!programme) return c.notFound()
  await discardDraft(db, programme.id, { by: signedIn, at: now })
  return done(c, `/programmes/${programme.id}/rules`, words[language].discarded)
})

const toRules = (c: Context<WebEnv>, programme: Programme) => [
  ...toProgramme(c.var.language, programme),
  { href: `/programmes/${programme.id}/rules`, label: words[c.var.language].title },
]
