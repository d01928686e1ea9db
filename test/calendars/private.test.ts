import { expect, test } from 'vitest'
import { createFeed, revokeFeed } from '#src/calendars/actions.ts'
import { asMoment } from '#src/database/moment.ts'
import type { Database } from '#src/database/schema.ts'
import { countQueries, luca, newDatabase, noon, openApp, paolo, rosa } from '#test/support.ts'
import { addSession, readCalendar, register, reviseSession, unregister } from './stage.ts'

test('a private feed holds what the person is registered for and what they lead', async () => {
  const { db, as } = await openApp()
  const [mine, ended, lucas, led] = [await addSession(db), await addSession(db), await addSession(db), await addSession(db)]
  await register(db, mine, rosa)
  await unregister(db, await register(db, ended, rosa))
  await register(db, lucas, luca)
  await db.insertInto('session_trainer').values({ session_id: led.id, person_id: paolo.id }).execute()

  expect(await uidsFor(await as(null), await feedOf(db, rosa))).toEqual([mine.uid])
  expect(await uidsFor(await as(null), await feedOf(db, paolo))).toEqual([led.uid])
})

test('a draft is in nobody’s feed', async () => {
  const { db, as } = await openApp()
  const draft = await addSession(db, { published: false })
  await db.insertInto('session_trainer').values({ session_id: draft.id, person_id: paolo.id }).execute()
  expect(await uidsFor(await as(null), await feedOf(db, paolo))).toEqual([])
})

test('a cancelled session stays in the feeds of those it was cancelled for', async () => {
  const { db, as } = await openApp()
  const session = await addSession(db)
  const [stays, left] = [await register(db, session, rosa), await register(db, session, luca)]
  await unregister(db, left, noon)
  const cancelled = noon.add({ minutes: 5 })
  await reviseSession(db, session, { cancelled_at: asMoment(cancelled) }, cancelled)
  await unregister(db, stays, cancelled)

  const visitor = await as(null)
  const [event] = readCalendar((await visitor.get(`/calendars/${await feedOf(db, rosa)}.ics`)).text).events
  expect([event?.uid, event?.status]).toEqual([session.uid, 'CANCELLED'])
  expect(await uidsFor(visitor, await feedOf(db, luca))).toEqual([])
})

test('a private feed is kept by no shared cache, and its tag changes when one registration takes the place of another', async () => {
  const { db, as } = await openApp()
  const [one, other] = [await addSession(db), await addSession(db)]
  const registration = await register(db, one, rosa)
  const visitor = await as(null)
  const address = `/calendars/${await feedOf(db, rosa)}.ics`

  const before = await visitor.get(address)
  expect(before.headers.get('cache-control')).toBe('private, no-transform, max-age=300')
  await unregister(db, registration)
  await register(db, other, rosa)
  const after = await visitor.get(address, { 'If-None-Match': before.headers.get('etag') ?? '' })
  expect(after.status).toBe(200)
  expect(await visitor.get(address, { 'If-None-Match': after.headers.get('etag') ?? '' })).toMatchObject({ status: 304 })
})

test('a private feed speaks its owner’s language', async () => {
  const { db, as } = await openApp()
  await register(db, await addSession(db), rosa)
  await db.updateTable('person').set({ language: 'en' }).where('id', '=', rosa.id).execute()
  const { text } = await (await as(null)).get(`/calendars/${await feedOf(db, rosa)}.ics`)
  expect(readCalendar(text)).toMatchObject({ name: 'Percorsi: my sessions', events: [{ description: expect.stringContaining('Details') }] })
})

test('nobody reads a feed with a wrong or revoked address', async () => {
  const { db, as } = await openApp()
  const token = await feedOf(db, rosa)
  const visitor = await as(null)
  expect((await visitor.get(`/calendars/${token}.ics`)).status).toBe(200)
  expect((await visitor.get(`/calendars/${'x'.repeat(43)}.ics`)).status).toBe(404)

  const [feed] = await feeds(db)
  await revokeFeed(db, feed?.id ?? 0, { by: rosa, at: noon })
  expect((await visitor.get(`/calendars/${token}.ics`)).status).toBe(404)
})

test('the database cannot tell the address of a feed', async () => {
  const { db } = await openApp()
  const token = await feedOf(db, rosa)
  expect(JSON.stringify([await feeds(db), await db.selectFrom('history').selectAll().execute()])).not.toContain(token)
})

test('the last use is noted at most once an hour', async () => {
  const { db, as, clock } = await openApp()
  const address = `/calendars/${await feedOf(db, rosa)}.ics`
  const visitor = await as(null)
  const uses = []
  for (const minutes of [0, 59, 60]) {
    clock.now = noon.add({ minutes })
    await visitor.get(address)
    uses.push((await feeds(db))[0]?.last_used_at)
  }
  expect(uses).toEqual(['2026-03-02T11:00:00.000Z', '2026-03-02T11:00:00.000Z', '2026-03-02T12:00:00.000Z'])
})

