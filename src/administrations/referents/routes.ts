import { type Context, Hono } from 'hono'
import { formatNumber } from '../../language/numbers.ts'
import { requireCoordinator } from '../../people/require.ts'
import type { WebEnv } from '../../web/env.ts'
import type { Problems } from '../../web/forms.ts'
import { readList } from '../../web/lists.ts'
import { done, page } from '../../web/respond.ts'
import { readFiles } from '../../web/uploads.ts'
import { importReferents, previewReferents } from './actions.ts'
import { forgetList, keepList, listName, readKeptList } from './kept.ts'
import { previewReferentsPage, uploadReferentsPage } from './pages.ts'
import { referentReason, words } from './words.ts'

export const referentImportRoutes = new Hono<WebEnv>()

const home = '/administrations/referents/import'
const list = `${home}/:list{${listName}}`

referentImportRoutes.get(home, requireCoordinator, (c) => showUpload(c))

referentImportRoutes.post(home, requireCoordinator, async (c) => {
  const { db, now, language, signedIn, uploads } = c.var
  const [file] = await readFiles(c, 'file')
  if (!file) return showUpload(c, 'file_missing')

  const bytes = new Uint8Array(await file.arrayBuffer())
  const preview = await previewReferents(db, bytes, signedIn)
  if ('refusal' in preview) return showUpload(c, referentReason(preview.refusal, language))
  return done(c, `${home}/${await keepList(uploads, signedIn.id, bytes, now)}`)
})

referentImportRoutes.get(list, requireCoordinator, async (c) => {
  const { db, language, signedIn, uploads } = c.var
  const bytes = await readKeptList(uploads, signedIn.id, c.req.param('list'))
  if (!bytes) return done(c, home, words[language].import.gone)

  const preview = await previewReferents(db, bytes, signedIn)
  if ('refusal' in preview) return showUpload(c, referentReason(preview.refusal, language))
  const content = previewReferentsPage(language, preview, readList(c, ['line']))
  return page(c, { title: words[language].import.previewTitle, content, breadcrumb: crumbs(c) })
})

referentImportRoutes.post(list, requireCoordinator, async (c) => {
  const { db, now, language, signedIn, uploads } = c.var
  const t = words[language].import
  const name = c.req.param('list')
  const bytes = await readKeptList(uploads, signedIn.id, name)
  if (!bytes) return done(c, home, t.gone)

  const outcome = await importReferents(db, bytes, { by: signedIn, at: now })
  if ('refusal' in outcome) return showUpload(c, referentReason(outcome.refusal, language))
  await forgetList(uploads, signedIn.id, name)
  const count = (number: number) => formatNumber(number, language)
  return done(c, '/administrations', t.done(count(outcome.created), count(outcome.unchanged), count(outcome.refused)))
})

function showUpload(c: Context<WebEnv>, problem: string | null = null) {
  const { language } = c.var
  const problems: Problems | null = problem ? { file: problem } : null
  const content = uploadReferentsPage(language, problems)
  return page(c, { title: words[language].import.title, content, breadcrumb: crumbs(c).slice(0, 1), status: problems ? 422 : 200 })
}

const crumbs = (c: Context<WebEnv>) => {
  const t = words[c.var.language].import
  return [
    { href: '/administrations', label: t.administrations },
    { href: home, label: t.title },
  ]
}
