import { expect, test } from 'vitest'
import { asMoment } from '#src/database/moment.ts'
import type { Database } from '#src/database/schema.ts'
import { cancelSession } from '#src/sessions/actions.ts'
import { recordAttendance } from '#src/sessions/attendance/actions.ts'
import { register } from '#src/sessions/registration/actions.ts'
import { asl, carla, cosenza, enzo, luca, nadia, newDatabase, noon, openApp, paolo, rosa, salerno, tina } from '#test/support.ts'
import { buildPathway, stateOf } from '../pathways/builder.ts'
import { byPaolo, historyOf, moment, openSession, schedule } from './stage.ts'

const over = moment('2026-03-10T11:00:00Z')
const who = { by: { id: paolo.id }, at: over }
const present = (minutes: number, given: object = {}) => ({
  personId: rosa.id,
  administrationId: salerno.id,
  status: 'present' as const,
  minutes,
  ...given,
})
const attendance = (db: Database) => db.selectFrom('attendance').orderBy('id').selectAll().execute()
const evidence = (db: Database) => db.selectFrom('completion_evidence').orderBy('id').selectAll().execute()

/** Rosa's Salerno follows a pathway whose first module this session serves; 63 of 90 minutes count. */
async function openFollowed(given: { kind?: 'webinar' | 'assignment' } = {}) {
  const opened = await openApp()
  const { firstId, enrolmentId, pagePath } = await buildPathway(opened.db, [{ kind: given.kind ?? 'webinar' }])
  const id = await schedule(opened.db, { moduleId: firstId })
  for (const person of [rosa, luca])
    await register(opened.db, id, { personId: person.id, administrationId: salerno.id }, { by: person, at: noon })
  opened.clock.now = over
  const state = () => stateOf(opened.db, enrolmentId, firstId)
  return { ...opened, id, path: `/sessions/${id}/attendance`, pagePath, state }
}

test('who was there is kept with the region, category and kind of that day', async () => {
  const { db, id } = await openFollowed()
  await recordAttendance(db, id, [present(90)], who)
  await db.updateTable('administration').set({ region_code: '18', category: 'L7' }).where('id', '=', salerno.id).execute()
  expect(await attendance(db)).toMatchObject([
    { person_id: rosa.id, region_code: '15', category: 'L6', status: 'present', minutes: 90, source: 'manual', recorded_by: paolo.id },
  ])
})

test('enough minutes complete the module, one too few do not', async () => {
  const { db, id, state } = await openFollowed()
  await recordAttendance(db, id, [present(62)], who)
  expect(await state()).toBeUndefined()
  await recordAttendance(db, id, [present(63, { personId: luca.id })], who)
  expect(await state()).toBe('completed')
  const rows = await attendance(db)
  expect(await evidence(db)).toMatchObject([{ kind: 'attendance', source_id: rows[1]?.id, person_id: luca.id, recorded_by: paolo.id }])
})

test.each(['partial', 'absent', 'excused'])('somebody %s completes nothing, however many minutes', async (status) => {
  const { db, id, state } = await openFollowed()
  expect(await recordAttendance(db, id, [present(90, { status })], who)).toEqual({ recorded: 1 })
  expect(await state()).toBeUndefined()
})

test('a meeting about an assignment does not hand it in', async () => {
  const { db, id, state } = await openFollowed({ kind: 'assignment' })
  await recordAttendance(db, id, [present(90)], who)
  expect(await state()).toBeUndefined()
})

test('what is recorded by hand changes only with a reason, and a completed module stays', async () => {
  const { db, id, state } = await openFollowed()
  await recordAttendance(db, id, [present(90)], who)
  expect(await recordAttendance(db, id, [present(0, { status: 'absent' })], who)).toEqual({ refusal: 'reason_missing', personId: rosa.id })
  expect(await recordAttendance(db, id, [present(10, { reason: '  ' })], who, 'import')).toMatchObject({ refusal: 'reason_missing' })
  expect(await recordAttendance(db, id, [present(0, { status: 'absent', reason: 'Era Luca' })], who)).toEqual({ recorded: 1 })
  expect(await attendance(db)).toMatchObject([{ status: 'absent', minutes: 0, reason: 'Era Luca' }])
  expect(await state()).toBe('completed')
  expect((await historyOf(db, 'attendance_recorded'))[1]?.details.corrected).toEqual([
    { personId: rosa.id, from: ['present', 90], to: ['absent', 0], reason: 'Era Luca' },
  ])
})

