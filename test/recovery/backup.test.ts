import { randomBytes } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { gunzipSync, gzipSync } from 'node:zlib'
import { Migrator } from 'kysely/migration'
import { beforeEach, expect, onTestFinished, test } from 'vitest'
import { migrate } from '#src/database/migrate.ts'
import type { Database } from '#src/database/schema.ts'
import { openSqlite } from '#src/database/sqlite.ts'
import { inTransaction } from '#src/database/transaction.ts'
import { backup } from '#src/recovery/backup.ts'
import { restore } from '#src/recovery/restore.ts'
import { buildWorld } from '#test/authorisation/world.ts'
import { engine, newDatabase, noon, openApp } from '#test/support.ts'
import * as first from '../../migrations/0001_initial.ts'
import { bareDatabase, everyRow, newFolder } from './stage.ts'

let folder: string
let uploads: string
let file: string
const at = noon

beforeEach(() => {
  folder = newFolder()
  uploads = join(folder, 'uploads')
  file = join(folder, 'percorsi.backup')
})

const emptyDatabase = async () => {
  const db = await bareDatabase()
  await migrate(db)
  return db
}

test('a restored backup equals the original row by row and file by file, and what could be found is found', async () => {
  const world = await openApp()
  await buildWorld(world)
  mkdirSync(join(world.uploads, 'deeper'), { recursive: true })
  const files = { 'a.pdf': randomBytes(3_000_000), empty: Buffer.alloc(0), 'deeper/b': Buffer.from('testo') }
  for (const [name, bytes] of Object.entries(files)) writeFileSync(join(world.uploads, name), bytes)
  const kept = await backup(world.db, file, { uploads: world.uploads, at })

  const other = await emptyDatabase()
  expect(await restore(other, file, { uploads, overwrite: false })).toMatchObject({ rows: kept.rows, uploads: kept.uploads })
  expect(await everyRow(other)).toEqual(await everyRow(world.db))
  for (const [name, bytes] of Object.entries(files)) expect(readFileSync(join(uploads, name)).equals(bytes)).toBe(true)

  const asked = await world.db.selectFrom('faq_entry').where('published_at', 'is not', null).select('question').executeTakeFirstOrThrow()
  const visitor = await (await openApp({ db: other })).as(null)
  expect((await visitor.get(`/faq?q=${encodeURIComponent(asked.question)}`)).text).toContain(asked.question)
})

test('the ids of a restored database go on where those of the original stopped, also past deleted rows', async () => {
  const db = await newDatabase()
  const add = async (each: Database, email: string) =>
    (
      await each
        .insertInto('person')
        .values({ name: 'Nuova', email, created_at: noon.toString() })
        .returning('id')
        .executeTakeFirstOrThrow()
    ).id
  const last = await add(db, 'last@example.org')
  await db.deleteFrom('person').where('id', '=', last).execute()
  await backup(db, file, { uploads, at })
  const other = await emptyDatabase()
  await restore(other, file, { uploads, overwrite: false })
  expect(await add(other, 'next@example.org')).toBe(last + 1)
})

test('a backup taken while others write holds no half-written change', { timeout: 60_000 }, async () => {
  const { db, writer } = await twoConnections()
  let written = 0
  async function write() {
    await inTransaction(writer, async (tx) => {
      const person = { name: 'Due', email: `due-${written}@example.org`, created_at: noon.toString() }
      const { id } = await tx.insertInto('person').values(person).returning('id').executeTakeFirstOrThrow()
      const grant = { person_id: id, role: 'trainer' as const, region_code: null, granted_at: noon.toString(), granted_by: null }
      await tx
        .insertInto('role_grant')
        .values({ ...grant, revoked_at: null, revoked_by: null })
        .execute()
    })
    written += 1
  }
  await write()
  let done = false
  const underWay = backup(db, file, { uploads, at }).finally(() => {
    done = true
  })
  while (!done) {
    await write()
    await nextTurn()
  }
  await underWay
  expect(written).toBeGreaterThan(2)

  const other = await emptyDatabase()
  await restore(other, file, { uploads, overwrite: false })
  const people = await other.selectFrom('person').where('email', 'like', 'due-%').select('id').execute()
  const granted = await other.selectFrom('role_grant').select('person_id').orderBy('person_id').execute()
  expect(granted.map(({ person_id }) => person_id)).toEqual(people.map(({ id }) => id))
})

