import { expect, test } from 'vitest'
import { inTransaction } from '#src/database/transaction.ts'
import { confirmReading } from '#src/pathways/modules/actions.ts'
import { completeModule } from '#src/pathways/progress/actions.ts'
import { carla, luca, nadia, newDatabase, noon, openApp, paolo, rosa } from '#test/support.ts'
import { buildPathway, endEnrolment, stateOf } from '../builder.ts'

const body = 'Leggi la **direttiva**.\n\n<script>alert(1)</script> [male](javascript:alert(1))'
const reading = {
  title: 'Direttiva 24 marzo 2004',
  kind: 'reading',
  body,
  link: 'https://www.example.org/direttiva',
  dueAfterDays: 7,
} as const

test('a module shows its kind, its state, what completes it, its text and its link', async () => {
  const { db, as } = await openApp()
  const { pagePath, enrolmentId } = await buildPathway(db, [reading])
  const { text } = await (await as(rosa)).get(pagePath)
  for (const expected of [
    '<h1>Direttiva 24 marzo 2004</h1>',
    'Lettura',
    'Da fare',
    'Scade il 9 marzo 2026',
    'Quando un referente conferma di averla letta.',
    '<strong>direttiva</strong>',
    'href="https://www.example.org/direttiva"',
    `href="/pathway/${enrolmentId}">Percorso Standard</a>`,
  ])
    expect(text).toContain(expected)
})

test('an author’s text brings no script and no javascript link into the page', async () => {
  const { db, as } = await openApp()
  const { pagePath } = await buildPathway(db, [reading])
  const { text } = await (await as(rosa)).get(pagePath)
  expect(text).not.toContain('<script>alert')
  expect(text).not.toContain('href="javascript')
})

test('“Ho letto” completes the reading with the person as evidence', async () => {
  const { db, as } = await openApp()
  const { pagePath, enrolmentId, firstId } = await buildPathway(db, [reading])
  const browser = await as(rosa)
  expect((await browser.get(pagePath)).text).toContain(`action="${pagePath}/reading"`)

  const answer = await browser.post(`${pagePath}/reading`)
  expect([answer.status, answer.location]).toEqual([303, pagePath])
  expect(await stateOf(db, enrolmentId, firstId)).toBe('completed')
  expect(await db.selectFrom('completion_evidence').select(['kind', 'person_id', 'recorded_by']).execute()).toEqual([
    { kind: 'reading', person_id: rosa.id, recorded_by: rosa.id },
  ])
  const { text } = await browser.get(pagePath)
  expect(text).toContain('Completato')
  expect(text).not.toContain(`action="${pagePath}/reading"`)
})

test('confirming twice, or by two colleagues at once, is one confirmation', async () => {
  const { db, as } = await openApp()
  const { pagePath } = await buildPathway(db, [reading])
  const [first, second] = [await as(rosa), await as(luca)]
  const answers = await Promise.all([first.post(`${pagePath}/reading`), second.post(`${pagePath}/reading`)])
  answers.push(await first.post(`${pagePath}/reading`))
  expect(answers.map(({ status }) => status)).toEqual([303, 303, 303])
  expect(await db.selectFrom('completion_evidence').selectAll().execute()).toHaveLength(1)
})

test('a locked module shows why, and nothing to work with', async () => {
  const { db, as } = await openApp()
  const { enrolmentId, moduleIds } = await buildPathway(db, [
    { title: 'Scegliere il servizio', kind: 'tool' },
    { ...reading, requires: [0] },
    { kind: 'assignment', requires: [0] },
    { kind: 'tool', requires: [0], fields: ['Servizio'] },
  ])
  const browser = await as(rosa)
  for (const moduleId of moduleIds.slice(1)) {
    const { text } = await browser.get(`/pathway/${enrolmentId}/modules/${moduleId}`)
    expect(text).toContain('Si apre dopo «Scegliere il servizio».')
    expect(text.slice(text.indexOf('<main'))).not.toContain('<form')
  }
})

test('a locked reading can’t be confirmed, and the page says why', async () => {
  const { db, as } = await openApp()
  const { enrolmentId, moduleIds } = await buildPathway(db, [{}, { ...reading, requires: [0] }])
  const answer = await (await as(rosa)).post(`/pathway/${enrolmentId}/modules/${moduleIds[1]}/reading`)
  expect(answer.status).toBe(422)
  expect(answer.text).toContain('Il modulo non è ancora aperto')
  expect(await stateOf(db, enrolmentId, moduleIds[1] ?? 0)).toBeUndefined()
})

