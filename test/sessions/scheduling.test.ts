import { expect, test } from 'vitest'
import { asMoment } from '#src/database/moment.ts'
import { cancelSession, changeSession, createSession, publishSession } from '#src/sessions/actions.ts'
import { carla, enzo, newDatabase, noon, openApp, paolo, rosa, tina } from '#test/support.ts'
import { addModule, byPaolo, fieldsOf, historyOf, moment, openSession, readSession, schedule, typedForm } from './stage.ts'

test('a new session is a draft of its module’s programme, with its own identity for calendars', async () => {
  const db = await newDatabase()
  const { programmeId, moduleId } = await addModule(db)
  const id = await schedule(db, { moduleId, draft: true })
  const other = await schedule(db, { moduleId, draft: true })
  const row = await readSession(db, id)
  expect(row).toMatchObject({ programme_id: programmeId, revision: 0, revised_at: '2026-03-02T11:00:00.000Z', published_at: null })
  expect(row.uid).toMatch(/^[0-9a-f-]{36}@percorsi$/)
  expect(row.uid).not.toBe((await readSession(db, other)).uid)
  expect(await historyOf(db, 'session_created')).toMatchObject([{ subject: 'session', subject_id: id, person_id: paolo.id }, {}])
})

test('without another word 70% of the duration counts as attended, rounded up', async () => {
  const db = await newDatabase()
  const minutes = async (endsAt: string) => (await readSession(db, await schedule(db, { endsAt: moment(endsAt) }))).threshold_minutes
  expect(await minutes('2026-03-10T10:30:00Z')).toBe(63)
  expect(await minutes('2026-03-10T09:45:00Z')).toBe(32)
  expect(await minutes('2026-03-10T19:00:00Z')).toBe(420)
})

test('a session cannot be planned without sense', async () => {
  const db = await newDatabase()
  const { moduleId } = await addModule(db)
  const refusalOf = async (given: object) => createSession(db, fieldsOf(moduleId, given), byPaolo)
  expect(await refusalOf({ endsAt: moment('2026-03-10T09:00:00Z') })).toEqual({ refusal: 'ends_before_start' })
  expect(await refusalOf({ endsAt: moment('2026-03-11T09:01:00Z') })).toEqual({ refusal: 'too_long' })
  expect(await refusalOf({ thresholdMinutes: 91 })).toEqual({ refusal: 'threshold_too_long' })
  expect(await refusalOf({ moduleId: 999 })).toEqual({ refusal: 'no_such_module' })
  expect(await refusalOf({ trainerIds: [rosa.id] })).toEqual({ refusal: 'no_such_trainer' })
  expect(await refusalOf({ endsAt: moment('2026-03-11T09:00:00Z') })).toHaveProperty('id')
})

test('what is announced must say where', async () => {
  const db = await newDatabase()
  const publish = async (given: object) => publishSession(db, await schedule(db, { ...given, draft: true }), byPaolo)
  expect(await publish({ joinUrl: null })).toEqual({ refusal: 'link_missing' })
  expect(await publish({ kind: 'virtual_classroom', joinUrl: null, place: 'Roma' })).toEqual({ refusal: 'link_missing' })
  for (const kind of ['seminar', 'infoday', 'working_table'])
    expect(await publish({ kind, joinUrl: 'https://a.example' })).toEqual({ refusal: 'place_missing' })
})

test('a session is published once, before it starts and while it stands', async () => {
  const db = await newDatabase()
  const id = await schedule(db, { draft: true })
  expect(await publishSession(db, id, { ...byPaolo, at: moment('2026-03-10T09:00:00Z') })).toEqual({ refusal: 'already_started' })
  await publishSession(db, id, byPaolo)
  expect(await publishSession(db, id, byPaolo)).toEqual({ refusal: 'already_published' })
  expect(await historyOf(db, 'session_published')).toHaveLength(1)
  expect(await publishSession(db, 999, byPaolo)).toEqual({ refusal: 'not_found' })
  const off = await schedule(db, { draft: true })
  await cancelSession(db, off, 'Non serve più', byPaolo)
  expect(await publishSession(db, off, byPaolo)).toEqual({ refusal: 'cancelled' })
})

