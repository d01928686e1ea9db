import { expect, test } from 'vitest'
import { recordAttendance } from '#src/sessions/attendance/actions.ts'
import { publishMinutes, saveMinutes } from '#src/sessions/minutes/actions.ts'
import { buildPathway } from '#test/pathways/builder.ts'
import { carla, cosenza, enzo, luca, nadia, openApp, paolo, rosa, salerno, tina } from '#test/support.ts'
import { historyOf, moment, schedule } from '../stage.ts'

const afterwards = moment('2026-03-10T11:00:00Z')
const path = '/sessions/1/minutes'
const who = { by: paolo, at: afterwards }
const text = '# Che cosa è emerso\n\n- misurare **prima** di cambiare'

/** A working table of a module that Salerno's pathway has, at which Salerno and Cosenza were and Luca was not. */
async function open() {
  const opened = await openApp()
  const { firstId, enrolmentId } = await buildPathway(opened.db, [{ kind: 'webinar', title: 'Tavolo di lavoro' }, { title: 'Guida' }])
  await schedule(opened.db, { moduleId: firstId, kind: 'working_table', place: 'FORUM PA', joinUrl: null, title: 'Tavolo sulla CS' })
  opened.clock.now = afterwards
  const attendance = { status: 'present' as const, minutes: 80 }
  await recordAttendance(
    opened.db,
    1,
    [
      { personId: rosa.id, administrationId: salerno.id, ...attendance },
      { personId: nadia.id, administrationId: cosenza.id, status: 'partial', minutes: 20 },
      { personId: luca.id, administrationId: salerno.id, status: 'absent', minutes: 0 },
    ],
    { by: paolo, at: afterwards },
  )
  return { ...opened, module: `/pathway/${enrolmentId}/modules/${firstId}` }
}

const save = (db: Awaited<ReturnType<typeof open>>['db'], body: string, basedOn: number) =>
  saveMinutes(db, { sessionId: 1, body, basedOn }, who)

test('a trainer writes minutes, reads them as a draft, and publishes them on the module’s page with who contributed', async () => {
  const { as, module } = await open()
  const [trainer, referent] = [await as(paolo), await as(rosa)]
  expect((await trainer.get('/sessions/1')).text).toContain(`href="${path}"`)
  expect((await trainer.get(path)).text).toContain('Non c’è ancora un verbale')
  expect((await trainer.post(`${path}/edit`, { body: text, basedOn: 0 })).location).toBe(path)
  expect((await trainer.get(path)).text).toContain('Bozza')
  expect((await referent.get(path)).status).toBe(404)
  expect((await referent.get(module)).text).not.toContain('Documentazione dagli incontri')

  expect((await trainer.post(`${path}/publish`, { version: 1 })).location).toBe(path)
  const documentation = (await referent.get(module)).text
  expect(documentation).toContain('Dal tavolo di lavoro «Tavolo sulla CS», 10 mar 2026')
  expect(documentation).toContain('<strong>Con il contributo di:</strong> Comune di Cosenza, Comune di Salerno.')
  expect(documentation).toContain('<strong>prima</strong>')
  expect((await referent.get('/sessions/1')).text).toContain('Leggi il verbale')
})

test('credit goes to administrations, never to a person, neither on pages nor in the document', async () => {
  const { as, db, module } = await open()
  await save(db, text, 0)
  await publishMinutes(db, { sessionId: 1, version: 1 }, who)
  const referent = await as(rosa)
  for (const address of [path, `${path}/download`]) {
    const { text: read } = await referent.get(address)
    for (const name of ['Comune di Cosenza', 'Comune di Salerno']) expect(read).toContain(name)
    for (const { name } of [nadia, luca]) expect(read).not.toContain(name)
  }
  expect((await referent.get(module)).text).not.toContain(nadia.name)
})

test('editing what is published keeps both versions, and everybody reads the published one until the next is', async () => {
  const { as, db } = await open()
  await save(db, 'Prima stesura', 0)
  await publishMinutes(db, { sessionId: 1, version: 1 }, who)
  await save(db, 'Seconda stesura', 1)
  const [trainer, referent] = [await as(paolo), await as(rosa)]
  expect((await referent.get(path)).text).toContain('Prima stesura')
  const draft = (await trainer.get(path)).text
  expect([draft.includes('Seconda stesura'), draft.includes('tutti leggono la versione 1')]).toEqual([true, true])
  await trainer.post(`${path}/publish`, { version: 2 })
  expect((await referent.get(path)).text).toContain('Seconda stesura')
  expect((await trainer.get(`${path}/versions/1`)).text).toContain('Prima stesura')
  const { text: versions } = await trainer.get(`${path}/versions`)
  expect(versions.match(/Pubblicata/g)).toHaveLength(1)
  expect((await historyOf(db, 'minutes_saved')).map(({ details }) => details.version)).toEqual([1, 2])
})

