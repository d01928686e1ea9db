import { expect, test } from 'vitest'
import { migrate } from '#src/database/migrate.ts'
import { copyDatabase } from '#src/recovery/copy.ts'
import { buildWorld } from '#test/authorisation/world.ts'
import { addCast, engine, newDatabase, noon, openApp } from '#test/support.ts'
import { bareDatabase, everyRow } from './stage.ts'

// Only the run with PostgreSQL has both engines.
const both = engine === 'postgres'

async function emptyDatabase(kind: 'sqlite' | 'postgres' = engine) {
  const db = await bareDatabase(kind)
  await migrate(db)
  return db
}

test.runIf(both)('a programme moves from SQLite to PostgreSQL and back with every row', { timeout: 60_000 }, async () => {
  const original = await emptyDatabase('sqlite')
  await addCast(original)
  await buildWorld(await openApp({ db: original }))
  const moved = await emptyDatabase('postgres')
  const back = await emptyDatabase('sqlite')
  expect(await copyDatabase(original, moved, noon)).toHaveProperty('rows')
  expect(await copyDatabase(moved, back, noon)).toHaveProperty('rows')
  expect(await everyRow(back)).toEqual(await everyRow(original))
})

test('a database with rows in it is no target', async () => {
  expect(await copyDatabase(await newDatabase(), await newDatabase(), noon)).toEqual({ refusal: 'not_empty' })
})
