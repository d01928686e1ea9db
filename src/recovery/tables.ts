import { CompiledQuery, type Kysely, sql } from 'kysely'
import { onSqlite } from '../database/migration.ts'
import type { Database } from '../database/schema.ts'

export type Value = string | number | null
export type Table = {
  name: string
  /** In alphabetical order, the same on both engines; without those that the engine works out by itself. */
  columns: string[]
  /** The highest id ever given, so that none is given twice; null for a table without ids. */
  lastId: number | null
}

const rowsAtOnce = 2_000

/** The tables that hold what people entered; what the engine derives from them (search indexes) is left out. */
export async function tablesOf(db: Database): Promise<Table[]> {
  const found = onSqlite(db as never) ? await sqliteColumns(db) : await postgresColumns(db)
  const columns = Map.groupBy(found, ({ table }) => table)
  const tables: Table[] = []
  for (const name of [...columns.keys()].toSorted()) {
    const names = (columns.get(name) ?? []).map(({ column }) => column).toSorted()
    tables.push({ name, columns: names, lastId: names.includes('id') ? await lastIdOf(db, name) : null })
  }
  return tables
}

type Found = { table: string; column: string }

async function sqliteColumns(db: Database): Promise<Found[]> {
  const { rows } = await db.executeQuery<Found>(
    CompiledQuery.raw(`select m.name as "table", c.name as "column" from pragma_table_list m join pragma_table_info(m.name) c
      where m.schema = 'main' and m.type = 'table' and m.name not like 'sqlite_%' and m.name not like 'kysely_%'`),
  )
  return rows
}

async function postgresColumns(db: Database): Promise<Found[]> {
  const { rows } = await db.executeQuery<Found>(
    CompiledQuery.raw(`select c.table_name as "table", c.column_name as "column" from information_schema.columns c
      join information_schema.tables t on t.table_schema = c.table_schema and t.table_name = c.table_name
      where c.table_schema = current_schema() and t.table_type = 'BASE TABLE' and c.is_generated = 'NEVER' and c.table_name not like 'kysely_%'`),
  )
  return rows
}

async function lastIdOf(db: Database, table: string): Promise<number | null> {
  const last = onSqlite(db as never)
    ? sql<{ last: number | null }>`select seq as last from sqlite_sequence where name = ${table}`
    : sql<{ last: number | null }>`select last_value as last from pg_sequences
        where schemaname = current_schema() and quote_ident(schemaname) || '.' || quote_ident(sequencename) = pg_get_serial_sequence(${table}, 'id')`
  const { rows } = await last.execute(db)
  return rows[0]?.last ?? null
}

/** All rows of a table, some thousands at a time, each an array in the order of its columns. */
export async function* rowsOf(db: Database, { name, columns }: Table): AsyncGenerator<Value[][]> {
  yield* onSqlite(db as never) ? sqliteRows(db, name, columns) : postgresRows(db, name, columns)
}

async function* sqliteRows(db: Database, name: string, columns: string[]): AsyncGenerator<Value[][]> {
  const wanted = columns.map((column) => `"${column}"`).join(', ')
  const text = `select rowid as row_number, ${wanted} from "${name}" where rowid > ? order by rowid limit ${rowsAtOnce}`
  let after = Number.MIN_SAFE_INTEGER
  for (;;) {
    const { rows } = await db.executeQuery<Record<string, Value> & { row_number: number }>(CompiledQuery.raw(text, [after]))
    if (rows.length > 0) yield rows.map((row) => columns.map((column) => row[column] ?? null))
    if (rows.length < rowsAtOnce) return
    after = rows.at(-1)?.row_number ?? after
  }
}

/** A cursor reads each row once, in whatever order; it needs a transaction. */
async function* postgresRows(db: Database, name: string, columns: string[]): AsyncGenerator<Value[][]> {
  const wanted = columns.map((column) => `"${column}"`).join(', ')
  await db.executeQuery(CompiledQuery.raw(`declare rows_of_table no scroll cursor for select ${wanted} from "${name}"`))
  for (;;) {
    const { rows } = await db.executeQuery<Record<string, Value>>(CompiledQuery.raw(`fetch ${rowsAtOnce} from rows_of_table`))
    if (rows.length > 0) yield rows.map((row) => columns.map((column) => row[column] ?? null))
    if (rows.length < rowsAtOnce) break
  }
  await db.executeQuery(CompiledQuery.raw('close rows_of_table'))
}

/** Both engines take at most some ten thousand values in one statement. */
const valuesAtOnce = 20_000

export async function insertRows(
  db: Database,
  { name, columns }: Pick<Table, 'name' | 'columns'>,
  rows: readonly Value[][],
): Promise<void> {
  const most = Math.max(1, Math.floor(valuesAtOnce / columns.length))
  for (let from = 0; from < rows.length; from += most) {
    const some = rows.slice(from, from + most)
    await (db as unknown as Kysely<Record<string, Record<string, Value>>>)
      .insertInto(name)
      .values(some.map((row) => Object.fromEntries(columns.map((column, index) => [column, row[index] ?? null]))))
      .execute()
  }
}

/** Goes on counting ids where the original stopped. */
export async function setLastIds(db: Database, tables: readonly Table[]): Promise<void> {
  for (const { name, lastId } of tables) {
    if (lastId === null) continue
    if (onSqlite(db as never)) {
      await sql`delete from sqlite_sequence where name = ${name}`.execute(db)
      await sql`insert into sqlite_sequence (name, seq) values (${name}, ${lastId})`.execute(db)
    } else await sql`select setval(pg_get_serial_sequence(${name}, 'id'), ${lastId})`.execute(db)
  }
}