test('of two who save on the same version one is told of the other, with their text kept', async () => {
  const { as, db } = await open()
  const outcomes = await Promise.all([save(db, 'Di uno', 0), save(db, 'Dell’altro', 0)])
  expect(outcomes.map((outcome) => ('refusal' in outcome ? outcome.refusal : outcome.version)).toSorted()).toEqual([1, 'changed_meanwhile'])

  const trainer = await as(paolo)
  const answer = await trainer.post(`${path}/edit`, { body: 'Il mio testo', basedOn: 0 })
  expect([answer.status, answer.text.includes('Il mio testo'), answer.text.includes('name="basedOn" value="1"')]).toEqual([422, true, true])
  expect((await trainer.post(`${path}/edit`, { body: 'Il mio testo', basedOn: 1 })).status).toBe(303)
})

test('what was not read is not published: of another version than the newest the page says so', async () => {
  const { as, db } = await open()
  await save(db, 'Una', 0)
  await save(db, 'Due', 1)
  const answer = await (await as(paolo)).post(`${path}/publish`, { version: 1 })
  expect([answer.status, answer.text.includes('è stata salvata un’altra versione'), answer.text.includes('Due')]).toEqual([422, true, true])
})

test('the same text again makes no version, publishing again no second row of the history', async () => {
  const { db } = await open()
  expect(await save(db, 'Una', 0)).toEqual({ version: 1 })
  expect(await save(db, 'Una', 1)).toEqual({ version: 1 })
  for (let time = 0; time < 2; time += 1) await publishMinutes(db, { sessionId: 1, version: 1 }, who)
  expect(await historyOf(db, 'minutes_published')).toHaveLength(1)
})

test('withdrawn minutes are there for those in charge alone', async () => {
  const { as, db, module } = await open()
  await save(db, text, 0)
  await publishMinutes(db, { sessionId: 1, version: 1 }, who)
  const [trainer, referent] = [await as(paolo), await as(rosa)]
  await trainer.post(`${path}/withdraw`)
  expect([(await referent.get(path)).status, (await referent.get(`${path}/download?version=1`)).status]).toEqual([404, 404])
  expect((await referent.get(module)).text).not.toContain('Documentazione dagli incontri')
  expect((await trainer.get(path)).text).toContain('Bozza')
})

test('before the session begins, of a draft and of a cancelled one, there is nothing to write', async () => {
  const { as, db, clock } = await openApp()
  await schedule(db)
  const trainer = await as(paolo)
  expect((await trainer.get(`${path}/edit`)).status).toBe(403)
  clock.now = afterwards
  await db.updateTable('session').set({ cancelled_at: '2026-03-09T00:00:00.000Z' }).execute()
  expect((await (await as(paolo)).get(`${path}/edit`)).text).toContain('è stato annullato')
  expect(await save(db, text, 0)).toEqual({ refusal: 'cancelled' })
  expect(await saveMinutes(db, { sessionId: 9, body: text, basedOn: 0 }, who)).toEqual({ refusal: 'not_found' })
})

test.each([
  ['the national coordinator', carla, 200],
  ['a coordinator of another region', enzo, 403],
  ['a trainer of another region', tina, 403],
  ['a participant', rosa, 403],
])('%s opens the form: %s', async (_who, person, status) => {
  const { as } = await open()
  expect((await (await as(person)).get(`${path}/edit`)).status).toBe(status)
})

test.each([
  ['nothing', ''],
  ['blanks', ' \n\t '],
  ['too much', 'x'.repeat(50_001)],
])('%s is not saved', async (_what, body) => {
  const { as, db } = await open()
  expect((await (await as(paolo)).post(`${path}/edit`, { body, basedOn: 0 })).status).toBe(422)
  expect(await db.selectFrom('session_minutes_version').selectAll().execute()).toEqual([])
})

test('what is written is text and Markdown, never a page’s script, in the document neither', async () => {
  const { as, db } = await open()
  await save(db, '<script>alert(1)</script> [qui](javascript:alert(1))', 0)
  await publishMinutes(db, { sessionId: 1, version: 1 }, who)
  const referent = await as(rosa)
  for (const address of [path, `${path}/download`]) {
    const { text: read } = await referent.get(address)
    expect([read.includes('<script>alert'), read.includes('href="javascript:')]).toEqual([false, false])
  }
  const { headers } = await referent.get(`${path}/download`)
  expect(headers.get('content-disposition')).toMatch(/^attachment; filename="Verbale Tavolo sulla CS.html"/)
})
