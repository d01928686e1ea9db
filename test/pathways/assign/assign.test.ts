import { expect, test } from 'vitest'
import type { Database } from '#src/database/schema.ts'
import { assign, assignmentsUnderWay, previewAssignment } from '#src/pathways/assign/actions.ts'
import { answerIntake, enrol } from '#src/pathways/orientation/actions.ts'
import { findEnrolment } from '#src/pathways/orientation/queries.ts'
import { chosenByHand } from '#src/pathways/orientation/trace.ts'
import { saveRule } from '#src/pathways/rules/actions.ts'
import { findPerson } from '#src/people/queries.ts'
import { addAdministrations } from '#test/pathways/assign/build.ts'
import { buildMiglioraPa, byCarla, made, newProgramme, publishDraft } from '#test/programmes/build.ts'
import {
  asl,
  carla,
  cosenza,
  countQueries,
  engine,
  enzo,
  newDatabase,
  noon,
  openApp,
  paolo,
  rosa,
  salerno,
  tina,
  torino,
} from '#test/support.ts'

const national = { ...byCarla, scope: 'national' as const }

async function answered(db: Database, programmeId: number, administration: { id: number }, experience: string, staff = '4') {
  await answerIntake(db, { programmeId, administrationId: administration.id, answers: { experience, staff } }, { by: rosa, at: noon })
}

async function open({ rest = true } = {}) {
  const db = await newDatabase()
  const built = await buildMiglioraPa(db, { rest })
  await answered(db, built.programmeId, salerno, 'many')
  await answered(db, built.programmeId, cosenza, 'one')
  const pathwayOf = async ({ id }: { id: number }) =>
    (await findEnrolment(db, { programmeId: built.programmeId, administrationId: id }))?.pathwayId
  return { db, ...built, pathwayOf }
}

test('the preview counts who would get what, by pathway and region', async () => {
  const { db, programmeId, standard, expert, advanced } = await open()
  expect(await previewAssignment(db, programmeId, null)).toEqual({
    byPathway: [
      { pathwayId: standard, title: 'Percorso Standard', count: 2, byRegion: { '15': 1, '01': 1 } },
      { pathwayId: expert, title: 'Percorso Esperto', count: 1, byRegion: { '18': 1 } },
      { pathwayId: advanced, title: 'Percorso Avanzato', count: 1, byRegion: { '15': 1 } },
    ],
    alreadyEnrolled: 0,
    moving: 0,
    unmatched: 0,
    closed: 0,
  })
})

test('assigning does what the preview said, and is remembered once', async () => {
  const { db, programmeId, pathwayOf, standard, expert, advanced } = await open()
  const outcome = await assign(db, programmeId, national)
  expect(outcome).toEqual({ enrolled: 4, moved: 0, alreadyEnrolled: 0, unmatched: 0, runId: expect.any(Number) })
  const got = await Promise.all([salerno, cosenza, asl, torino].map(pathwayOf))
  expect(got).toEqual([advanced, expert, standard, standard])
  const history = await db
    .selectFrom('history')
    .where('happening', 'in', ['assignment_run', 'enrolled'])
    .select(['subject_id', 'person_id'])
    .execute()
  expect(history).toEqual([{ subject_id: outcome.runId, person_id: carla.id }])
  expect(await db.selectFrom('assignment_run').select(['id', 'enrolled']).execute()).toEqual([{ id: outcome.runId, enrolled: 4 }])
})

test('an assigned enrolment keeps its rule, its run, its trace and the register’s facts', async () => {
  const { db, programmeId, rules } = await open()
  const { runId } = await assign(db, programmeId, national)
  const row = await db.selectFrom('enrolment').where('administration_id', '=', cosenza.id).selectAll().executeTakeFirstOrThrow()
  expect(row).toMatchObject({ rule_id: rules.expert, assignment_run_id: runId, region_code: '18', category: 'L6', kind: 'municipality' })
  expect(JSON.parse(row.trace)).toMatchObject({
    held: ['Avete già fatto indagini: Sì, una'],
    others: [expect.objectContaining({ ruleId: rules.advanced }), { ruleId: rules.standard, failed: null }],
  })
})

test('assigning again enrols nobody and leaves no run', async () => {
  const { db, programmeId } = await open()
  await assign(db, programmeId, national)
  expect(await assign(db, programmeId, national)).toEqual({ enrolled: 0, moved: 0, alreadyEnrolled: 4, unmatched: 0, runId: null })
  expect(await db.selectFrom('assignment_run').select('id').execute()).toHaveLength(1)
})

