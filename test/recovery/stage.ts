import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CompiledQuery } from 'kysely'
import { inject, onTestFinished } from 'vitest'
import { openPostgres } from '#src/database/postgres.ts'
import type { Database } from '#src/database/schema.ts'
import { openSqlite } from '#src/database/sqlite.ts'
import { engine } from '#test/support.ts'

/** A folder of the test's own. */
export function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'percorsi-recovery-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** A database with nothing in it, not even tables. */
export async function bareDatabase(kind: 'sqlite' | 'postgres' = engine): Promise<Database> {
  if (kind === 'sqlite') {
    const db = openSqlite(join(newFolder(), 'bare.db'))
    onTestFinished(() => db.destroy())
    return db
  }
  const name = `bare_${randomUUID().replaceAll('-', '')}`
  const server = openPostgres(`${inject('postgresUrl')}/postgres`, { connections: 1 })
  await server.executeQuery(CompiledQuery.raw(`create database ${name}`))
  const db = openPostgres(`${inject('postgresUrl')}/${name}`)
  onTestFinished(async () => {
    await db.destroy()
    await server.executeQuery(CompiledQuery.raw(`drop database ${name} with (force)`))
    await server.destroy()
  })
  return db
}

/** Every row of every table as text, sorted: two databases are equal when these are. */
export async function everyRow(db: Database): Promise<Record<string, string[]>> {
  const tables = (await db.introspection.getTables()).filter(({ name, isView }) => !isView && !/^(kysely_|sqlite_)|_index(_|$)/.test(name))
  const all: Record<string, string[]> = {}
  for (const { name } of tables) {
    const { rows } = await db.executeQuery<Record<string, unknown>>(CompiledQuery.raw(`select * from "${name}"`))
    all[name] = rows.map((row) => JSON.stringify(Object.entries(row).toSorted(([a], [b]) => (a < b ? -1 : 1)))).toSorted()
  }
  return all
}
