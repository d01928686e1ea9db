import { Hono } from 'hono'
import { sql } from 'kysely'
import type { WebEnv } from '../web/env.ts'
import { page } from '../web/respond.ts'
import { visitorPage } from './pages.ts'
import { words } from './words.ts'

export const homeRoutes = new Hono<WebEnv>()

homeRoutes.get('/', (c) => page(c, { title: words[c.var.language].title, content: visitorPage(c.var.language) }))

homeRoutes.get('/health', async (c) => {
  await sql`select 1`.execute(c.var.db)
  return c.json({ status: 'ok' })
})
