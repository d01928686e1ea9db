import { expect, test } from 'vitest'
import { changeModule } from '#src/pathways/definition/actions.ts'
import { listModules } from '#src/pathways/definition/queries.ts'
import { continuedFields, readWorksheet, writeWorksheet } from '#src/pathways/definition/rules.ts'
import { findModule, worksheetFields } from '#src/pathways/queries.ts'
import { byCarla, newModule, newProgramme } from '#test/programmes/build.ts'
import { carla, countQueries, enzo, newDatabase, openApp, paolo, rosa } from '#test/support.ts'

async function open() {
  const { db, as } = await openApp()
  const programmeId = await newProgramme(db)
  return { db, as, programmeId, url: `/programmes/${programmeId}/modules` }
}

const tool = {
  kind: 'tool',
  title: 'Scheda dei parametri',
  summary: 'Per scegliere il servizio',
  body: 'Elencate **tre** servizi.',
  link: 'https://www.example.it/scheda',
  worksheet: 'Servizi | Uno per riga\nServizio scelto\n\n  Perché  | Reclami | utenti ',
}

test('a module of each kind can be made', async () => {
  const { db, as, url } = await open()
  const browser = await as(carla)
  const kinds = ['webinar', 'virtual_classroom', 'seminar', 'tool', 'assignment', 'reading']
  const found = []
  for (const kind of kinds) {
    const { location } = await browser.post(url, { ...tool, kind })
    found.push((await findModule(db, Number(location?.split('/').at(-1))))?.kind)
  }
  expect(found).toEqual(kinds)
})

test('a tool keeps the fields of its worksheet, in order, with their help', async () => {
  const { db, as, url } = await open()
  const { location } = await (await as(carla)).post(url, tool)
  const fields = await worksheetFields(db, Number(location?.split('/').at(-1)))
  expect(fields.map(({ label, help }) => [label, help])).toEqual([
    ['Servizi', 'Uno per riga'],
    ['Servizio scelto', ''],
    ['Perché', 'Reclami | utenti'],
  ])
})

test('a module that is no tool has no worksheet', async () => {
  const { db, as, url } = await open()
  const { location } = await (await as(carla)).post(url, { ...tool, kind: 'reading' })
  expect(await worksheetFields(db, Number(location?.split('/').at(-1)))).toEqual([])
})

test('the preview shows the text and the worksheet and saves nothing', async () => {
  const { db, as, url, programmeId } = await open()
  const { status, text } = await (await as(carla)).post(url, { ...tool, do: 'preview' })
  expect(status).toBe(200)
  expect(text).toContain('<strong>tre</strong>')
  expect(text).toMatch(/<dt>Servizi<\/dt>\s*<dd>Uno per riga<\/dd>/)
  expect((await listModules(db, programmeId, everything)).total).toBe(0)
})

test('what is missing or wrong is said beside the field', async () => {
  const { as, url } = await open()
  const { status, text } = await (await as(carla)).post(url, { ...tool, kind: 'party', title: ' ', link: 'javascript:alert(1)' })
  expect(status).toBe(422)
  for (const id of ['kind-error', 'title-error', 'link-error']) expect(text).toContain(`id="${id}"`)
  expect(text).toContain('Servizio scelto')
})

test('tags in a text stay text', async () => {
  const { as, url } = await open()
  const browser = await as(carla)
  const { location } = await browser.post(url, { ...tool, title: '<b>x</b>', body: '<script>alert(1)</script>' })
  const { text } = await browser.get(location ?? '')
  expect(text).not.toContain('<script>alert')
  expect(text).not.toContain('<b>x</b>')
})