test('what calendars show raises the revision once it is published', async () => {
  const db = await newDatabase()
  const id = await schedule(db)
  const later = { ...byPaolo, at: noon.add({ hours: 1 }) }
  await changeSession(db, id, fieldsOf(0, { title: 'Altro titolo', place: 'Anche a Roma' }), later)
  expect(await readSession(db, id)).toMatchObject({ title: 'Altro titolo', revision: 1, revised_at: '2026-03-02T12:00:00.000Z' })
  const [entry] = await historyOf(db, 'session_changed')
  expect(entry?.details).toEqual({ changed: ['title', 'place'], before: { title: 'Impostare l’indagine', place: null } })
})

test('other changes, drafts and saving the same again leave the revision', async () => {
  const db = await newDatabase()
  const id = await schedule(db)
  await changeSession(db, id, fieldsOf(0), byPaolo)
  await changeSession(db, id, fieldsOf(0, { capacity: 30, trainerIds: [tina.id] }), byPaolo)
  const draft = await schedule(db, { draft: true })
  await changeSession(db, draft, fieldsOf(0, { title: 'Altro' }), byPaolo)
  expect([(await readSession(db, id)).revision, (await readSession(db, draft)).revision]).toEqual([0, 0])
  // Nobody is written to because of the number of places.
  expect((await historyOf(db, 'session_changed')).map(({ subject_id }) => subject_id)).toEqual([draft])
  expect((await historyOf(db, 'session_settings_changed')).map(({ details }) => details.changed)).toEqual([['capacity', 'trainerIds']])
})

test('a session that is cancelled or over is not changed, a published one keeps its room', async () => {
  const db = await newDatabase()
  const id = await schedule(db)
  expect(await changeSession(db, id, fieldsOf(0, { joinUrl: null }), byPaolo)).toEqual({ refusal: 'link_missing' })
  expect(await changeSession(db, id, fieldsOf(0), { ...byPaolo, at: moment('2026-03-10T10:30:00Z') })).toEqual({ refusal: 'over' })
  await cancelSession(db, id, 'Docente malato', byPaolo)
  expect(await changeSession(db, id, fieldsOf(0), byPaolo)).toEqual({ refusal: 'cancelled' })
  expect(await changeSession(db, 999, fieldsOf(0), byPaolo)).toEqual({ refusal: 'not_found' })
})

test('cancelling takes a reason, and counts as a revision', async () => {
  const db = await newDatabase()
  const id = await schedule(db)
  expect(await cancelSession(db, id, '  ', byPaolo)).toEqual({ refusal: 'reason_missing' })
  expect(await cancelSession(db, id, 'Tardi', { ...byPaolo, at: moment('2026-03-10T10:30:00Z') })).toEqual({ refusal: 'over' })
  await cancelSession(db, id, 'Docente malato', byPaolo)
  expect(await readSession(db, id)).toMatchObject({ revision: 1, cancelled_by: paolo.id, cancellation_reason: 'Docente malato' })
  expect(await cancelSession(db, id, 'Ancora', byPaolo)).toEqual({ refusal: 'cancelled' })
  expect(await historyOf(db, 'session_cancelled')).toMatchObject([{ subject_id: id, reason: 'Docente malato' }])
})

