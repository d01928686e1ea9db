import { Hono } from 'hono'
import { expect, test } from 'vitest'
import type { Database } from '#src/database/schema.ts'
import { inTransaction } from '#src/database/transaction.ts'
import { completeModule, recordState } from '#src/pathways/progress/actions.ts'
import { enrolmentPanel } from '#src/pathways/progress/panel.ts'
import { currentEnrolments } from '#src/pathways/progress/queries.ts'
import { findPersonByEmail } from '#src/people/queries.ts'
import type { WebEnv } from '#src/web/env.ts'
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
} from '#test/support.ts'
import { buildPathway, endEnrolment, enrol } from '../builder.ts'

const sixPhases = [
  { title: 'Scegliere il servizio', kind: 'tool', section: 'Fase 1', dueAfterDays: 14 },
  { title: 'Webinar di avvio', kind: 'webinar', section: 'Fase 1', requires: [0] },
  { title: 'Piano di campionamento', kind: 'assignment', section: 'Fase 2', requires: [0, 1], dueAfterDays: 60 },
  { title: 'Per saperne di più', kind: 'reading', section: 'Fase 2', optional: true },
] as const

const phases = sixPhases.map((module) => ({ ...module, requires: 'requires' in module ? [...module.requires] : [] }))

test('a referent whose administration follows nothing is led to the orientation', async () => {
  const { as } = await openApp()
  const answer = await (await as(rosa)).get('/pathway')
  expect(answer.status).toBe(200)
  expect(answer.text).toContain('href="/orientation"')
})

test('with one pathway the referent goes straight to it', async () => {
  const { db, as } = await openApp()
  const { enrolmentId } = await buildPathway(db, phases)
  const answer = await (await as(rosa)).get('/pathway')
  expect([answer.status, answer.location]).toEqual([303, `/pathway/${enrolmentId}`])
})

test('with several pathways the referent chooses', async () => {
  const { db, as } = await openApp()
  const first = await buildPathway(db, phases, { title: 'Percorso Standard' })
  const second = await buildPathway(db, [{}], { title: 'Valutazione partecipativa' })
  const { text } = await (await as(rosa)).get('/pathway')
  expect(text).toContain(`href="/pathway/${first.enrolmentId}"`)
  expect(text).toContain(`href="/pathway/${second.enrolmentId}"`)
  expect(text).toContain('0 di 3 moduli')
})

test('what an administration left is not its pathway any more, but can still be read', async () => {
  const { db, as } = await openApp()
  const { enrolmentId } = await buildPathway(db, phases)
  await endEnrolment(db, enrolmentId)
  const browser = await as(rosa)
  expect((await browser.get('/pathway')).text).toContain('href="/orientation"')
  const { text } = await browser.get(`/pathway/${enrolmentId}`)
  expect(text).toContain('non segue più questo percorso dal 2 mar 2026')
  expect(text).not.toContain('btn-primary')
})

test('staff are told where pathways open for them', async () => {
  const { as } = await openApp()
  expect((await (await as(paolo)).get('/pathway')).text).toContain('href="/administrations"')
})

test('the page begins with the next step and its due date in words', async () => {
  const { db, as } = await openApp()
  const { enrolmentId, firstId } = await buildPathway(db, phases)
  const { text } = await (await as(rosa)).get(`/pathway/${enrolmentId}`)
  const tile = text.slice(text.indexOf('tile next'), text.indexOf('</section>'))
  expect(tile).toContain('Scegliere il servizio')
  expect(tile).toContain('Scade il 16 marzo 2026 (tra 14 giorni)')
  expect(tile).toContain(`href="/pathway/${enrolmentId}/modules/${firstId}"`)
  expect(text.match(/btn-primary/g)).toHaveLength(1)
})

test('the modules stand in their phases, each with its state, and a locked one says what opens it', async () => {
  const { db, as } = await openApp()
  const { enrolmentId } = await buildPathway(db, phases)
  const { text } = await (await as(luca)).get(`/pathway/${enrolmentId}`)
  expect([...text.matchAll(/<h2>(Fase \d)<\/h2>/g)].map((match) => match[1])).toEqual(['Fase 1', 'Fase 2'])
  expect(text).toContain('Si apre dopo «Scegliere il servizio».')
  expect(text).toContain('Si apre dopo «Scegliere il servizio» e «Webinar di avvio».')
  expect(text).toContain('Lettura (facoltativo)')
  expect(text).toContain('0 di 3 moduli')
})

test('a module past its due date is marked late in words', async () => {
  const { db, as, clock } = await openApp()
  const { enrolmentId } = await buildPathway(db, phases)
  clock.now = noon.add({ hours: 24 * 15 })
  const { text } = await (await as(rosa)).get(`/pathway/${enrolmentId}`)
  expect(text).toContain('Scadeva il 16 marzo 2026 (ieri)')
  expect(text).toContain('In ritardo')
})

test('days are days of the programme’s zone: at half past midnight in Rome it is already tomorrow', async () => {
  const { db, as, clock } = await openApp()
  const { enrolmentId } = await buildPathway(db, phases)
  clock.now = Temporal.Instant.from('2026-03-15T23:30:00Z')
  expect((await (await as(rosa)).get(`/pathway/${enrolmentId}`)).text).toContain('Scade il 16 marzo 2026 (oggi)')
})

test('while a submission waits, the page says whose turn it is', async () => {
  const { db, as } = await openApp()
  const { enrolmentId, firstId } = await buildPathway(db, [{ kind: 'assignment', title: 'Relazione' }])
  await inTransaction(db, (tx) => recordState(tx, { enrolmentId, moduleId: firstId, state: 'submitted', by: rosa, at: noon }))
  expect((await (await as(rosa)).get(`/pathway/${enrolmentId}`)).text).toContain('«Relazione»: ora tocca al docente')
})

