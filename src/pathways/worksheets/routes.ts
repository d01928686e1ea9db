import { type Context, Hono } from 'hono'
import { requireNationalCoordinator } from '../../people/require.ts'
import { toProgramme } from '../../programmes/crumbs.ts'
import { findProgramme, type Programme } from '../../programmes/queries.ts'
import type { Html, WebEnv } from '../../web/env.ts'
import { type Problems, readForm, type Typed } from '../../web/forms.ts'
import { id } from '../../web/paths.ts'
import { done, page } from '../../web/respond.ts'
import { words as definitionWords } from '../definition/words.ts'
import { findModule, type Module, type WorksheetField, worksheetFields } from '../queries.ts'
import { moveFieldUp, removeField, saveField } from './actions.ts'
import { fieldForm, readField } from './form.ts'
import { fieldFormPage, fieldsPage } from './pages.ts'
import { words } from './words.ts'

/** A tool without code: its fields, put together by a coordinator. */
export const worksheetFieldRoutes = new Hono<WebEnv>()

const path = `/programmes/${id('id')}/modules/${id('module')}/fields` as const

worksheetFieldRoutes.get(path, requireNationalCoordinator, async (c) => {
  const found = await find(c)
  if (!found) return c.notFound()
  return show(
    c,
    found,
    words[c.var.language].title,
    fieldsPage({ path: found.path, module: found.module.title, fields: found.fields }, c.var.language),
  )
})

worksheetFieldRoutes.get(`${path}/new`, requireNationalCoordinator, async (c) => {
  const found = await find(c)
  return found ? showForm(c, found, undefined) : c.notFound()
})

worksheetFieldRoutes.post(`${path}/new`, requireNationalCoordinator, async (c) => {
  const found = await find(c)
  return found ? save(c, found, undefined) : c.notFound()
})

worksheetFieldRoutes.get(`${path}/${id('field')}`, requireNationalCoordinator, async (c) => {
  const found = await find(c)
  return found?.field ? showForm(c, found, found.field) : c.notFound()
})

worksheetFieldRoutes.post(`${path}/${id('field')}`, requireNationalCoordinator, async (c) => {
  const found = await find(c)
  return found?.field ? save(c, found, found.field) : c.notFound()
})

worksheetFieldRoutes.post(`${path}/${id('field')}/up`, requireNationalCoordinator, async (c) => {
  const { db, signedIn, now } = c.var
  const found = await find(c)
  if (!found?.field) return c.notFound()
  await moveFieldUp(db, { moduleId: found.module.id, fieldId: found.field.id }, { by: signedIn, at: now })
  return done(c, found.path)
})

worksheetFieldRoutes.post(`${path}/${id('field')}/remove`, requireNationalCoordinator, async (c) => {
  const { db, language, signedIn, now } = c.var
  const found = await find(c)
  if (!found?.field) return c.notFound()
  await removeField(db, { moduleId: found.module.id, fieldId: found.field.id }, { by: signedIn, at: now })
  return done(c, found.path, words[language].removed)
})

type Found = { programme: Programme; module: Module; fields: WorksheetField[]; field: WorksheetField | undefined; path: string }

/** Only tools that are none of the product's have fields of their own. */
async function find(c: Context<WebEnv>): Promise<Found | undefined> {
  const { db } = c.var
  const programme = await findProgramme(db, Number(c.req.param('id')))
  const module = await findModule(db, Number(c.req.param('module')))
  if (!programme || module?.programmeId !== programme.id || module.kind !== 'tool' || module.tool !== null) return undefined
  const fields = await worksheetFields(db, module.id)
  const field = fields.find((each) => each.id === Number(c.req.param('field')))
  return { programme, module, fields, field, path: `/programmes/${programme.id}/modules/${module.id}/fields` }
}

async function save(c: Context<WebEnv>, found: Found, field: WorksheetField | undefined) {
  const { db, language, signedIn, now } = c.var
  const { value, problems, typed } = await readForm(c, fieldForm)
  if (problems) return showForm(c, found, field, { problems, typed })
  const read = readField(value, field, language)
  if ('problems' in read) return showForm(c, found, field, { problems: read.problems, typed })
  const saved = await saveField(db, { moduleId: found.module.id, fieldId: field?.id ?? null }, read.field, { by: signedIn, at: now })
  if (saved === null) return showForm(c, found, field, { problems: { label: words[language].problem.tooMany }, typed })
  return done(c, found.path, words[language].saved)
}

function showForm(
  c: Context<WebEnv>,
  found: Found,
  field: WorksheetField | undefined,
  trouble: { problems?: Problems; typed?: Typed } = {},
) {
  const t = words[c.var.language]
  const action = `${found.path}/${field?.id ?? 'new'}`
  const content = fieldFormPage({ action, field, ...trouble }, c.var.language)
  return show(c, found, field ? t.editTitle : t.addTitle, content, trouble.problems ? 422 : 200)
}

function show(c: Context<WebEnv>, { programme, module, path: fieldsPath }: Found, title: string, content: Html, status: 200 | 422 = 200) {
  const { language } = c.var
  const modules = `/programmes/${programme.id}/modules`
  const breadcrumb = [
    ...toProgramme(language, programme),
    { href: modules, label: definitionWords[language].modules },
    { href: `${modules}/${module.id}`, label: module.title },
    ...(title === words[language].title ? [] : [{ href: fieldsPath, label: words[language].title }]),
  ]
  return page(c, { title, content, breadcrumb, status })
}
