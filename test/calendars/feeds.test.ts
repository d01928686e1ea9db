import { expect, test } from 'vitest'
import { asMoment } from '#src/database/moment.ts'
import { baseUrl, countQueries, newDatabase, noon, openApp } from '#test/support.ts'
import { addModule, addSession, faultsOf, readCalendar, reviseSession } from './stage.ts'

test('everybody can subscribe to the published sessions of published programmes', async () => {
  const { db, as } = await openApp()
  const session = await addSession(db, { description: 'Come si sceglie il campione' })
  await addSession(db, { title: 'Bozza', published: false })
  await addSession(db, { title: 'Programma non pubblicato', programme: await addModule(db, { published: false }) })

  const answer = await (await as(null)).get('/calendar.ics')
  expect(readCalendar(answer.text).events).toEqual([
    {
      uid: session.uid,
      sequence: 0,
      stamp: '2026-03-02T11:00:00Z',
      modified: '2026-03-02T11:00:00Z',
      start: '2026-03-10T09:00:00Z',
      end: '2026-03-10T10:30:00Z',
      summary: 'Impostare l’indagine',
      description: `Come si sceglie il campione\n\nDettagli e iscrizione: ${baseUrl}/sessions/${session.id}`,
      location: 'Online',
      url: `${baseUrl}/sessions/${session.id}`,
      status: 'CONFIRMED',
      organizer: null,
      attendees: [],
    },
  ])
})

test('the address of the room is in no feed', async () => {
  const { db, as } = await openApp()
  const session = await addSession(db)
  const visitor = await as(null)
  expect((await visitor.get('/calendar.ics')).text).not.toContain('secret-room')
  expect((await visitor.get(`/sessions/${session.id}.ics`)).text).not.toContain('secret-room')
})

test('calendars get what they need to subscribe, and no file to download', async () => {
  const { as } = await openApp()
  const { headers, text } = await (await as(null)).get('/calendar.ics')
  expect(headers.get('content-type')).toBe('text/calendar; charset=utf-8')
  expect(headers.get('cache-control')).toBe('public, no-transform, max-age=300')
  expect(headers.get('content-disposition')).toBeNull()
  expect(faultsOf(text)).toEqual([])
})

test('a client that keeps state sees a session move and then be cancelled', async () => {
  const { db, as } = await openApp()
  const { id, uid } = await addSession(db)
  const visitor = await as(null)
  const seen = async () => {
    const [event] = readCalendar((await visitor.get('/calendar.ics')).text).events
    return [event?.uid, event?.sequence, event?.start, event?.status, event?.modified]
  }

  expect(await seen()).toEqual([uid, 0, '2026-03-10T09:00:00Z', 'CONFIRMED', '2026-03-02T11:00:00Z'])
  await reviseSession(db, { id }, { starts_at: '2026-03-11T13:00:00.000Z', ends_at: '2026-03-11T14:00:00.000Z' })
  expect(await seen()).toEqual([uid, 1, '2026-03-11T13:00:00Z', 'CONFIRMED', '2026-03-02T11:05:00Z'])
  await reviseSession(db, { id }, { cancelled_at: asMoment(noon) }, noon.add({ minutes: 9 }))
  expect(await seen()).toEqual([uid, 2, '2026-03-11T13:00:00Z', 'CANCELLED', '2026-03-02T11:09:00Z'])
})

test('a cancelled session says so in its title too, for clients that show no status', async () => {
  const { db, as } = await openApp()
  await addSession(db, { cancelled: true })
  const [event] = readCalendar((await (await as(null)).get('/calendar.ics')).text).events
  expect(event?.summary).toBe('ANNULLATO: Impostare l’indagine')
})

test('sessions, cancelled ones too, leave the feed sixty days after their end', async () => {
  const { db, as, clock } = await openApp()
  await addSession(db, { endsAt: '2026-03-10T10:30:00.000Z' })
  await addSession(db, { endsAt: '2026-03-10T10:30:00.000Z', cancelled: true })
  const visitor = await as(null)
  const count = async () => readCalendar((await visitor.get('/calendar.ics')).text).events.length

  clock.now = Temporal.Instant.from('2026-05-09T10:29:00Z')
  expect(await count()).toBe(2)
  clock.now = Temporal.Instant.from('2026-05-09T10:31:00Z')
  expect(await count()).toBe(0)
})

test('what has not changed is answered 304 without rendering, and the second time by one short query', async () => {
  const db = await newDatabase()
  await addSession(db)
  const tag = (await (await (await openApp({ db })).as(null)).get('/calendar.ics')).headers.get('etag') ?? ''

  const queries = await countQueries(db, async (counted) => {
    const visitor = await (await openApp({ db: counted })).as(null)
    for (const _ of ['first', 'second']) {
      const again = await visitor.get('/calendar.ics', { 'If-None-Match': tag })
      expect([again.status, again.text, again.headers.get('etag')]).toEqual([304, '', tag])
    }
  })
  expect(queries).toBe(2 + 1)
})

test.each(['W/', '"other", '])('the tag is recognised as proxies send it: %s', async (before) => {
  const { as } = await openApp()
  const visitor = await as(null)
  const tag = (await visitor.get('/calendar.ics')).headers.get('etag')
  expect((await visitor.get('/calendar.ics', { 'If-None-Match': `${before}${tag}` })).status).toBe(304)
})

test('a new session, a revision and the passing of time each change the tag', async () => {
  const { db, as, clock } = await openApp()
  const first = await addSession(db)
  const visitor = await as(null)
  const tag = async () => (await visitor.get('/calendar.ics')).headers.get('etag')

  const tags = [await tag()]
  await addSession(db, { startsAt: '2026-09-10T09:00:00.000Z' })
  tags.push(await tag())
  await reviseSession(db, first, { place: 'Sala Verdi' })
  tags.push(await tag())
  clock.now = Temporal.Instant.from('2026-06-01T00:00:00Z')
  tags.push(await tag())
  expect(new Set(tags).size).toBe(4)
})

test('a page of the calendar takes as many queries with three sessions as with one', async () => {
  const db = await newDatabase()
  const programme = await addModule(db)
  const counted = () =>
    countQueries(db, async (each) => {
      await (await (await openApp({ db: each })).as(null)).get('/calendar.ics')
    })
  await addSession(db, { programme })
  const one = await counted()
  await addSession(db, { programme })
  await addSession(db, { programme })
  expect(await counted()).toBe(one)
})

test('a single session can be taken into a calendar', async () => {
  const { db, as } = await openApp()
  const session = await addSession(db, { place: 'Sala Verdi; via Roma 1, Salerno' })
  await addSession(db)
  const answer = await (await as(null)).get(`/sessions/${session.id}.ics`)
  expect(readCalendar(answer.text).events.map(({ uid, location }) => [uid, location])).toEqual([
    [session.uid, 'Sala Verdi; via Roma 1, Salerno'],
  ])
})

test('a session that is not public has no calendar', async () => {
  const { db, as } = await openApp()
  const draft = await addSession(db, { published: false })
  const hidden = await addSession(db, { programme: await addModule(db, { published: false }) })
  const visitor = await as(null)
  for (const id of [draft.id, hidden.id, 999]) expect((await visitor.get(`/sessions/${id}.ics`)).status).toBe(404)
})
