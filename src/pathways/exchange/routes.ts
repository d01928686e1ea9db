import { type Context, Hono } from 'hono'
import * as z from 'zod'
import { fold } from '../../language/fold.ts'
import { requireNationalCoordinator } from '../../people/require.ts'
import { toProgramme, toProgrammes } from '../../programmes/crumbs.ts'
import { findProgramme, type Programme } from '../../programmes/queries.ts'
import type { WebEnv } from '../../web/env.ts'
import { dayField, type Problems, readForm, requiredText, type Typed } from '../../web/forms.ts'
import { id } from '../../web/paths.ts'
import { done, page } from '../../web/respond.ts'
import { attachment, readFiles } from '../../web/uploads.ts'
import { cloneProgramme, importProgramme } from './actions.ts'
import { writeDocument } from './document.ts'
import { clonePage, importPage } from './pages.ts'
import { exportProgramme } from './queries.ts'
import { largestFile, readDocument } from './read.ts'
import type { Problem } from './rules.ts'
import { daysBetween, shiftedDays } from './shift.ts'
import { words } from './words.ts'

export const exchangeRoutes = new Hono<WebEnv>()

exchangeRoutes.get(`/programmes/${id('id')}/export`, requireNationalCoordinator, async (c) => {
  const document = await exportProgramme(c.var.db, Number(c.req.param('id')))
  if (!document) return c.notFound()
  c.header('Content-Type', 'application/json; charset=utf-8')
  c.header('Content-Disposition', attachment(fileName(document.programme.title)))
  c.header('X-Content-Type-Options', 'nosniff')
  c.header('Cache-Control', 'private, no-store')
  return c.body(writeDocument(document))
})

exchangeRoutes.get('/programmes/import', requireNationalCoordinator, (c) => showImport(c))

exchangeRoutes.post('/programmes/import', requireNationalCoordinator, async (c) => {
  const { db, language, signedIn, now } = c.var
  const [file] = await readFiles(c, 'file')
  if (!file) return showImport(c, { problems: { file: 'file_missing' } })
  if (file.size > largestFile) return showRefusedFile(c, [{ path: [], refusal: 'too_large' }])

  const read = readDocument(new Uint8Array(await file.arrayBuffer()))
  if ('problems' in read) return showRefusedFile(c, read.problems)
  const outcome = await importProgramme(db, read.document, { by: signedIn, at: now })
  if ('problems' in outcome) return showRefusedFile(c, outcome.problems)
  return done(c, `/programmes/${outcome.id}`, words[language].imported(read.document.programme.title))
})

exchangeRoutes.get(`/programmes/${id('id')}/clone`, requireNationalCoordinator, async (c) => {
  const programme = await findProgramme(c.var.db, Number(c.req.param('id')))
  return programme ? showClone(c, programme) : c.notFound()
})

exchangeRoutes.post(`/programmes/${id('id')}/clone`, requireNationalCoordinator, async (c) => {
  const { db, language, signedIn, now } = c.var
  const programme = await findProgramme(db, Number(c.req.param('id')))
  if (!programme) return c.notFound()
  const { value, problems, typed } = await readForm(c, copy)
  if (problems || typed.do === 'preview') return showClone(c, programme, { problems, typed })

  const outcome = await cloneProgramme(db, programme.id, value, { by: signedIn, at: now })
  if (!outcome) return c.notFound()
  if ('problems' in outcome)
    return showClone(c, programme, { problems: { startsOn: words[language].notCloned }, typed, found: outcome.problems })
  return done(c, `/programmes/${outcome.id}`, words[language].cloned(value.title))
})

const copy = z.object({ title: requiredText(200), startsOn: dayField })

const showRefusedFile = (c: Context<WebEnv>, found: readonly Problem[]) =>
  showImport(c, { problems: { file: words[c.var.language].notImported }, found })

function showImport(c: Context<WebEnv>, tried: { problems?: Problems; found?: readonly Problem[] } = {}) {
  const { language } = c.var
  const content = importPage(language, tried)
  return page(c, { title: words[language].importTitle, content, breadcrumb: toProgrammes(language), status: tried.problems ? 422 : 200 })
}

type TriedClone = { problems: Problems | null; typed: Typed; found?: readonly Problem[] }

async function showClone(c: Context<WebEnv>, programme: Programme, tried?: TriedClone) {
  const { db, language, dates } = c.var
  const startsOn = tried ? dayField.safeParse(tried.typed.startsOn).data : programme.startsOn.add({ years: 1 }).toString()
  const document = startsOn === undefined ? undefined : await exportProgramme(db, programme.id)
  const count = startsOn === undefined ? 0 : daysBetween(programme.startsOn.toString(), startsOn)
  const shift = document ? { count, days: shiftedDays(document, count) } : null
  const content = clonePage({ language, dates }, { programme, startsOn: startsOn ?? '', shift, ...tried })
  const breadcrumb = toProgramme(language, programme)
  return page(c, { title: words[language].cloneTitle, content, breadcrumb, status: tried?.problems ? 422 : 200 })
}

/** "percorsi-migliorapa-seconda-fase.json" */
function fileName(title: string): string {
  const slug = fold(title)
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 60)
    .replace(/^-+|-+$/g, '')
  return `percorsi-${slug || 'programma'}.json`
}