test('a module is changed, and its reworded field keeps its identity', async () => {
  const { db, as, url, programmeId } = await open()
  const id = await newModule(db, programmeId, { kind: 'tool', worksheet: readWorksheet('Servizi\nPerché') })
  const [first, second] = await worksheetFields(db, id)
  const answer = await (await as(carla)).post(`${url}/${id}/edit`, { ...tool, worksheet: 'Nuovo\nPerche’ questo\nServizi' })
  expect(answer.location).toBe(`${url}/${id}`)
  const after = await worksheetFields(db, id)
  expect(after.find(({ label }) => label === 'Servizi')?.id).toBe(first?.id)
  expect(after.find(({ label }) => label === 'Nuovo')?.id).toBe(second?.id)
  expect(after.map(({ label }) => label)).toEqual(['Nuovo', 'Perche’ questo', 'Servizi'])
})

test('fields that moved keep what was written in them', () => {
  const kept = [
    { id: 1, label: 'A', help: '' },
    { id: 2, label: 'B', help: '' },
  ]
  expect(continuedFields(kept, readWorksheet('B | di più\nA\nC')).map(({ id }) => id)).toEqual([2, 1, null])
})

test('a worksheet as it is shown for editing reads back the same', () => {
  const fields = readWorksheet(tool.worksheet)
  expect(readWorksheet(writeWorksheet(fields))).toEqual(fields)
})

test('making and changing are remembered', async () => {
  const { db, programmeId } = await open()
  const id = await newModule(db, programmeId)
  await changeModule(db, id, { kind: 'reading', title: 'x', summary: '', body: '', link: null }, byCarla)
  const rows = await db.selectFrom('history').where('subject', '=', 'module').where('subject_id', '=', id).select('happening').execute()
  expect(rows.map(({ happening }) => happening)).toEqual(['module_created', 'module_changed'])
})

test('the list is of one programme, by kind, and says what to do while empty', async () => {
  const { db, as, url, programmeId } = await open()
  const browser = await as(carla)
  expect((await browser.get(url)).text).toContain('Crea il primo')
  await newModule(db, await newProgramme(db), { title: 'Di un altro' })
  await newModule(db, programmeId, { title: 'Lettura' })
  await newModule(db, programmeId, { title: 'Incontro', kind: 'webinar' })
  const { rows } = await listModules(db, programmeId, { ...everything, filters: { kind: 'webinar' } })
  expect(rows.map(({ title }) => title)).toEqual(['Incontro'])
  const { text } = await browser.get(url)
  expect([text.includes('Lettura'), text.includes('Di un altro')]).toEqual([true, false])
})

test('the list takes as many queries with three modules as with one', async () => {
  const db = await newDatabase()
  const id = await newProgramme(db)
  await newModule(db, id)
  const one = await countQueries(db, (counted) => listModules(counted, id, everything))
  for (const title of ['b', 'c']) await newModule(db, id, { title })
  expect(await countQueries(db, (counted) => listModules(counted, id, everything))).toBe(one)
})

test('a module is not reached through another programme', async () => {
  const { db, as, programmeId } = await open()
  const id = await newModule(db, programmeId)
  const other = await newProgramme(db)
  expect((await (await as(carla)).get(`/programmes/${other}/modules/${id}`)).status).toBe(404)
  expect((await (await as(carla)).post(`/programmes/${other}/modules/${id}/edit`, tool)).status).toBe(404)
})

test('a regional coordinator reads modules and cannot change them', async () => {
  const { db, as, url, programmeId } = await open()
  const id = await newModule(db, programmeId)
  const browser = await as(enzo)
  for (const path of [url, `${url}/${id}`]) expect((await browser.get(path)).status).toBe(200)
  for (const path of [`${url}/new`, `${url}/${id}/edit`]) expect((await browser.get(path)).status).toBe(403)
  for (const path of [url, `${url}/${id}/edit`]) expect((await browser.post(path, tool)).status).toBe(403)
})

test.each([
  ['referent', rosa],
  ['trainer', paolo],
])('a %s does not come here', async (_role, person) => {
  const { as, url } = await open()
  expect((await (await as(person)).get(url)).status).toBe(403)
})

const everything = { q: '', sort: 'title' as const, descending: false, page: 1, filters: {} }
