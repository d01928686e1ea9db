import { expect, test } from 'vitest'
import { importRegister, previewRegister, type RegisterOutcome } from '#src/administrations/register/actions.ts'
import type { Database } from '#src/database/schema.ts'
import { carla, newDatabase, noon, salerno, torino } from '#test/support.ts'
import { acireale, castEntries, type Entry, published, register } from './files.ts'

const later = noon.add({ hours: 24 })
const who = { by: carla, at: noon }

async function importEntries(db: Database, entries: readonly Entry[], options: Partial<Parameters<typeof importRegister>[2]> = {}) {
  const outcome = await importRegister(db, register(entries), { ...who, ...options })
  if ('refusal' in outcome) throw new Error(outcome.refusal)
  return outcome
}
const counts = ({ rejected: _, ...rest }: RegisterOutcome) => rest
const body = (db: Database, code: string) => db.selectFrom('administration').where('code_key', '=', code).selectAll().executeTakeFirst()

test('new bodies are added with region, kind and what they are searched by', async () => {
  const db = await newDatabase()
  const outcome = await importEntries(db, [...castEntries, { code: 'C_A028', name: "Citta' di Acireale", municipality: '087004' }])
  expect(counts(outcome)).toEqual({ read: 5, created: 1, updated: 0, unchanged: 4, closed: 0, refused: 0 })
  expect(await body(db, 'c_a028')).toMatchObject({
    code: 'C_A028',
    name: "Citta' di Acireale",
    search_text: 'citta di acireale c_a028',
    category: 'L6',
    kind: 'municipality',
    region_code: '19',
    municipality_code: '087004',
    created_at: '2026-03-02T11:00:00.000Z',
    closed_at: null,
  })
})

test('importing the same file again changes nothing', async () => {
  const db = await newDatabase()
  const entries = [...castEntries, acireale]
  await importEntries(db, entries)
  const before = await db.selectFrom('administration').selectAll().orderBy('id').execute()
  expect(counts(await importEntries(db, entries, { at: later }))).toEqual({
    read: 5,
    created: 0,
    updated: 0,
    unchanged: 5,
    closed: 0,
    refused: 0,
  })
  expect(await db.selectFrom('administration').selectAll().orderBy('id').execute()).toEqual(before)
})

test('a changed name is written and keeps the id', async () => {
  const db = await newDatabase()
  const outcome = await importEntries(db, [{ ...castEntries[0], code: 'C_H703', name: 'Città di Salerno' }, ...castEntries.slice(1)])
  expect(outcome).toMatchObject({ updated: 1, unchanged: 3, created: 0 })
  expect(await body(db, 'c_h703')).toMatchObject({ id: salerno.id, code: 'C_H703', name: 'Città di Salerno' })
})

test('a body that left the register is closed, never deleted; one that comes back is reopened', async () => {
  const db = await newDatabase()
  expect(await importEntries(db, castEntries.slice(0, 3))).toMatchObject({ closed: 1, unchanged: 3 })
  expect(await body(db, torino.code)).toMatchObject({ id: torino.id, closed_at: '2026-03-02T11:00:00.000Z' })

  expect(await importEntries(db, castEntries.slice(0, 3), { at: later })).toMatchObject({ closed: 0 })
  expect(await importEntries(db, castEntries, { at: later })).toMatchObject({ closed: 0, updated: 1, created: 0 })
  expect(await body(db, torino.code)).toMatchObject({ id: torino.id, closed_at: null })
})

test('a body whose row is refused is left alone, not closed', async () => {
  const db = await newDatabase()
  const outcome = await importEntries(db, [...castEntries.slice(0, 3), { code: 'C_L219', name: 'Comune di Torino', municipality: '' }])
  expect(outcome).toMatchObject({ read: 4, unchanged: 3, closed: 0, refused: 1 })
  expect(outcome.rejected).toEqual([{ line: 5, code: 'C_L219', reason: 'unknown_region' }])
  expect(await body(db, torino.code)).toMatchObject({ closed_at: null })
})

test('what a layout does not say stays as it was known', async () => {
  const db = await newDatabase()
  const full = castEntries.map((entry) => ({ ...entry, Codice_fiscale_ente: '800', Sito_istituzionale: 'www.ente.example' }))
  await importEntries(db, full)
  const bare = register(castEntries, { columns: ['Codice_IPA', 'Denominazione_ente', 'Codice_comune_ISTAT'] })
  expect(await importRegister(db, bare, who)).toMatchObject({ unchanged: 4 })
  expect(await body(db, salerno.code)).toMatchObject({ tax_code: '800', website: 'www.ente.example', category: 'L6' })
})

