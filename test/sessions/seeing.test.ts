import { expect, test } from 'vitest'
import { findPerson } from '#src/people/queries.ts'
import { cancelSession } from '#src/sessions/actions.ts'
import { listSessions, sessionSorts } from '#src/sessions/queries.ts'
import { register } from '#src/sessions/registration/actions.ts'
import { manageRefusal } from '#src/sessions/rules.ts'
import { carla, cosenza, countQueries, enzo, nadia, noon, openApp, paolo, rosa, salerno, tina } from '#test/support.ts'
import { addModule, byPaolo, moment, openSession, schedule } from './stage.ts'

const signUp = (db: Parameters<typeof register>[0], id: number, person: { id: number }, administration: { id: number }) =>
  register(db, id, { personId: person.id, administrationId: administration.id }, { by: person, at: noon })

test('everybody sees what is published, the trainer’s name only after signing in', async () => {
  const { as, path } = await openSession()
  const visitor = await (await as(null)).get(path)
  expect(visitor.status).toBe(200)
  for (const shown of ['Impostare l’indagine', 'martedì 10 marzo 2026, 10:00-11:30', 'Online']) expect(visitor.text).toContain(shown)
  expect(visitor.text).not.toContain(paolo.name)
  expect((await (await as(rosa)).get(path)).text).toContain(paolo.name)
})

test('nobody reads the address of the room on the page', async () => {
  const { as, path } = await openSession()
  for (const person of [null, rosa, paolo]) expect((await (await as(person)).get(path)).text).not.toContain('secret-room')
})

test('a draft is there for whoever is in charge only', async () => {
  const { as, path } = await openSession({ draft: true, regionCode: '18' })
  const statusFor = async (person: { id: number } | null) => (await (await as(person)).get(path)).status
  expect(await Promise.all([null, rosa, tina].map(statusFor))).toEqual([404, 404, 404])
  expect(await Promise.all([paolo, carla, enzo].map(statusFor))).toEqual([200, 200, 200])
})

test('a session of a programme in draft is nothing for the public', async () => {
  const { db, as } = await openApp()
  const { moduleId } = await addModule(db, { published: false })
  const id = await schedule(db, { moduleId })
  expect((await (await as(null)).get(`/sessions/${id}`)).status).toBe(404)
  expect((await (await as(null)).get('/programme')).text).not.toContain('Impostare l’indagine')
  expect((await (await as(paolo)).get(`/sessions/${id}`)).status).toBe(200)
})

test('who is registered is named to whoever is in charge, of their own region', async () => {
  const { db, as, path, id } = await openSession({ regionCode: '18' })
  await signUp(db, id, rosa, salerno)
  await signUp(db, id, nadia, cosenza)
  const shown = async (person: { id: number } | null) => (await (await as(person)).get(path)).text
  expect(await shown(carla)).toMatch(new RegExp(`${nadia.name}[\\s\\S]*${rosa.name}|${rosa.name}[\\s\\S]*${nadia.name}`))
  const enzos = await shown(enzo)
  expect(enzos).toContain(nadia.name)
  expect(enzos).not.toContain(rosa.name)
  expect(enzos).toContain('una persona di un’altra regione')
  for (const person of [null, rosa, tina]) expect(await shown(person)).not.toContain(nadia.name)
})

test.each(['edit', 'publish', 'cancel', 'attendance'])('only who is in charge may %s', async (verb) => {
  const { as, path } = await openSession({ regionCode: '18' })
  const ask = async (person: { id: number } | null) => (await as(person)).post(`${path}/${verb}`, {})
  for (const person of [rosa, tina]) expect((await ask(person)).status).toBe(403)
  expect((await ask(null)).location).toBe('/sign-in')
})

test('without a region national staff and its trainers are in charge', async () => {
  const { db } = await openApp()
  const refusalFor = async ({ id }: { id: number }, regionCode: string | null, trainers: { id: number }[] = []) =>
    manageRefusal({ regionCode, trainers }, (await findPerson(db, id)) ?? null)
  expect(await refusalFor(carla, null)).toBeNull()
  expect(await refusalFor(paolo, null)).toBeNull()
  expect(await refusalFor(enzo, null)).toBe('not_in_charge')
  expect(await refusalFor(tina, null, [tina])).toBeNull()
  expect(await refusalFor(enzo, '18')).toBeNull()
  expect(await refusalFor(tina, '18')).toBe('not_in_charge')
  expect(await refusalFor(rosa, '15', [rosa])).toBe('not_in_charge')
})

