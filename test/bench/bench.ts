import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { migrate } from '#src/database/migrate.ts'
import { openPostgres } from '#src/database/postgres.ts'
import type { Database } from '#src/database/schema.ts'
import { openSqlite } from '#src/database/sqlite.ts'
import { startPostgres } from '#test/postgres.ts'
import { benchCollection } from './collection.ts'
import { benchFeeds } from './feeds.ts'
import { benchHelpDesk } from './help-desk.ts'
import { benchPathways, type Figure } from './pathways.ts'

/** Measures at national size on both engines, each on a database of its own; prints a table and writes `data/bench.json`. */
const results: Record<string, Figure[]> = {}

async function measure(engine: string, url: string, open: () => Promise<Database> | Database) {
  const db = await open()
  await migrate(db)
  results[engine] = [
    ...(await benchPathways(db)),
    ...(await benchFeeds(db)),
    ...(await benchHelpDesk(db)),
    ...(await benchCollection(db, url)),
  ]
  await db.destroy()
}

const folder = mkdtempSync(join(tmpdir(), 'percorsi-bench-'))
await measure('SQLite', `sqlite:${join(folder, 'bench.db')}`, () => openSqlite(join(folder, 'bench.db')))
rmSync(folder, { recursive: true })

const server = await startPostgres()
await server.createDatabase('bench')
await measure('PostgreSQL', `${server.url}/bench`, () => openPostgres(`${server.url}/bench`))
await server.stop()

let missed = 0
for (const [engine, figures] of Object.entries(results)) {
  const measureOf = figures[0]?.milliseconds ?? 1
  console.log(`\n${engine}, ${cpus().length} cores`)
  console.table(
    figures.map(({ what, milliseconds, limit, note }) => ({
      what,
      milliseconds,
      'times the measure': Math.round((10 * milliseconds) / measureOf) / 10,
      limit: limit ?? '',
      note,
    })),
  )
  missed += figures.filter(({ milliseconds, limit }) => limit !== undefined && milliseconds > limit).length
}
mkdirSync('data', { recursive: true })
writeFileSync('data/bench.json', `${JSON.stringify({ at: new Date().toISOString(), results }, null, 2)}\n`)
if (missed > 0) {
  console.error(`${missed} figures missed their limit.`)
  process.exitCode = 1
}
