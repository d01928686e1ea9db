import { type Context, Hono } from 'hono'
import * as z from 'zod'
import { requireNationalCoordinator } from '../../people/require.ts'
import type { WebEnv } from '../../web/env.ts'
import { optionalText, type Problems, readForm } from '../../web/forms.ts'
import { readList } from '../../web/lists.ts'
import { id } from '../../web/paths.ts'
import { done, fragment, page, wantsFragment } from '../../web/respond.ts'
import { cleanFileName, readFiles, withKeptFiles } from '../../web/uploads.ts'
import { previewRegister } from '../register/actions.ts'
import { registerReason } from '../register/words.ts'
import { keepImport, startImport } from './actions.ts'
import { importPage, importPart, uploadPage } from './pages.ts'
import { findImport, recentImports } from './queries.ts'
import { words } from './words.ts'

export const importRoutes = new Hono<WebEnv>()

importRoutes.get('/administrations/import', requireNationalCoordinator, (c) => showUpload(c))

importRoutes.post('/administrations/import', requireNationalCoordinator, async (c) => {
  const { db, now, language, signedIn, uploads } = c.var
  const [file] = await readFiles(c, 'file')
  if (!file) return showUpload(c, { file: 'file_missing' })

  const bytes = new Uint8Array(await file.arrayBuffer())
  const preview = await previewRegister(db, bytes)
  if ('refusal' in preview) return showUpload(c, { file: registerReason(preview.refusal, language) })

  const fileName = cleanFileName(file.name)
  const kept = await withKeptFiles(uploads, [{ name: fileName, mediaType: 'text/csv', bytes }], ([stored]) =>
    keepImport(db, { fileName, storedName: stored?.storedName ?? '', preview }, { by: signedIn, at: now }),
  )
  return done(c, `/administrations/import/${kept.id}`)
})

importRoutes.get(`/administrations/import/${id('id')}`, requireNationalCoordinator, (c) => showImport(c))

importRoutes.post(`/administrations/import/${id('id')}/start`, requireNationalCoordinator, async (c) => {
  const { db, now, language, signedIn, uploads } = c.var
  const importId = Number(c.req.param('id'))
  const { typed } = await readForm(c, z.object({ closures: optionalText() }))

  const refusal = await startImport(db, uploads, importId, { by: signedIn, at: now, allowManyClosures: typed.closures === 'yes' })
  if (refusal === 'not_found') return c.notFound()
  if (refusal) return showImport(c, words[language].startRefusal[refusal])
  return done(c, `/administrations/import/${importId}`)
})

async function showUpload(c: Context<WebEnv>, problems: Problems | null = null) {
  const { db, language, dates } = c.var
  const content = uploadPage(language, dates, await recentImports(db), problems)
  return page(c, { title: words[language].title, content, breadcrumb: crumbs(c).slice(0, 1), status: problems ? 422 : 200 })
}

async function showImport(c: Context<WebEnv>, problem: string | null = null) {
  const { db, language, dates } = c.var
  const found = await findImport(db, Number(c.req.param('id')))
  if (!found) return c.notFound()
  if (wantsFragment(c)) return fragment(c, importPart(language, found, problem))
  // A second click on the button leads to the same progress as the first.
  if (problem && (found.state === 'running' || found.state === 'finished')) return done(c, `/administrations/import/${found.id}`)
  const list = readList(c, ['line'])
  const content = importPage(language, dates, found, { ...list, path: `/administrations/import/${found.id}` }, problem)
  return page(c, { title: words[language].importOf(found.fileName), content, breadcrumb: crumbs(c), status: problem ? 422 : 200 })
}

const crumbs = (c: Context<WebEnv>) => {
  const t = words[c.var.language]
  return [
    { href: '/administrations', label: t.administrations },
    { href: '/administrations/import', label: t.title },
  ]
}