test('a trainer schedules, publishes and calls off a webinar through the pages', async () => {
  const { db, as } = await openApp()
  const { moduleId } = await addModule(db)
  const browser = await as(paolo)
  expect((await browser.get(`/sessions/new?module=${moduleId}`)).text).toContain(`<option value="${moduleId}" selected>`)
  const { location } = await browser.post('/sessions', typedForm(moduleId))
  expect((await browser.get(location ?? '')).text).toContain('martedì 10 marzo 2026, 10:00-11:30')
  expect((await browser.post(`${location}/publish`)).status).toBe(303)
  expect((await (await as(null)).get('/programme')).text).toContain('Impostare l’indagine')
  expect((await browser.post(`${location}/cancel`, { reason: '' })).text).toContain('Scrivi il motivo')
  expect((await browser.post(`${location}/cancel`, { reason: 'Docente malato' })).status).toBe(303)
  expect((await (await as(null)).get(location ?? '')).text).toContain('Motivo: Docente malato')
})

test('a time that the clocks skip is said beside its field, and what was typed stays', async () => {
  const { db, as } = await openApp()
  const { moduleId } = await addModule(db)
  const { status, text } = await (await as(paolo)).post(
    '/sessions',
    typedForm(moduleId, { day: '2026-03-29', from: '02:30', until: '04:00' }),
  )
  expect(status).toBe(422)
  expect(text).toContain('id="from-error">Quel giorno questo orario non esiste')
  expect(text).toContain('value="02:30"')
  expect(text).not.toContain('id="until-error"')
})

test('a session over the night when the clocks go back lasts an hour more', async () => {
  const { db, as } = await openApp()
  const { moduleId } = await addModule(db)
  await (await as(paolo)).post('/sessions', typedForm(moduleId, { day: '2026-10-25', from: '02:30', until: '03:30' }))
  const { starts_at, ends_at } = await db.selectFrom('session').selectAll().executeTakeFirstOrThrow()
  expect([starts_at, ends_at]).toEqual(['2026-10-25T00:30:00.000Z', '2026-10-25T02:30:00.000Z'])
})

test.each([
  ['', 63, null],
  ['60', 60, null],
  ['80%', 72, 80],
  ['33 %', 30, 33],
  ['100%', 90, 100],
])('a threshold typed as “%s” asks for %d of 90 minutes', async (thresholdMinutes, minutes, percent) => {
  const { db, as } = await openApp()
  const { moduleId } = await addModule(db)
  await (await as(paolo)).post('/sessions', typedForm(moduleId, { thresholdMinutes }))
  expect(await readSession(db, 1)).toMatchObject({ threshold_minutes: minutes, threshold_percent: percent })
})

test('a threshold in percent follows when the session gets longer, and stands on its pages', async () => {
  const { db, as } = await openApp()
  const { moduleId } = await addModule(db)
  const browser = await as(paolo)
  const form = typedForm(moduleId, { thresholdMinutes: '80%' })
  await browser.post('/sessions', form)
  expect((await browser.get('/sessions/1')).text).toContain('72 minuti (80% della durata)')
  expect((await browser.get('/sessions/1/edit')).text).toContain('value="80%"')
  await browser.post('/sessions/1/edit', { ...form, until: '12:00' })
  expect(await readSession(db, 1)).toMatchObject({ threshold_minutes: 96, threshold_percent: 80 })
})

test.each([
  ['thresholdMinutes', { thresholdMinutes: '101%' }],
  ['thresholdMinutes', { thresholdMinutes: '0' }],
  ['thresholdMinutes', { thresholdMinutes: 'metà' }],
  ['until', { until: '09:00' }],
  ['joinUrl', { joinUrl: 'javascript:alert(1)' }],
  ['thresholdMinutes', { thresholdMinutes: '500' }],
  ['capacity', { capacity: '0' }],
  ['title', { title: 'a'.repeat(201) }],
  ['mapUrl', { mapUrl: 'javascript:alert(1)' }],
  ['capacity', { kind: 'seminar', place: 'Salerno', capacity: 40, roomCapacity: 30 }],
  ['followUpHours', { followUpHours: '-1' }],
  ['day', { next: 'publish', day: '2026-03-01' }],
  ['joinUrl', { next: 'publish', joinUrl: '' }],
  ['place', { next: 'publish', kind: 'seminar' }],
  ['day', { day: '2026-02-30' }],
  ['module', { module: 999 }],
])('what is wrong with %s stands beside it', async (field, given) => {
  const { db, as } = await openApp()
  const { moduleId } = await addModule(db)
  const { status, text } = await (await as(paolo)).post('/sessions', typedForm(moduleId, given))
  expect(status).toBe(422)
  expect(text).toContain(`id="${field}-error"`)
})

