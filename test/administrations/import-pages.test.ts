import { readdirSync } from 'node:fs'
import { expect, onTestFinished, test, vi } from 'vitest'
import { importsUnderWay, resumeImports, startImport } from '#src/administrations/imports/actions.ts'
import { findImport } from '#src/administrations/imports/queries.ts'
import type { Database } from '#src/database/schema.ts'
import { carla, enzo, openApp, paolo, rosa } from '#test/support.ts'
import { acireale, castEntries, type Entry, register } from './files.ts'

const upload = (entries: readonly Entry[], name = 'enti.csv') => new File([Buffer.from(register(entries))], name, { type: 'text/csv' })
const many = (count: number): Entry[] => Array.from({ length: count }, (_, index) => ({ code: `e${index}`, name: `Ente ${index}` }))
const changed = [...castEntries.slice(0, 3), acireale, { code: 'senza', name: '' }]

/** Carla uploads a file; the page of its preview. */
async function preview(app: Awaited<ReturnType<typeof openApp>>, entries: readonly Entry[] = changed) {
  const browser = await app.as(carla)
  const { location } = await browser.post('/administrations/import', { file: upload(entries) })
  return { browser, path: location ?? '', id: Number(location?.split('/').at(-1)) }
}
const figures = (text: string) =>
  [...text.matchAll(/<strong>([\d.]+)<\/strong> ([^<]+)</g)].map(([, figure, label]) => `${figure} ${label}`)
const names = async (db: Database) =>
  (await db.selectFrom('administration').where('closed_at', 'is', null).orderBy('id').select('name').execute()).map(({ name }) => name)

test('an upload shows what is new, changed, gone and unreadable before anything is written', async () => {
  const app = await openApp()
  const { browser, path } = await preview(app)
  const { text } = await browser.get(path)
  expect(figures(text)).toEqual(['5 righe lette', '1 nuova', '0 cambiate', '3 uguali', '1 non più presente', '1 non leggibile'])
  expect(text).toContain('Manca la denominazione.')
  expect(text).toContain('Comune di Acireale')
  expect(await names(app.db)).toContain('Comune di Torino')
})

test('the button imports, and the page ends with the result', async () => {
  const app = await openApp()
  const { browser, path } = await preview(app)
  expect((await browser.post(`${path}/start`)).location).toBe(path)
  await importsUnderWay()

  const { text } = await browser.get(path)
  expect(text).toContain('Il registro è aggiornato.')
  expect(figures(text)).toEqual(['5 righe lette', '1 nuova', '0 cambiate', '3 uguali', '1 non più presente', '1 non leggibile'])
  expect(await names(app.db)).toEqual([...castEntries.slice(0, 3).map(({ name }) => name), 'Comune di Acireale'])
  expect(readdirSync(app.uploads)).toEqual([])
})

test('while it runs the page shows the progress and asks for it again, also by a link', async () => {
  const app = await openApp()
  const { browser, path, id } = await preview(app)
  await app.db.updateTable('register_import').set({ state: 'running', processed: 3, total: 5 }).where('id', '=', id).execute()

  const whole = await browser.get(path)
  expect(whole.text).toContain(`hx-get="${path}" hx-trigger="every 500ms"`)
  expect(whole.text).toContain('max="5" value="3"')
  expect(whole.text).toContain(`<a href="${path}">`)
  const part = await browser.get(path, { 'HX-Request': 'true' })
  expect(part.text).toContain('3 righe su 5')
  expect(part.text).not.toContain('<html')
})

test('what htmx gets when the import has ended asks for nothing more', async () => {
  const app = await openApp()
  const { browser, path } = await preview(app)
  await browser.post(`${path}/start`)
  await importsUnderWay()
  const { text } = await browser.get(path, { 'HX-Request': 'true' })
  expect(text).toContain('id="import"')
  expect(text).not.toContain('hx-trigger')
})

test('of two who press the button at once, one starts the import', async () => {
  const app = await openApp()
  const { id } = await preview(app)
  const start = () => startImport(app.db, app.uploads, id, { by: carla, at: app.clock.now, allowManyClosures: false })
  const outcomes = await Promise.all([start(), start()])
  await importsUnderWay()
  expect(outcomes.toSorted()).toEqual(['already_started', null])
  expect(await app.db.selectFrom('history').where('happening', '=', 'register_imported').selectAll().execute()).toHaveLength(1)
})

test('two files are not imported at the same time', async () => {
  const app = await openApp()
  const [one, two] = [await preview(app), await preview(app, castEntries)]
  const gate = Promise.withResolvers<void>()
  const slow = heldAtReading(app.db, gate.promise)
  const start = (id: number) => startImport(slow, app.uploads, id, { by: carla, at: app.clock.now, allowManyClosures: false })
  const outcomes = await Promise.all([start(one.id), start(two.id)])
  gate.resolve()
  await importsUnderWay()
  expect(outcomes.toSorted()).toEqual(['another_running', null])
})

/** The database, on which an import waits at the gate before it compares. */
const heldAtReading = (db: Database, gate: Promise<void>) =>
  db.withPlugin({
    transformQuery: ({ node }) => node,
    transformResult: async ({ result }) => {
      if (result.rows.some((row) => 'municipalityCode' in row)) await gate
      return result
    },
  })

test('pressing the button a second time leads to the same page', async () => {
  const app = await openApp()
  const { browser, path } = await preview(app)
  await browser.post(`${path}/start`)
  expect((await browser.post(`${path}/start`)).location).toBe(path)
  await importsUnderWay()
})

