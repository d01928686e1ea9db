import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { asMoment } from '#src/database/moment.ts'
import { carla, enzo, luca, nadia, noon, openApp, paolo, rosa, tina } from '#test/support.ts'
import { attendanceOf, listOf, stage } from './stage.ts'

const bytes = listOf([rosa.name, rosa.email, '09:00', '10:00'], ['Nadia G', '', '09:00', '09:30'], ['', '', '09:00', '09:30'])
const file = (content: Uint8Array = bytes, name = 'presenze.csv') => new File([content as Uint8Array<ArrayBuffer>], name)

async function opened(session: Parameters<typeof stage>[1] = {}) {
  const app = await openApp()
  return { ...app, ...(await stage(app.db, session)) }
}

async function previewed(options: Parameters<typeof stage>[1] = {}) {
  const app = await opened(options)
  const browser = await app.as(paolo)
  const { location } = await browser.post(app.importPath, { file: file() })
  const preview = new URL(location ?? '', 'http://localhost')
  const confirm = { upload: preview.pathname.split('/').at(-1) ?? '', file: preview.searchParams.get('file') ?? '' }
  return { ...app, browser, preview: location ?? '', confirm, kept: () => keptIn(app.uploads) }
}

const keptIn = (uploads: string) =>
  readdirSync(join(uploads, 'attendance'), { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).length

test('the preview shows who is recognised, who may be meant and which rows are ignored, and writes nothing', async () => {
  const { browser, preview, db } = await previewed()
  const { status, text } = await browser.get(preview)
  expect(status).toBe(200)
  expect(text).toContain('stessa e-mail')
  expect(text).toMatch(/<optgroup label="Nomi simili">\s*<option value="2"/)
  expect(text).toContain('Mancano sia il nome sia l’e-mail.')
  expect(text).toContain('Ancora nulla è stato scritto.')
  expect(await db.selectFrom('attendance_import').select('id').execute()).toEqual([])
})

test('the preview says who was there no minute', async () => {
  const { as, importPath } = await opened()
  const browser = await as(paolo)
  const { location } = await browser.post(importPath, { file: file(listOf([rosa.name, rosa.email, '08:00', '08:59'])) })
  expect((await browser.get(location ?? '')).text).toContain('>0 minuti<')
})

test('confirmed, the matches found and chosen are imported and the upload is forgotten', async () => {
  const { browser, confirm, importPath, sessionId, db, kept } = await previewed()
  const { location } = await browser.post(`${importPath}/confirm`, { ...confirm, 'match-1': nadia.id })
  expect(location).toBe(importPath)
  expect(await attendanceOf(db, sessionId)).toEqual([
    { person_id: rosa.id, status: 'present', minutes: 60 },
    { person_id: nadia.id, status: 'partial', minutes: 30 },
  ])
  expect(kept()).toBe(0)
  expect((await browser.get(importPath)).text).toContain('presenze.csv')
})

test('a match can be taken back, and a referent who is not registered chosen by address', async () => {
  const { browser, confirm, importPath, sessionId, db } = await previewed()
  await browser.post(`${importPath}/confirm`, { ...confirm, 'skip-0': 'yes', 'email-1': luca.email })
  expect(await attendanceOf(db, sessionId)).toEqual([{ person_id: luca.id, status: 'partial', minutes: 30 }])
})

test('an address that is no referent’s is a problem beside the field, and stays in it', async () => {
  const { browser, confirm, importPath, db } = await previewed()
  const { status, text } = await browser.post(`${importPath}/confirm`, { ...confirm, 'email-1': 'nessuno@ente.example' })
  expect(status).toBe(422)
  expect(text).toContain('id="email-1-error"')
  expect(text).toContain('value="nessuno@ente.example"')
  expect(await db.selectFrom('attendance_import').select('id').execute()).toEqual([])
})

test('somebody who is not registered cannot be slipped into the choice', async () => {
  const { browser, confirm, importPath, sessionId, db } = await previewed()
  await browser.post(`${importPath}/confirm`, { ...confirm, 'match-1': carla.id })
  expect(await attendanceOf(db, sessionId)).toEqual([{ person_id: rosa.id, status: 'present', minutes: 60 }])
})

test.each(['', '../../../etc/passwd', '00000000-0000-4000-8000-000000000000'])('an upload named "%s" is gone', async (upload) => {
  const { browser, confirm, importPath, db } = await previewed()
  expect((await browser.post(`${importPath}/confirm`, { ...confirm, upload })).location).toBe(importPath)
  expect(await db.selectFrom('attendance_import').select('id').execute()).toEqual([])
})

test('one cannot confirm what somebody else uploaded', async () => {
  const { as, confirm, importPath, db } = await previewed()
  await (await as(carla)).post(`${importPath}/confirm`, confirm)
  expect(await db.selectFrom('attendance_import').select('id').execute()).toEqual([])
})

test('an import is undone with its button, once', async () => {
  const { browser, confirm, importPath, sessionId, db } = await previewed()
  await browser.post(`${importPath}/confirm`, confirm)
  const undo = /action="(\/sessions\/\d+\/attendance\/imports\/\d+\/undo)"/.exec((await browser.get(importPath)).text)?.[1] ?? ''
  expect((await browser.post(undo)).location).toBe(importPath)
  expect(await attendanceOf(db, sessionId)).toEqual([])
  expect((await browser.get(importPath)).text).toContain('Annullato il')
})

test('another session’s import is not found', async () => {
  const { browser, confirm, importPath, db } = await previewed()
  await browser.post(`${importPath}/confirm`, confirm)
  const { id } = await db.selectFrom('attendance_import').select('id').executeTakeFirstOrThrow()
  const other = await stage(db)
  expect((await browser.post(`/sessions/${other.sessionId}/attendance/imports/${id}/undo`)).status).toBe(404)
})

test.each([
  ['no file', null, 'Scegli un file.'],
  ['a spreadsheet', file(Uint8Array.from([0x50, 0x4b, 3, 4])), 'protetto da una password'],
  [
    'a file of another day',
    file(new TextEncoder().encode('Nome,Ingresso\nRosa,14/11/2022 09:00\n')),
    'Il file è di un altro giorno: 14 novembre 2022.',
  ],
])('%s is refused beside the field', async (_, sent, sentence) => {
  const { as, importPath } = await opened()
  const { status, text } = await (await as(paolo)).post(importPath, { file: sent })
  expect(status).toBe(422)
  expect(text).toContain(sentence)
})

describe('who may import', () => {
  test.each([
    ['the trainer who holds it', paolo, {}, 200],
    ['the national coordinator', carla, {}, 200],
    ['a coordinator of another region', enzo, { region: '01' }, 403],
    ['a coordinator of its region', enzo, { region: '18' }, 200],
    ['a trainer of a region, for a session of the whole country', tina, {}, 403],
    ['a referent', rosa, {}, 403],
    ['a referent, for a draft', rosa, { published: false }, 404],
  ] as const)('%s', async (_, person, session, status) => {
    const { as, importPath } = await opened(session)
    expect((await (await as(person)).get(importPath)).status).toBe(status)
  })

  test('a visitor is led to sign in', async () => {
    const { as, importPath } = await opened()
    expect((await (await as(null)).get(importPath)).location).toBe(`/sign-in?next=${encodeURIComponent(importPath)}`)
  })

  test('an unknown session is not found', async () => {
    const { as } = await opened()
    expect((await (await as(paolo)).get('/sessions/999/attendance/import')).status).toBe(404)
  })
})

test('a coordinator of a region reads no names of other regions’ people that the file does not tell', async () => {
  const { as, importPath, db } = await opened({ region: '18' })
  await db
    .insertInto('attendance_name')
    .values({ name_key: 'urp', person_id: rosa.id, learned_at: asMoment(noon), learned_by: carla.id })
    .execute()
  const browser = await as(enzo)
  const { location } = await browser.post(importPath, {
    file: file(listOf(['URP', '', '09:00', '10:00'], ['Boh Esposito', '', '09:00', '09:30'])),
  })
  const { text } = await browser.get(location ?? '')
  expect(text).toContain('persona di un’altra regione')
  expect(text).not.toContain(rosa.name)
  expect(text).toContain(nadia.name)
})
