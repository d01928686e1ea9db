import { expect, test } from 'vitest'
import { findPersonByEmail } from '#src/people/queries.ts'
import { figures } from '#src/reports/definitions.ts'
import { hoursFrom } from '#src/reports/hours.ts'
import { participation } from '#src/reports/participation/queries.ts'
import { type Behind, countBehind, everythingBehind, listBehind, type Part } from '#src/reports/rows/queries.ts'
import { asl, cosenza, countQueries, enzo, luca, nadia, newDatabase, rosa, salerno, zone } from '#test/support.ts'
import { buildOn } from './builder.ts'
import { smallProgramme } from './small-programme.ts'

const list = { path: '/', q: '', sort: 'name', descending: false, page: 1, filters: {} } as const

for (const by of ['region', 'category', 'kind', 'administration'] as const)
  test(`behind every number by ${by} there are as many rows as it says`, async () => {
    const { db, programme, behind, build, classroom } = await opened()
    await build.attendance(classroom, rosa, cosenza, 25)
    const { rows, roc, total } = await participation(db, { ...everything(programme), by })
    const parts: [Part, typeof total][] = [
      [{}, total],
      [{ region: 'roc' }, roc],
    ]
    parts.push(...rows.map(({ key, figures }): [Part, typeof total] => [{ [by]: key }, figures]))

    for (const figure of figures)
      for (const [part, expected] of parts) {
        const found = await everythingBehind(db, behind({ figure, part }))
        const value = figure === 'hours' ? hoursFrom(found.reduce((sum, { minutes }) => sum + minutes, 0)) : found.length
        expect([figure, part, value]).toEqual([figure, part, expected[figure]])
      }
  })

test('a participant’s row shows each session with its minutes', async () => {
  const { db, behind } = await opened()
  const rows = await everythingBehind(db, behind({ figure: 'participants', part: { region: '15' } }))
  expect(rows.map(({ name, minutes }) => [name, minutes])).toEqual([
    [luca.name, 30],
    [rosa.name, 270],
  ])
  expect(rows[1]?.evidence.map(({ title, minutes, administration }) => [title, minutes, administration.name])).toEqual([
    ['Impostare le campagne', 90, salerno.name],
    ['Infoday Napoli', 60, salerno.name],
    ['Seminario Lamezia', 120, asl.name],
  ])
})

test('an active administration’s row counts its acts of each sort', async () => {
  const { db, behind, build, seminar } = await opened()
  await build.registration(seminar, nadia, cosenza, '2026-05-02 10:00')
  const [row] = await everythingBehind(db, behind({ figure: 'active', part: { region: '18' } }))
  expect(row?.evidence.map(({ what, times }) => [what, times])).toEqual([
    ['attendance', 1],
    ['question', 1],
    ['registration', 1],
  ])
})

test('a regional coordinator opens the rows of the own region, and is told how many others there are', async () => {
  const { db, behind } = await opened()
  const asEnzo = behind({ figure: 'participants', person: await enzoIn(db) })
  expect(await countBehind(db, asEnzo)).toMatchObject({ total: 3, shown: 1 })
  const { rows, total } = await listBehind(db, asEnzo, list)
  expect([rows.map(({ name }) => name), total]).toEqual([[nadia.name], 1])
})

test('of a person in two regions a regional coordinator sees what belongs to the own one', async () => {
  const { db, behind, build, classroom } = await opened()
  await build.attendance(classroom, rosa, cosenza, 25)
  const asEnzo = behind({ figure: 'participants', person: await enzoIn(db) })
  const found = await everythingBehind(db, asEnzo)
  expect(found.map(({ name, minutes, evidence }) => [name, minutes, evidence.length])).toEqual([
    [nadia.name, 45, 1],
    [rosa.name, 25, 1],
  ])
})

test('by administration a regional coordinator has rows of the own region only, and totals of the country', async () => {
  const { db, programme } = await opened()
  const person = await enzoIn(db)
  const { rows, total } = await participation(db, { ...everything(programme), by: 'administration', person })
  expect([rows.map(({ name }) => name), total.participants]).toEqual([[cosenza.name], 3])
})

test('a visitor sees nothing behind a number', async () => {
  const { db, behind } = await opened()
  expect(await everythingBehind(db, behind({ figure: 'participants', person: null as never }))).toEqual([])
})

test('rows are searched by the person’s name and by the administration’s', async () => {
  const { db, behind } = await opened()
  const found = async (q: string) => (await listBehind(db, behind({ figure: 'participants' }), { ...list, q })).rows.map(({ name }) => name)
  expect([await found('esposito rosa'), await found('Cosenza'), await found('%')]).toEqual([
    [rosa.name],
    [nadia.name],
    [luca.name, nadia.name, rosa.name],
  ])
})

test('rows come sorted by minutes, twenty-five on a page', async () => {
  const { db, behind, build, webinar } = await opened()
  for (let each = 0; each < 24; each += 1) await build.attendance(webinar, await build.person(`Persona ${each}`), salerno, 20)
  const hours = behind({ figure: 'participants_online' })
  const first = await listBehind(db, hours, { ...list, sort: 'minutes', descending: true })
  const second = await listBehind(db, hours, { ...list, sort: 'minutes', descending: true, page: 2 })
  expect([first.rows[0]?.name, first.rows.length, second.rows.length, first.total]).toEqual([rosa.name, 25, 2, 27])
})

test('a page of rows takes as many queries for three people as for one', async () => {
  const db = await newDatabase()
  const build = buildOn(db)
  const programme = await build.programme()
  const session = await build.session(await build.module(programme), 'webinar', '2026-03-10 12:30')
  const queries = () =>
    countQueries(db, (counted) => listBehind(counted, { ...everything(programme), figure: 'participants', part: {} }, list))

  await build.attendance(session, rosa, salerno, 60)
  const withOne = await queries()
  await build.attendance(session, nadia, cosenza, 60)
  await build.attendance(session, luca, asl, 60)
  expect(await queries()).toBe(withOne)
})

async function opened() {
  const db = await newDatabase()
  const small = await smallProgramme(db)
  const behind = (wanted: Partial<Behind>): Behind => ({ ...everything(small.programme), figure: 'participants', part: {}, ...wanted })
  return { db, ...small, behind }
}

const enzoIn = async (db: Parameters<typeof findPersonByEmail>[0]) => {
  const person = await findPersonByEmail(db, enzo.email)
  if (!person) throw new Error('Enzo is in the cast.')
  return person
}

const everything = (programme: { id: number }) => ({
  programmeId: programme.id,
  from: null,
  until: null,
  zone,
  person: 'operator' as const,
})