test('a file that would close much of the register wants a confirmation', async () => {
  const app = await openApp()
  const first = await preview(app, [...castEntries, ...many(600)])
  await first.browser.post(`${first.path}/start`)
  await importsUnderWay()

  const { browser, path, id } = await preview(app, castEntries)
  expect((await browser.get(path)).text).toContain('600 amministrazioni su 604')
  const refused = await browser.post(`${path}/start`)
  expect([refused.status, refused.text.includes('conferma che il file è completo')]).toEqual([422, true])
  expect(await names(app.db)).toHaveLength(604)

  await browser.post(`${path}/start`, { closures: 'yes' })
  await importsUnderWay()
  expect((await findImport(app.db, id))?.outcome.result).toMatchObject({ closed: 600 })
})

test('what cannot be read is refused beside the field, and nothing is kept', async () => {
  const app = await openApp()
  const browser = await app.as(carla)
  for (const [sentence, file] of [
    ['Scegli un file.', null],
    ['Il file è vuoto.', new File([], 'vuoto.csv')],
    ['salvalo come CSV', new File(['PK\x03\x04…'], 'enti.xlsx')],
    ['mancano le colonne Codice_IPA', new File(['a,b\n1,2\n'], 'altro.csv')],
  ] as const) {
    const { status, text } = await browser.post('/administrations/import', { file })
    expect([status, text.includes('id="file-error"'), text.includes(sentence) && sentence]).toEqual([422, true, sentence])
  }
  expect(await app.db.selectFrom('register_import').selectAll().execute()).toEqual([])
})

test('many refused rows are shown page by page', async () => {
  const app = await openApp()
  const { browser, path } = await preview(app, [...castEntries, ...many(30).map((entry) => ({ ...entry, municipality: '999' }))])
  const second = await browser.get(`${path}?page=2`)
  expect([...second.text.matchAll(/<td[^>]*>(e\d+)<\/td>/g)].map(([, code]) => code)).toEqual(['e25', 'e26', 'e27', 'e28', 'e29'])
})

test('a name of a file that would be markup is shown as text', async () => {
  const app = await openApp()
  const browser = await app.as(carla)
  const { location } = await browser.post('/administrations/import', { file: upload(castEntries, '<img src=x>.csv') })
  expect((await browser.get(location ?? '')).text).not.toContain('<img')
})

test('past imports are listed with their state', async () => {
  const app = await openApp()
  const { browser, path } = await preview(app)
  const { text } = await browser.get('/administrations/import')
  expect(text).toContain(`href="${path}"`)
  expect(text).toContain('Da confermare')
})

// What goes wrong ---------------------------------------------------------------------------------------------------

test('an upload that is gone makes the import fail with a sentence', async () => {
  const app = await openApp()
  const { browser, path, id } = await preview(app)
  await app.db.updateTable('register_import').set({ stored_name: 'gone' }).where('id', '=', id).execute()
  await browser.post(`${path}/start`)
  await importsUnderWay()
  expect((await browser.get(path)).text).toContain('Il file caricato non c’è più')
})

test('an import that breaks says so, and can be tried again', async () => {
  vi.spyOn(console, 'error').mockImplementation(() => {})
  onTestFinished(() => void vi.restoreAllMocks())
  const app = await openApp()
  const { browser, path, id } = await preview(app)
  const broken = app.db.withPlugin({
    transformQuery: ({ node }) => {
      if (node.kind === 'InsertQueryNode') throw new Error('disk full')
      return node
    },
    transformResult: async ({ result }) => result,
  })
  await startImport(broken, app.uploads, id, { by: carla, at: app.clock.now, allowManyClosures: false })
  await importsUnderWay()
  expect((await browser.get(path)).text).toContain('si è interrotta per un errore')

  await browser.post(`${path}/start`)
  await importsUnderWay()
  expect((await findImport(app.db, id))?.state).toBe('finished')
})

test('an import whose process died is taken up once it must be dead, by one process', async () => {
  const app = await openApp()
  const { id } = await preview(app)
  const run = { at: '2026-03-02T11:00:00.000Z', by: carla.id, allowManyClosures: false, claimedUntil: '2026-03-02T11:05:00.000Z' }
  const kept = await findImport(app.db, id)
  const outcome = JSON.stringify({ preview: kept?.outcome.preview, run })
  await app.db.updateTable('register_import').set({ state: 'running', outcome }).where('id', '=', id).execute()

  expect(await resumeImports(app.db, app.uploads, app.clock.now.add({ minutes: 4 }))).toBe(0)
  const resume = () => resumeImports(app.db, app.uploads, app.clock.now.add({ minutes: 6 }))
  expect((await Promise.all([resume(), resume()])).toSorted()).toEqual([0, 1])
  expect(await findImport(app.db, id)).toMatchObject({ state: 'finished', outcome: { result: { created: 1, closed: 1 } } })
})

// Who may -----------------------------------------------------------------------------------------------------------

test('only national coordinators import the register', async () => {
  const app = await openApp()
  const { path } = await preview(app)
  for (const person of [enzo, paolo, rosa]) {
    const browser = await app.as(person)
    for (const page of ['/administrations/import', path]) expect((await browser.get(page)).status).toBe(403)
    for (const action of ['/administrations/import', `${path}/start`]) expect((await browser.post(action)).status).toBe(403)
  }
  expect((await (await app.as(null)).get(path)).location).toBe(`/sign-in?next=${encodeURIComponent(path)}`)
  expect((await findImport(app.db, Number(path.split('/').at(-1))))?.state).toBe('previewed')
})

test('an import that does not exist is not found', async () => {
  const app = await openApp()
  const browser = await app.as(carla)
  expect((await browser.get('/administrations/import/99')).status).toBe(404)
  expect((await browser.post('/administrations/import/99/start')).status).toBe(404)
})
