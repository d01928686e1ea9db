import { type Context, Hono } from 'hono'
import * as z from 'zod'
import type { Language } from '../language/language.ts'
import { crumbsInModule, crumbsToModule } from '../pathways/modules/crumbs.ts'
import { modulePath } from '../pathways/modules/panel.ts'
import type { FoundModule } from '../pathways/modules/queries.ts'
import { words as moduleWords } from '../pathways/modules/words.ts'
import { requirePerson } from '../people/require.ts'
import type { Html, WebEnv } from '../web/env.ts'
import { type Problems, readForm, type Typed } from '../web/forms.ts'
import { id } from '../web/paths.ts'
import { done, fragment, page, refused } from '../web/respond.ts'
import { completeTool, saveWorksheet } from './actions.ts'
import { resultsRoutes } from './communication/routes.ts'
import { toolDocument } from './document/content.ts'
import { documentRoutes } from './document/routes.ts'
import { findTool, showingOf } from './find.ts'
import { conflictPage } from './form/conflict.ts'
import { askedToMove, movedUp } from './form/move.ts'
import { savedLine, type Work, workForm } from './form/page.ts'
import { readAnswers } from './form/read.ts'
import { words as formWords } from './form/words.ts'
import { formToolPage, pagedToolPage, readToolPage, refusalPage } from './pages.ts'
import { toolPath } from './paths.ts'
import { findForm, findWorksheet } from './queries.ts'
import { toolCalled } from './registry.ts'
import { isPaged } from './tool.ts'
import { versionRoutes } from './versions/routes.ts'
import { words } from './words.ts'

/** Mount at `/tools`. */
export const toolRoutes = new Hono<WebEnv>()

const path = `/${id('enrolment')}/${id('module')}` as const

// A worksheet is filled in on the module's page; whoever reloads its form comes back there.
toolRoutes.get(path, requirePerson, async (c) => {
  const found = await findTool(c)
  if (!found) return c.notFound()
  const tool = found.open.tool && toolCalled(found.open.tool)
  if (!tool || found.open.state === 'locked') return c.redirect(modulePath(found.open), 303)
  return isPaged(tool) ? showPaged(c, found) : showForm(c, found)
})

toolRoutes.post(path, requirePerson, async (c) => {
  const { language, signedIn } = c.var
  const found = await findTool(c)
  if (!found) return c.notFound()
  const { open } = found
  if (!open.mayWork) return refused(c, moduleWords[language].onlyReferents)
  const t = words[language]
  const work = await workOn(c, found)
  if (!work) return c.notFound()

  const { answers, problems, typed, complete, outcome, at } = await readAndSave(c, work, 'by_hand')
  if (!outcome) return show(c, found, 422, problemPage(c, work, { problems, typed }))
  if ('refusal' in outcome) return show(c, found, 422, refusalPage(open, t.refusal[outcome.refusal]))
  if ('missing' in outcome) {
    const required = Object.fromEntries(outcome.missing.map((name) => [name, missingSentence(work, name, language)]))
    return show(c, found, 422, problemPage(c, work, { problems: required, typed, lacking: outcome.lacking }))
  }
  if ('conflict' in outcome) {
    const theirs = await findWorksheet(c.var.db, open, signedIn)
    if (theirs) return show(c, found, 409, conflictPage(work, showingOf(c, open), { theirs, yours: answers }))
  }
  const back = open.tool && !complete ? toolPath(open) : modulePath(open)
  return done(c, back + at, complete ? t.savedAndComplete : t.saved)
})

// The page saves itself while somebody writes: a line comes back that says so, or why not.
toolRoutes.post(`${path}/draft`, requirePerson, async (c) => {
  const { language, dates, now } = c.var
  const found = await findTool(c)
  if (!found) return c.notFound()
  const t = words[language]
  if (!found.open.mayWork) return refused(c, moduleWords[language].onlyReferents)
  const work = await workOn(c, found)
  if (!work) return c.notFound()
  const { outcome } = await readAndSave(c, work, 'automatic')
  if (!outcome || 'missing' in outcome) return fragment(c, savedLine(t.notSavedItself))
  if ('refusal' in outcome) return fragment(c, savedLine(t.refusal[outcome.refusal]))
  return fragment(c, savedLine('conflict' in outcome ? t.conflictItself : t.savedItself(dates.time(now))))
})

