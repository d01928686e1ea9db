import { expect, test } from 'vitest'
import { issueCertificate, revokeCertificate } from '#src/certificates/actions.ts'
import { readCode } from '#src/certificates/code.ts'
import { asMoment } from '#src/database/moment.ts'
import type { Database } from '#src/database/schema.ts'
import { buildPathway } from '#test/pathways/builder.ts'
import { carla, enzo, luca, nadia, newDatabase, noon, openApp, paolo, rosa, salerno, zone } from '#test/support.ts'

const byRosa = { by: rosa, at: noon, zone }
const hour = 60

/** A completed pathway of a webinar of two hours and a reading; Rosa was there for so many minutes. */
async function open({ minutes = 100, completed = true, db: given }: { minutes?: number; completed?: boolean; db?: Database } = {}) {
  const db = given ?? (await newDatabase())
  const built = await buildPathway(db, [{ kind: 'webinar', title: 'Webinar' }, { title: 'Guida' }])
  const { programmeId, enrolmentId, firstId } = built
  const starts = noon.subtract({ hours: 72 })
  const made = { created_at: asMoment(starts), created_by: paolo.id, revised_at: asMoment(starts), published_at: asMoment(starts) }
  const times = { starts_at: asMoment(starts), ends_at: asMoment(starts.add({ minutes: 2 * hour })) }
  const nothing = {
    place: null,
    join_url: null,
    capacity: null,
    region_code: null,
    cancelled_at: null,
    cancelled_by: null,
    cancellation_reason: null,
  }
  const { id: sessionId } = await db
    .insertInto('session')
    .values({
      programme_id: programmeId,
      module_id: firstId,
      kind: 'webinar',
      title: 'Webinar',
      threshold_minutes: 60,
      uid: `s${firstId}`,
      ...made,
      ...times,
      ...nothing,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  const place = { administration_id: salerno.id, region_code: '15', category: 'L6', kind: 'municipality' }
  const attended = {
    status: 'present' as const,
    minutes,
    source: 'manual' as const,
    reason: null,
    recorded_at: asMoment(noon),
    recorded_by: paolo.id,
  }
  await db
    .insertInto('attendance')
    .values({ session_id: sessionId, person_id: rosa.id, ...place, ...attended })
    .execute()
  if (completed)
    await db
      .updateTable('enrolment')
      .set({ completed_at: asMoment(noon) })
      .where('id', '=', enrolmentId)
      .execute()
  return { db, ...built, sessionId, forAll: { enrolmentId, personId: null }, forRosa: { enrolmentId, personId: rosa.id } }
}

test('what is issued keeps names, hours, percentage and threshold as they were', async () => {
  const { db, forAll } = await open()
  await issueCertificate(db, forAll, byRosa)
  await db.updateTable('administration').set({ name: 'Altro nome' }).where('id', '=', salerno.id).execute()
  const row = await db.selectFrom('certificate').selectAll().executeTakeFirstOrThrow()
  expect(row).toMatchObject({ minutes_offered: 120, minutes_attended: 100, percent: 83, threshold_percent: 75, person_id: null })
  expect(JSON.parse(row.content)).toMatchObject({
    administration: 'Comune di Salerno',
    completedOn: '2026-03-02',
    modules: [{ title: 'Webinar', offered: 120, attended: 100 }],
  })
  expect(readCode(row.code.toLowerCase().replaceAll('-', ' '))).toBe(row.code)
})

test('issuing again, or twice at once, gives the same certificate', async () => {
  const { db, forAll } = await open()
  const first = await issueCertificate(db, forAll, byRosa)
  const others = await Promise.all([issueCertificate(db, forAll, byRosa), issueCertificate(db, forAll, byRosa)])
  expect(others).toEqual([first, first])
})

test.each([
  ['before the pathway is completed', { completed: false }, 'not_completed'],
  ['below the threshold', { minutes: 80 }, 'below_threshold'],
] as const)('nothing is issued %s', async (_when, options, refusal) => {
  const { db, forAll, forRosa } = await open(options)
  expect(await issueCertificate(db, forAll, byRosa)).toEqual({ refusal })
  expect(await issueCertificate(db, forRosa, byRosa)).toEqual({ refusal })
})

test('nobody on the staff gets one, nor who took no part', async () => {
  const { db, forRosa, enrolmentId } = await open()
  expect(await issueCertificate(db, { enrolmentId, personId: luca.id }, byRosa)).toEqual({ refusal: 'not_a_participant' })
  expect(await issueCertificate(db, { enrolmentId, personId: nadia.id }, byRosa)).toEqual({ refusal: 'not_a_participant' })
  const granted = { granted_at: asMoment(noon), granted_by: null, revoked_at: null, revoked_by: null }
  await db
    .insertInto('role_grant')
    .values({ person_id: rosa.id, role: 'trainer', region_code: null, ...granted })
    .execute()
  expect(await issueCertificate(db, forRosa, byRosa)).toEqual({ refusal: 'staff' })
})

test('a recognised webinar counts on neither side', async () => {
  const { db, forAll, enrolmentId, firstId } = await open({ minutes: 10 })
  const fact = { state: 'recognised' as const, changed_at: asMoment(noon), changed_by: carla.id, completed_at: asMoment(noon) }
  await db
    .insertInto('progress')
    .values({ enrolment_id: enrolmentId, module_id: firstId, ...fact })
    .execute()
  expect(await issueCertificate(db, forAll, byRosa)).toEqual({ id: 1 })
  expect(await db.selectFrom('certificate').select(['minutes_offered', 'percent']).executeTakeFirst()).toEqual({
    minutes_offered: 0,
    percent: 100,
  })
})

test('a cancelled session, and one still to come, were not offered', async () => {
  const { db, forAll, sessionId } = await open({ minutes: 10 })
  await db
    .updateTable('session')
    .set({ cancelled_at: asMoment(noon) })
    .where('id', '=', sessionId)
    .execute()
  expect(await issueCertificate(db, forAll, byRosa)).toEqual({ id: 1 })
})

test('after a revocation a new one can be issued, with another code', async () => {
  const { db, forAll } = await open()
  await issueCertificate(db, forAll, byRosa)
  expect(await revokeCertificate(db, 1, 'Presenze corrette', { by: carla, at: noon })).toBe(true)
  expect(await revokeCertificate(db, 1, 'Di nuovo', { by: carla, at: noon })).toBe(false)
  expect(await issueCertificate(db, forAll, byRosa)).toEqual({ id: 2 })
})

// Pages --------------------------------------------------------------------------------------------------------------

async function openPages(options = {}) {
  const { db, as } = await openApp()
  const built = await open({ ...options, db })
  const code = async () => (await db.selectFrom('certificate').select('code').executeTakeFirstOrThrow()).code
  return { ...built, as, code, pathway: `/pathway/${built.enrolmentId}` }
}

test('a referent issues both certificates from the pathway’s page and downloads them', async () => {
  const { as, pathway, enrolmentId } = await openPages()
  const browser = await as(rosa)
  expect((await browser.get(pathway)).text).toContain('Frequentate 1 ora e 40 minuti di 2 ore, cioè il 83%. Serve almeno il 75%.')
  for (const holder of ['administration', 'me'])
    expect((await browser.post('/certificates', { enrolment: enrolmentId, for: holder })).location).toBe(pathway)
  const { text } = await browser.get(pathway)
  for (const href of ['/certificates/1/pdf', '/certificates/2/pdf']) expect(text).toContain(href)
  const { status, headers, text: bytes } = await browser.get('/certificates/1/pdf')
  expect([status, headers.get('content-type'), bytes.slice(0, 5)]).toEqual([200, 'application/pdf', '%PDF-'])
  expect(headers.get('content-disposition')).toMatch(/^attachment; filename="attestato-/)
})

test('below the threshold the page says why, with the figures, and offers nothing', async () => {
  const { as, pathway } = await openPages({ minutes: 80 })
  const { text } = await (await as(rosa)).get(pathway)
  expect(text).toContain('Le ore frequentate non bastano')
  expect(text).toContain('cioè il 66%')
  expect(text).not.toContain('action="/certificates"')
})

test('anybody verifies by the code, however it is typed, and reads no more than the paper says', async () => {
  const { as, enrolmentId, code } = await openPages()
  await (await as(rosa)).post('/certificates', { enrolment: enrolmentId, for: 'administration' })
  const visitor = await as(null)
  const found = await code()
  expect((await visitor.get(`/verify?code=${found.toLowerCase().replaceAll('-', '')}`)).location).toBe(`/verify/${found}`)
  const { status, text, headers } = await visitor.get(`/verify/${found}`)
  expect([status, headers.get('x-robots-tag')]).toEqual([200, 'noindex'])
  for (const part of ['è valido', 'Comune di Salerno', 'Percorso Standard', '83%']) expect(text).toContain(part)
  for (const part of [rosa.name, rosa.email]) expect(text).not.toContain(part)
})

test('a revoked certificate says so, without the reason; an unknown code is not found', async () => {
  const { as, enrolmentId, code } = await openPages()
  await (await as(rosa)).post('/certificates', { enrolment: enrolmentId, for: 'administration' })
  const coordinator = await as(carla)
  expect((await coordinator.post('/certificates/1/revoke', { reason: '' })).status).toBe(422)
  expect((await coordinator.post('/certificates/1/revoke', { reason: 'Presenze corrette' })).location).toBe('/certificates/1')
  const { text } = await (await as(null)).get(`/verify/${await code()}`)
  expect(text).toContain('non è più valido')
  expect(text).not.toContain('Presenze corrette')
  const unknown = await (await as(null)).get('/verify/2222-2222-2222')
  expect([unknown.status, unknown.text.includes('Nessun attestato con questo codice')]).toEqual([404, true])
  expect((await (await as(null)).get('/verify/%3Cscript%3E')).status).toBe(404)
})

test.each([
  ['a colleague', luca, 200, 404],
  ['another administration’s referent', nadia, 404, 404],
  ['another region’s coordinator', enzo, 404, 404],
  ['the national coordinator', carla, 200, 200],
  ['a trainer', paolo, 404, 404],
])('%s opens the administration’s and Rosa’s certificate as allowed', async (_who, person, ofAll, ofRosa) => {
  const { as, enrolmentId } = await openPages()
  const browser = await as(rosa)
  for (const holder of ['administration', 'me']) await browser.post('/certificates', { enrolment: enrolmentId, for: holder })
  const other = await as(person)
  expect([(await other.get('/certificates/1')).status, (await other.get('/certificates/2')).status]).toEqual([ofAll, ofRosa])
})

test('coordinators list the certificates of their regions', async () => {
  const { as, enrolmentId } = await openPages()
  await (await as(rosa)).post('/certificates', { enrolment: enrolmentId, for: 'administration' })
  expect((await (await as(carla)).get('/certificates?q=salerno')).text).toContain('/certificates/1')
  expect((await (await as(carla)).get('/certificates?state=revoked')).text).not.toContain('href="/certificates/1"')
  expect((await (await as(enzo)).get('/certificates')).text).not.toContain(salerno.name)
})
