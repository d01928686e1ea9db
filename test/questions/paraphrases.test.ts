import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Database } from '#src/database/schema.ts'
import { suggest } from '#src/questions/door/suggest.ts'
import { type EntryName, entries, paraphrases } from './paraphrases.ts'
import { newDatabase, openHelpDesk } from './support.ts'

let db: Database
let ids: Map<number, EntryName>
const works: (() => void | Promise<void>)[] = []

beforeAll(async () => {
  const desk = await openHelpDesk({ db: await newDatabase((work) => works.push(work)), atEnd: (work) => works.push(work) })
  db = desk.db
  ids = new Map()
  for (const [name, [question, answer]] of Object.entries(entries)) ids.set(await desk.publish({ question, answer }), name as EntryName)
})
afterAll(async () => {
  for (const work of works.toReversed()) await work()
})

test('the set has at least sixty paraphrases, for every entry at least one', () => {
  expect(paraphrases.length).toBeGreaterThanOrEqual(60)
  expect(new Set(paraphrases.map(([, wanted]) => wanted)).size).toBe(Object.keys(entries).length)
})

for (const [typed, wanted] of paraphrases)
  test(`“${typed}” brings “${wanted}” among the first three`, async () => {
    const found = await suggest(db, typed, { person: null, moduleId: null })
    expect(found.entries.slice(0, 3).map(({ id }) => ids.get(id))).toContain(wanted)
  })
