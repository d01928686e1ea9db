import { describe, expect, test } from 'vitest'
import type { Database } from '#src/database/schema.ts'
import type { NewSession, SessionFields } from '#src/sessions/actions.ts'
import { findAnySession } from '#src/sessions/queries.ts'
import { register } from '#src/sessions/registration/actions.ts'
import { cancelFollowing, changeFollowing, createSeries, publishFollowing } from '#src/sessions/series/actions.ts'
import { daysOf, fieldsOfSession } from '#src/sessions/series/rules.ts'
import { told } from '#test/notifications/stage.ts'
import { newDatabase, noon, openApp, paolo, rosa, salerno, zone } from '#test/support.ts'
import { addModule, byPaolo, fieldsOf, moment, typedForm } from './stage.ts'

/** Three Tuesdays at 10:00 in Rome, the last after the clocks have changed: 17, 24 and 31 March 2026. */
async function open(given: Partial<NewSession> = {}, times = 3) {
  const db = await newDatabase()
  const { moduleId } = await addModule(db)
  const first = { startsAt: moment('2026-03-17T09:00:00Z'), endsAt: moment('2026-03-17T10:30:00Z') }
  const made = await createSeries(db, fieldsOf(moduleId, { ...first, ...given }), { repetition: 'weekly', times, zone }, byPaolo)
  if (!('id' in made)) throw new Error(made.refusal)
  return { db, id: made.id, made }
}
const starts = async (db: Database) =>
  (await db.selectFrom('session').orderBy('id').select('starts_at').execute()).map(({ starts_at }) => starts_at)
const change = async (db: Database, id: number, given: Partial<SessionFields>) => {
  const session = await findAnySession(db, id)
  if (!session) throw new Error('none')
  return changeFollowing(db, { id, fields: { ...fieldsOfSession(session), ...given }, zone }, byPaolo)
}

describe('the days of a series', () => {
  const days = (first: string, ...rest: [Parameters<typeof daysOf>[1], number]) =>
    daysOf(Temporal.PlainDate.from(first), ...rest).map(String)
  test('every week and every two weeks', () => {
    expect(days('2026-03-17', 'weekly', 3)).toEqual(['2026-03-17', '2026-03-24', '2026-03-31'])
    expect(days('2026-12-22', 'fortnightly', 2)).toEqual(['2026-12-22', '2027-01-05'])
  })
  test('every month on the same weekday: the second Tuesday, or the last Friday where there is no fifth', () => {
    expect(days('2026-03-10', 'monthly', 4)).toEqual(['2026-03-10', '2026-04-14', '2026-05-12', '2026-06-09'])
    expect(days('2026-05-29', 'monthly', 4)).toEqual(['2026-05-29', '2026-06-26', '2026-07-31', '2026-08-28'])
  })
})

test('a series keeps the time of the clock over the change of the hour, each session with its own UID', async () => {
  const { db } = await open()
  expect(await starts(db)).toEqual(['2026-03-17T09:00:00.000Z', '2026-03-24T09:00:00.000Z', '2026-03-31T08:00:00.000Z'])
  const uids = (await db.selectFrom('session').select('uid').execute()).map(({ uid }) => uid)
  expect(new Set(uids).size).toBe(3)
})

test('a series that meets an hour the clocks skip is refused whole, naming the day', async () => {
  const at = { startsAt: moment('2026-03-22T01:30:00Z'), endsAt: moment('2026-03-22T03:00:00Z') }
  const db = await newDatabase()
  const { moduleId } = await addModule(db)
  const made = await createSeries(db, fieldsOf(moduleId, at), { repetition: 'weekly', times: 3, zone }, byPaolo)
  expect(made).toMatchObject({ refusal: 'no_such_time' })
  expect('startsAt' in made && made.startsAt.toZonedDateTimeISO(zone).toPlainDate().toString()).toBe('2026-03-29')
  expect(await starts(db)).toEqual([])
})

test('the window of registration moves with each session', async () => {
  const { db } = await open({ registrationOpensAt: moment('2026-03-10T08:00:00Z') }, 2)
  const rows = await db.selectFrom('session').orderBy('id').select('registration_opens_at').execute()
  expect(rows.map((row) => row.registration_opens_at)).toEqual(['2026-03-10T08:00:00.000Z', '2026-03-17T08:00:00.000Z'])
})

