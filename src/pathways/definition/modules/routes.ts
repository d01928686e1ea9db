import { type Context, Hono } from 'hono'
import * as z from 'zod'
import { requireCoordinator, requireNationalCoordinator } from '../../../people/require.ts'
import { isNationalCoordinator } from '../../../people/rules.ts'
import { toProgramme } from '../../../programmes/crumbs.ts'
import { findProgramme, type Programme } from '../../../programmes/queries.ts'
import type { WebEnv } from '../../../web/env.ts'
import { choiceField, optionalLink, optionalNumber, optionalText, readForm, requiredText } from '../../../web/forms.ts'
import { readList } from '../../../web/lists.ts'
import { id } from '../../../web/paths.ts'
import { done, fragment, page, wantsFragment } from '../../../web/respond.ts'
import { findModule, worksheetFields } from '../../queries.ts'
import { addModule, changeModule } from '../actions.ts'
import { listModules, moduleSorts } from '../queries.ts'
import { moduleKinds, readWorksheet, toolNames } from '../rules.ts'
import { words } from '../words.ts'
import { moduleForm, moduleList, modulePage, modulesPage } from './pages.ts'

export const moduleDefinitionRoutes = new Hono<WebEnv>()

const modules = `/programmes/${id('id')}/modules`

moduleDefinitionRoutes.get(modules, requireCoordinator, async (c) => {
  const { db, language, signedIn } = c.var
  const programme = await findProgramme(db, Number(c.req.param('id')))
  if (!programme) return c.notFound()
  const list = readList(c, moduleSorts, ['kind'])
  const listed = { programmeId: programme.id, list, ...(await listModules(db, programme.id, list)) }
  if (wantsFragment(c)) return fragment(c, moduleList(language, listed))
  const content = modulesPage(language, listed, isNationalCoordinator(signedIn))
  return page(c, { title: words[language].modules, content, breadcrumb: toProgramme(language, programme) })
})

moduleDefinitionRoutes.get(`${modules}/new`, requireNationalCoordinator, async (c) => {
  const { db, language } = c.var
  const programme = await findProgramme(db, Number(c.req.param('id')))
  if (!programme) return c.notFound()
  const content = moduleForm(language, { action: `/programmes/${programme.id}/modules`, module: null })
  return page(c, { title: words[language].createModule, content, breadcrumb: toModules(c, programme) })
})

moduleDefinitionRoutes.post(modules, requireNationalCoordinator, async (c) => {
  const { db, language, signedIn, now } = c.var
  const programme = await findProgramme(db, Number(c.req.param('id')))
  if (!programme) return c.notFound()
  const { value, problems, typed } = await readForm(c, details)
  if (problems || typed.do === 'preview') {
    const form = { action: `/programmes/${programme.id}/modules`, module: null, problems, typed, preview: value }
    const content = moduleForm(language, form)
    return page(c, { title: words[language].createModule, content, breadcrumb: toModules(c, programme), status: problems ? 422 : 200 })
  }

  const moduleId = await addModule(db, programme.id, value, { by: signedIn, at: now })
  return done(c, `/programmes/${programme.id}/modules/${moduleId}`, words[language].moduleCreated(value.title))
})

moduleDefinitionRoutes.get(`${modules}/${id('module')}`, requireCoordinator, async (c) => {
  const { language, signedIn } = c.var
  const found = await find(c)
  if (!found) return c.notFound()
  const content = modulePage(language, found.module, isNationalCoordinator(signedIn))
  return page(c, { title: found.module.title, content, breadcrumb: toModules(c, found.programme) })
})

moduleDefinitionRoutes.get(`${modules}/${id('module')}/edit`, requireNationalCoordinator, async (c) => {
  const { language } = c.var
  const found = await find(c)
  if (!found) return c.notFound()
  const content = moduleForm(language, { action: c.req.path, module: found.module })
  return page(c, { title: words[language].edit, content, breadcrumb: toModule(c, found) })
})

moduleDefinitionRoutes.post(`${modules}/${id('module')}/edit`, requireNationalCoordinator, async (c) => {
  const { db, language, signedIn, now } = c.var
  const found = await find(c)
  if (!found) return c.notFound()
  const { value, problems, typed } = await readForm(c, details)
  if (problems || typed.do === 'preview') {
    const content = moduleForm(language, { action: c.req.path, module: found.module, problems, typed, preview: value })
    return page(c, { title: words[language].edit, content, breadcrumb: toModule(c, found), status: problems ? 422 : 200 })
  }

  await changeModule(db, found.module.id, value, { by: signedIn, at: now })
  return done(c, `/programmes/${found.programme.id}/modules/${found.module.id}`, words[language].moduleSaved)
})

const details = z.object({
  kind: choiceField(moduleKinds),
  title: requiredText(200),
  summary: optionalText(500),
  body: optionalText(20_000),
  link: optionalLink,
  tool: optionalText(40)
    .transform((name) => name || null)
    .pipe(z.enum(toolNames, 'choice').nullable()),
  worksheet: optionalText(5000).transform(readWorksheet),
  recognitionMonths: optionalNumber({ least: 1, most: 600 }),
})

async function find(c: Context<WebEnv>) {
  const programme = await findProgramme(c.var.db, Number(c.req.param('id')))
  const module = await findModule(c.var.db, Number(c.req.param('module')))
  if (!programme || module?.programmeId !== programme.id) return undefined
  return { programme, module: { ...module, worksheet: await worksheetFields(c.var.db, module.id) } }
}

const toModules = (c: Context<WebEnv>, programme: Programme) => [
  ...toProgramme(c.var.language, programme),
  { href: `/programmes/${programme.id}/modules`, label: words[c.var.language].modules },
]

const toModule = (c: Context<WebEnv>, { programme, module }: { programme: Programme; module: { id: number; title: string } }) => [
  ...toModules(c, programme),
  { href: `/programmes/${programme.id}/modules/${module.id}`, label: module.title },
]
