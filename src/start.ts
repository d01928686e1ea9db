import { type ServerType, serve } from '@hono/node-server'
import { pino } from 'pino'
import { importsUnderWay } from './administrations/imports/actions.ts'
import { createApp } from './app.ts'
import type { Config } from './config.ts'
import { migrate } from './database/migrate.ts'
import { openDatabase } from './database/open.ts'
import type { Database } from './database/schema.ts'
import { firstStart } from './demo/first-start.ts'
import { startJobs } from './jobs.ts'
import { writeMail } from './notifications/outbox.ts'
import { assignmentsUnderWay } from './pathways/assign/actions.ts'
import { endStreams } from './sessions/live/stream.ts'

/** Opens the database, loads what an empty one needs, listens, and starts what runs by the clock. */
export async function start(config: Config) {
  const log = pino({ level: config.logLevel }, pino.destination({ sync: false }))
  const db = await openDatabase(config.databaseUrl)
  await migrate(db)
  const greeting = await firstStart(db, config, Temporal.Now.instant())

  const { baseUrl, zone, uploads, roomServer, production, proxies } = config
  const app = createApp({
    db,
    now: () => Temporal.Now.instant(),
    baseUrl,
    zone,
    uploads,
    writeMail,
    roomServer,
    log,
    production,
    secondFactor: config.secondFactor,
    oidc: await providerOf(config),
    proxies,
  })
  // A demo is for this machine alone; in production a proxy comes from outside.
  const hostname = config.production ? undefined : '127.0.0.1'
  const server = serve({ fetch: app.fetch, port: config.port, hostname }, () => {
    log.info({ url: baseUrl }, 'Percorsi is ready')
    if (greeting) process.stdout.write(`${greeting}\n`)
  })
  const jobs = await startJobs({ db, ...config, log })
  stopKindly(server, jobs, db)
}

/** The library is loaded where there is a provider. */
async function providerOf({ oidc, baseUrl, production }: Config) {
  if (!oidc) return null
  const { identityProvider } = await import('./people/oidc/provider.ts')
  return identityProvider({ ...oidc, baseUrl, plainHttp: !production && oidc.issuer.startsWith('http:') })
}

/** Finishes the requests and the job under way, then closes the database. */
function stopKindly(server: ServerType, jobs: { stop: () => Promise<void> }, db: Database) {
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => {
      server.close(async () => {
        await jobs.stop()
        await importsUnderWay()
        await assignmentsUnderWay()
        await db.destroy()
        process.exit(0)
      })
      endStreams()
      if ('closeIdleConnections' in server) server.closeIdleConnections()
    })
}
