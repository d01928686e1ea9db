import { CompiledQuery } from 'kysely'
import { onSqlite } from './migration.ts'
import type { Database } from './schema.ts'

/** Asks the database whether it is sound: a sentence for each problem, none when all is well. */
export async function checkDatabase(db: Database): Promise<string[]> {
  if (!onSqlite(db as never)) return []
  const { rows: integrity } = await db.executeQuery<{ integrity_check: string }>(CompiledQuery.raw('pragma integrity_check'))
  const { rows: orphans } = await db.executeQuery<{ table: string; parent: string }>(CompiledQuery.raw('pragma foreign_key_check'))
  return [
    ...integrity.map((row) => row.integrity_check).filter((sentence) => sentence !== 'ok'),
    ...orphans.map((row) => `A row of ${row.table} points to a row of ${row.parent} that is not there.`),
  ]
}
