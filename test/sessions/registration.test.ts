import { expect, test } from 'vitest'
import { asMoment } from '#src/database/moment.ts'
import type { Database } from '#src/database/schema.ts'
import { cancelSession } from '#src/sessions/actions.ts'
import { cancelRegistration, register } from '#src/sessions/registration/actions.ts'
import { registeredFor } from '#src/sessions/registration/queries.ts'
import { asl, carla, cosenza, enzo, luca, nadia, newDatabase, noon, openApp, paolo, rosa, salerno, torino } from '#test/support.ts'
import { buildPathway } from '../pathways/builder.ts'
import { addModule, byPaolo, historyOf, idOf, moment, openSession, schedule } from './stage.ts'

const starts = moment('2026-03-10T09:00:00Z')
const signUp = (db: Database, id: number, person: { id: number } = rosa, administration: { id: number } = salerno, at = noon) =>
  register(db, id, { personId: person.id, administrationId: administration.id }, { by: person, at })

async function makeReferent(db: Database, person: { id: number }, administration: { id: number }) {
  const row = { person_id: person.id, administration_id: administration.id, since: asMoment(noon), invited_by: null, until: null }
  await db
    .insertInto('referent')
    .values({ ...row, ended_by: null })
    .execute()
}

test('a referent registers, and the history tells for which administration', async () => {
  const db = await newDatabase()
  const sessionId = await schedule(db)
  const id = idOf(await signUp(db, sessionId))
  expect(await registeredFor(db, sessionId)).toEqual([
    { personId: rosa.id, name: rosa.name, email: rosa.email, administrationId: salerno.id, administration: 'Comune di Salerno' },
  ])
  expect(await historyOf(db, 'registered')).toMatchObject([
    { subject: 'registration', subject_id: id, administration_id: salerno.id, person_id: rosa.id, at: '2026-03-02T11:00:00.000Z' },
  ])
})

test('each reason not to register has its name', async () => {
  const db = await newDatabase()
  const id = await schedule(db, { capacity: 1 })
  expect(await signUp(db, 999)).toEqual({ refusal: 'not_found' })
  expect(await signUp(db, await schedule(db, { draft: true }))).toEqual({ refusal: 'not_published' })
  expect(await signUp(db, id, rosa, salerno, starts)).toEqual({ refusal: 'started' })
  expect(await signUp(db, id, rosa, cosenza)).toEqual({ refusal: 'not_a_referent' })
  expect(await signUp(db, id, paolo, salerno)).toEqual({ refusal: 'not_a_referent' })
  idOf(await signUp(db, id))
  expect(await signUp(db, id)).toEqual({ refusal: 'already_registered' })
  expect(await signUp(db, id, nadia, cosenza)).toEqual({ refusal: 'full' })
  await cancelSession(db, id, 'Docente malato', byPaolo)
  expect(await signUp(db, id, luca)).toEqual({ refusal: 'cancelled' })
})

test('a place given back is free for somebody else, and the same person may come again', async () => {
  const db = await newDatabase()
  const id = await schedule(db, { capacity: 1 })
  const first = idOf(await signUp(db, id))
  await cancelRegistration(db, first, { by: rosa, at: noon })
  const second = idOf(await signUp(db, id, nadia, cosenza))
  await cancelRegistration(db, second, { by: nadia, at: noon })
  idOf(await signUp(db, id))
  expect((await registeredFor(db, id)).map(({ personId }) => personId)).toEqual([rosa.id])
  expect(await historyOf(db, 'registration_cancelled')).toMatchObject([
    { subject: 'registration', subject_id: first },
    { subject_id: second },
  ])
})

test('a registration is cancelled once, before the start, by the person or whoever is in charge', async () => {
  const db = await newDatabase()
  const id = idOf(await signUp(db, await schedule(db)))
  expect(await cancelRegistration(db, id, { by: nadia, at: noon })).toEqual({ refusal: 'not_found' })
  expect(await cancelRegistration(db, id, { by: enzo, at: noon })).toEqual({ refusal: 'not_found' })
  expect(await cancelRegistration(db, 999, { by: rosa, at: noon })).toEqual({ refusal: 'not_found' })
  expect(await cancelRegistration(db, id, { by: rosa, at: starts })).toEqual({ refusal: 'started' })
  expect(await cancelRegistration(db, id, { by: carla, at: noon })).toEqual({ id })
  expect(await cancelRegistration(db, id, { by: rosa, at: noon })).toEqual({ refusal: 'already_cancelled' })
})

test('of twenty who run for the last five places five get one', async () => {
  const db = await newDatabase()
  const id = await schedule(db, { capacity: 5 })
  const people = await db
    .insertInto('person')
    .values(Array.from({ length: 20 }, (_, n) => ({ name: `Persona ${n}`, email: `p${n}@comune.example`, created_at: asMoment(noon) })))
    .returning('id')
    .execute()
  for (const person of people) await makeReferent(db, person, torino)
  const outcomes = await Promise.all(people.map((person) => signUp(db, id, person, torino)))
  expect(outcomes.filter((outcome) => 'id' in outcome)).toHaveLength(5)
  expect(outcomes.filter((outcome) => 'refusal' in outcome && outcome.refusal === 'full')).toHaveLength(15)
  expect(await registeredFor(db, id)).toHaveLength(5)
})

test('two clicks of one person at once register once', async () => {
  const db = await newDatabase()
  const id = await schedule(db)
  const outcomes = await Promise.all([signUp(db, id), signUp(db, id)])
  expect(outcomes).toContainEqual({ refusal: 'already_registered' })
  expect(await registeredFor(db, id)).toHaveLength(1)
})

