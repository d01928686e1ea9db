import { expect, test } from 'vitest'
import type { Database } from '#src/database/schema.ts'
import { grantRole, revokeRole } from '#src/people/actions.ts'
import { listPeople } from '#src/people/directory/queries.ts'
import { findPerson, findPersonByEmail } from '#src/people/queries.ts'
import { carla, countQueries, enzo, luca, nadia, newDatabase, noon, openApp, paolo, rosa, tina } from '#test/support.ts'

const who = { by: carla, at: noon }
const namesIn = (text: string) => [...text.matchAll(/<a href="\/people\/\d+">([^<]+)</g)].map(([, name = '']) => name)
const grantOf = async (db: Database, { id }: { id: number }) =>
  (await db.selectFrom('role_grant').where('person_id', '=', id).where('revoked_at', 'is', null).select('id').executeTakeFirstOrThrow()).id

// The list --------------------------------------------------------------------------------------------------------------

test('everybody is listed with roles and administrations', async () => {
  const { as } = await openApp()
  const { text } = await (await as(carla)).get('/people')
  expect(namesIn(text)).toEqual([carla, enzo, luca, nadia, paolo, rosa, tina].map(({ name }) => name))
  for (const shown of ['Coordinatore, Tutta Italia', 'Coordinatore, Calabria', 'Docente, Piemonte', 'Comune di Cosenza'])
    expect(text).toContain(shown)
})

test('the list is searched, filtered and sorted by its address', async () => {
  const answers: Record<string, string[]> = {
    'q=esposito': [luca.name, rosa.name],
    'q=ROSA+esp': [rosa.name],
    'q=ministero': [carla.name],
    'q=r%25a': [],
    'role=trainer': [paolo.name, tina.name],
    'role=coordinator': [carla.name, enzo.name],
    'role=referent&sort=-email': [rosa.name, nadia.name, luca.name],
  }
  const { as } = await openApp()
  const browser = await as(carla)
  const found: typeof answers = {}
  for (const query of Object.keys(answers)) found[query] = namesIn((await browser.get(`/people?${query}`)).text)
  expect(found).toEqual(answers)
})

test('the queries of the list do not grow with its rows', async () => {
  const db = await newDatabase()
  const list = { path: '/', sort: 'name' as const, descending: false, page: 1, filters: {} }
  const ask = (q: string) => countQueries(db, (counted) => listPeople(counted, { ...list, q }))
  expect(await ask('rosa')).toBe(await ask(''))
})

test('a former role is not listed', async () => {
  const { db, as } = await openApp()
  await revokeRole(db, await grantOf(db, tina), who)
  expect(namesIn((await (await as(carla)).get('/people?role=trainer')).text)).toEqual([paolo.name])
})

test('only national coordinators see people', async () => {
  const { db, as } = await openApp()
  const grant = await grantOf(db, tina)
  for (const person of [enzo, paolo, rosa]) {
    const browser = await as(person)
    for (const path of ['/people', '/people/new', `/people/${tina.id}`]) expect((await browser.get(path)).status).toBe(403)
    for (const path of ['/people/new', `/people/${rosa.id}/roles`, `/people/${tina.id}/roles/${grant}/revoke`])
      expect((await browser.post(path, { role: 'coordinator', region: 'national' })).status).toBe(403)
  }
  expect((await (await as(null)).get('/people')).location).toBe('/sign-in?next=%2Fpeople')
  expect((await (await as(carla)).get('/people/99')).status).toBe(404)
})

// Adding ------------------------------------------------------------------------------------------------------------------

test('a new trainer of a region is added and can be found by address', async () => {
  const { db, as } = await openApp()
  const answer = await (await as(carla)).post('/people/new', { name: 'Ada Galli', email: 'Ada@x.example', role: 'trainer', region: '09' })
  expect(answer.status).toBe(303)
  expect(await findPersonByEmail(db, 'ada@x.example')).toMatchObject({ name: 'Ada Galli', trainer: ['09'], coordinator: null })
})

