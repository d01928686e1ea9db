import { type Context, Hono } from 'hono'
import { requireCoordinator } from '../people/require.ts'
import { staffScope } from '../people/rules.ts'
import { listProgrammes, programmeSorts } from '../programmes/queries.ts'
import type { WebEnv } from '../web/env.ts'
import { readList } from '../web/lists.ts'
import { page } from '../web/respond.ts'
import { readOpened, readView, type Unread } from './address.ts'
import { definitions } from './definitions.ts'
import { groupings } from './groups.ts'
import { programmesPage, wholeOf } from './pages.ts'
import { participationCsv } from './participation/export.ts'
import { participationSorts } from './participation/order.ts'
import { participationPage, participationTitle, unreadFilterPage } from './participation/pages.ts'
import { participation } from './participation/queries.ts'
import { rowsCsv } from './rows/export.ts'
import { rowsPage } from './rows/pages.ts'
import { countBehind, everythingBehind, listBehind, rowSorts } from './rows/queries.ts'
import { participationUrl, type View } from './urls.ts'
import { words } from './words.ts'

export const reportRoutes = new Hono<WebEnv>()

reportRoutes.get('/reports', requireCoordinator, async (c) => {
  const { db, language, dates } = c.var
  const read = readList(c, programmeSorts)
  const list = c.req.query('sort') ? read : { ...read, descending: true }
  const { rows, total } = await listProgrammes(db, list)
  const [only] = rows
  if (only && total === 1) return c.redirect(participationUrl(wholeOf(only)), 302)
  return page(c, { title: words[language].title, content: programmesPage({ language, dates, list, rows, total }) })
})

reportRoutes.get('/reports/participation', requireCoordinator, async (c) => {
  if (!c.req.query('programme')) return c.redirect('/reports', 302)
  const asked = await readView(c)
  if (!asked) return c.notFound()
  if ('problems' in asked) return unreadFilter(c, asked)

  const { view } = asked
  const found = await participation(c.var.db, { ...whatIn(c, view), by: view.by })
  const list = readList(c, participationSorts, ['programme', 'from', 'until', 'by'])
  const content = participationPage(c.var, { view, list, found, everywhere: seesEverything(c) })
  return page(c, { title: participationTitle(c.var.language, view.programme), content, breadcrumb: [toReports(c)] })
})

reportRoutes.get('/reports/participation.csv', requireCoordinator, async (c) => {
  const asked = await readView(c)
  if (!asked) return c.notFound()
  if ('problems' in asked) return unreadFilter(c, asked)

  const { view } = asked
  const found = await participation(c.var.db, { ...whatIn(c, view), by: view.by })
  return csvFile(
    c,
    `${words[c.var.language].file.participation}-${view.by}`,
    participationCsv(c.var, { view, found, everywhere: seesEverything(c) }),
  )
})

reportRoutes.get('/reports/participation/rows', requireCoordinator, async (c) => {
  const asked = await readOpened(c)
  if (!asked) return c.notFound()
  if ('problems' in asked) return unreadFilter(c, asked)

  const { view, figure, part, partName } = asked
  const { language, db } = c.var
  const behind = { ...whatIn(c, view), figure, part }
  const list = readList(c, rowSorts, ['programme', 'figure', 'from', 'until', 'by', ...groupings])
  const counts = await countBehind(db, behind)
  const title = `${definitions[language][figure].label}: ${partName}`
  const content = rowsPage(c.var, { view, figure, part, title, counts, list, ...(await listBehind(db, behind, list)) })
  return page(c, { title, content, breadcrumb: [toReports(c), { href: participationUrl(view), label: view.programme.title }] })
})

reportRoutes.get('/reports/participation/rows.csv', requireCoordinator, async (c) => {
  const asked = await readOpened(c)
  if (!asked) return c.notFound()
  if ('problems' in asked) return unreadFilter(c, asked)

  const { view, figure, part, partName } = asked
  const { language, db, zone } = c.var
  const behind = { ...whatIn(c, view), figure, part }
  const opened = { view, figure, part: partName, counts: await countBehind(db, behind), rows: await everythingBehind(db, behind), zone }
  return csvFile(c, `${words[language].file.participation}-${words[language].file.rows}`, rowsCsv(c.var, opened))
})

const whatIn = (c: Context<WebEnv>, { programme, period }: View) => ({
  programmeId: programme.id,
  ...period,
  zone: c.var.zone,
  person: c.var.signedIn,
})

const toReports = (c: Context<WebEnv>) => ({ href: '/reports', label: words[c.var.language].title })

const seesEverything = (c: Context<WebEnv>) => staffScope(c.var.signedIn) === 'national'

function csvFile(c: Context<WebEnv>, name: string, content: string) {
  c.header('Content-Type', 'text/csv; charset=utf-8')
  c.header('Content-Disposition', `attachment; filename="${name}.csv"`)
  c.header('Cache-Control', 'private, no-store')
  return c.body(content)
}

function unreadFilter(c: Context<WebEnv>, { programme, problems, typed }: Unread) {
  const content = unreadFilterPage(c.var, programme, problems, typed)
  return page(c, { title: participationTitle(c.var.language, programme), content, breadcrumb: [toReports(c)], status: 422 })
}