test('the page registers and unregisters without script', async () => {
  const { as, path } = await openSession()
  const browser = await as(rosa)
  expect((await browser.get(path)).text).toContain('>Iscriviti<')
  const { status, location } = await browser.post(`${path}/registration`, { administration: salerno.id })
  expect([status, location]).toEqual([303, path])
  expect((await browser.get(path)).text).toContain('Sei iscritto per Comune di Salerno')
  await browser.post(`${path}/registration/cancel`)
  expect((await browser.get(path)).text).toContain('>Iscriviti<')
})

test('with htmx only the box comes back, under its own id', async () => {
  const { as, path, id } = await openSession()
  const browser = await as(rosa)
  const htmx = { 'HX-Request': 'true' }
  const { status, text } = await browser.post(`${path}/registration`, { administration: salerno.id }, htmx)
  expect(status).toBe(200)
  expect(text.trimStart()).toMatch(new RegExp(`^<section class="[^"]*" id="registration-${id}">`))
  expect(text).toContain('Sei iscritto')
  const again = await browser.post(`${path}/registration`, { administration: salerno.id }, htmx)
  expect([again.status, again.text.includes('Sei già iscritto')]).toEqual([422, true])
})

test('a referent of several administrations says for which', async () => {
  const { db, as, path, id } = await openSession()
  await makeReferent(db, rosa, asl)
  const browser = await as(rosa)
  expect((await browser.get(path)).text).toContain('Per quale amministrazione?')
  expect((await browser.post(`${path}/registration`, { administration: '' })).status).toBe(422)
  await browser.post(`${path}/registration`, { administration: asl.id })
  expect((await registeredFor(db, id)).map(({ administrationId }) => administrationId)).toEqual([asl.id])
})

test('nobody registers for somebody else’s administration, nor a visitor for any', async () => {
  const { db, as, path, id } = await openSession()
  const { status, text } = await (await as(nadia)).post(`${path}/registration`, { administration: salerno.id })
  expect([status, text.includes('di cui sei referente')]).toEqual([422, true])
  expect((await (await as(null)).post(`${path}/registration`, { administration: salerno.id })).location).toBe('/sign-in')
  expect((await (await as(null)).get(path)).text).toContain(`/sign-in?next=${encodeURIComponent(path)}`)
  expect(await registeredFor(db, id)).toEqual([])
})

test('a full session says so instead of offering a button', async () => {
  const { db, as, path, id } = await openSession({ capacity: 1 })
  await signUp(db, id, nadia, cosenza)
  const { text } = await (await as(rosa)).get(path)
  expect(text).toContain('I posti sono esauriti')
  expect(text).not.toContain('>Iscriviti<')
})

test('the room opens fifteen minutes before the start and closes at the end', async () => {
  const { db, as, path, id, clock } = await openSession()
  await signUp(db, id)
  const joinAt = async (time: string) => {
    clock.now = moment(time)
    return (await as(rosa)).get(`${path}/join`)
  }
  const early = await joinAt('2026-03-10T08:44:59Z')
  expect([early.status, early.text.includes('10 mar 2026, 09:45')]).toEqual([200, true])
  expect((await joinAt('2026-03-10T08:45:00Z')).location).toBe('https://room.example/secret-room')
  expect((await joinAt('2026-03-10T10:29:59Z')).location).toBe('https://room.example/secret-room')
  const late = await joinAt('2026-03-10T10:30:00Z')
  expect([late.location, late.text.includes('la stanza è chiusa')]).toEqual([null, true])
})

test('only who is registered, trains or is in charge enters the room', async () => {
  const { db, as, path, id, clock } = await openSession()
  const gone = idOf(await signUp(db, id, luca))
  await cancelRegistration(db, gone, { by: luca, at: noon })
  clock.now = starts
  const join = async (person: { id: number } | null) => (await as(person)).get(`${path}/join`)
  for (const person of [rosa, luca, enzo]) {
    const { status, text } = await join(person)
    expect([status, text.includes('secret-room')]).toEqual([403, false])
  }
  expect((await join(null)).location).toBe(`/sign-in?next=${encodeURIComponent(`${path}/join`)}`)
  for (const person of [paolo, carla]) expect((await join(person)).status).toBe(302)
})

test('a cancelled session keeps its room shut', async () => {
  const { db, as, path, id, clock } = await openSession()
  await signUp(db, id)
  await cancelSession(db, id, 'Docente malato', byPaolo)
  clock.now = starts
  expect((await (await as(rosa)).get(`${path}/join`)).text).toContain('è stato annullato')
})

test('the module’s page shows its coming sessions and whether the reader is registered', async () => {
  const { db, as } = await openApp()
  const { firstId, pagePath } = await buildPathway(db, [{ kind: 'webinar' }])
  expect((await (await as(rosa)).get(pagePath)).text).toContain('Non c’è ancora un incontro in calendario')
  const id = await schedule(db, { moduleId: firstId })
  await schedule(db, { moduleId: firstId, title: 'Bozza', draft: true })
  await schedule(db, { moduleId: (await addModule(db)).moduleId, title: 'Di un altro modulo' })
  const before = (await (await as(rosa)).get(pagePath)).text
  expect(before).toContain(`href="/sessions/${id}"`)
  expect(before).not.toMatch(/Sei iscritto|Bozza|Di un altro modulo/)
  await signUp(db, id)
  expect((await (await as(rosa)).get(pagePath)).text).toContain('Sei iscritto')
  expect((await (await as(luca)).get(pagePath)).text).not.toContain('Sei iscritto')
})