toolRoutes.post(`${path}/complete`, requirePerson, async (c) => {
  const { db, language, signedIn, now } = c.var
  const found = await findTool(c)
  if (!found) return c.notFound()
  const { open } = found
  if (!open.mayWork) return refused(c, moduleWords[language].onlyReferents)
  const t = words[language]
  const outcome = await completeTool(db, open, { by: signedIn, at: now, language })
  if ('refusal' in outcome) return show(c, found, 422, refusalPage(open, t.refusal[outcome.refusal]))
  if (outcome.lacking.length > 0) return showPaged(c, found, outcome.lacking)
  return done(c, modulePath(open), t.completedNow)
})

toolRoutes.route('/', documentRoutes)
toolRoutes.route('/', versionRoutes)
toolRoutes.route('/', resultsRoutes)

async function workOn(c: Context<WebEnv>, { open }: FoundModule): Promise<Work | undefined> {
  const { db, language, signedIn } = c.var
  const form = await findForm(db, open, language)
  return form && { open, form, worksheet: await findWorksheet(db, open, signedIn) }
}

/** What was typed, and what became of it; no outcome when something is wrong in the fields. */
async function readAndSave(c: Context<WebEnv>, { open, form }: Work, saving: 'by_hand' | 'automatic') {
  const { db, language, signedIn, now } = c.var
  const { value, typed: asSent } = await readForm(c, sent)
  const move = askedToMove(asSent)
  const typed = move ? movedUp(asSent, move) : asSent
  const { answers, problems: wrong } = readAnswers(form.fields, typed, language)
  const across = wrong ? {} : (form.tool?.problems?.(answers, language) ?? {})
  const problems: Problems | null = wrong ?? (Object.keys(across).length > 0 ? across : null)
  const { revision, complete, formKey } = value ?? { revision: 0, complete: undefined, formKey: null }
  const save = { ...open, answers, revision, formKey, saving, complete: saving === 'by_hand' && complete === 'yes' }
  const outcome = problems ? null : await saveWorksheet(db, save, { by: signedIn, at: now, language })
  return { answers, problems, typed, complete: save.complete, outcome, at: move ? `#${move.field}` : '' }
}

/** An unreadable revision counts as none seen: then nothing is written over. */
const sent = z.looseObject({
  revision: z.coerce.number().int().catch(0),
  complete: z.literal('yes').optional().catch(undefined),
  formKey: z.uuid().nullable().catch(null),
})

function missingSentence({ form }: Work, name: string, language: Language): string {
  const field = form.fields.find((each) => each.name === name)
  return field?.kind === 'table' ? formWords[language].rowsNeeded(Math.max(1, field.least ?? 1)) : 'required'
}

type Trouble = { problems: Problems | null; typed: Typed; lacking?: readonly string[] }

/** The form again, with what is wrong in it and all that was typed. */
function problemPage(c: Context<WebEnv>, work: Work, trouble: Trouble): Html {
  const showing = showingOf(c, work.open)
  return work.form.tool ? formToolPage(work, showing, trouble) : workForm(work, showing, trouble)
}

async function showForm(c: Context<WebEnv>, found: FoundModule) {
  const { open } = found
  const showing = showingOf(c, open)
  const work = await workOn(c, found)
  const more = (await work?.form.tool?.more?.(c, found)) ?? null
  if (work && open.mayWork) return show(c, found, 200, formToolPage(work, showing, { more }))
  return show(c, found, 200, readToolPage(open, await toolDocument(c.var.db, open, showing), showing, more))
}

async function showPaged(c: Context<WebEnv>, found: FoundModule, lacking: readonly string[] = []) {
  const { open } = found
  const tool = open.tool && toolCalled(open.tool)
  if (!tool || !isPaged(tool)) return c.notFound()
  const content = pagedToolPage({ open, tool, content: await tool.page(c, found), lacking }, showingOf(c, open))
  return show(c, found, lacking.length > 0 ? 422 : 200, content)
}

function show(c: Context<WebEnv>, found: FoundModule, status: 200 | 409 | 422, content: Html) {
  const { open } = found
  const crumbs = open.tool ? crumbsToModule(found, c.var.signedIn, c.var.language) : crumbsInModule(found, c.var.signedIn, c.var.language)
  const title = open.tool ? open.title : words[c.var.language].title
  return page(c, { title, content, breadcrumb: crumbs, status })
}