/** The same database opened twice, as by the app and by the operator's command line. */
async function twoConnections() {
  if (engine === 'postgres') {
    const db = await emptyDatabase()
    return { db, writer: db }
  }
  const path = join(folder, 'both.db')
  const db = openSqlite(path)
  await migrate(db)
  const writer = openSqlite(path)
  onTestFinished(async () => {
    await db.destroy()
    await writer.destroy()
  })
  return { db, writer }
}

test('a database with rows in it is left as it is, unless it shall be overwritten', async () => {
  const db = await newDatabase()
  await backup(db, file, { uploads, at })
  const other = await newDatabase()
  await other.updateTable('person').set({ name: 'Un’altra' }).where('id', '=', 1).execute()
  const before = await everyRow(other)

  expect(await restore(other, file, { uploads, overwrite: false })).toEqual({ refusal: 'not_empty' })
  expect(await everyRow(other)).toEqual(before)
  expect(await restore(other, file, { uploads, overwrite: true })).toHaveProperty('rows')
  expect(await everyRow(other)).toEqual(await everyRow(db))
})

for (const [what, spoil] of [
  ['cut off', (bytes: Buffer) => bytes.subarray(0, bytes.length - 40)],
  [
    'without its last line',
    (bytes: Buffer) => gzipSync(gunzipSync(bytes).toString().trimEnd().split('\n').slice(0, -1).join('\n').concat('\n')),
  ],
  ['with a row changed', (bytes: Buffer) => gzipSync(gunzipSync(bytes).toString().replace('Rosa Esposito', 'Rosa Esposita'))],
  ['something else', () => Buffer.from('Codice_IPA;Denominazione\n')],
  ['empty', () => Buffer.alloc(0)],
] as const)
  test(`a file that is ${what} is refused in words and changes nothing, also with overwriting`, async () => {
    const db = await newDatabase()
    await backup(db, file, { uploads, at })
    writeFileSync(file, spoil(readFileSync(file)))
    const before = await everyRow(db)
    await expect(restore(db, file, { uploads, overwrite: true })).rejects.toThrow(/backup/)
    expect(await everyRow(db)).toEqual(before)
  })

test('a file that would leave the uploads folder is refused', async () => {
  const db = await newDatabase()
  mkdirSync(uploads)
  writeFileSync(join(uploads, 'a'), 'x')
  await backup(db, file, { uploads, at })
  const lines = gunzipSync(readFileSync(file)).toString().replace('"upload":"a"', '"upload":"../a"')
  writeFileSync(file, gzipSync(lines))
  await expect(restore(db, file, { uploads, overwrite: true })).rejects.toThrow(/outside/)
  expect(readdirSync(folder)).not.toContain('a')
})

test('a backup that fails leaves neither half a file nor the old one spoilt', async () => {
  const db = await emptyDatabase()
  writeFileSync(file, 'yesterday')
  await db.schema.dropTable('kysely_migration').execute()
  await expect(backup(db, file, { uploads, at })).rejects.toThrow()
  expect(readdirSync(folder)).toEqual(['percorsi.backup'])
  expect(readFileSync(file, 'utf8')).toBe('yesterday')
})

test('a backup of an older version is brought to today’s; one of a newer version is refused', async () => {
  const old = await bareDatabase()
  await new Migrator({ db: old, provider: { getMigrations: async () => ({ '0001_initial': first }) } }).migrateToLatest()
  await old.insertInto('person').values({ name: 'Di prima', email: 'prima@example.org', created_at: noon.toString() }).execute()
  await backup(old, file, { uploads, at })

  const db = await emptyDatabase()
  expect(await restore(db, file, { uploads, overwrite: false })).toMatchObject({ rows: 1 })
  expect(await db.selectFrom('person').select('name').execute()).toEqual([{ name: 'Di prima' }])
  expect(await db.selectFrom('session_reminder').selectAll().execute()).toEqual([])

  const lines = gunzipSync(readFileSync(file)).toString().replace('"0001_initial"', '"0001_initial","9999_tomorrow"')
  writeFileSync(file, gzipSync(lines))
  expect(await restore(await emptyDatabase(), file, { uploads, overwrite: false })).toEqual({ refusal: 'newer' })
})