test('what came from a file is corrected by hand with a reason too', async () => {
  const { db, id } = await openFollowed()
  await recordAttendance(db, id, [present(20)], { by: null, at: over }, 'import')
  expect(await recordAttendance(db, id, [present(90)], who)).toEqual({ refusal: 'reason_missing', personId: rosa.id })
  expect(await recordAttendance(db, id, [present(90, { reason: 'Era al telefono' })], who)).toEqual({ recorded: 1 })
  expect(await attendance(db)).toMatchObject([{ minutes: 90, source: 'manual' }])
})

test('the same again changes nothing and says nothing', async () => {
  const { db, id } = await openFollowed()
  await recordAttendance(db, id, [present(90), present(80, { personId: luca.id })], who)
  expect(await recordAttendance(db, id, [present(90)], { ...who, at: over.add({ hours: 1 }) })).toEqual({ recorded: 0 })
  expect(await historyOf(db, 'attendance_recorded')).toMatchObject([{ subject: 'session', subject_id: id, details: { recorded: 2 } }])
  expect(await evidence(db)).toHaveLength(2)
})

test('attendance is refused where there was none to take', async () => {
  const db = await newDatabase()
  const id = await schedule(db)
  const early = { ...who, at: moment('2026-03-10T08:59:59Z') }
  expect(await recordAttendance(db, id, [present(90)], early)).toEqual({ refusal: 'not_started' })
  expect(await recordAttendance(db, 999, [present(90)], who)).toEqual({ refusal: 'not_found' })
  expect(await recordAttendance(db, await schedule(db, { draft: true }), [present(90)], who)).toEqual({ refusal: 'not_published' })
  await cancelSession(db, id, 'Docente malato', byPaolo)
  expect(await recordAttendance(db, id, [present(90)], who)).toEqual({ refusal: 'cancelled' })
})

test('one wrong row keeps all of them out', async () => {
  const db = await newDatabase()
  const id = await schedule(db)
  const record = (row: object) => recordAttendance(db, id, [present(90), present(90, { personId: nadia.id, ...row })], who)
  expect(await record({})).toEqual({ refusal: 'not_a_referent', personId: nadia.id })
  expect(await record({ administrationId: cosenza.id, minutes: 91 })).toEqual({ refusal: 'minutes_out_of_range', personId: nadia.id })
  expect(await record({ administrationId: cosenza.id, minutes: -1 })).toMatchObject({ refusal: 'minutes_out_of_range' })
  expect(await attendance(db)).toEqual([])
})

test('two who save at once leave one row a person', async () => {
  const db = await newDatabase()
  const id = await schedule(db)
  const outcomes = await Promise.all([recordAttendance(db, id, [present(90)], who), recordAttendance(db, id, [present(90)], who)])
  expect(outcomes.toSorted((a, b) => JSON.stringify(a).localeCompare(JSON.stringify(b)))).toEqual([{ recorded: 0 }, { recorded: 1 }])
})

test('the trainer fills in the table; present without minutes means from start to end', async () => {
  const { db, as, id, path, pagePath, state } = await openFollowed()
  const browser = await as(paolo)
  const { text } = await browser.get(path)
  for (const shown of [rosa.name, luca.name, 'almeno 63 minuti', `/sessions/${id}/attendance/import`]) expect(text).toContain(shown)
  const saved = await browser.post(path, { [`status-${rosa.id}`]: 'present', [`minutes-${rosa.id}`]: '', [`status-${luca.id}`]: '' })
  expect([saved.status, saved.location]).toEqual([303, path])
  expect(await attendance(db)).toMatchObject([{ person_id: rosa.id, minutes: 90 }])
  expect(await state()).toBe('completed')
  expect((await (await as(rosa)).get(pagePath)).text).toContain('10 mar 2026: una persona, 90 minuti')
})

