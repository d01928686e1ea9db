import { CompiledQuery } from 'kysely'
import { onSqlite } from '../database/migration.ts'
import type { Database } from '../database/schema.ts'

/** Reads as if time stood still, while others go on writing: one read-only view of the whole database. */
export async function inSnapshot<T>(db: Database, work: (view: Database) => Promise<T>): Promise<T> {
  return db.connection().execute(async (view) => {
    const run = (text: string) => view.executeQuery(CompiledQuery.raw(text))
    await run(onSqlite(db as never) ? 'begin' : 'begin isolation level repeatable read read only')
    try {
      return await work(view)
    } finally {
      await run('rollback')
    }
  })
}
