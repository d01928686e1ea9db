import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import Sqlite from 'better-sqlite3'
import { CompiledQuery, type DatabaseConnection, Kysely, SqliteDialect, type SqliteDialectConfig, SqliteDriver } from 'kysely'
import type { Database, Schema } from './schema.ts'

/** Opens a file, `:memory:`, or the bytes of a serialised database. */
export function openSqlite(source: string | Buffer): Database {
  if (typeof source === 'string' && source !== ':memory:') mkdirSync(dirname(source), { recursive: true })
  const sqlite = new Sqlite(source)
  sqlite.pragma('journal_mode = wal')
  sqlite.pragma('synchronous = normal')
  sqlite.pragma('foreign_keys = on')
  sqlite.pragma('busy_timeout = 5000')
  sqlite.pragma('cache_size = -8000')

  return new Kysely<Schema>({ dialect: new ImmediateSqliteDialect({ database: keepingStatements(sqlite) }) })
}

/** A deferred transaction that turns into a writer fails at once when another process writes; an immediate one waits. */
class ImmediateSqliteDialect extends SqliteDialect {
  readonly #config: SqliteDialectConfig

  constructor(config: SqliteDialectConfig) {
    super(config)
    this.#config = config
  }

  override createDriver() {
    return new ImmediateSqliteDriver(this.#config)
  }
}

class ImmediateSqliteDriver extends SqliteDriver {
  override async beginTransaction(connection: DatabaseConnection) {
    await connection.executeQuery(CompiledQuery.raw('begin immediate'))
  }
}

const mostStatementsKept = 500

/** Kysely prepares each query anew, which costs half of a short page; this keeps statements by their SQL text. */
function keepingStatements(sqlite: Sqlite.Database) {
  const kept = new Map<string, Sqlite.Statement>()

  function prepare(sql: string) {
    const found = kept.get(sql)
    // A statement that is still being streamed can't run a second time.
    if (found && !found.busy) return found
    const statement = sqlite.prepare(sql)
    if (kept.size >= mostStatementsKept) kept.delete(kept.keys().next().value as string)
    kept.set(sql, statement)
    return statement
  }

  return { close: () => sqlite.close(), prepare: (sql: string) => prepare(sql) as never }
}
