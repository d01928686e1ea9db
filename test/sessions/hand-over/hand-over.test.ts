import { expect, test } from 'vitest'
import { endReferent } from '#src/administrations/referents/actions.ts'
import { referentsOf } from '#src/administrations/referents/queries.ts'
import { receiversOf } from '#src/notifications/news/recipients.ts'
import { handOver } from '#src/sessions/hand-over/actions.ts'
import { buildWorld } from '#test/authorisation/world.ts'
import { carla, enzo, luca, nadia, newDatabase, noon, openApp, paolo, rosa, salerno } from '#test/support.ts'

/** One of everything (see the world): Rosa is registered for a session to come, and has an unsolved question. */
async function open() {
  const opened = await openApp()
  await buildWorld(opened)
  const { db } = opened
  await db.updateTable('session').set({ starts_at: '2026-03-05T10:00:00.000Z', ends_at: '2026-03-05T12:00:00.000Z' }).execute()
  const referentId = (await referentsOf(db, salerno.id)).find(({ personId }) => personId === rosa.id)?.id ?? 0
  const registered = async () => {
    const rows = await db.selectFrom('registration').where('cancelled_at', 'is', null).select('person_id').execute()
    return rows.map(({ person_id }) => person_id)
  }
  const url = `/administrations/${salerno.id}/referents/${referentId}/hand-over`
  return { ...opened, referentId, registered, url, toLuca: { referentId, successor: { personId: luca.id } } }
}
const byRosa = { by: rosa, at: noon }

test('places at sessions to come pass to the successor, and both are told', async () => {
  const { db, toLuca, registered } = await open()
  expect(await handOver(db, toLuca, byRosa)).toEqual({ successorId: luca.id, registrations: 1 })
  expect(await registered()).toEqual([luca.id])
  const told = await db
    .selectFrom('history')
    .where('happening', 'in', ['registered', 'registration_cancelled', 'referent_ended', 'handed_over'])
    .orderBy('id')
    .select('happening')
    .execute()
  expect(told.slice(-4).map(({ happening }) => happening)).toEqual([
    'registration_cancelled',
    'registered',
    'referent_ended',
    'handed_over',
  ])
})

test('a successor who holds a place already keeps that one', async () => {
  const { db, toLuca, registered } = await open()
  const place = { session_id: 1, person_id: luca.id, administration_id: salerno.id, registered_at: '2026-03-01T10:00:00.000Z' }
  await db
    .insertInto('registration')
    .values({ ...place, registered_by: luca.id, cancelled_at: null, cancelled_by: null })
    .execute()
  await handOver(db, toLuca, byRosa)
  expect(await registered()).toEqual([luca.id])
})

test('somebody new becomes a referent', async () => {
  const { db, referentId } = await open()
  const successor = { name: 'Ada Neri', email: 'ada@comune.example' }
  expect(await handOver(db, { referentId, successor }, { by: carla, at: noon })).toMatchObject({ registrations: 1 })
  expect((await referentsOf(db, salerno.id)).map(({ name }) => name)).toEqual(['Ada Neri', luca.name])
})

test('nobody hands over to themself, nor to somebody who is no colleague, and then nothing has changed', async () => {
  const { db, referentId, registered } = await open()
  const to = (successor: { personId: number }) => handOver(db, { referentId, successor }, byRosa)
  expect(await to({ personId: rosa.id })).toEqual({ refusal: 'same_person' })
  expect(await to({ personId: nadia.id })).toEqual({ refusal: 'nobody' })
  expect(await registered()).toEqual([rosa.id])
})

test('of two hand-overs at once one counts', async () => {
  const { db, toLuca } = await open()
  const outcomes = await Promise.all([handOver(db, toLuca, byRosa), handOver(db, toLuca, { by: carla, at: noon })])
  expect(outcomes.filter((outcome) => 'refusal' in outcome)).toEqual([{ refusal: 'not_found' }])
})

