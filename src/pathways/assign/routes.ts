import { type Context, Hono } from 'hono'
import * as z from 'zod'
import { dayOf } from '../../language/dates.ts'
import { formatNumber } from '../../language/numbers.ts'
import { requireCoordinator } from '../../people/require.ts'
import { toProgramme } from '../../programmes/crumbs.ts'
import { findProgramme, type Programme } from '../../programmes/queries.ts'
import type { Scope, WebEnv } from '../../web/env.ts'
import { manyField, readForm } from '../../web/forms.ts'
import { id } from '../../web/paths.ts'
import { done, fragment, page, refused, wantsFragment } from '../../web/respond.ts'
import { pathwaysOf } from '../definition/queries.ts'
import { liveRules } from '../rules/queries.ts'
import { startAssignment } from './actions.ts'
import { assignmentPage, runPage, runPart } from './pages.ts'
import { assignmentRuns, coordinatorScope, findRun, type Run, sortAdministrations } from './queries.ts'
import { assignmentRefusal, previewOf, type RunRefusal, type UndoRefusal } from './rules.ts'
import { undoRun } from './undo.ts'
import { words } from './words.ts'

export const assignRoutes = new Hono<WebEnv>()

const assignment = `/programmes/${id('id')}/assign`

assignRoutes.get(assignment, requireCoordinator, async (c) => {
  const programme = await findProgramme(c.var.db, Number(c.req.param('id')))
  return programme ? showPreview(c, programme) : c.notFound()
})

assignRoutes.post(assignment, requireCoordinator, async (c) => {
  const { db, signedIn, now } = c.var
  const programme = await findProgramme(db, Number(c.req.param('id')))
  if (!programme) return c.notFound()
  if (refusalOf(c, programme)) return showPreview(c, programme, { status: 422 })

  const { value } = await readForm(c, z.object({ moving: manyField }))
  const asked = { scope: coordinatorScope(signedIn), moving: value?.moving.includes('yes') ?? false }
  const outcome = await startAssignment(db, programme.id, { by: signedIn, at: now, ...asked })
  if ('refusal' in outcome) return showPreview(c, programme, { refusal: outcome.refusal, status: 422 })
  return done(c, `/programmes/${programme.id}/assign/${outcome.id}`)
})

assignRoutes.get(`${assignment}/${id('run')}`, requireCoordinator, async (c) => {
  const found = await find(c)
  return found ? showRun(c, found) : c.notFound()
})

// A page with a refusal stays at this address: whoever reloads it comes back to the run.
assignRoutes.get(`${assignment}/${id('run')}/undo`, requireCoordinator, async (c) => {
  const found = await find(c)
  return found ? done(c, addressOf(found.run)) : c.notFound()
})

assignRoutes.post(`${assignment}/${id('run')}/undo`, requireCoordinator, async (c) => {
  const { db, language, signedIn, now } = c.var
  const found = await find(c)
  if (!found) return c.notFound()
  if (!covers(coordinatorScope(signedIn), found.run.scope)) return refused(c)
  const outcome = await undoRun(db, found.run.id, { by: signedIn, at: now })
  if ('refusal' in outcome) return showRun(c, found, outcome.refusal)
  const [removed, movedBack, kept] = [outcome.removed, outcome.movedBack, outcome.kept].map((count) => formatNumber(count, language))
  return done(c, addressOf(found.run), words[language].undone(removed ?? '', movedBack ?? '', kept ?? ''))
})

const addressOf = (run: Run) => `/programmes/${run.programmeId}/assign/${run.id}`

/** Whoever answers for all of a run's regions may take it back. */
const covers = (mine: Scope, theirs: Scope) => mine === 'national' || (theirs !== 'national' && theirs.every((code) => mine.includes(code)))

const refusalOf = (c: Context<WebEnv>, programme: Programme) => assignmentRefusal(programme, dayOf(c.var.now, c.var.zone))

async function find(c: Context<WebEnv>): Promise<{ programme: Programme; run: Run } | undefined> {
  const programme = await findProgramme(c.var.db, Number(c.req.param('id')))
  const run = await findRun(c.var.db, Number(c.req.param('run')))
  return programme && run?.programmeId === programme.id ? { programme, run } : undefined
}

function showRun(c: Context<WebEnv>, { programme, run }: { programme: Programme; run: Run }, problem: UndoRefusal | null = null) {
  const { language, dates, signedIn } = c.var
  const looking = { mayUndo: covers(coordinatorScope(signedIn), run.scope), problem }
  if (wantsFragment(c)) return fragment(c, runPart(language, dates, run, looking))
  const t = words[language]
  return page(c, {
    title: t.runTitle(dates.moment(run.createdAt)),
    content: runPage(language, dates, run, looking),
    breadcrumb: [...toProgramme(language, programme), { href: `/programmes/${programme.id}/assign`, label: t.title }],
    status: problem ? 422 : 200,
  })
}

type Trouble = { refusal?: RunRefusal; status?: 200 | 422 }

async function showPreview(c: Context<WebEnv>, programme: Programme, { refusal, status = 200 }: Trouble = {}) {
  const { db, language, dates, signedIn } = c.var
  const scope = coordinatorScope(signedIn)
  const sorted = await sortAdministrations(db, programme.id, scope)
  const content = assignmentPage(language, dates, {
    programmeId: programme.id,
    preview: previewOf(sorted, await pathwaysOf(db, programme.id)),
    runs: await assignmentRuns(db, programme.id),
    hasRules: (await liveRules(db, programme.id)).length > 0,
    regional: scope !== 'national',
    refusal: refusalOf(c, programme) ?? refusal ?? null,
  })
  return page(c, { title: words[language].title, content, breadcrumb: toProgramme(language, programme), status })
}
