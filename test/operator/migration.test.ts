import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CompiledQuery, sql } from 'kysely'
import { Migrator } from 'kysely/migration'
import { expect, inject, onTestFinished, test } from 'vitest'
import { migrate } from '#src/database/migrate.ts'
import { openPostgres } from '#src/database/postgres.ts'
import type { Database } from '#src/database/schema.ts'
import { openSqlite } from '#src/database/sqlite.ts'
import { liveRules } from '#src/pathways/rules/queries.ts'
import { ruleSets } from '#src/pathways/rules/versions/queries.ts'
import { engine } from '#test/support.ts'
import * as initial from '../../migrations/0001_initial.ts'

async function emptyDatabase(): Promise<Database> {
  if (engine === 'postgres') {
    const url = inject('postgresUrl')
    const name = `migration_${randomUUID().replaceAll('-', '')}`
    const server = openPostgres(`${url}/postgres`, { connections: 1 })
    await server.executeQuery(CompiledQuery.raw(`create database ${name}`))
    await server.destroy()
    const db = openPostgres(`${url}/${name}`)
    onTestFinished(() => db.destroy())
    return db
  }
  const folder = mkdtempSync(join(tmpdir(), 'percorsi-migration-'))
  const db = openSqlite(join(folder, 'before.db'))
  onTestFinished(async () => {
    await db.destroy()
    rmSync(folder, { recursive: true, force: true })
  })
  return db
}

const at = '2026-01-10T09:00:00.000Z'
const later = '2026-01-20T09:00:00.000Z'
const isCampania = '{"characteristic":"region","operator":"is","value":"15"}'

/** As the first version left it: programme 1 with three rules of which one was removed, programme 2 without any. */
async function atFirstVersion(): Promise<Database> {
  const db = await emptyDatabase()
  const { error } = await new Migrator({ db, provider: { getMigrations: async () => ({ '0001_initial': initial }) } }).migrateToLatest()
  if (error) throw error
  for (const insert of [
    sql`insert into person (id, name, email, created_at) values (1, 'Carla', 'carla@ministero.example', ${at})`,
    sql`insert into administration (id, code, code_key, name, search_text, category, kind, region_code, created_at, changed_at)
        values (1, 'c_h703', 'c_h703', 'Comune di Salerno', 'comune di salerno', 'L6', 'municipality', '15', ${at}, ${at})`,
    sql`insert into programme (id, title, starts_on, ends_on, created_at, created_by)
        values (1, 'MiglioraPA', '2026-01-01', '2026-12-31', ${at}, 1), (2, 'Altro', '2026-01-01', '2026-12-31', ${at}, 1)`,
    sql`insert into module (id, programme_id, kind, title, created_at) values (1, 1, 'reading', 'Guida', ${at}), (2, 1, 'reading', 'Altra', ${at})`,
    sql`insert into pathway (id, programme_id, position, title, created_at) values (1, 1, 1, 'Standard', ${at}), (2, 1, 2, 'Esperto', ${at})`,
    sql`insert into pathway_module (id, pathway_id, module_id, position, due_after_days) values (1, 1, 1, 1, 30), (2, 1, 2, 2, null)`,
    sql`insert into rule (id, programme_id, position, title, pathway_id, condition, created_at, created_by, removed_at)
        values (1, 1, 2, 'Tutti gli altri', 1, '{"all":[]}', ${at}, 1, null),
               (2, 1, 1, 'Campania', 2, ${isCampania}, ${later}, 1, null),
               (3, 1, 3, 'Tolta', 2, '{"all":[]}', ${at}, 1, ${later})`,
    sql`insert into assignment_run (id, programme_id, enrolled, created_at, created_by) values (1, 1, 1, ${later}, 1)`,
    sql`insert into enrolment (id, programme_id, administration_id, pathway_id, rule_id, assignment_run_id, trace, region_code, category, kind, enrolled_at)
        values (1, 1, 1, 2, 2, 1, '{"held":[],"others":[]}', '15', 'L6', 'municipality', ${later})`,
  ])
    await insert.execute(db)
  return db
}

async function migrated() {
  const db = await atFirstVersion()
  expect(await migrate(db)).not.toContain('0001_initial')
  return db
}

test('the rules that decided before are version 1 and go on deciding', async () => {
  const db = await migrated()
  expect(await liveRules(db, 1)).toEqual([
    { id: 2, title: 'Campania', pathwayId: 2, condition: JSON.parse(isCampania) },
    { id: 1, title: 'Tutti gli altri', pathwayId: 1, condition: { all: [] } },
  ])
  expect((await ruleSets(db, 1)).map(({ version, liveAt, replacedAt }) => [version, String(liveAt), replacedAt])).toEqual([
    [1, '2026-01-10T09:00:00Z', null],
  ])
})

test('a programme without rules has no version of them', async () => {
  const db = await migrated()
  expect(await ruleSets(db, 2)).toEqual([])
})

test('rules, also those removed, and the enrolments they made point to that version', async () => {
  const db = await migrated()
  const [set] = await ruleSets(db, 1)
  const rules = await db.selectFrom('rule').select('rule_set_id').distinct().execute()
  const enrolment = await db.selectFrom('enrolment').select(['rule_id', 'rule_set_id']).executeTakeFirst()
  expect([rules, enrolment]).toEqual([[{ rule_set_id: set?.id }], { rule_id: 2, rule_set_id: set?.id }])
})

test('due dates count from the enrolment, as they did; without one there is none', async () => {
  const db = await migrated()
  expect(await db.selectFrom('pathway_module').orderBy('id').select(['due_from', 'due_after_days']).execute()).toEqual([
    { due_from: 'enrolment', due_after_days: 30 },
    { due_from: null, due_after_days: null },
  ])
})

test('an assignment of before is finished, so that it neither is taken up nor stops the next one', async () => {
  const db = await migrated()
  expect(await db.selectFrom('assignment_run').select(['scope', 'moving', 'processed', 'total', 'finished_at']).execute()).toEqual([
    { scope: '"national"', moving: 0, processed: 1, total: 1, finished_at: later },
  ])
})
