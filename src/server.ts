import { type ServerType, serve } from '@hono/node-server'
import { pino } from 'pino'
import { createApp } from './app.ts'
import { type Config, readConfig } from './config.ts'
import { migrate } from './database/migrate.ts'
import { openDatabase } from './database/open.ts'
import type { Database } from './database/schema.ts'
import { firstStart } from './demo/first-start.ts'
import { startJobs } from './jobs.ts'
import { writeMail } from './notifications/outbox.ts'

try {
  await start(readConfig(process.env))
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}

async function start(config: Config) {
  const log = pino({ level: config.logLevel }, pino.destination({ sync: false }))
  const db = openDatabase(config.databaseUrl)
  await migrate(db)
  const greeting = await firstStart(db, config, Temporal.Now.instant())

  const { baseUrl, zone, uploads } = config
  const app = createApp({ db, now: () => Temporal.Now.instant(), baseUrl, zone, uploads, writeMail, log, production: config.production })
  const server = serve({ fetch: app.fetch, port: config.port }, () => {
    log.info({ url: baseUrl }, 'Percorsi is ready')
    if (greeting) process.stdout.write(`${greeting}\n`)
  })
  const jobs = startJobs({ db, ...config, log })
  stopKindly(server, jobs, db)
}

/** Finishes the requests and the job under way, then closes the database. */
function stopKindly(server: ServerType, jobs: { stop: () => Promise<void> }, db: Database) {
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => {
      server.close(async () => {
        await jobs.stop()
        await db.destroy()
        process.exit(0)
      })
      if ('closeIdleConnections' in server) server.closeIdleConnections()
    })
}