test('what is wrong in a row stands beside it, with what was typed', async () => {
  const { as, path } = await openFollowed()
  const browser = await as(paolo)
  const form = { [`status-${rosa.id}`]: 'partial', [`minutes-${rosa.id}`]: '' }
  expect((await browser.post(path, form)).text).toContain(`id="minutes-${rosa.id}-error">Per chi c’era solo in parte`)
  const tooMany = await browser.post(path, { ...form, [`minutes-${rosa.id}`]: '500' })
  expect([tooMany.status, tooMany.text.includes('value="500"')]).toEqual([422, true])
  await browser.post(path, { ...form, [`minutes-${rosa.id}`]: '30' })
  const changed = await browser.post(path, { ...form, [`minutes-${rosa.id}`]: '40' })
  expect([changed.status, changed.text.includes(`id="reason-${rosa.id}-error"`)]).toEqual([422, true])
})

test('a referent who was not registered is added by e-mail', async () => {
  const { db, as, path } = await openFollowed()
  const browser = await as(paolo)
  const unknown = await browser.post(`${path}/people`, { email: 'nessuno@comune.example', status: 'present' })
  expect([unknown.status, unknown.text.includes('Nessun referente ha questo indirizzo')]).toEqual([422, true])
  expect((await browser.post(`${path}/people`, { email: nadia.email.toUpperCase(), status: 'present', minutes: '70' })).status).toBe(303)
  expect(await attendance(db)).toMatchObject([{ person_id: nadia.id, administration_id: cosenza.id, minutes: 70 }])
  expect((await browser.get(path)).text).toContain(nadia.name)
})

test('a referent of several administrations is added for one of them', async () => {
  const { db, as, path } = await openFollowed()
  const row = { person_id: nadia.id, administration_id: asl.id, since: asMoment(noon), invited_by: null, until: null, ended_by: null }
  await db.insertInto('referent').values(row).execute()
  const browser = await as(paolo)
  const asked = await browser.post(`${path}/people`, { email: nadia.email, status: 'absent' })
  expect([asked.status, asked.text.includes('per quale c’era?')]).toEqual([422, true])
  await browser.post(`${path}/people`, { email: nadia.email, status: 'absent', administration: asl.id })
  expect(await attendance(db)).toMatchObject([{ administration_id: asl.id, status: 'absent', minutes: 0 }])
})

test('regional staff see and record the people of their region only', async () => {
  const { db, as, path, id, clock } = await openSession({ regionCode: '18' })
  for (const [person, administration] of [
    [rosa, salerno],
    [nadia, cosenza],
  ] as const)
    await register(db, id, { personId: person.id, administrationId: administration.id }, { by: person, at: noon })
  clock.now = over
  const browser = await as(enzo)
  const { text } = await browser.get(`${path}/attendance`)
  expect([text.includes(nadia.name), text.includes(rosa.name)]).toEqual([true, false])
  await browser.post(`${path}/attendance`, { [`status-${rosa.id}`]: 'present', [`status-${nadia.id}`]: 'present' })
  expect((await attendance(db)).map(({ person_id }) => person_id)).toEqual([nadia.id])
  expect((await browser.post(`${path}/attendance/people`, { email: rosa.email, status: 'present' })).status).toBe(422)
})

test('attendance is for whoever is in charge, from the start on', async () => {
  const { as, path, clock } = await openSession({ regionCode: '18' })
  const ask = async (person: { id: number } | null) => (await as(person)).get(`${path}/attendance`)
  expect((await ask(carla)).text).toContain('dall’inizio dell’incontro')
  clock.now = moment('2026-03-10T09:00:00Z')
  expect((await ask(carla)).status).toBe(200)
  for (const person of [rosa, tina]) expect((await ask(person)).status).toBe(403)
  expect((await ask(null)).location).toBe(`/sign-in?next=${encodeURIComponent(`${path}/attendance`)}`)
})