test('a person creates a feed, sees its address this once, and it works', async () => {
  const { db, as } = await openApp()
  const session = await addSession(db)
  await register(db, session, rosa)
  const browser = await as(rosa)

  const created = await browser.post('/calendars', { label: 'Outlook in ufficio' })
  const address = created.text.match(/value="(http:[^"]+\.ics)"/)?.[1] ?? ''
  expect(created.text).toContain(`href="${address.replace('http:', 'webcal:')}"`)
  expect(await uidsFor(await as(null), address.match(/calendars\/(.+)\.ics/)?.[1] ?? '')).toEqual([session.uid])

  const list = (await browser.get('/calendars')).text
  expect(list).toContain('Outlook in ufficio')
  expect(list).not.toContain(address)
})

test('a feed needs a name', async () => {
  const { db, as } = await openApp()
  const answer = await (await as(rosa)).post('/calendars', { label: '  ' })
  expect([answer.status, await feeds(db)]).toEqual([422, []])
  expect(answer.text).toContain('id="label-error"')
})

test('nobody has more than ten feeds, even when asking for many at once', async () => {
  const { db, as } = await openApp()
  const outcomes = await Promise.all(Array.from({ length: 12 }, (_, each) => createFeed(db, { label: `${each}` }, { by: rosa, at: noon })))
  expect(outcomes.filter(({ refusal }) => refusal === 'too_many')).toHaveLength(2)

  const answer = await (await as(rosa)).post('/calendars', { label: 'Un altro ancora' })
  expect(answer.status).toBe(422)
  expect(answer.text).toContain('dieci indirizzi attivi')
  expect(answer.text).toContain('value="Un altro ancora"')
})

test('a revoked feed leaves the list, with a sentence', async () => {
  const { db, as } = await openApp()
  await feedOf(db, rosa, 'Telefono')
  const browser = await as(rosa)
  const [feed] = await feeds(db)
  const answer = await browser.post(`/calendars/${feed?.id}/revoke`)
  expect([answer.status, answer.location]).toEqual([303, '/calendars'])
  expect(decodeURIComponent(decodeURIComponent(answer.headers.get('set-cookie') ?? ''))).toContain('“Telefono” non funziona più')
  expect((await browser.get('/calendars')).text).toContain('Non hai ancora un indirizzo personale')
})

test('somebody else’s feed cannot be seen or revoked', async () => {
  const { db, as } = await openApp()
  const token = await feedOf(db, rosa, 'Il telefono di Rosa')
  const browser = await as(luca)
  const [feed] = await feeds(db)
  expect((await browser.get('/calendars')).text).not.toContain('Il telefono di Rosa')
  expect((await browser.post(`/calendars/${feed?.id}/revoke`)).status).toBe(404)
  expect((await browser.get(`/calendars/${token}.ics`)).status).toBe(200)
})

test('visitors are led to sign in before they have calendars of their own', async () => {
  const { as } = await openApp()
  const visitor = await as(null)
  expect((await visitor.get('/calendars')).location).toBe('/sign-in?next=%2Fcalendars')
  expect((await visitor.post('/calendars', { label: 'x' })).location).toBe('/sign-in')
  expect((await visitor.post('/calendars/1/revoke')).location).toBe('/sign-in')
})

test('creating and revoking are remembered, with who did it', async () => {
  const { db } = await openApp()
  await feedOf(db, rosa, 'Telefono')
  const [feed] = await feeds(db)
  await revokeFeed(db, feed?.id ?? 0, { by: rosa, at: noon })
  await revokeFeed(db, feed?.id ?? 0, { by: rosa, at: noon })
  const rows = await db.selectFrom('history').where('subject', '=', 'calendar_feed').select(['happening', 'person_id']).execute()
  expect(rows).toEqual([
    { happening: 'calendar_feed_created', person_id: rosa.id },
    { happening: 'calendar_feed_revoked', person_id: rosa.id },
  ])
})

test('the list takes as many queries with three feeds as with one', async () => {
  const db = await newDatabase()
  const counted = () => countQueries(db, async (each) => (await (await openApp({ db: each })).as(rosa)).get('/calendars'))
  await feedOf(db, rosa)
  const one = await counted()
  await feedOf(db, rosa)
  await feedOf(db, rosa)
  expect(await counted()).toBe(one)
})

async function feedOf(db: Database, person: { id: number }, label = 'Calendario') {
  const { token } = await createFeed(db, { label }, { by: person, at: noon })
  return token ?? ''
}

const feeds = (db: Database) => db.selectFrom('calendar_feed').selectAll().execute()

async function uidsFor(visitor: { get: (path: string) => Promise<{ text: string }> }, token: string) {
  return readCalendar((await visitor.get(`/calendars/${token}.ics`)).text).events.map(({ uid }) => uid)
}
