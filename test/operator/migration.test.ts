import { CompiledQuery } from 'kysely'
import { Migrator } from 'kysely/migration'
import { expect, inject, onTestFinished, test } from 'vitest'
import { openPostgres } from '#src/database/postgres.ts'
import type { Database } from '#src/database/schema.ts'
import { openSqlite } from '#src/database/sqlite.ts'
import { liveRules } from '#src/pathways/rules/queries.ts'
import { engine } from '#test/support.ts'
import * as first from '../../migrations/0001_initial.ts'
import * as second from '../../migrations/0002_pathways_worked_through.ts'

async function empty(): Promise<Database> {
  if (engine === 'sqlite') return openSqlite(':memory:')
  const url = inject('postgresUrl')
  const name = `migration_${process.pid}`
  const server = openPostgres(`${url}/postgres`, { connections: 1 })
  await server.executeQuery(CompiledQuery.raw(`create database ${name}`))
  await server.destroy()
  return openPostgres(`${url}/${name}`)
}

test('a database of the version before keeps its rules in force, its enrolments and its due dates', async () => {
  const db = await empty()
  onTestFinished(() => db.destroy())
  const getMigrations = async () => ({ '0001_initial': first, '0002_pathways_worked_through': second })
  const migrator = new Migrator({ db, provider: { getMigrations } })
  await migrator.migrateTo('0001_initial')
  const run = (sql: string) => db.executeQuery(CompiledQuery.raw(sql))
  const at = "'2026-03-01T10:00:00.000Z'"
  await run(`insert into programme (title, starts_on, ends_on, created_at) values ('MiglioraPA', '2026-01-01', '2026-12-31', ${at})`)
  await run(`insert into pathway (programme_id, position, title, created_at) values (1, 1, 'Standard', ${at})`)
  await run(`insert into module (programme_id, kind, title, created_at) values (1, 'reading', 'Guida', ${at})`)
  await run('insert into pathway_module (pathway_id, module_id, position, due_after_days) values (1, 1, 1, 30)')
  await run(`insert into rule (programme_id, position, title, pathway_id, condition, created_at, removed_at) values
    (1, 1, 'Tolta', 1, '{"all":[]}', ${at}, ${at}), (1, 2, 'Tutti', 1, '{"all":[]}', ${at}, null)`)
  await run(`insert into administration (code, code_key, name, search_text, category, kind, region_code, created_at, changed_at)
    values ('x', 'x', 'X', 'x', 'L6', 'municipality', '15', ${at}, ${at})`)
  await run(`insert into enrolment (programme_id, administration_id, pathway_id, rule_id, trace, region_code, category, kind, enrolled_at)
    values (1, 1, 1, 2, '{}', '15', 'L6', 'municipality', ${at})`)

  const { error } = await migrator.migrateToLatest()
  expect(error).toBeUndefined()
  expect((await liveRules(db, 1)).map(({ title }) => title)).toEqual(['Tutti'])
  const sets = await db.selectFrom('rule_set').select(['id', 'version', 'replaced_at']).execute()
  expect(sets).toEqual([{ id: 1, version: 1, replaced_at: null }])
  expect(await db.selectFrom('enrolment').select(['rule_id', 'rule_set_id']).execute()).toEqual([{ rule_id: 2, rule_set_id: 1 }])
  expect(await db.selectFrom('pathway_module').select(['due_from', 'due_after_days']).execute()).toEqual([
    { due_from: 'enrolment', due_after_days: 30 },
  ])
})