test('a completed pathway says so, with the day', async () => {
  const { db, as } = await openApp()
  const { enrolmentId, firstId } = await buildPathway(db, [{}])
  await complete(db, enrolmentId, firstId)
  const { text } = await (await as(rosa)).get(`/pathway/${enrolmentId}`)
  expect(text).toContain('Percorso completato il 2 mar 2026')
  expect(text).toContain('1 di 1 modulo')
})

test('the page says why this pathway, by which rule and for which reasons', async () => {
  const { db, as } = await openApp()
  const trace = { held: ['Regione: Campania', '<b>nessuna rilevazione</b> finora', 7] }
  const { enrolmentId } = await buildPathway(db, phases, { trace, rule: 'Prima esperienza' })
  const { text } = await (await as(rosa)).get(`/pathway/${enrolmentId}`)
  expect(text).toContain('Proposto dalla regola «Prima esperienza».')
  expect(text).toContain('<li>Regione: Campania</li><li>&lt;b&gt;nessuna rilevazione&lt;/b&gt; finora</li>')
})

test.each(['', 'null', '[1]', '{"held":"x"}', '{'])('a trace that can’t be read (%s) harms nothing', async (trace) => {
  const { db, as } = await openApp()
  const { enrolmentId } = await buildPathway(db, phases, { trace })
  expect((await (await as(rosa)).get(`/pathway/${enrolmentId}`)).status).toBe(200)
})

test.each([
  ['Nadia, referent of another administration', 404, nadia],
  ['Tina, trainer of another region', 404, tina],
  ['Enzo, coordinator of another region', 404, enzo],
  ['Paolo, trainer of the whole country', 200, paolo],
  ['Carla, national coordinator', 200, carla],
  ['Luca, a colleague', 200, luca],
] as const)('%s gets %i', async (_who, status, person) => {
  const { db, as } = await openApp()
  const { enrolmentId, pagePath } = await buildPathway(db, phases)
  const browser = await as(person)
  expect((await browser.get(`/pathway/${enrolmentId}`)).status).toBe(status)
  expect((await browser.get(pagePath)).status).toBe(status)
})

test('a visitor is led to sign in and back', async () => {
  const { db, as } = await openApp()
  const { enrolmentId } = await buildPathway(db, phases)
  const answer = await (await as(null)).get(`/pathway/${enrolmentId}`)
  expect([answer.status, answer.location]).toEqual([303, `/sign-in?next=%2Fpathway%2F${enrolmentId}`])
})

test('staff come from the administration, referents from their own page', async () => {
  const { db, as } = await openApp()
  const { enrolmentId } = await buildPathway(db, phases)
  expect((await (await as(carla)).get(`/pathway/${enrolmentId}`)).text).toContain(`href="/administrations/${salerno.id}"`)
  expect((await (await as(rosa)).get(`/pathway/${enrolmentId}`)).text).not.toContain('href="/administrations')
})

test('the page takes as many queries for 30 modules as for 3', async () => {
  const queries = async (count: number) => {
    const db = await newDatabase()
    const { enrolmentId } = await buildPathway(
      db,
      Array.from({ length: count }, (_, index) => ({ requires: index > 0 ? [index - 1] : [] })),
    )
    return countQueries(db, async (counted) => {
      const { as } = await openApp({ db: counted })
      expect((await (await as(rosa)).get(`/pathway/${enrolmentId}`)).text).toContain(`0 di ${count} moduli`)
    })
  }
  expect(await queries(30)).toBe(await queries(3))
})

test('the list of pathways takes as many queries for three as for one', async () => {
  const db = await newDatabase()
  const viewer = await findPersonByEmail(db, carla.email)
  const { programmeId, pathwayId } = await buildPathway(db, phases)
  const ids = [salerno.id, cosenza.id, asl.id]
  const one = await countQueries(db, async (counted) => expect(await currentEnrolments(counted, ids, viewer)).toHaveLength(1))
  for (const administration of [cosenza, asl]) await enrol(db, { programmeId, pathwayId, administration })
  expect(await countQueries(db, async (counted) => expect(await currentEnrolments(counted, ids, viewer)).toHaveLength(3))).toBe(one)
})

test('the administration’s page shows what it follows and how far it is, to whoever may see it', async () => {
  const db = await newDatabase()
  const { enrolmentId, firstId } = await buildPathway(db, phases)
  await complete(db, enrolmentId, firstId)
  const panelFor = async (person: { email: string }) => panelOf(db, person.email, salerno.id)
  expect(await panelFor(carla)).toContain('1 di 3 moduli')
  expect(await panelFor(rosa)).toContain(`href="/pathway/${enrolmentId}"`)
  expect(await panelFor(nadia)).not.toContain('Percorso Standard')
})

async function panelOf(db: Database, email: string, administrationId: number) {
  const app = new Hono<WebEnv>().get('/', async (c) => {
    c.set('db', db)
    c.set('language', 'it')
    c.set('person', await findPersonByEmail(db, email))
    return c.html((await enrolmentPanel(c, { id: administrationId })) ?? '')
  })
  return (await app.request('/')).text()
}

const complete = (db: Database, enrolmentId: number, moduleId: number) =>
  inTransaction(db, (tx) =>
    completeModule(tx, {
      enrolmentId,
      moduleId,
      evidence: { kind: 'worksheet', sourceId: null, personId: rosa.id },
      by: rosa,
      at: noon,
    }),
  )
