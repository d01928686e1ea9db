import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import type { Database, Schema } from './schema.ts'

const bigint = 20
const numeric = 1700

/** Opens a pool. Counts and sums come back as numbers, as SQLite gives them. */
export function openPostgres(url: string, { connections = 10 } = {}): Database {
  const types = {
    getTypeParser: (oid: number, format?: 'text' | 'binary') =>
      oid === bigint || oid === numeric ? Number : pg.types.getTypeParser(oid, format as 'text'),
  }
  const pool = new pg.Pool({ connectionString: url, max: connections, types: types as never })
  // An idle connection that the server closes must not end the process; the pool opens another.
  pool.on('error', () => {})
  return new Kysely<Schema>({ dialect: new PostgresDialect({ pool }) })
}