test('a module and a day are enough: the rest is as the module has it, or as the session planned last', async () => {
  const { db, as } = await openApp()
  const { moduleId } = await addModule(db)
  const browser = await as(paolo)
  await browser.post('/sessions', typedForm(moduleId, { from: '12:30', until: '14:00', joinUrl: 'https://room.example/mine' }))
  const { text } = await browser.get('/sessions/new')
  const offered = ['12:30', '14:00', 'https://room.example/mine'].every((value) => text.includes(`value="${value}"`))
  const little = {
    module: moduleId,
    title: '',
    kind: '',
    day: '2026-03-12',
    from: '12:30',
    until: '14:00',
    joinUrl: 'https://room.example/mine',
  }
  const { location } = await browser.post('/sessions', { ...little, next: 'publish', trainers: [paolo.id] })
  const { title, kind, published_at, place } = await readSession(db, Number(location?.split('/').at(-1)))
  expect([offered, title, kind, published_at, place]).toEqual([true, 'Impostare l’indagine', 'webinar', asMoment(noon), null])
})

test('on site the room’s places count where nobody says how many', async () => {
  const { db, as } = await openApp()
  const { moduleId } = await addModule(db)
  const onSite = { kind: 'seminar', place: 'Salerno, sala Verdi', mapUrl: 'https://map.example/?q=Salerno', roomCapacity: 30 }
  await (await as(paolo)).post('/sessions', typedForm(moduleId, onSite))
  const session = await db.selectFrom('session').selectAll().executeTakeFirstOrThrow()
  expect([session.capacity, session.room_capacity, session.map_url]).toEqual([30, 30, 'https://map.example/?q=Salerno'])
  await publishSession(db, session.id, byPaolo)
  expect((await (await as(null)).get(`/sessions/${session.id}`)).text).toContain('href="https://map.example/?q=Salerno"')
})

test('the form of a session shows what it is, and saves changes', async () => {
  const { db, as, path, id } = await openSession({ capacity: 30 })
  const browser = await as(carla)
  const { text } = await browser.get(`${path}/edit`)
  for (const value of ['2026-03-10', '10:00', '11:30', '30', 'https://room.example/secret-room']) expect(text).toContain(`value="${value}"`)
  await browser.post(`${path}/edit`, typedForm(0, { from: '12:00', until: '13:00' }))
  expect(await readSession(db, id)).toMatchObject({ starts_at: '2026-03-10T11:00:00.000Z', threshold_minutes: 42, revision: 1 })
})

test('regional staff plan for their region, or what they train themselves', async () => {
  const { db, as } = await openApp()
  const { moduleId } = await addModule(db)
  const post = async (person: { id: number }, given: Parameters<typeof typedForm>[1]) =>
    (await (await as(person)).post('/sessions', typedForm(moduleId, given))).status
  expect(await post(tina, { regionCode: '01' })).toBe(303)
  expect(await post(tina, { regionCode: '', trainers: [tina.id] })).toBe(303)
  expect(await post(tina, { regionCode: '18' })).toBe(422)
  expect(await post(enzo, { regionCode: '18', trainers: [] })).toBe(303)
  expect(await post(enzo, { regionCode: '' })).toBe(422)
})

test('referents and visitors schedule nothing', async () => {
  const { db, as } = await openApp()
  const { moduleId } = await addModule(db)
  expect((await (await as(rosa)).post('/sessions', typedForm(moduleId))).status).toBe(403)
  expect((await (await as(null)).post('/sessions', typedForm(moduleId))).location).toBe('/sign-in')
  expect(await db.selectFrom('session').selectAll().execute()).toEqual([])
})
