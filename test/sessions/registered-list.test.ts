import { expect, test } from 'vitest'
import { listRegistered } from '#src/sessions/registration/list/queries.ts'
import type { Person } from '#src/web/env.ts'
import { carla, cosenza, countQueries, enzo, openApp, paolo, salerno } from '#test/support.ts'
import { addPerson, registerFor } from './import/stage.ts'
import { schedule } from './stage.ts'

const reader: Person = { ...carla, language: 'it', coordinator: 'national', trainer: null, administrations: [] }
const list = { path: '', q: '', sort: 'name', descending: false, page: 1, filters: {} } as const

async function open(people: number) {
  const opened = await openApp()
  const id = await schedule(opened.db)
  for (let number = 1; number <= people; number += 1) {
    const person = await addPerson(opened.db, `Persona ${String(number).padStart(2, '0')}`, salerno)
    await registerFor(opened.db, id, person.id, salerno.id)
  }
  return { ...opened, id, path: `/sessions/${id}` }
}

test('whoever is in charge reads the registered in pages, searched and sorted by the server', async () => {
  const { as, path } = await open(30)
  const trainer = await as(paolo)
  expect((await trainer.get(path)).text).toMatch(/25 di 30.*Pagina 1 di 2/s)
  expect((await trainer.get(`${path}?page=2`)).text.match(/Persona \d\d/g)?.[0]).toBe('Persona 26')
  const found = await trainer.get(`${path}?q=persona+29`, { 'hx-request': 'true' })
  expect(found.text).toMatch(/^<div id="registered">/)
  expect(found.text).toContain('1 di 1')
})

test('many are read in as many queries as few', async () => {
  const { db, id } = await open(30)
  const few = await schedule(db)
  await registerFor(db, few, (await addPerson(db, 'Ada Neri')).id, salerno.id)
  const queries = (session: number) => countQueries(db, (counted) => listRegistered(counted, session, list, reader))
  expect(await queries(id)).toBe(await queries(few))
})

test('people of other regions are a number, also to a search', async () => {
  const { db, as, id, path } = await open(2)
  await db.updateTable('session').set({ region_code: '18' }).where('id', '=', id).execute()
  await registerFor(db, id, (await addPerson(db, 'Ada Bruzia', cosenza)).id, cosenza.id)
  const coordinator = await as(enzo)
  const { text } = await coordinator.get(path)
  expect(text).toContain('Ada Bruzia')
  expect(text).not.toContain('Persona 01')
  expect((await coordinator.get(`${path}?q=persona`)).text).not.toContain('Persona 01')
})