test('who follows a pathway already keeps it', async () => {
  const { db, programmeId, pathwayOf, expert } = await open()
  const place = { programmeId, administrationId: torino.id }
  made(await enrol(db, { ...place, pathwayId: expert, ruleId: null, trace: chosenByHand }, byCarla))
  expect(await assign(db, programmeId, national)).toMatchObject({ enrolled: 3, alreadyEnrolled: 1 })
  expect(await pathwayOf(torino)).toBe(expert)
})

test('who left a pathway or follows one of another programme is assigned', async () => {
  const { db, programmeId } = await open()
  const other = await buildMiglioraPa(db)
  const onto = async ({ programmeId: id, standard }: { programmeId: number; standard: number }, administrationId: number) =>
    made(await enrol(db, { programmeId: id, administrationId, pathwayId: standard, ruleId: null, trace: chosenByHand }, byCarla))
  await onto(other, torino.id)
  expect(await assign(db, programmeId, national)).toMatchObject({ enrolled: 4 })
  await db.updateTable('enrolment').set({ ended_at: '2026-03-02T12:00:00.000Z' }).where('programme_id', '=', programmeId).execute()
  expect(await assign(db, programmeId, national)).toMatchObject({ enrolled: 4, alreadyEnrolled: 0 })
})

test('administrations that left the register get nothing', async () => {
  const { db, programmeId, pathwayOf } = await open()
  await db.updateTable('administration').set({ closed_at: '2026-03-01T00:00:00.000Z' }).where('id', '=', asl.id).execute()
  expect(await previewAssignment(db, programmeId, null)).toMatchObject({ closed: 1 })
  expect(await assign(db, programmeId, national)).toMatchObject({ enrolled: 3 })
  expect(await pathwayOf(asl)).toBeUndefined()
})

test('whom no rule reaches is counted and left alone', async () => {
  const { db, programmeId } = await open({ rest: false })
  expect(await previewAssignment(db, programmeId, null)).toMatchObject({ unmatched: 2 })
  expect(await assign(db, programmeId, national)).toMatchObject({ enrolled: 2, unmatched: 2 })
})

test('answers that were replaced do not count', async () => {
  const { db, programmeId, pathwayOf, standard } = await open()
  await answered(db, programmeId, salerno, 'none')
  await assign(db, programmeId, national)
  expect(await pathwayOf(salerno)).toBe(standard)
})

test('a regional coordinator previews and assigns in their region alone', async () => {
  const { db, programmeId, pathwayOf, expert } = await open()
  const preview = await previewAssignment(db, programmeId, await findPerson(db, enzo.id).then((found) => found ?? null))
  expect(preview.byPathway.map(({ byRegion }) => byRegion)).toEqual([{}, { '18': 1 }, {}])
  expect(await assign(db, programmeId, { by: enzo, at: noon, scope: ['18'] })).toMatchObject({ enrolled: 1 })
  expect([await pathwayOf(cosenza), await pathwayOf(salerno)]).toEqual([expert, undefined])
})

test('a coordinator of Calabria who trains the whole country assigns in Calabria', async () => {
  const { db, programmeId } = await open()
  const grant = { granted_at: '2026-01-01T00:00:00.000Z', granted_by: null, revoked_at: null, revoked_by: null }
  await db
    .insertInto('role_grant')
    .values({ person_id: enzo.id, role: 'trainer', region_code: null, ...grant })
    .execute()
  const preview = await previewAssignment(db, programmeId, (await findPerson(db, enzo.id)) ?? null)
  expect(preview.byPathway.reduce((sum, { count }) => sum + count, 0)).toBe(1)
})

test('without a scope nobody is assigned', async () => {
  const { db, programmeId } = await open()
  expect(await assign(db, programmeId, { ...byCarla, scope: [] })).toMatchObject({ enrolled: 0, unmatched: 0, runId: null })
})

test.skipIf(engine === 'sqlite')('of two runs at the same moment each administration is enrolled once', async () => {
  const { db, programmeId } = await open()
  const runs = await Promise.all([assign(db, programmeId, national), assign(db, programmeId, national)])
  expect(runs.map(({ enrolled }) => enrolled).toSorted()).toEqual([0, 4])
})

