import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Database } from '#src/database/schema.ts'
import { buildProgramme } from '#src/demo/programme.ts'
import { cloneProgramme, importProgramme } from '#src/pathways/exchange/actions.ts'
import { type ProgrammeDocument, writeDocument } from '#src/pathways/exchange/document.ts'
import { exportProgramme } from '#src/pathways/exchange/queries.ts'
import { removeRule, saveRule } from '#src/pathways/rules/actions.ts'
import { rulesEdited } from '#src/pathways/rules/versions/queries.ts'
import { buildMiglioraPa, byCarla, publishDraft } from '#test/programmes/build.ts'
import { countQueries, newDatabase } from '#test/support.ts'
import { documents, sample } from './documents.ts'

const imported = async (db: Database, document: unknown): Promise<number> => {
  const outcome = await importProgramme(db, document, byCarla)
  if ('problems' in outcome) throw new Error(JSON.stringify(outcome.problems))
  return outcome.id
}

const exported = async (db: Database, id: number): Promise<ProgrammeDocument> => {
  const document = await exportProgramme(db, id)
  if (!document) throw new Error('no such programme')
  return document
}

const clonedTo = async (db: Database, document: ProgrammeDocument, startsOn: string) => {
  const outcome = await cloneProgramme(db, await imported(db, document), { title: 'Copia', startsOn }, byCarla)
  if (!outcome || 'problems' in outcome) throw new Error(JSON.stringify(outcome))
  return exported(db, outcome.id)
}

test('what is imported is exported the same', { timeout: 60_000 }, async () => {
  const db = await newDatabase()
  await fc.assert(
    fc.asyncProperty(documents, async (document) => {
      expect(await exported(db, await imported(db, JSON.parse(writeDocument(document))))).toEqual(document)
    }),
    { numRuns: 40 },
  )
})

test('the demo’s programme comes back byte for byte, twice', async () => {
  const db = await newDatabase()
  const { id } = await buildProgramme(db, Temporal.PlainDate.from('2026-02-01'), byCarla)
  const file = writeDocument(await exported(db, id))
  expect(writeDocument(await exported(db, id))).toBe(file)
  expect(writeDocument(await exported(db, await imported(db, JSON.parse(file))))).toBe(file)
})

test('the file is indented by two, ends its last line and keeps accents as they are', () => {
  const file = writeDocument({ ...sample(), programme: { ...sample().programme, title: 'Qualità' } })
  expect([
    file.startsWith('{\n  "format": "percorsi-programme",\n  "version": 1,\n'),
    file.endsWith('}\n'),
    file.includes('Qualità'),
  ]).toEqual([true, true, true])
})

test('the programme imported is a draft and so are its rules', async () => {
  const db = await newDatabase()
  const id = await imported(db, sample())
  const programme = await db.selectFrom('programme').where('id', '=', id).select('published_at').executeTakeFirst()
  const sets = await db.selectFrom('rule_set').where('programme_id', '=', id).select(['version', 'live_at']).execute()
  expect([programme, sets]).toEqual([{ published_at: null }, [{ version: 1, live_at: null }]])
})

test('history remembers who imported and who cloned', async () => {
  const db = await newDatabase()
  await clonedTo(db, sample(), '2029-02-01')
  const rows = await db
    .selectFrom('history')
    .where('subject', '=', 'programme')
    .orderBy('id')
    .select(['happening', 'person_id', 'details'])
    .execute()
  expect(rows.map(({ happening, person_id, details }) => [happening, person_id, details && JSON.parse(details)])).toEqual([
    ['programme_imported', byCarla.by.id, null],
    ['programme_cloned', byCarla.by.id, { from: 1, days: 366 }],
  ])
})

test('rules in force are exported, not the draft of the next ones nor those replaced', async () => {
  const db = await newDatabase()
  const { programmeId, standard, rules } = await buildMiglioraPa(db)
  const add = (title: string) => saveRule(db, programmeId, { title, pathwayId: standard, condition: { all: [] } }, byCarla)
  for (const _ of Object.values(rules)) await removeRule(db, programmeId, (await rulesEdited(db, programmeId)).rules[0]?.id ?? 0, byCarla)
  await add('Versione 2')
  await publishDraft(db, programmeId)
  await add('Versione 3')
  expect((await exported(db, programmeId)).rules.map(({ title }) => title)).toEqual(['Versione 2'])
})

test('what has an order is numbered in it', async () => {
  const db = await newDatabase()
  const document = sample()
  const [module, ...others] = document.modules
  await imported(db, { ...document, modules: [...others, module] })
  const positions = async (table: 'pathway_module' | 'intake_question' | 'intake_option') =>
    (await db.selectFrom(table).orderBy('id').select('position').execute()).map(({ position }) => position)
  expect([await positions('pathway_module'), await positions('intake_question'), await positions('intake_option')]).toEqual([
    [1, 2],
    [1, 2],
    [1, 2],
  ])
})

test('drafts and earlier versions of a pathway stay behind', async () => {
  const db = await newDatabase()
  const { programmeId, standard } = await buildMiglioraPa(db)
  const row = { programme_id: programmeId, position: 1, title: 'Bozza', root_id: standard, created_at: '2026-03-01T10:00:00.000Z' }
  await db.insertInto('pathway').values(row).execute()
  expect((await exported(db, programmeId)).pathways.map(({ title }) => title)).toEqual([
    'Percorso Standard',
    'Percorso Esperto',
    'Percorso Avanzato',
  ])
})

test('a longer programme takes no more queries to export', async () => {
  const db = await newDatabase()
  const { modules, pathways, ...rest } = sample()
  const one = await imported(db, { ...rest, modules, pathways })
  const three = await imported(db, {
    ...rest,
    modules,
    pathways: [1, 2, 3].flatMap((n) => pathways.map((each) => ({ ...each, key: `pathway-${n}` }))),
  })
  const queries = (id: number) => countQueries(db, (counted) => exportProgramme(counted, id))
  expect(await queries(three)).toBe(await queries(one))
})

test('a clone moves every day as far as the first, over the leap day and the change of the clocks', async () => {
  const db = await newDatabase()
  // From 1 February 2028 (a leap year) to 1 March 2028 are 29 days.
  const clone = await clonedTo(db, sample(), '2028-03-01')
  const [, step] = clone.pathways[0]?.modules ?? []
  expect([clone.programme.startsOn, clone.programme.endsOn, step?.notBefore, step?.due]).toEqual([
    '2028-03-01',
    '2029-01-29',
    '2028-03-29',
    { from: 'fixed', on: '2028-04-24' },
  ])
})

test('a clone that starts earlier moves back', async () => {
  // 365 days: 29 February 2028 lies between the days of the programme, not between the two starts.
  const db = await newDatabase()
  const clone = await clonedTo(db, sample(), '2027-02-01')
  expect([clone.programme.endsOn, clone.pathways[0]?.modules[1]?.notBefore]).toEqual(['2028-01-01', '2027-03-01'])
})

test('a clone is the same programme but for title and days', async () => {
  const db = await newDatabase()
  const clone = await clonedTo(db, sample(), sample().programme.startsOn)
  expect(clone).toEqual({ ...sample(), programme: { ...sample().programme, title: 'Copia' } })
})
