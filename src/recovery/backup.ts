import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { sql } from 'kysely'
import { asMoment } from '../database/moment.ts'
import type { Database } from '../database/schema.ts'
import { type Head, type Line, piecesOf, readArchive, writeArchive } from './archive.ts'
import { type Fingerprint, fingerprinting } from './fingerprint.ts'
import { inSnapshot } from './snapshot.ts'
import { rowsOf, tablesOf } from './tables.ts'

export type Kept = { tables: number; rows: number; uploads: number; bytes: number }

/**
 * Writes everything into one file while others go on working: all rows as they stand at one moment, and the uploads. The
 * file is read again from the first line to the last before it counts.
 */
export async function backup(db: Database, file: string, { uploads, at }: { uploads: string; at: Temporal.Instant }): Promise<Kept> {
  await inSnapshot(db, (view) => writeArchive(file, everything(view, uploads, at)))
  return summaryOf(file)
}

async function* everything(view: Database, uploads: string, at: Temporal.Instant): AsyncGenerator<Line> {
  const head: Head = { percorsi: 1, at: asMoment(at), migrations: await appliedMigrations(view), tables: await tablesOf(view) }
  yield { head }
  const prints: Record<string, Fingerprint> = {}
  for (const table of head.tables) {
    const print = fingerprinting()
    for await (const rows of rowsOf(view, table)) {
      print.add(rows)
      yield { table: table.name, rows }
    }
    prints[table.name] = print.value()
  }
  // Uploads are written before the rows that name them and never changed: whatever the rows name is there.
  const names = await readdir(uploads, { recursive: true }).catch(() => [])
  let kept = 0
  for (const name of names.toSorted()) {
    const path = join(uploads, name)
    if (!(await stat(path).catch(() => null))?.isFile()) continue
    yield* piecesOf(path, name)
    kept += 1
  }
  yield { tail: { tables: prints, uploads: kept } }
}

export async function appliedMigrations(db: Database): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`select name from kysely_migration order by name`.execute(db)
  return rows.map(({ name }) => name)
}

async function summaryOf(file: string): Promise<Kept> {
  const kept = { tables: 0, rows: 0, uploads: 0, bytes: (await stat(file)).size }
  for await (const line of readArchive(file)) {
    if ('head' in line) kept.tables = line.head.tables.length
    if ('rows' in line) kept.rows += line.rows.length
    if ('tail' in line) kept.uploads = line.tail.uploads
  }
  return kept
}
