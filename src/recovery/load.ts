import { CompiledQuery } from 'kysely'
import { migrate, migrationsUpTo } from '../database/migrate.ts'
import { onSqlite } from '../database/migration.ts'
import type { Database } from '../database/schema.ts'
import { insertRows, setLastIds, type Table, type Value } from './tables.ts'

export type Rows = AsyncIterable<{ table: string; rows: Value[][] }>
export type LoadRefusal = 'not_empty' | 'newer'

/**
 * Replaces all that is in the database by the rows given, in one transaction: tables as they were at the version of the
 * rows, then brought to today's. Refuses rows of a newer version, and a database with rows in it unless told to overwrite.
 */
export async function load(
  db: Database,
  { at, migrations, tables }: { at: string; migrations: readonly string[]; tables: readonly Table[] },
  rows: Rows,
  { overwrite }: { overwrite: boolean },
): Promise<{ refusal: LoadRefusal } | { rows: number }> {
  const ups = await migrationsUpTo(migrations)
  if (!ups) return { refusal: 'newer' }
  const outcome = await db.connection().execute(async (connection) => {
    const run = (text: string, values: unknown[] = []) => connection.executeQuery(CompiledQuery.raw(text, values))
    const sqlite = onSqlite(db as never)
    if (sqlite) await run('pragma foreign_keys = off')
    await run(sqlite ? 'begin immediate' : 'begin')
    try {
      if (!overwrite && (await hasRows(connection))) {
        await run('rollback')
        return { refusal: 'not_empty' as const }
      }
      await dropEverything(connection)
      await run('delete from kysely_migration')
      for (const { name, up } of ups) {
        await up(connection)
        await run(`insert into kysely_migration (name, timestamp) values (${sqlite ? '?, ?' : '$1, $2'})`, [name, at])
      }
      const count = await fill(connection, tables, rows)
      await run('commit')
      return { rows: count }
    } catch (error) {
      await run('rollback')
      throw error
    } finally {
      if (sqlite) await run('pragma foreign_keys = on')
    }
  })
  if ('rows' in outcome) await migrate(db)
  return outcome
}

async function fill(connection: Database, tables: readonly Table[], rows: Rows): Promise<number> {
  const references = onSqlite(connection as never) ? null : await dropReferences(connection)
  const byName = new Map(tables.map((table) => [table.name, table]))
  // What a migration itself has written stands in the rows too.
  for (const { name } of tables) await connection.executeQuery(CompiledQuery.raw(`delete from "${name}"`))
  let count = 0
  for await (const { table: name, rows: some } of rows) {
    const table = byName.get(name)
    if (!table) throw new Error(`The rows of ${name} have no table.`)
    await insertRows(connection, table, some)
    count += some.length
  }
  await setLastIds(connection, tables)
  if (references) for (const text of references) await connection.executeQuery(CompiledQuery.raw(text))
  else await expectReferences(connection)
  return count
}

async function hasRows(connection: Database): Promise<boolean> {
  for (const name of await tableNames(connection)) {
    const { rows } = await connection.executeQuery(CompiledQuery.raw(`select 1 as one from "${name}" limit 1`))
    if (rows.length > 0) return true
  }
  return false
}

async function dropEverything(connection: Database) {
  const sqlite = onSqlite(connection as never)
  for (const name of await tableNames(connection, true))
    await connection.executeQuery(CompiledQuery.raw(`drop table if exists "${name}" ${sqlite ? '' : 'cascade'}`))
  if (!sqlite) for (const text of await functionDrops(connection)) await connection.executeQuery(CompiledQuery.raw(text))
}

async function functionDrops(connection: Database): Promise<string[]> {
  const { rows } = await connection.executeQuery<{ drop: string }>(
    CompiledQuery.raw(`select format('drop function %s cascade', p.oid::regprocedure) as drop from pg_proc p
      where p.pronamespace = current_schema()::regnamespace
      and not exists (select 1 from pg_depend d where d.objid = p.oid and d.deptype = 'e')`),
  )
  return rows.map(({ drop }) => drop)
}

async function tableNames(connection: Database, virtualToo = false): Promise<string[]> {
  const { rows } = await connection.executeQuery<{ name: string }>(
    CompiledQuery.raw(
      onSqlite(connection as never)
        ? // Virtual tables first: their shadows go with them.
          `select name from pragma_table_list where schema = 'main' and name not like 'sqlite_%' and name not like 'kysely_%'
            and type in ('table'${virtualToo ? ", 'virtual'" : ''}) order by type = 'virtual' desc`
        : `select tablename as name from pg_tables where schemaname = current_schema() and tablename not like 'kysely_%'`,
    ),
  )
  return rows.map(({ name }) => name)
}

/** Rows come table by table, whatever points to what: references are taken off, and checked when they are put back. */
async function dropReferences(connection: Database): Promise<string[]> {
  const { rows } = await connection.executeQuery<{ drop: string; add: string }>(
    CompiledQuery.raw(`select format('alter table %s drop constraint %I', conrelid::regclass, conname) as drop,
      format('alter table %s add constraint %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid)) as add
      from pg_constraint where contype = 'f' and connamespace = current_schema()::regnamespace`),
  )
  for (const { drop } of rows) await connection.executeQuery(CompiledQuery.raw(drop))
  return rows.map(({ add }) => add)
}

async function expectReferences(connection: Database) {
  const { rows } = await connection.executeQuery<{ table: string; parent: string }>(CompiledQuery.raw('pragma foreign_key_check'))
  if (rows[0]) throw new Error(`A row of ${rows[0].table} points to a row of ${rows[0].parent} that is not there.`)
}
