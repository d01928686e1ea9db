import { expect, test } from 'vitest'
import { learnColumns } from '#src/sessions/attendance/import/columns/actions.ts'
import { columnsRefusal } from '#src/sessions/attendance/import/columns/rules.ts'
import { attendanceReport } from '#src/sessions/attendance/import/report.ts'
import { enzo, nadia, noon, openApp, paolo, rosa, zone } from '#test/support.ts'
import { attendanceOf, stage } from './stage.ts'
import { bytesOf } from './support.ts'

/** A program's list whose headers say nothing to us. */
const list = (...rows: string[]) => bytesOf(['Foglio di sala', 'Xyz;Contatto;Q1;Q2', ...rows, ''].join('\n'))
const first = list(`Greco R.;${rosa.email};zzz;45`, `Serra N.;${nadia.email};zzz;20`)
const file = (content: Uint8Array, name = 'sala.csv') => new File([content as Uint8Array<ArrayBuffer>], name)

async function open() {
  const app = await openApp()
  const staged = await stage(app.db)
  return { ...app, ...staged, browser: await app.as(paolo) }
}
type Opened = Awaited<ReturnType<typeof open>>

const upload = async ({ browser, importPath }: Opened, content: Uint8Array) =>
  (await browser.post(importPath, { file: file(content) })).location ?? ''
const tell = async (opened: Opened, address: string, form: Record<string, string>) => {
  const { pathname, searchParams } = new URL(address, 'http://localhost')
  return opened.browser.post(pathname, { file: searchParams.get('file'), header: 1, ...form })
}

test('a list that nobody knows asks what its columns hold, with examples of each', async () => {
  const opened = await open()
  const address = await upload(opened, first)
  expect(address).toMatch(/\/columns\?file=sala\.csv$/)
  const { text } = await opened.browser.get(address)
  expect(text).toMatch(/Contatto.*rosa.*Q2.*45 · 20/s)
  // Addresses are recognised by themselves.
  expect(text).toMatch(/name="column-1".*?<option value="email" selected>/s)
})

test('told once, this file and the next of its shape are read without asking', async () => {
  const opened = await open()
  const address = await upload(opened, first)
  const told = await tell(opened, address, { 'column-0': 'name', 'column-1': 'email', 'column-3': 'duration' })
  expect(told.location).toBe(address.replace('/columns', ''))
  expect((await opened.browser.get(told.location ?? '')).text).toContain('con le colonne indicate a mano')

  const next = await upload(opened, list(`Greco R.;${rosa.email};zzz;50`))
  expect(next).not.toContain('/columns')
  const options = { dryRun: true, by: null, at: noon, zone }
  const report = await attendanceReport(opened.db, opened.sessionId, 'sala.csv', first, options)
  expect(report).toMatchObject({
    participants: [
      { person_id: rosa.id, minutes: 45 },
      { person_id: nadia.id, minutes: 20 },
    ],
  })
})

test('what was told is kept with its author, and can be told otherwise', async () => {
  const { db } = await open()
  const told = { cells: ['A', 'B'], hasHeader: true, whole: false }
  await learnColumns(db, { ...told, roles: ['name', 'duration'] }, { by: paolo, at: noon })
  await learnColumns(db, { ...told, roles: ['duration', 'name'] }, { by: enzo, at: noon })
  const rows = await db.selectFrom('attendance_columns').select(['columns', 'learned_by']).execute()
  expect(rows.map(({ columns, learned_by }) => [JSON.parse(columns), learned_by])).toEqual([
    [{ roles: ['duration', 'name'], whole: false }, enzo.id],
  ])
})

test('a list without headers is known again by what its first row is made of', async () => {
  const opened = await open()
  const address = await upload(opened, bytesOf(`Greco R.;${rosa.email};aula 1\nSerra N.;${nadia.email};aula 2\n`))
  await tell(opened, address, { header: '-1', 'column-0': 'name', 'column-1': 'email', whole: 'yes' })
  const { location } = await opened.browser.post(opened.importPath, { file: file(bytesOf(`Serra N.;${nadia.email};aula 9\n`)) })
  const confirm = { upload: location?.match(/[0-9a-f-]{36}/)?.[0], file: 'sala.csv' }
  await opened.browser.post(`${opened.importPath}/confirm`, confirm)
  expect(await attendanceOf(opened.db, opened.sessionId)).toEqual([{ person_id: nadia.id, status: 'present', minutes: 60 }])
})

test.each([
  [['duration'], false, 'who_missing'],
  [['name'], false, 'time_missing'],
  [['name', 'name', 'duration'], false, 'twice'],
  [['name', 'leave'], false, 'time_missing'],
  [['email'], true, null],
  [['lastName', null, 'attended'], false, null],
] as const)('columns %j, all the time %s: %s', (roles, whole, refusal) => {
  expect(columnsRefusal({ roles: [...roles], whole })).toBe(refusal)
})

test('a refusal keeps what was chosen', async () => {
  const opened = await open()
  const answer = await tell(opened, await upload(opened, first), { 'column-1': 'email', 'column-2': 'email' })
  expect(answer.status).toBe(422)
  expect(answer.text).toContain('Due colonne hanno lo stesso contenuto')
  expect(answer.text).toMatch(/name="column-2".*?<option value="email" selected>/s)
})

test('a letter has no columns: it is refused as before', async () => {
  const { browser, importPath } = await open()
  const answer = await browser.post(importPath, { file: file(bytesOf('Gentile collega\nnon verrò.\nSaluti\n')) })
  expect(answer.status).toBe(422)
})
