import { expect, test } from 'vitest'
import type { Database } from '#src/database/schema.ts'
import { assign, assignmentsUnderWay, resumeAssignments, startAssignment } from '#src/pathways/assign/actions.ts'
import { findRun } from '#src/pathways/assign/queries.ts'
import { enrol } from '#src/pathways/orientation/actions.ts'
import { chosenByHand } from '#src/pathways/orientation/trace.ts'
import { removeRule, saveAddition, saveRule } from '#src/pathways/rules/actions.ts'
import { addAdministrations, followed, insertRun } from '#test/pathways/assign/build.ts'
import { buildMiglioraPa, byCarla, made, newModule, publishDraft, refusalOf } from '#test/programmes/build.ts'
import { asl, carla, cosenza, enzo, newDatabase, noon, openApp, salerno, torino } from '#test/support.ts'

const national = { ...byCarla, scope: 'national' as const }
const later = noon.add({ minutes: 5 })

async function open(given?: Database) {
  const db = given ?? (await newDatabase())
  return { db, ...(await buildMiglioraPa(db)) }
}

test('a run of several portions enrols everybody once, and says how far it came', async () => {
  const { db, programmeId, standard } = await open()
  await addAdministrations(db, 1200)
  const id = made(await startAssignment(db, programmeId, national))
  await assignmentsUnderWay()
  expect(await findRun(db, id)).toMatchObject({ enrolled: 1204, processed: 1204, total: 1204, finishedAt: noon })
  const pathways = await followed(db, programmeId)
  expect([pathways.size, new Set(pathways.values())]).toEqual([1204, new Set([standard])])
})

test('while one run is under way a second is refused', async () => {
  const { db, programmeId } = await open()
  const running = await insertRun(db, programmeId, { total: 4, claimedUntil: later })
  expect(refusalOf(await startAssignment(db, programmeId, national))).toBe('another_running')
  expect(await assign(db, programmeId, national)).toMatchObject({ enrolled: 0, runId: null, refusal: 'another_running' })
  await db.updateTable('assignment_run').set({ finished_at: '2026-03-02T11:01:00.000Z' }).where('id', '=', running).execute()
  expect(await assign(db, programmeId, national)).toMatchObject({ enrolled: 4 })
})

test('a run of another programme does not stop this one', async () => {
  const { db, programmeId } = await open()
  const other = await open(db)
  await insertRun(db, other.programmeId, { total: 4, claimedUntil: later })
  expect(await assign(db, programmeId, national)).toMatchObject({ enrolled: 4 })
})

test('two who start at the same moment make one run', async () => {
  const { db, programmeId } = await open()
  const outcomes = await Promise.all([startAssignment(db, programmeId, national), startAssignment(db, programmeId, national)])
  await assignmentsUnderWay()
  expect(outcomes.filter((outcome) => 'id' in outcome)).toHaveLength(1)
  expect((await followed(db, programmeId)).size).toBe(4)
})

// Taken up -----------------------------------------------------------------------------------------------------------

/** A process has died after the first of 1,204. */
async function openDead() {
  const built = await open()
  const { db, programmeId, standard } = built
  await addAdministrations(db, 1200)
  const id = await insertRun(db, programmeId, { total: 1204, processed: 1, claimedUntil: noon.add({ minutes: 1 }) })
  const place = { programmeId, administrationId: salerno.id, pathwayId: standard, ruleId: null, assignmentRunId: id }
  made(await enrol(db, { ...place, trace: chosenByHand }, byCarla))
  return { ...built, id }
}

test('a run whose process died is brought to its end, and enrols nobody twice', async () => {
  const { db, programmeId, id } = await openDead()
  expect(await resumeAssignments(db, later)).toBe(1)
  expect(await findRun(db, id)).toMatchObject({ enrolled: 1204, processed: 1204, finishedAt: expect.anything() })
  const { length } = await db.selectFrom('enrolment').where('programme_id', '=', programmeId).select('id').execute()
  expect([length, (await followed(db, programmeId)).size]).toEqual([1204, 1204])
  expect(await resumeAssignments(db, later)).toBe(0)
})

test('a run that somebody works on is left to them', async () => {
  const { db, programmeId } = await open()
  await insertRun(db, programmeId, { total: 4, claimedUntil: later })
  expect(await resumeAssignments(db, noon.add({ minutes: 1 }))).toBe(0)
  expect((await followed(db, programmeId)).size).toBe(0)
})

test('of two processes that come upon a dead run one takes it', async () => {
  const { db, programmeId } = await open()
  await insertRun(db, programmeId, { total: 4, claimedUntil: noon })
  const resumed = await Promise.all([resumeAssignments(db, later), resumeAssignments(db, later)])
  expect(resumed.toSorted()).toEqual([0, 1])
  expect((await followed(db, programmeId)).size).toBe(4)
})

test('a run taken up goes on by the rules with which it began', async () => {
  const { db, programmeId, rules, standard, expert } = await open()
  const id = await insertRun(db, programmeId, { total: 4, claimedUntil: noon })
  await removeRule(db, programmeId, rules.standard ?? 0, byCarla)
  made(await saveRule(db, programmeId, { title: 'Tutti esperti', pathwayId: expert, condition: { all: [] } }, byCarla))
  await publishDraft(db, programmeId)
  await resumeAssignments(db, later)
  expect(new Set((await followed(db, programmeId)).values())).toEqual(new Set([standard]))
  const rows = await db.selectFrom('enrolment').where('assignment_run_id', '=', id).select(['rule_id', 'rule_set_id']).distinct().execute()
  expect(rows).toEqual([{ rule_id: rules.standard, rule_set_id: (await db.selectFrom('rule_set').select('id').executeTakeFirst())?.id }])
})