test('a reading that opens on a day says which, and can’t be confirmed before', async () => {
  const { db, as, clock } = await openApp()
  const { pagePath } = await buildPathway(db, [reading])
  await db.updateTable('pathway_module').set({ not_before: '2026-03-09' }).execute()
  const browser = await as(rosa)
  expect((await browser.get(pagePath)).text).toContain('Si apre dal 9 marzo 2026.')
  expect((await browser.post(`${pagePath}/reading`)).status).toBe(422)
  // Half past midnight in Rome, still the day before in UTC.
  clock.now = Temporal.Instant.from('2026-03-08T23:30:00Z')
  expect((await browser.post(`${pagePath}/reading`)).status).toBe(303)
})

test('a tool that opens on a day can’t be filled in before', async () => {
  const { db, as } = await openApp()
  const { enrolmentId, firstId } = await buildPathway(db, [{ kind: 'tool', fields: ['Servizio'] }])
  await db.updateTable('pathway_module').set({ not_before: '2026-03-09' }).execute()
  const answer = await (await as(rosa)).post(`/tools/${enrolmentId}/${firstId}`, { revision: 0 })
  expect(answer.status).toBe(422)
  expect(await stateOf(db, enrolmentId, firstId)).toBeUndefined()
})

test('completing what it requires opens it', async () => {
  const { db, as } = await openApp()
  const { enrolmentId, moduleIds, firstId } = await buildPathway(db, [{}, { ...reading, requires: [0] }])
  const evidence = { kind: 'reading', sourceId: null, personId: rosa.id } as const
  await inTransaction(db, (tx) => completeModule(tx, { enrolmentId, moduleId: firstId, evidence, by: rosa, at: noon }))
  expect((await (await as(rosa)).post(`/pathway/${enrolmentId}/modules/${moduleIds[1]}/reading`)).status).toBe(303)
})

test('staff see the module and may not confirm it', async () => {
  const { db, as } = await openApp()
  const { pagePath, enrolmentId, firstId } = await buildPathway(db, [reading])
  for (const person of [carla, paolo]) {
    const browser = await as(person)
    expect((await browser.get(pagePath)).text).not.toContain(`${pagePath}/reading`)
    expect((await browser.post(`${pagePath}/reading`)).status).toBe(403)
  }
  expect(await stateOf(db, enrolmentId, firstId)).toBeUndefined()
})

test('another administration can’t confirm it and doesn’t learn that it exists', async () => {
  const { db, as } = await openApp()
  const { pagePath } = await buildPathway(db, [reading])
  expect((await (await as(nadia)).post(`${pagePath}/reading`)).status).toBe(404)
  expect((await (await as(nadia)).get(`${pagePath}/reading`)).status).toBe(404)
})

test('a visitor is led to sign in', async () => {
  const { db, as } = await openApp()
  const { pagePath } = await buildPathway(db, [reading])
  expect((await (await as(null)).post(`${pagePath}/reading`)).location).toBe('/sign-in')
})

test('after the administration has left the pathway nothing can be confirmed', async () => {
  const { db, as } = await openApp()
  const { pagePath, enrolmentId, firstId } = await buildPathway(db, [reading])
  await endEnrolment(db, enrolmentId)
  expect((await (await as(rosa)).post(`${pagePath}/reading`)).status).toBe(403)
  expect(await confirmReading(db, { enrolmentId, moduleId: firstId }, { by: rosa, at: noon })).toBe('ended')
})

test('a module of another pathway, and one of another kind, is not found', async () => {
  const { db, as } = await openApp()
  const { pagePath, enrolmentId } = await buildPathway(db, [{ kind: 'webinar' }])
  const other = await buildPathway(db, [reading])
  const browser = await as(rosa)
  expect((await browser.get(`/pathway/${enrolmentId}/modules/${other.firstId}`)).status).toBe(404)
  expect((await browser.post(`${pagePath}/reading`)).status).toBe(404)
})

test('a reading that is not there can’t be confirmed', async () => {
  const db = await newDatabase()
  const { enrolmentId } = await buildPathway(db, [reading])
  const who = { by: rosa, at: noon }
  expect(await confirmReading(db, { enrolmentId, moduleId: 999 }, who)).toBe('not_found')
  expect(await confirmReading(db, { enrolmentId: 999, moduleId: 1 }, who)).toBe('not_found')
})

test('an address that stayed after a refusal leads back to the module', async () => {
  const { db, as } = await openApp()
  const { pagePath } = await buildPathway(db, [reading])
  expect((await (await as(rosa)).get(`${pagePath}/reading`)).location).toBe(pagePath)
})