test('a person whom we know gets the role and keeps everything else', async () => {
  const { db, as } = await openApp()
  await (await as(carla)).post('/people/new', { name: 'Altra', email: rosa.email, role: 'coordinator', region: 'national' })
  expect(await findPerson(db, rosa.id)).toMatchObject({ name: rosa.name, coordinator: 'national', administrations: [1] })
})

test('what is wrong is refused beside its field, and what was typed stays', async () => {
  const { db, as } = await openApp()
  const browser = await as(carla)
  const typed = { name: 'Ada Galli', email: 'ada@x.example', role: 'trainer', region: '09' }
  for (const [field, wrong] of [
    ['name', ''],
    ['email', 'ada'],
    ['role', 'minister'],
    ['region', ''],
    ['region', '99'],
  ] as const) {
    const { status, text } = await browser.post('/people/new', { ...typed, [field]: wrong })
    expect([field, status, text.includes(`id="${field}-error"`)]).toEqual([field, 422, true])
    expect(text).toContain(field === 'name' ? 'value="ada@x.example"' : 'value="Ada Galli"')
  }
  expect(await findPersonByEmail(db, 'ada@x.example')).toBeNull()
})

test('a role is added on the page of the person', async () => {
  const { db, as } = await openApp()
  await (await as(carla)).post(`/people/${paolo.id}/roles`, { role: 'coordinator', region: '15' })
  expect(await findPerson(db, paolo.id)).toMatchObject({ trainer: 'national', coordinator: ['15'] })
})

// Revoking ----------------------------------------------------------------------------------------------------------------

test('a revoked role ends at once, and is remembered with its author', async () => {
  const { db, as } = await openApp()
  const path = `/people/${enzo.id}/roles/${await grantOf(db, enzo)}/revoke`
  const browser = await as(carla)
  expect((await browser.post(path)).location).toBe(`/people/${enzo.id}`)
  expect((await (await as(enzo)).get('/administrations')).status).toBe(403)
  expect(await db.selectFrom('history').where('happening', '=', 'role_revoked').select(['subject_id', 'person_id']).execute()).toEqual([
    { subject_id: enzo.id, person_id: carla.id },
  ])
  expect((await browser.post(path)).status).toBe(422)
})

test('the grant of another person is not revoked by way of this one', async () => {
  const { db, as } = await openApp()
  await (await as(carla)).post(`/people/${enzo.id}/roles/${await grantOf(db, tina)}/revoke`)
  expect((await findPerson(db, tina.id))?.trainer).toEqual(['01'])
})

test('the last national coordinator stays', async () => {
  const { db, as } = await openApp()
  const answer = await (await as(carla)).post(`/people/${carla.id}/roles/${await grantOf(db, carla)}/revoke`)
  expect([answer.status, answer.text.includes('ultimo coordinatore nazionale')]).toEqual([422, true])
  expect(await revokeRole(db, await grantOf(db, carla), { by: null, at: noon })).toBe('last_coordinator')
})

test('nobody takes national coordination from themselves, but another may', async () => {
  const db = await newDatabase()
  await grantRole(db, paolo.id, { role: 'coordinator', region: null }, who)
  const grant = await grantOf(db, carla)
  expect(await revokeRole(db, grant, who)).toBe('own_last')
  expect(await revokeRole(db, grant, { by: paolo, at: noon })).toBeNull()
  expect((await findPerson(db, carla.id))?.coordinator).toBeNull()
})

test('two coordinators who revoke each other at the same moment do not leave the programme without one', async () => {
  const db = await newDatabase()
  await grantRole(db, luca.id, { role: 'coordinator', region: null }, who)
  const [mine, theirs] = [await grantOf(db, carla), await grantOf(db, luca)]
  const outcomes = await Promise.all([revokeRole(db, theirs, who), revokeRole(db, mine, { by: luca, at: noon })])
  expect(outcomes.filter((refusal) => refusal === null)).toHaveLength(1)
})
