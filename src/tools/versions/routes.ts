import { type Context, Hono } from 'hono'
import * as z from 'zod'
import { crumbsInModule } from '../../pathways/modules/crumbs.ts'
import { modulePath } from '../../pathways/modules/panel.ts'
import type { FoundModule } from '../../pathways/modules/queries.ts'
import { words as moduleWords } from '../../pathways/modules/words.ts'
import { requirePerson } from '../../people/require.ts'
import type { WebEnv } from '../../web/env.ts'
import { readForm } from '../../web/forms.ts'
import { readList } from '../../web/lists.ts'
import { id } from '../../web/paths.ts'
import { done, page, refused } from '../../web/respond.ts'
import { saveWorksheet } from '../actions.ts'
import { findTool, showingOf } from '../find.ts'
import type { Work } from '../form/page.ts'
import { toolPath, versionsPath } from '../paths.ts'
import { findForm, findWorksheet } from '../queries.ts'
import { words as toolWords } from '../words.ts'
import { versionPage, versionsPage } from './pages.ts'
import { findVersion, listVersions, versionSorts } from './queries.ts'
import { words } from './words.ts'

export const versionRoutes = new Hono<WebEnv>()

const path = `/${id('enrolment')}/${id('module')}/versions` as const

versionRoutes.get(path, requirePerson, async (c) => {
  const { db, language, signedIn } = c.var
  const place = await find(c)
  if (!place) return c.notFound()
  const { found, work } = place
  const list = readList(c, versionSorts)
  const listed = { list, ...(await listVersions(db, work.open, { list, viewer: signedIn })) }
  const content = versionsPage(work, listed, showingOf(c, work.open))
  return page(c, { title: words[language].title, content, breadcrumb: crumbs(c, found) })
})

versionRoutes.get(`${path}/${id('revision')}`, requirePerson, async (c) => {
  const place = await find(c)
  return place ? showVersion(c, place) : c.notFound()
})

versionRoutes.post(`${path}/${id('revision')}/restore`, requirePerson, async (c) => {
  const { db, language, signedIn, now } = c.var
  const place = await find(c)
  if (!place) return c.notFound()
  const { open } = place.work
  if (!open.mayWork) return refused(c, moduleWords[language].onlyReferents)
  const version = await findVersion(db, { ...open, revision: Number(c.req.param('revision')) }, signedIn)
  if (!version) return c.notFound()

  const t = words[language]
  const { value } = await readForm(c, z.object({ revision: z.coerce.number().int().catch(0) }))
  const save = { ...open, answers: version.answers, revision: value?.revision ?? 0, saving: 'restored' as const, complete: false }
  const outcome = await saveWorksheet(db, save, { by: signedIn, at: now, language })
  if ('refusal' in outcome) return showVersion(c, place, toolWords[language].refusal[outcome.refusal])
  if ('missing' in outcome) return showVersion(c, place, t.incomplete)
  if ('conflict' in outcome) return showVersion(c, place, t.meanwhile)
  return done(c, open.tool ? toolPath(open) : modulePath(open), t.restored(version.revision))
})

type Found = { found: FoundModule; work: Work }

async function find(c: Context<WebEnv>): Promise<Found | undefined> {
  const { db, language, signedIn } = c.var
  const found = await findTool(c)
  const form = found && (await findForm(db, found.open, language))
  if (!found || !form) return undefined
  return { found, work: { open: found.open, form, worksheet: await findWorksheet(db, found.open, signedIn) } }
}

async function showVersion(c: Context<WebEnv>, { found, work }: Found, problem: string | null = null) {
  const { db, language, signedIn } = c.var
  const version = await findVersion(db, { ...work.open, revision: Number(c.req.param('revision')) }, signedIn)
  if (!version) return c.notFound()
  const content = versionPage(work, version, { ...showingOf(c, work.open), problem })
  const breadcrumb = [...crumbs(c, found), { href: versionsPath(work.open), label: words[language].title }]
  return page(c, { title: words[language].page(version.revision), content, breadcrumb, status: problem ? 422 : 200 })
}

const crumbs = (c: Context<WebEnv>, found: FoundModule) => crumbsInModule(found, c.var.signedIn, c.var.language)