test('staff list drafts too, referents what is published, visitors go to the programme', async () => {
  const { db, as } = await openApp()
  await schedule(db, { title: 'In calendario' })
  await schedule(db, { title: 'Ancora in bozza', draft: true })
  expect((await (await as(paolo)).get('/sessions')).text).toMatch(/In calendario[\s\S]*Ancora in bozza/)
  const rosas = (await (await as(rosa)).get('/sessions')).text
  expect(rosas).toContain('In calendario')
  expect(rosas).not.toContain('Ancora in bozza')
  expect((await (await as(null)).get('/sessions')).location).toBe('/programme')
})

test('kind, state and words narrow the list', async () => {
  const { db, as } = await openApp()
  const off = await schedule(db, { title: 'Saltato' })
  await cancelSession(db, off, 'Docente malato', byPaolo)
  await schedule(db, { title: 'Bari', kind: 'seminar', place: 'Sede della Regione' })
  await schedule(db, { title: 'Bozza', draft: true })
  await schedule(db, { title: 'Prima', startsAt: moment('2026-03-05T09:00:00Z'), endsAt: moment('2026-03-05T10:00:00Z') })
  const titles = async (query: string) =>
    [...(await (await as(carla)).get(`/sessions${query}`)).text.matchAll(/<a href="\/sessions\/\d+">([^<]*)</g)].map(([, title]) => title)
  expect((await titles(''))[0]).toBe('Prima')
  expect(await titles('?kind=seminar')).toEqual(['Bari'])
  expect(await titles('?state=cancelled')).toEqual(['Saltato'])
  expect(await titles('?state=draft')).toEqual(['Bozza'])
  expect(await titles('?state=coming')).toEqual(['Prima', 'Bari'])
  expect(await titles('?q=sede')).toEqual(['Bari'])
})

test('while typing only the list comes back', async () => {
  const { as } = await openSession()
  const { text } = await (await as(paolo)).get('/sessions?q=indagine', { 'HX-Request': 'true' })
  expect(text.trimStart()).toMatch(/^<div id="sessions">/)
})

test('one session or three cost the list the same number of queries', async () => {
  const { db } = await openApp()
  const person = await findPerson(db, carla.id)
  if (!person) throw new Error('no Carla')
  const list = { path: '/sessions', q: '', sort: sessionSorts[0], descending: false, page: 1, filters: {} }
  const cost = () => countQueries(db, (counted) => listSessions(counted, list, person, noon))
  await schedule(db)
  const one = await cost()
  await schedule(db)
  await schedule(db)
  expect(await cost()).toBe(one)
})

test('the public programme groups by month, marks what is cancelled, and names nobody', async () => {
  const { db, as, clock } = await openApp()
  await schedule(db, { title: 'A marzo' })
  await schedule(db, { title: 'Ad aprile', startsAt: moment('2026-04-10T09:00:00Z'), endsAt: moment('2026-04-10T10:00:00Z') })
  await schedule(db, { title: 'Bozza', draft: true })
  const off = await schedule(db, { title: 'Saltato', startsAt: moment('2026-04-20T09:00:00Z'), endsAt: moment('2026-04-20T10:00:00Z') })
  await cancelSession(db, off, 'Docente malato', byPaolo)
  const { text } = await (await as(null)).get('/programme')
  expect(text).toMatch(/marzo 2026<[\s\S]*A marzo[\s\S]*aprile 2026<[\s\S]*Ad aprile[\s\S]*Saltato[\s\S]*Annullato/)
  expect(text).toContain('href="webcal://localhost/calendar.ics"')
  for (const hidden of ['Bozza', paolo.name, 'secret-room']) expect(text).not.toContain(hidden)
  clock.now = moment('2026-04-01T10:00:00Z')
  expect((await (await as(null)).get('/programme')).text).toMatch(/Ad aprile[\s\S]*Incontri recenti[\s\S]*A marzo/)
})
