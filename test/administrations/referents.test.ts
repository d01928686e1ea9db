import { expect, test } from 'vitest'
import { endReferent, inviteReferent } from '#src/administrations/referents/actions.ts'
import { referentsOf } from '#src/administrations/referents/queries.ts'
import { asMoment } from '#src/database/moment.ts'
import type { Database } from '#src/database/schema.ts'
import { findPersonByEmail } from '#src/people/queries.ts'
import {
  asl,
  carla,
  cosenza,
  countQueries,
  enzo,
  luca,
  nadia,
  newDatabase,
  noon,
  openApp,
  paolo,
  rosa,
  salerno,
  tina,
  torino,
} from '#test/support.ts'

const ida = { name: 'Ida Bruni', email: 'ida.bruni@comune.example' }
const who = { by: carla, at: noon }
const happenings = async (db: Database) =>
  (
    await db
      .selectFrom('history')
      .where('administration_id', 'is not', null)
      .orderBy('id')
      .select(['happening', 'administration_id'])
      .execute()
  ).map(({ happening, administration_id }) => `${happening} ${administration_id}`)
const namesOf = async (db: Database, { id }: { id: number }) => (await referentsOf(db, id)).map(({ name }) => name)

test('inviting makes the person and the referent, and is remembered', async () => {
  const db = await newDatabase()
  expect(await inviteReferent(db, { administrationId: salerno.id, ...ida }, who)).toMatchObject({ referentId: expect.any(Number) })
  expect(await namesOf(db, salerno)).toEqual([ida.name, luca.name, rosa.name])
  expect((await findPersonByEmail(db, ida.email))?.administrations).toEqual([salerno.id])
  expect(await happenings(db)).toEqual([`referent_invited ${salerno.id}`])
})

test('a person may be referent of several administrations, and keeps name and address', async () => {
  const db = await newDatabase()
  await inviteReferent(db, { administrationId: asl.id, name: 'R. Esposito', email: 'ROSA@comune.salerno.example' }, who)
  expect((await findPersonByEmail(db, rosa.email))?.administrations).toEqual([salerno.id, asl.id])
  expect(await namesOf(db, asl)).toEqual([rosa.name])
})

test('inviting twice is refused, also at the same moment', async () => {
  const db = await newDatabase()
  const invite = () => inviteReferent(db, { administrationId: torino.id, ...ida }, who)
  const outcomes = await Promise.all([invite(), invite()])
  expect(outcomes.filter((outcome) => 'referentId' in outcome)).toHaveLength(1)
  expect(await invite()).toEqual({ refusal: 'already_referent' })
  expect(await happenings(db)).toEqual([`referent_invited ${torino.id}`])
})

test('an administration that is closed or does not exist gets no referents', async () => {
  const db = await newDatabase()
  await db
    .updateTable('administration')
    .set({ closed_at: asMoment(noon) })
    .where('id', '=', torino.id)
    .execute()
  expect(await inviteReferent(db, { administrationId: torino.id, ...ida }, who)).toEqual({ refusal: 'closed' })
  expect(await inviteReferent(db, { administrationId: 99, ...ida }, who)).toEqual({ refusal: 'not_found' })
  expect(await findPersonByEmail(db, ida.email)).toBeNull()
})

test('ending lasts from then on, once, and the person may be invited again', async () => {
  const db = await newDatabase()
  const [, referent] = await referentsOf(db, salerno.id)
  const end = () => endReferent(db, referent?.id ?? 0, who)
  expect((await Promise.all([end(), end()])).toSorted()).toEqual([false, true])
  expect((await findPersonByEmail(db, rosa.email))?.administrations).toEqual([])
  expect(await inviteReferent(db, { administrationId: salerno.id, ...rosa }, who)).toMatchObject({ referentId: expect.any(Number) })
  expect(await happenings(db)).toEqual([`referent_ended ${salerno.id}`, `referent_invited ${salerno.id}`])
})

test('the queries for the referents do not grow with them', async () => {
  const db = await newDatabase()
  const ask = ({ id }: { id: number }) => countQueries(db, (counted) => referentsOf(counted, id))
  expect(await ask(cosenza)).toBe(await ask(salerno))
})

// The page ------------------------------------------------------------------------------------------------------------

test('a coordinator of the region invites on the page of the administration', async () => {
  const { db, as } = await openApp()
  const answer = await (await as(enzo)).post(`/administrations/${cosenza.id}/referents`, ida)
  expect([answer.status, answer.location]).toEqual([303, `/administrations/${cosenza.id}`])
  expect(await namesOf(db, cosenza)).toEqual([ida.name, nadia.name])
})

test('what is wrong is refused beside its field, and what was typed stays', async () => {
  const { db, as } = await openApp()
  const browser = await as(carla)
  for (const [error, form] of [
    ['name-error', { ...ida, name: ' ' }],
    ['email-error', { ...ida, email: 'ida.bruni' }],
    ['email-error', { name: rosa.name, email: rosa.email }],
  ] as const) {
    const { status, text } = await browser.post(`/administrations/${salerno.id}/referents`, form)
    expect([status, text.includes(`id="${error}"`), text.includes(`value="${form.email}"`)]).toEqual([422, true, true])
  }
  expect(await namesOf(db, salerno)).toEqual([luca.name, rosa.name])
})

test('who may not see the administration does not find it; who may only see it is refused', async () => {
  const { db, as } = await openApp()
  const invite = async (person: { id: number } | null) =>
    (await (await as(person)).post(`/administrations/${salerno.id}/referents`, ida)).status
  expect([await invite(enzo), await invite(tina), await invite(nadia)]).toEqual([404, 404, 404])
  expect([await invite(paolo), await invite(rosa)]).toEqual([403, 403])
  expect(await invite(null)).toBe(303)
  expect(await namesOf(db, salerno)).toEqual([luca.name, rosa.name])
})

test('a coordinator ends an appointment, others cannot', async () => {
  const { db, as } = await openApp()
  const [referent] = await referentsOf(db, cosenza.id)
  const end = async (person: { id: number }, administration = cosenza) =>
    (await (await as(person)).post(`/administrations/${administration.id}/referents/${referent?.id}/end`)).status
  expect([await end(nadia), await end(paolo), await end(rosa), await end(tina)]).toEqual([403, 403, 404, 404])
  await end(carla, salerno)
  expect(await namesOf(db, cosenza)).toEqual([nadia.name])

  expect(await end(enzo)).toBe(303)
  expect(await namesOf(db, cosenza)).toEqual([])
  expect((await (await as(nadia)).get(`/administrations/${cosenza.id}`)).status).toBe(404)
})
