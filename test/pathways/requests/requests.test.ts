import { expect, test } from 'vitest'
import type { Database } from '#src/database/schema.ts'
import { enrol } from '#src/pathways/orientation/actions.ts'
import { findEnrolment } from '#src/pathways/orientation/queries.ts'
import { chosenByHand } from '#src/pathways/orientation/trace.ts'
import { askForPathway, decideRequest, takeBackRequest } from '#src/pathways/requests/actions.ts'
import { requestsOf } from '#src/pathways/requests/queries.ts'
import { buildMiglioraPa, byCarla, made, refusalOf } from '#test/programmes/build.ts'
import { carla, cosenza, enzo, newDatabase, noon, openApp, paolo, rosa, salerno } from '#test/support.ts'

const byRosa = { by: rosa, at: noon }

async function open(given?: Database) {
  const db = given ?? (await newDatabase())
  const built = await buildMiglioraPa(db)
  const place = { programmeId: built.programmeId, administrationId: salerno.id }
  const ask = (pathwayId: number, reason = 'Abbiamo già fatto tre indagini') => askForPathway(db, { ...place, pathwayId, reason }, byRosa)
  const start = async (pathwayId: number) => made(await enrol(db, { ...place, pathwayId, ruleId: null, trace: chosenByHand }, byCarla))
  return { db, ...built, place, ask, start }
}

test('a request granted brings an administration without a pathway onto the one it asked for', async () => {
  const { db, place, ask, advanced } = await open()
  const id = made(await ask(advanced))
  expect(await decideRequest(db, id, { verdict: 'granted', comment: '' }, byCarla)).toBeNull()
  expect((await findEnrolment(db, place))?.pathwayId).toBe(advanced)
})

test('a request granted moves who follows another pathway, and the way back is kept', async () => {
  const { db, place, ask, start, standard, advanced } = await open()
  const enrolmentId = await start(standard)
  const id = made(await ask(advanced))
  await decideRequest(db, id, { verdict: 'granted', comment: 'Va bene' }, byCarla)
  expect(await findEnrolment(db, place)).toMatchObject({ id: enrolmentId, pathwayId: advanced })
  const moves = await db.selectFrom('enrolment_move').select(['from_pathway_id', 'to_pathway_id', 'reason']).execute()
  expect(moves).toEqual([{ from_pathway_id: standard, to_pathway_id: advanced, reason: 'Abbiamo già fatto tre indagini' }])
})

test('a request refused needs a comment and changes nothing', async () => {
  const { db, place, ask, start, standard, advanced } = await open()
  await start(standard)
  const id = made(await ask(advanced))
  expect(await decideRequest(db, id, { verdict: 'refused', comment: '' }, byCarla)).toBe('comment_missing')
  expect(await decideRequest(db, id, { verdict: 'refused', comment: 'Prima lo Standard' }, byCarla)).toBeNull()
  expect((await findEnrolment(db, place))?.pathwayId).toBe(standard)
})

test('a request is decided once', async () => {
  const { db, ask, advanced } = await open()
  const id = made(await ask(advanced))
  await decideRequest(db, id, { verdict: 'granted', comment: '' }, byCarla)
  expect(await decideRequest(db, id, { verdict: 'refused', comment: 'No' }, byCarla)).toBe('decided_already')
})

test('two requests at once leave one', async () => {
  const { db, place, ask, advanced, expert } = await open()
  const outcomes = await Promise.all([ask(advanced), ask(expert)])
  expect(outcomes.filter((outcome) => 'refusal' in outcome)).toEqual([{ refusal: 'waiting_already' }])
  expect(await requestsOf(db, place)).toHaveLength(1)
})

test('after taking a request back another can be made', async () => {
  const { db, place, ask, advanced, expert } = await open()
  made(await ask(advanced))
  await takeBackRequest(db, place, byRosa)
  made(await ask(expert))
  expect((await requestsOf(db, place)).map(({ pathwayId, decidedAt }) => [pathwayId, decidedAt === null])).toEqual([
    [expert, true],
    [advanced, false],
  ])
})

test('what is followed already, another programme’s pathway and a closed administration are refused', async () => {
  const { db, ask, start, standard, expert } = await open()
  const other = await buildMiglioraPa(db)
  await start(standard)
  expect(refusalOf(await ask(standard))).toBe('same_pathway')
  expect(refusalOf(await ask(other.standard))).toBe('unknown_pathway')
  await db.updateTable('administration').set({ closed_at: '2026-03-01T00:00:00.000Z' }).where('id', '=', salerno.id).execute()
  expect(refusalOf(await ask(expert))).toBe('closed')
})

test('a completed pathway cannot be exchanged', async () => {
  const { db, ask, start, standard, expert } = await open()
  const enrolmentId = await start(standard)
  await db.updateTable('enrolment').set({ completed_at: '2026-03-01T00:00:00.000Z' }).where('id', '=', enrolmentId).execute()
  expect(refusalOf(await ask(expert))).toBe('completed')
})

// Pages --------------------------------------------------------------------------------------------------------------

async function openPages() {
  const { db, as } = await openApp()
  const built = await open(db)
  return { ...built, as, url: `/orientation/${built.programmeId}/${salerno.id}/request` }
}

test('a referent asks, a coordinator grants, and the referent reads it', async () => {
  const { as, url, advanced } = await openPages()
  const referent = await as(rosa)
  expect((await referent.post(url, { pathway: advanced, reason: 'Siamo pronti' })).location).toBe(url)
  expect((await referent.get(url)).text).toContain('aspetta una decisione')
  const coordinator = await as(carla)
  expect((await coordinator.get('/')).text).toContain('/pathway-requests')
  expect((await coordinator.get('/pathway-requests')).text).toContain('/pathway-requests/1')
  expect((await coordinator.get('/pathway-requests/1')).text).toContain('Siamo pronti')
  expect((await coordinator.post('/pathway-requests/1', { verdict: 'granted', comment: '' })).location).toBe('/pathway-requests')
  expect((await referent.get(url)).text).toContain('Accolta')
  expect((await referent.get('/pathway/1')).text).toContain('Percorso Avanzato')
})

test('an empty reason is refused beside its field, and the choice stays', async () => {
  const { as, url, advanced } = await openPages()
  const { status, text } = await (await as(rosa)).post(url, { pathway: advanced, reason: ' ' })
  expect(status).toBe(422)
  expect(text).toContain('id="reason-error"')
  expect(text).toMatch(new RegExp(`<option value="${advanced}" selected`))
})

test('another region’s coordinator, a trainer and another administration’s referent don’t get to it', async () => {
  const { as, url, advanced } = await openPages()
  await (await as(rosa)).post(url, { pathway: advanced, reason: 'Siamo pronti' })
  expect((await (await as(enzo)).get('/pathway-requests')).text).not.toContain('/pathway-requests/1')
  expect((await (await as(enzo)).get('/pathway-requests/1')).status).toBe(404)
  expect((await (await as(paolo)).get('/pathway-requests/1')).status).toBe(403)
  expect((await (await as(rosa)).get(`/orientation/1/${cosenza.id}/request`)).status).toBe(404)
})