test('a preview counts the same and writes nothing', async () => {
  const db = await newDatabase()
  const file = register([
    ...castEntries.slice(0, 2),
    { ...castEntries[2], name: 'ASL Salerno' } as Entry,
    acireale,
    { code: 'x', name: '' },
  ])
  const before = await db.selectFrom('administration').selectAll().orderBy('id').execute()
  const preview = await previewRegister(db, file)
  expect(await db.selectFrom('administration').selectAll().orderBy('id').execute()).toEqual(before)
  expect(preview).toMatchObject({
    samples: {
      created: [{ code: 'c_a028' }],
      updated: [{ code: 'asl_sa', changes: [{ field: 'name', from: 'Azienda Sanitaria Locale di Salerno', to: 'ASL Salerno' }] }],
      closed: [{ code: 'c_l219', name: 'Comune di Torino' }],
    },
  })
  expect(preview).toMatchObject(await importRegister(db, file, who))
})

test('the import is remembered with its figures', async () => {
  const db = await newDatabase()
  await importEntries(db, [...castEntries, acireale])
  const entries = await db.selectFrom('history').where('happening', '=', 'register_imported').selectAll().execute()
  expect(entries.map(({ person_id, details }) => [person_id, JSON.parse(details ?? '')])).toEqual([
    [carla.id, { read: 5, created: 1, updated: 0, unchanged: 4, closed: 0, refused: 0 }],
  ])
})

test('progress is told up to the end', async () => {
  const db = await newDatabase()
  const told: [number, number][] = []
  await importEntries(db, [...castEntries, ...many(1200)], { onProgress: (done, total) => told.push([done, total]) })
  expect(told).toEqual([
    [504, 1204],
    [1004, 1204],
    [1204, 1204],
  ])
})

// The guard ---------------------------------------------------------------------------------------------------------

const many = (count: number): Entry[] =>
  Array.from({ length: count }, (_, index) => ({ code: `ente_${index}`, name: `Ente ${index}`, category: 'L1' }))

test('a file that would close more than 500 bodies and 5 % of the register is refused, unless that is meant', async () => {
  const db = await newDatabase()
  await importEntries(db, [...castEntries, ...many(600)])
  const cut = register([...castEntries, ...many(99)])

  expect(await previewRegister(db, cut)).toMatchObject({ manyClosures: true, closed: 501, open: 604 })
  expect(await importRegister(db, cut, who)).toEqual({ refusal: 'many_closures:501/604' })
  expect(await importRegister(db, cut, { ...who, allowManyClosures: true })).toMatchObject({ closed: 501 })
})

test('500 closures are not many yet', async () => {
  const db = await newDatabase()
  await importEntries(db, [...castEntries, ...many(600)])
  expect(await importRegister(db, register([...castEntries, ...many(100)]), who)).toMatchObject({ closed: 500 })
})

// Interruption and racing -------------------------------------------------------------------------------------------

test('an import that was interrupted is completed, and counts what the first attempt wrote', async () => {
  const db = await newDatabase()
  const entries = [...castEntries.slice(0, 2), { ...castEntries[2], name: 'ASL Salerno' } as Entry, ...many(1200)]
  const interrupted = importEntries(db, entries, {
    onProgress: () => {
      throw new Error('the process dies')
    },
  })
  await expect(interrupted).rejects.toThrow('the process dies')
  expect(await db.selectFrom('history').where('happening', '=', 'register_imported').selectAll().execute()).toEqual([])

  expect(counts(await importEntries(db, entries, { resumed: true }))).toEqual({
    read: 1203,
    created: 1200,
    updated: 1,
    unchanged: 2,
    closed: 1,
    refused: 0,
  })
  expect(await importEntries(db, entries, { at: later })).toMatchObject({ unchanged: 1203 })
})

test('two imports of one file at the same moment leave each body once', async () => {
  const db = await newDatabase()
  const entries = [...castEntries, ...many(700)]
  await Promise.all([importEntries(db, entries), importEntries(db, entries)])
  const { count } = await db
    .selectFrom('administration')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  expect(count).toBe(704)
})

test('a column with the size class is read, a file without it leaves what is known, another word means none', async () => {
  const db = await newDatabase()
  const columns = [...published, 'Classe_dimensionale']
  const sized = (size: string) =>
    register([{ ...castEntries[0], code: 'c_h703', name: salerno.name, Classe_dimensionale: size }, ...castEntries.slice(1)], { columns })
  const sizeAfter = async (bytes: Uint8Array) => {
    await importRegister(db, bytes, who)
    return (await body(db, 'c_h703'))?.size_class
  }
  expect(await sizeAfter(sized('Grande'))).toBe('large')
  expect(await sizeAfter(register(castEntries))).toBe('large')
  expect(await sizeAfter(sized('piccolo'))).toBe('small')
  expect(await sizeAfter(sized('enorme'))).toBeNull()
})
