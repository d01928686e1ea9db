import { expect, test } from 'vitest'
import type { Database } from '#src/database/schema.ts'
import { listAttendees } from '#src/sessions/attendance/queries.ts'
import { countCheckIns, noteRoomEntry } from '#src/sessions/check-in/counting.ts'
import type { Person } from '#src/web/env.ts'
import { carla, countQueries, enzo, openApp, paolo, rosa, salerno } from '#test/support.ts'
import { addPerson, registerFor } from '../import/stage.ts'
import { moment, schedule } from '../stage.ts'

const over = moment('2026-03-10T11:00:00Z')
const reader: Person = { ...carla, language: 'it', coordinator: 'national', trainer: null, administrations: [] }
const list = { path: '', q: '', sort: 'name', descending: false, page: 1, filters: {} } as const

/** So many people of Salerno, "Persona 01" and on, are registered. */
async function open(people: number) {
  const opened = await openApp()
  const id = await schedule(opened.db)
  const persons: { id: number; name: string }[] = []
  for (let number = 1; number <= people; number += 1) {
    const person = await addPerson(opened.db, `Persona ${String(number).padStart(2, '0')}`, salerno)
    await registerFor(opened.db, id, person.id, salerno.id)
    persons.push(person)
  }
  opened.clock.now = over
  return { ...opened, id, persons, path: `/sessions/${id}/attendance`, browser: await opened.as(paolo) }
}

const statuses = async (db: Database) =>
  Object.fromEntries(
    (await db.selectFrom('attendance').select(['person_id', 'status']).execute()).map(({ person_id, status }) => [person_id, status]),
  )

test('sixty people stand on three pages, read in as many queries as three people', async () => {
  const { db, id, browser, path } = await open(60)
  const { rows, total } = await listAttendees(db, id, list, reader)
  expect([rows.length, total]).toEqual([25, 60])
  const few = await schedule(db)
  for (let number = 0; number < 3; number += 1) await registerFor(db, few, (await addPerson(db, `Altra ${number}`)).id, salerno.id)
  const queries = (session: number) => countQueries(db, (counted) => listAttendees(counted, session, list, reader))
  expect(await queries(id)).toBe(await queries(few))
  const last = (await browser.get(`${path}?page=3`)).text
  expect(last.match(/name="status-\d+"/g)).toHaveLength(10)
})

test('saving one page leaves the marks of the others, and leads on to the next', async () => {
  const { db, browser, path, persons } = await open(30)
  const [first, last] = [persons[0]?.id ?? 0, persons[29]?.id ?? 0]
  const saved = await browser.post(`${path}?sort=name`, { [`status-${first}`]: 'present', onward: 'next' })
  expect(saved.location).toBe(`${path}?sort=name&page=2`)
  await browser.post(saved.location ?? '', { [`status-${last}`]: 'absent' })
  expect(await statuses(db)).toEqual({ [first]: 'present', [last]: 'absent' })
})

test('people are found by name and by what is recorded of them', async () => {
  const { browser, path, persons } = await open(3)
  await browser.post(path, { [`status-${persons[1]?.id}`]: 'excused' })
  const found = (await browser.get(`${path}?status=excused`)).text
  expect([found.includes('Persona 02'), found.includes('Persona 01')]).toEqual([true, false])
  expect((await browser.get(`${path}?q=persona+02`)).text).not.toContain('Persona 03')
  expect((await browser.get(`${path}?q=nessuno`)).text).toContain('Nessuno corrisponde')
})

test('all the others are marked absent at once, those recorded already stay', async () => {
  const { db, browser, path, persons } = await open(3)
  await browser.post(path, { [`status-${persons[0]?.id}`]: 'present' })
  await browser.post(`${path}/rest`)
  expect(Object.values(await statuses(db)).toSorted()).toEqual(['absent', 'absent', 'present'])
})

test('who checked in and is still to be counted is not among the others', async () => {
  const { db, id, browser, path, persons } = await open(2)
  const here = persons[0]?.id ?? 0
  const at = { scanned_at: '2026-03-10T09:05:00.000Z', recorded_at: '2026-03-10T09:05:00.000Z', counted_at: null }
  await db
    .insertInto('check_in')
    .values({ session_id: id, person_id: here, way: 'typed', ticket: null, ...at })
    .execute()
  await browser.post(`${path}/rest`)
  expect(await statuses(db)).toEqual({ [persons[1]?.id ?? 0]: 'absent' })
  await countCheckIns(db, over)
  expect(await statuses(db)).toMatchObject({ [here]: 'present' })
})

test('before the end nobody is marked absent in bulk', async () => {
  const { db, browser, path, clock } = await open(2)
  clock.now = moment('2026-03-10T10:00:00Z')
  expect((await browser.get(path)).text).not.toContain(`${path}/rest`)
  await browser.post(`${path}/rest`)
  expect(await statuses(db)).toEqual({})
})

test('who went in by our link and is known by nothing else may be counted, and be counted no more', async () => {
  const { db, id, browser, path } = await open(0)
  await registerFor(db, id, rosa.id, salerno.id)
  await noteRoomEntry(db, id, rosa.id, moment('2026-03-10T09:10:00Z'))
  expect((await browser.get(path)).text).toContain('Una persona è entrata nella stanza')
  await browser.post(`${path}/entries`, { counted: 'yes' })
  expect(await statuses(db)).toEqual({ [rosa.id]: 'present' })
  await browser.post(`${path}/entries`, { counted: 'no' })
  expect(await statuses(db)).toEqual({})
})

test('a person of another region can’t be marked by typing their number', async () => {
  const { db, id, path, persons, as } = await open(1)
  await db.updateTable('session').set({ region_code: '18' }).where('id', '=', id).execute()
  await (await as(enzo)).post(path, { [`status-${persons[0]?.id}`]: 'present' })
  expect(await statuses(db)).toEqual({})
})