test('what rules add is given with the assignment, unless the pathway has it already', async () => {
  const { db, programmeId, guide } = await open()
  const kit = await newModule(db, programmeId, { title: 'Kit per lo sportello' })
  const isCampania = { all: [{ characteristic: 'region', operator: 'is' as const, value: '15' }] }
  made(await saveAddition(db, programmeId, { title: 'In Campania', moduleId: kit, condition: isCampania }, byCarla))
  made(await saveAddition(db, programmeId, { title: 'La guida a tutti', moduleId: guide, condition: { all: [] } }, byCarla))
  await publishDraft(db, programmeId)
  await assign(db, programmeId, national)
  const rows = await db
    .selectFrom('enrolment_module')
    .innerJoin('enrolment', 'enrolment.id', 'enrolment_id')
    .orderBy('administration_id')
    .select(['administration_id', 'module_id', 'reason'])
    .execute()
  const reason = 'In Campania · Regione: Campania'
  expect(rows).toEqual([salerno, asl].map(({ id }) => ({ administration_id: id, module_id: kit, reason })))
})

// Page ---------------------------------------------------------------------------------------------------------------

async function openPage() {
  const { db, as } = await openApp()
  const built = await open(db)
  return { ...built, as, url: `/programmes/${built.programmeId}/assign` }
}

test('the page of a run shows how far it is, and asks for itself again until it is done', async () => {
  const { db, as, url, programmeId } = await openPage()
  const id = await insertRun(db, programmeId, { total: 1204, processed: 500, claimedUntil: later })
  const browser = await as(carla)
  const { text } = await browser.get(`${url}/${id}`)
  expect(text).toMatch(/<progress [^>]*max="1204" value="500"/)
  expect(text).toContain('500 di 1.204 amministrazioni')
  expect(text).not.toContain(`${url}/${id}/undo`)
  const part = (await browser.get(`${url}/${id}`, { 'HX-Request': 'true' })).text
  expect(part).toMatch(new RegExp(`^\\s*<section id="run" hx-get="${url}/${id}" hx-trigger="every`))
})

test('the page of a finished run asks no more and offers to undo it', async () => {
  const { db, as, url, programmeId } = await openPage()
  const { runId } = await assign(db, programmeId, national)
  const { text } = await (await as(carla)).get(`${url}/${runId}`)
  expect(text).toContain('Assegnazione finita.')
  expect(text).toContain('<strong>4</strong> Hanno ricevuto un percorso')
  expect(text).toContain(`action="${url}/${runId}/undo"`)
  expect(text).not.toContain('hx-trigger')
})

test('a second start while one is running is refused in words', async () => {
  const { db, as, url, programmeId } = await openPage()
  await insertRun(db, programmeId, { total: 4, claimedUntil: later })
  const { status, text } = await (await as(carla)).post(url)
  expect([status, text.includes('Un’altra assegnazione è ancora in corso')]).toEqual([422, true])
})

test('a run is not reached through another programme', async () => {
  const { db, as, programmeId } = await openPage()
  const other = await open(db)
  const { runId } = await assign(db, programmeId, national)
  const browser = await as(carla)
  expect((await browser.get(`/programmes/${other.programmeId}/assign/${runId}`)).status).toBe(404)
  expect((await browser.post(`/programmes/${other.programmeId}/assign/${runId}/undo`)).status).toBe(404)
  expect((await followed(db, programmeId)).size).toBe(4)
})

test('those who follow another pathway are moved only when that is asked for', async () => {
  const { db, as, url, programmeId, expert, standard } = await openPage()
  const place = { programmeId, administrationId: torino.id }
  made(await enrol(db, { ...place, pathwayId: expert, ruleId: null, trace: chosenByHand }, byCarla))
  const browser = await as(carla)
  expect((await browser.get(url)).text).toContain('Sposta anche l’amministrazione che segue un altro percorso')
  await browser.post(url)
  await assignmentsUnderWay()
  expect((await followed(db, programmeId)).get(torino.id)).toBe(expert)
  await browser.post(url, { moving: 'yes' })
  await assignmentsUnderWay()
  expect((await followed(db, programmeId)).get(torino.id)).toBe(standard)
})

test('a regional coordinator undoes a run of their region and no other', async () => {
  const { db, as, url, programmeId } = await openPage()
  const own = await assign(db, programmeId, { by: enzo, at: noon, scope: ['18'] })
  const everywhere = await assign(db, programmeId, national)
  const browser = await as(enzo)
  expect((await browser.post(`${url}/${everywhere.runId}/undo`)).status).toBe(403)
  expect((await followed(db, programmeId)).size).toBe(4)
  expect((await browser.post(`${url}/${own.runId}/undo`)).status).toBe(303)
  expect([...(await followed(db, programmeId)).keys()].includes(cosenza.id)).toBe(false)
  expect((await followed(db, programmeId)).size).toBe(3)
})

test('undoing says what it did, and a second time why not', async () => {
  const { db, as, url, programmeId } = await openPage()
  const { runId } = await assign(db, programmeId, national)
  const browser = await as(carla)
  expect((await browser.post(`${url}/${runId}/undo`)).location).toBe(`${url}/${runId}`)
  const { text } = await browser.get(`${url}/${runId}`)
  expect([text.includes('è stata annullata il 2'), text.includes(`action="${url}/${runId}/undo"`)]).toEqual([true, false])
  const again = await browser.post(`${url}/${runId}/undo`)
  expect([again.status, again.text.includes('era già stata annullata')]).toEqual([422, true])
})
