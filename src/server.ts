import { type ServerType, serve } from '@hono/node-server'
import { pino } from 'pino'
import { createApp } from './app.ts'
import { readConfig } from './config.ts'
import { migrate } from './database/migrate.ts'
import { openDatabase } from './database/open.ts'
import { writeMail } from './notifications/outbox.ts'

try {
  await start()
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}

async function start() {
  const config = readConfig(process.env)
  const log = pino({ level: config.logLevel }, pino.destination({ sync: false }))
  const db = openDatabase(config.databaseUrl)
  await migrate(db)

  const app = createApp({
    db,
    now: () => Temporal.Now.instant(),
    baseUrl: config.baseUrl,
    zone: config.zone,
    uploads: config.uploads,
    writeMail,
    log,
  })
  const server = serve({ fetch: app.fetch, port: config.port }, () => log.info({ url: config.baseUrl }, 'Percorsi is ready'))
  stopKindly(server, () => db.destroy())
}

/** Finishes the requests under way, then closes the database. */
function stopKindly(server: ServerType, close: () => Promise<void>) {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => server.close(() => close().then(() => process.exit(0))))
}
