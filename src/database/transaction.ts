import { sql } from 'kysely'
import type { Database, Schema, Tx } from './schema.ts'

/** One transaction; inside one already, joins it. Await nothing but the database in it. */
export async function inTransaction<T>(db: Database, work: (tx: Tx) => Promise<T>): Promise<T> {
  return db.isTransaction ? work(db as Tx) : db.transaction().execute(work)
}

/** Holds the row until the transaction ends, in SQLite and PostgreSQL alike. */
export async function lockRow(tx: Database, table: keyof Schema, id: number): Promise<void> {
  await sql`update ${sql.table(table)} set id = id where id = ${id}`.execute(tx)
}

/** True when the error is a unique index saying no: somebody was there first. */
export function isDuplicate(error: unknown): boolean {
  const code = (error as { code?: string } | null)?.code
  return code === '23505' || code === 'SQLITE_CONSTRAINT_UNIQUE' || code === 'SQLITE_CONSTRAINT_PRIMARYKEY'
}
