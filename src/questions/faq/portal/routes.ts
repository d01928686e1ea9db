import { type Context, Hono } from 'hono'
import { digest } from '../../../people/secrets.ts'
import type { WebEnv } from '../../../web/env.ts'
import { readable } from '../../../web/lists.ts'
import { searchFaq } from '../../search/queries.ts'
import type { FaqEntry } from '../queries.ts'
import { asAtom, asFragment, asJson } from './render.ts'

/** The published answers for other sites: everybody may read them, from every page, and caches may keep them for a while. */
export const portalRoutes = new Hono<WebEnv>()

const entriesAPage = 200
const entriesInFeed = 50
const entriesInFragment = 20

portalRoutes.get('/faq.json', (c) =>
  answer(c, { limit: entriesAPage, sort: 'newest' }, 'application/json; charset=utf-8', (entries, total) => {
    const next = pageOf(c) * entriesAPage < total ? `${c.var.baseUrl}/faq.json?${addressOf(c, pageOf(c) + 1)}` : null
    return JSON.stringify(asJson(entries, { ...c.var, next }))
  }),
)

portalRoutes.get('/faq.atom', (c) =>
  answer(c, { limit: entriesInFeed, sort: 'newest' }, 'application/atom+xml; charset=utf-8', async (entries) =>
    String(await asAtom(entries, c.var)),
  ),
)

portalRoutes.get('/faq/embed', (c) =>
  answer(c, { limit: entriesInFragment, sort: 'useful' }, 'text/html; charset=utf-8', async (entries) =>
    String(await asFragment(entries, c.var)),
  ),
)

type Wanted = { limit: number; sort: 'newest' | 'useful' }

/** The tag is that of the text: an answer that others found useful may come first without having been changed. */
async function answer(
  c: Context<WebEnv>,
  { limit, sort }: Wanted,
  type: string,
  write: (entries: readonly FaqEntry[], total: number) => string | Promise<string>,
) {
  const found = await searchFaq(c.var.db, wordsOf(c), { moduleId: moduleOf(c), sort, limit, offset: (pageOf(c) - 1) * limit })
  const body = await write(found.rows, found.total)
  const tag = `"${digest(body).slice(0, 32)}"`
  c.header('ETag', tag)
  c.header('Cache-Control', 'public, max-age=300')
  c.header('Access-Control-Allow-Origin', '*')
  if (c.req.header('If-None-Match')?.includes(tag)) return c.body(null, 304)
  c.header('Content-Type', type)
  return c.body(body)
}

const wordsOf = (c: Context<WebEnv>) => readable(c.req.query('q')).slice(0, 200)
const moduleOf = (c: Context<WebEnv>) => Number(/^\d{1,9}$/.exec(c.req.query('module') ?? '')?.[0] ?? 0) || null
const pageOf = (c: Context<WebEnv>) => Math.max(1, Number(/^\d{1,5}$/.exec(c.req.query('page') ?? '')?.[0] ?? 1))

function addressOf(c: Context<WebEnv>, page: number) {
  const [q, moduleId] = [wordsOf(c), moduleOf(c)]
  return new URLSearchParams({ ...(q && { q }), ...(moduleId && { module: String(moduleId) }), page: String(page) })
}