test('the one who left sees nothing of the administration any more', async () => {
  const { db, as, toLuca } = await open()
  const browser = await as(rosa)
  expect((await browser.get('/pathway/1')).status).toBe(200)
  await handOver(db, toLuca, byRosa)
  for (const path of ['/pathway/1', '/pathway/1/modules/1', `/administrations/${salerno.id}`, '/questions/1'])
    expect([path, (await browser.get(path)).status]).toEqual([path, 404])
})

test('open questions stay with the administration: a colleague may mark them solved, and the name is for staff alone', async () => {
  const { db, as, toLuca } = await open()
  const colleague = await as(luca)
  expect((await colleague.post('/questions/1/solved')).status).toBe(403)
  await handOver(db, toLuca, byRosa)
  const { text } = await colleague.get('/questions/1')
  expect(text).toContain('un referente precedente')
  expect(text).not.toContain(rosa.name)
  expect((await (await as(paolo)).get('/questions/1')).text).toContain(rosa.name)
  expect((await colleague.post('/questions/1/solved')).status).toBe(303)
})

test('the answer to somebody who left is told to the referents of today', async () => {
  const { db, referentId } = await open()
  await endReferent(db, referentId, { by: carla, at: noon })
  const entry = { id: 1, happening: 'question_answered' as const, subjectId: 1, personId: paolo.id, at: '2026-03-02T11:00:00.000Z' }
  expect((await receiversOf(db, entry)).map(({ id }) => id)).toEqual([luca.id])
})

// Pages --------------------------------------------------------------------------------------------------------------

test('a referent hands over from the administration’s page', async () => {
  const { as, url, registered } = await open()
  const browser = await as(rosa)
  expect((await browser.get(`/administrations/${salerno.id}`)).text).toContain(url)
  const { text } = await browser.get(url)
  for (const part of ['Primo webinar', luca.name, 'domanda ancora aperta']) expect(text).toContain(part)
  expect((await browser.post(url, { colleague: luca.id })).location).toBe('/')
  expect(await registered()).toEqual([luca.id])
})

test.each([
  ['nobody', {}, 'name-error'],
  ['a name without an address', { name: 'Ada Neri' }, 'email-error'],
  ['an address that is none', { name: 'Ada Neri', email: 'ada' }, 'email-error'],
])('%s is refused beside the field', async (_name, form, id) => {
  const { as, url } = await open()
  const { status, text } = await (await as(rosa)).post(url, form)
  expect([status, text.includes(`id="${id}"`)]).toEqual([422, true])
})

test('a colleague cannot hand over for another, nor can a trainer or another region’s coordinator', async () => {
  const { as, url } = await open()
  const statuses = await Promise.all([luca, paolo, enzo, nadia].map(async (person) => (await (await as(person)).get(url)).status))
  expect(statuses).toEqual([403, 403, 404, 404])
})

test('a new database has nothing to hand over', async () => {
  const db = await newDatabase()
  expect(await handOver(db, { referentId: 999, successor: { personId: luca.id } }, byRosa)).toEqual({ refusal: 'not_found' })
})

test('to colleagues whoever left has no name on any page of the administration, to staff they have', async () => {
  const { as, db, toLuca } = await open()
  await handOver(db, toLuca, byRosa)
  const pages = [
    `/administrations/${salerno.id}`,
    '/questions',
    '/questions/1',
    '/pathway/1/modules/1',
    '/pathway/1/modules/2',
    '/pathway/1/modules/4',
  ]
  const named = async (person: { id: number }) => {
    const browser = await as(person)
    const found = []
    for (const path of pages) {
      const { status, text } = await browser.get(path)
      found.push([path, status, text.includes(rosa.name)])
    }
    return found
  }
  expect(await named(luca)).toEqual(pages.map((path) => [path, 200, false]))
  expect(await named(carla)).toEqual(pages.map((path) => [path, 200, true]))
})