test('this and following: what was changed passes on, what each has of its own stays', async () => {
  const { db, id } = await open()
  await db
    .updateTable('session')
    .set({ title: 'Ultima lezione' })
    .where('id', '=', id + 2)
    .execute()
  // From Tuesday 24 at 10:00 to Wednesday 25 at 15:00.
  const moved = { startsAt: moment('2026-03-25T14:00:00Z'), endsAt: moment('2026-03-25T15:30:00Z') }
  expect(await change(db, id + 1, { ...moved, joinUrl: 'https://room.example/new' })).toEqual({ id: id + 1 })
  const rows = await db.selectFrom('session').orderBy('id').select(['title', 'join_url', 'starts_at']).execute()
  expect(rows).toEqual([
    { title: 'Impostare l’indagine', join_url: 'https://room.example/secret-room', starts_at: '2026-03-17T09:00:00.000Z' },
    { title: 'Impostare l’indagine', join_url: 'https://room.example/new', starts_at: '2026-03-25T14:00:00.000Z' },
    { title: 'Ultima lezione', join_url: 'https://room.example/new', starts_at: '2026-04-01T13:00:00.000Z' },
  ])
})

test('a following session that can’t be changed so keeps all as they were', async () => {
  const { db, id } = await open({ capacity: 5 })
  await publishFollowing(db, id, byPaolo)
  await register(db, id + 2, { personId: rosa.id, administrationId: salerno.id }, { by: rosa, at: noon })
  await register(db, id + 2, { personId: 6, administrationId: salerno.id }, { by: { id: 6 }, at: noon })
  expect(await change(db, id, { capacity: 1 })).toMatchObject({
    refusal: 'capacity_below_registered',
    startsAt: moment('2026-03-31T08:00:00Z'),
  })
  const rows = await db.selectFrom('session').select('capacity').execute()
  expect(rows.map(({ capacity }) => capacity)).toEqual([5, 5, 5])
})

test('published together, called off from one on, each told to its own people', async () => {
  const { db, id } = await open()
  expect(await publishFollowing(db, id, byPaolo)).toEqual({ sessions: 3 })
  for (const each of [id, id + 2]) await register(db, each, { personId: rosa.id, administrationId: salerno.id }, { by: rosa, at: noon })
  expect(await cancelFollowing(db, { id: id + 1, reason: 'Sala chiusa' }, byPaolo)).toEqual({ sessions: 2 })
  const cancelled = await db.selectFrom('session').orderBy('id').select('cancelled_at').execute()
  expect(cancelled.map(({ cancelled_at }) => cancelled_at !== null)).toEqual([false, true, true])
  expect((await told(db)).filter(([, subject]) => subject?.startsWith('Incontro annullato'))).toEqual([
    [rosa.email, 'Incontro annullato: Impostare l’indagine'],
  ])
})

// Pages --------------------------------------------------------------------------------------------------------------

test('a trainer plans a series on one page, publishes it, changes it from the second on, and calls off the rest', async () => {
  const { as, db } = await openApp()
  const { moduleId } = await addModule(db)
  const browser = await as(paolo)
  const form = { ...typedForm(moduleId), reminderHours: '24', repetition: 'weekly' }
  expect((await browser.post('/sessions', form)).text).toContain('Questo campo è obbligatorio.')
  expect((await browser.post('/sessions', { ...form, times: 3 })).location).toBe('/sessions/1')
  expect((await browser.get('/sessions/2')).text).toContain('incontro 2 di 3')
  await browser.post('/sessions/1/publish-following')
  expect((await browser.get('/sessions/2/edit')).text).toContain('Questo e i successivi della serie')
  const changed = { ...typedForm(moduleId), day: '2026-03-17', title: 'Nuovo titolo', reminderHours: '24', reach: 'following' }
  expect((await browser.post('/sessions/2/edit', changed)).status).toBe(303)
  await browser.post('/sessions/3/cancel', { reason: 'Sala chiusa', reach: 'following' })
  const rows = await db.selectFrom('session').orderBy('id').select(['title', 'cancelled_at']).execute()
  expect(rows.map(({ title, cancelled_at }) => [title, cancelled_at !== null])).toEqual([
    ['Impostare l’indagine', false],
    ['Nuovo titolo', false],
    ['Nuovo titolo', true],
  ])
})

test('visitors see a series without its drafts', async () => {
  const { as, db } = await openApp()
  const { moduleId } = await addModule(db)
  const browser = await as(paolo)
  await browser.post('/sessions', { ...typedForm(moduleId), repetition: 'weekly', times: 3 })
  await browser.post('/sessions/1/publish')
  const { text } = await (await as(rosa)).get('/sessions/1')
  expect([text.includes('incontro 1 di'), text.includes('/sessions/2')]).toEqual([false, false])
})
