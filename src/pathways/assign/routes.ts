import { type Context, Hono } from 'hono'
import { dayOf } from '../../language/dates.ts'
import { formatNumber } from '../../language/numbers.ts'
import { requireCoordinator } from '../../people/require.ts'
import { toProgramme } from '../../programmes/crumbs.ts'
import { findProgramme, type Programme } from '../../programmes/queries.ts'
import type { WebEnv } from '../../web/env.ts'
import { readList } from '../../web/lists.ts'
import { id } from '../../web/paths.ts'
import { done, page } from '../../web/respond.ts'
import { pathwaysOf } from '../definition/queries.ts'
import { liveRules } from '../rules/queries.ts'
import { assign } from './actions.ts'
import { assignmentPage } from './pages.ts'
import { coordinatorScope, sortAdministrations } from './queries.ts'
import { assignmentRefusal, previewOf } from './rules.ts'
import { words } from './words.ts'

export const assignRoutes = new Hono<WebEnv>()

assignRoutes.get(`/programmes/${id('id')}/assign`, requireCoordinator, async (c) => {
  const programme = await findProgramme(c.var.db, Number(c.req.param('id')))
  return programme ? showPreview(c, programme) : c.notFound()
})

assignRoutes.post(`/programmes/${id('id')}/assign`, requireCoordinator, async (c) => {
  const { db, language, signedIn, now } = c.var
  const t = words[language]
  const programme = await findProgramme(db, Number(c.req.param('id')))
  if (!programme) return c.notFound()
  if (refusalOf(c, programme)) return showPreview(c, programme, 422)

  const { enrolled } = await assign(db, programme.id, { by: signedIn, at: now, scope: coordinatorScope(signedIn) })
  const sentence = enrolled === 0 ? t.assignedNone : enrolled === 1 ? t.assignedOne : t.assigned(formatNumber(enrolled, language))
  return done(c, `/programmes/${programme.id}/assign`, sentence)
})

const refusalOf = (c: Context<WebEnv>, programme: Programme) => assignmentRefusal(programme, dayOf(c.var.now, c.var.zone))

async function showPreview(c: Context<WebEnv>, programme: Programme, status: 200 | 422 = 200) {
  const { db, language, signedIn } = c.var
  const scope = coordinatorScope(signedIn)
  const sorted = await sortAdministrations(db, programme.id, scope)
  const content = assignmentPage(language, {
    programmeId: programme.id,
    preview: previewOf(sorted, await pathwaysOf(db, programme.id)),
    unmatched: sorted.unmatched,
    list: readList(c, ['name']),
    hasRules: (await liveRules(db, programme.id)).length > 0,
    regional: scope !== 'national',
    refusal: refusalOf(c, programme),
  })
  return page(c, { title: words[language].title, content, breadcrumb: toProgramme(language, programme), status })
}