test('the preview takes as many queries for four administrations as for two thousand', async () => {
  const { db, programmeId } = await open()
  const few = await countQueries(db, (counted) => previewAssignment(counted, programmeId, null))
  await addAdministrations(db, 2000)
  expect(await countQueries(db, (counted) => previewAssignment(counted, programmeId, null))).toBe(few)
  expect(few).toBeLessThanOrEqual(4)
})

test('two thousand administrations are assigned in a few statements, and the preview agrees', async () => {
  const { db, programmeId, standard } = await open()
  await addAdministrations(db, 2000)
  const roc = { characteristic: 'roc', operator: 'is' as const, value: 'yes' }
  made(await saveRule(db, programmeId, { title: 'ROC', pathwayId: standard, condition: roc }, byCarla))
  await publishDraft(db, programmeId)
  const preview = await previewAssignment(db, programmeId, null)
  const queries = await countQueries(db, (counted) => assign(counted, programmeId, national))
  // Four for each portion of five hundred, and what begins and ends the run.
  expect(queries).toBeLessThan(50)
  const counts = await db
    .selectFrom('enrolment')
    .groupBy('pathway_id')
    .select((eb) => ['pathway_id as pathwayId', eb.fn.countAll<number>().as('count')])
    .execute()
  const expected = preview.byPathway.map(({ pathwayId, count }) => ({ pathwayId, count }))
  expect(counts.toSorted((a, b) => a.pathwayId - b.pathwayId)).toEqual(expected)
})

// Page ---------------------------------------------------------------------------------------------------------------

async function openPage({ rest = true } = {}) {
  const { db, as, clock } = await openApp()
  const built = await buildMiglioraPa(db, { rest })
  return { db, as, clock, ...built, url: `/programmes/${built.programmeId}/assign` }
}

test('a coordinator sees the preview, confirms, and sees who has a pathway', async () => {
  const { db, as, url } = await openPage()
  const browser = await as(carla)
  const { text } = await browser.get(url)
  for (const part of ['Assegna il percorso a 4 amministrazioni', 'Piemonte', 'Percorso Standard']) expect(text).toContain(part)
  expect(await db.selectFrom('enrolment').select('id').execute()).toEqual([])
  expect((await browser.post(url)).location).toBe(`${url}/1`)
  await assignmentsUnderWay()
  expect(await db.selectFrom('enrolment').select('id').execute()).toHaveLength(4)
  const after = (await browser.get(url)).text
  expect([after.includes('<button class="btn btn-primary">Assegna'), after.includes('hanno già tutte un percorso')]).toEqual([false, true])
})

test('a regional coordinator’s page and button are for their region', async () => {
  const { db, as, url } = await openPage()
  const browser = await as(enzo)
  const { text } = await browser.get(url)
  expect(text).toContain('Assegna il percorso a 1 amministrazione')
  for (const region of ['Piemonte', 'Campania']) expect(text).not.toContain(`<th scope="row">${region}`)
  await browser.post(url)
  await assignmentsUnderWay()
  expect(await db.selectFrom('enrolment').select('administration_id').execute()).toEqual([{ administration_id: cosenza.id }])
})

test('a draft is not assigned, nor a programme that is over', async () => {
  const { db, as, clock, url } = await openPage()
  const draft = await newProgramme(db)
  const answer = await (await as(carla)).post(`/programmes/${draft}/assign`)
  expect([answer.status, answer.text.includes('ancora in bozza')]).toEqual([422, true])
  clock.now = Temporal.Instant.from('2027-01-01T11:00:00Z')
  const late = await (await as(carla)).post(url)
  expect([late.status, late.text.includes('è concluso')]).toEqual([422, true])
  expect(await db.selectFrom('enrolment').select('id').execute()).toEqual([])
})

test('a programme without rules says what comes first', async () => {
  const { db, as } = await openPage()
  const bare = await newProgramme(db)
  expect((await (await as(carla)).get(`/programmes/${bare}/assign`)).text).toContain('non ha ancora regole')
})

test.each([
  ['referent', rosa],
  ['national trainer', paolo],
  ['regional trainer', tina],
])('a %s neither previews nor assigns', async (_role, person) => {
  const { db, as, url } = await openPage()
  const browser = await as(person)
  expect((await browser.get(url)).status).toBe(403)
  expect((await browser.post(url)).status).toBe(403)
  expect(await db.selectFrom('enrolment').select('id').execute()).toEqual([])
})

test('a visitor is led to sign in', async () => {
  const { as, url } = await openPage()
  expect((await (await as(null)).get(url)).location).toMatch('/sign-in')
})
