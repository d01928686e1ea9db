import { type Context, Hono } from 'hono'
import { html } from 'hono/html'
import { crumbsInModule } from '../../pathways/modules/crumbs.ts'
import type { FoundModule } from '../../pathways/modules/queries.ts'
import { requirePerson } from '../../people/require.ts'
import type { WebEnv } from '../../web/env.ts'
import { id } from '../../web/paths.ts'
import { page } from '../../web/respond.ts'
import { attachment, cleanFileName } from '../../web/uploads.ts'
import { findTool, showingOf } from '../find.ts'
import { words } from '../words.ts'
import { type Block, blocksHtml } from './blocks.ts'
import { toolDocument } from './content.ts'
import { blocksCsv } from './csv.ts'
import { drawPaper } from './pdf.ts'

export const documentRoutes = new Hono<WebEnv>()

const path = `/${id('enrolment')}/${id('module')}/document` as const

documentRoutes.get(path, requirePerson, async (c) => {
  const produced = await find(c)
  if (!produced) return c.notFound()
  const { found, blocks, lines } = produced
  const { language, signedIn } = c.var
  const content = html`<h1>${found.open.title}</h1>${lines.map((line) => html`<p>${line}</p>`)}${blocksHtml(blocks, 2)}`
  return page(c, { title: words[language].documentTitle(found.open.title), content, breadcrumb: crumbsInModule(found, signedIn, language) })
})

documentRoutes.get(`${path}.pdf`, requirePerson, async (c) => {
  const produced = await find(c)
  if (!produced) return c.notFound()
  const { found, blocks, lines } = produced
  const { language, now } = c.var
  const chapters = [{ title: words[language].inputs, blocks }]
  const bytes = await drawPaper({ title: found.open.title, lines, chapters, language, at: now })
  return send(c, bytes, 'application/pdf', `${found.open.title}.pdf`)
})

documentRoutes.get(`${path}.csv`, requirePerson, async (c) => {
  const produced = await find(c)
  if (!produced) return c.notFound()
  return send(c, blocksCsv(produced.blocks), 'text/csv; charset=utf-8', `${produced.found.open.title}.csv`)
})

type Produced = { found: FoundModule; blocks: readonly Block[]; lines: string[] }

/** What was produced, with whose it is and when; a tool where nothing was written yet says so. */
async function find(c: Context<WebEnv>): Promise<Produced | undefined> {
  const { db, language, dates } = c.var
  const found = await findTool(c)
  if (!found) return undefined
  const t = words[language]
  const blocks = (await toolDocument(db, found.open, showingOf(c, found.open))) ?? [{ kind: 'text' as const, text: t.nothingYet }]
  return { found, blocks, lines: [t.of(found.enrolment.administration), t.printedOn(dates.plainDay(found.open.today))] }
}

export function send(c: Context<WebEnv>, body: Uint8Array<ArrayBuffer> | string, type: string, name: string) {
  return c.body(body, 200, {
    'Content-Type': type,
    'Content-Disposition': attachment(cleanFileName(name)),
    'X-Content-Type-Options': 'nosniff',
    'Cache-Control': 'private, no-store',
  })
}
