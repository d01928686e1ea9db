import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { serve } from '@hono/node-server'
import type { Browser, Page } from 'playwright-core'
import { createApp } from '#src/app.ts'
import { migrate } from '#src/database/migrate.ts'
import { openSqlite } from '#src/database/sqlite.ts'
import { writeMail } from '#src/notifications/outbox.ts'
import { addCast, noon, zone } from '#test/support.ts'
import { expectAccessible, openBrowser, watchPage } from './browser.ts'

/** Pictures of a walk; with GUIDE set, those of the guide and the README are renewed. */
const pictures = join(import.meta.dirname, '../../data/screenshots')
const guide = join(import.meta.dirname, '../../public/guide')

/** The app with the cast, listening, and a browser before it; the clock stands until the test moves it. */
export async function openStage() {
  const folder = mkdtempSync(join(tmpdir(), 'percorsi-stage-'))
  const db = openSqlite(join(folder, 'stage.db'))
  await migrate(db)
  await addCast(db)

  const clock = { now: noon }
  const failures: unknown[] = []
  let app: ReturnType<typeof createApp>
  const server = serve({ fetch: (request) => app.fetch(request), port: 0, hostname: '127.0.0.1' })
  await new Promise((listening) => server.once('listening', listening))
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  app = createApp({
    db,
    now: () => clock.now,
    baseUrl,
    zone,
    uploads: join(folder, 'uploads'),
    writeMail,
    log: { error: failures.push.bind(failures) } as never,
  })
  const browser = await openBrowser()

  return {
    db,
    clock,
    baseUrl,
    /** What went wrong inside the app. */
    failures,
    open: (size?: Size) => openUser(browser, baseUrl, size),
    close: async () => {
      await browser.close()
      await new Promise((closed) => server.close(closed))
      await db.destroy()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

type Size = { width: number; height: number }
export const desk = { width: 1280, height: 900 }
export const phone = { width: 390, height: 844 }

/** Somebody in front of a browser of their own. */
async function openUser(browser: Browser, baseUrl: string, size: Size = desk) {
  const context = await browser.newContext({ viewport: size, locale: 'it-IT', baseURL: baseUrl })
  // What isn't there at once won't come: the app is on this machine.
  context.setDefaultTimeout(5000)
  const page = await context.newPage()
  const faults = watchPage(page, baseUrl)
  return { page, context, faults, look: (name: string) => look(page, name) }
}
export type User = Awaited<ReturnType<typeof openUser>>

/** Checks the page with axe, and takes its picture at the width of a desk and of a phone. */
async function look(page: Page, name: string) {
  await expectAccessible(page)
  mkdirSync(pictures, { recursive: true })
  const before = page.viewportSize() ?? desk
  for (const [suffix, size] of [
    ['', desk],
    ['-phone', phone],
  ] as const) {
    await page.setViewportSize(size)
    await page.screenshot({ path: join(pictures, `${name}${suffix}.png`), fullPage: true })
    if (process.env.GUIDE) {
      mkdirSync(guide, { recursive: true })
      await page.screenshot({ path: join(guide, `${name}${suffix}.png`) })
    }
  }
  await page.setViewportSize(before)
}
