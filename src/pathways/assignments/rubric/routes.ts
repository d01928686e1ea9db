import { type Context, Hono } from 'hono'
import * as z from 'zod'
import { requireNationalCoordinator } from '../../../people/require.ts'
import { toProgramme } from '../../../programmes/crumbs.ts'
import { findProgramme, type Programme } from '../../../programmes/queries.ts'
import type { WebEnv } from '../../../web/env.ts'
import { optionalText, type Problems, readForm, type Typed } from '../../../web/forms.ts'
import { id } from '../../../web/paths.ts'
import { done, page } from '../../../web/respond.ts'
import { words as definitionWords } from '../../definition/words.ts'
import { findModule, type Module } from '../../queries.ts'
import { setRubric } from './actions.ts'
import { rubricPage } from './pages.ts'
import { rubricOf } from './queries.ts'
import { readRubric } from './rules.ts'
import { words } from './words.ts'

/** The criteria by which an assignment is reviewed. */
export const rubricRoutes = new Hono<WebEnv>()

const path = `/programmes/${id('id')}/modules/${id('module')}/rubric` as const

rubricRoutes.get(path, requireNationalCoordinator, async (c) => {
  const found = await find(c)
  return found ? show(c, found) : c.notFound()
})

rubricRoutes.post(path, requireNationalCoordinator, async (c) => {
  const { db, language, signedIn, now } = c.var
  const found = await find(c)
  if (!found) return c.notFound()
  const t = words[language]
  const { value, problems, typed } = await readForm(c, z.object({ criteria: optionalText(8000) }))
  if (problems) return show(c, found, { problems, typed })
  const read = readRubric(value.criteria)
  if ('refusal' in read) return show(c, found, { problems: { criteria: t.refusal[read.refusal](read.line) }, typed })
  await setRubric(db, found.module.id, read.criteria, { by: signedIn, at: now })
  return done(c, `/programmes/${found.programme.id}/modules/${found.module.id}`, t.saved)
})

type Found = { programme: Programme; module: Module }

async function find(c: Context<WebEnv>): Promise<Found | undefined> {
  const programme = await findProgramme(c.var.db, Number(c.req.param('id')))
  const module = await findModule(c.var.db, Number(c.req.param('module')))
  return programme && module?.programmeId === programme.id && module.kind === 'assignment' ? { programme, module } : undefined
}

async function show(c: Context<WebEnv>, { programme, module }: Found, trouble: { problems?: Problems; typed?: Typed } = {}) {
  const { db, language } = c.var
  const modules = `/programmes/${programme.id}/modules`
  const form = { action: `${modules}/${module.id}/rubric`, module: module.title, criteria: await rubricOf(db, module.id), ...trouble }
  const breadcrumb = [
    ...toProgramme(language, programme),
    { href: modules, label: definitionWords[language].modules },
    { href: `${modules}/${module.id}`, label: module.title },
  ]
  return page(c, { title: words[language].title, content: rubricPage(form, language), breadcrumb, status: trouble.problems ? 422 : 200 })
}
