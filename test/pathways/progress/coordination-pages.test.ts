import { expect, test } from 'vitest'
import { tell } from '#test/notifications/stage.ts'
import { carla, enzo, luca, openApp, paolo, rosa } from '#test/support.ts'
import { buildPathway, stateOf } from '../builder.ts'

async function open(modules: Parameters<typeof buildPathway>[1] = [{ title: 'Direttiva', dueAfterDays: 10 }, {}]) {
  const app = await openApp()
  const built = await buildPathway(app.db, modules)
  const ids = { enrolmentId: built.enrolmentId, moduleId: built.firstId }
  return { ...app, ...built, ids, state: () => stateOf(app.db, ids.enrolmentId, ids.moduleId) }
}

const earlier = { wanted: 'recognised', evidence: 'Indagine sullo sportello', doneOn: '2025-10-01' }

test('a referent asks to recognise earlier work, a coordinator finds it on the list and grants it', async () => {
  const { as, pagePath, state } = await open()
  const referent = await as(rosa)
  expect((await referent.get(pagePath)).text).toContain(`href="${pagePath}/recognition"`)
  const asked = await referent.post(`${pagePath}/recognition`, earlier)
  expect([asked.status, asked.headers.get('Location')]).toEqual([303, pagePath])
  const module = (await referent.get(pagePath)).text
  expect(module).toContain('Chiesto il riconoscimento')
  expect(module).not.toContain(`href="${pagePath}/recognition"`)

  const coordinator = await as(carla)
  expect((await coordinator.get('/')).text).toContain('<strong>1</strong> richiesta di riconoscimento')
  expect((await coordinator.get('/recognitions')).text).toContain('Comune di Salerno')
  expect((await coordinator.get('/recognitions/1')).text).toContain('1 ottobre 2025')
  expect((await coordinator.post('/recognitions/1', { verdict: 'granted' })).headers.get('Location')).toBe('/recognitions')
  expect(await state()).toBe('recognised')
  expect((await coordinator.get('/recognitions')).text).not.toContain('Comune di Salerno')
  expect((await coordinator.get('/recognitions?state=decided')).text).toContain('Accolta')
})

test('all referents are told of the decision, with the answer', async () => {
  const { as, db, pagePath } = await open()
  await (await as(rosa)).post(`${pagePath}/recognition`, earlier)
  const refused = await (await as(carla)).post('/recognitions/1', { verdict: 'refused' })
  expect(refused.status).toBe(422)
  expect(refused.text).toContain('Scrivere all’amministrazione perché')
  await (await as(carla)).post('/recognitions/1', { verdict: 'refused', comment: 'Manca il verbale' })
  await tell(db)
  const mails = await db.selectFrom('outbox').select(['recipient', 'subject', 'text']).orderBy('recipient').execute()
  expect(mails.map(({ recipient, subject }) => [recipient, subject])).toEqual(
    [luca, rosa].map(({ email }) => [email, 'Richiesta non accolta: Direttiva']),
  )
  expect(mails[0]?.text).toContain('Manca il verbale')
})

test.each([
  [{ ...earlier, doneOn: '' }, 'Scrivere quando è stato fatto il lavoro.'],
  [{ ...earlier, doneOn: '2026-03-03' }, 'Il giorno deve essere già passato.'],
  [{ ...earlier, evidence: ' ' }, 'Questo campo è obbligatorio.'],
])('a request that lacks something comes back with a sentence and what was typed: %o', async (form, sentence) => {
  const { as, pagePath } = await open()
  const answer = await (await as(rosa)).post(`${pagePath}/recognition`, form)
  expect(answer.status).toBe(422)
  const text = answer.text
  expect(text).toContain(sentence)
  expect(text).toContain('value="recognised" checked')
})

test('a coordinator sets a module aside straight away, and takes it back with a reason', async () => {
  const { as, pagePath, state } = await open()
  const coordinator = await as(carla)
  await coordinator.post(`${pagePath}/recognition`, { wanted: 'not_relevant', evidence: 'Nessuno sportello' })
  expect(await state()).toBe('not_relevant')
  const without = await coordinator.post(`${pagePath}/coordination/take-back`, { reason: '' })
  expect(without.status).toBe(422)
  await coordinator.post(`${pagePath}/coordination/take-back`, { reason: 'Lo sportello c’è' })
  expect(await state()).toBeUndefined()
  const told = (await (await as(rosa)).get(pagePath)).text
  expect(told).toContain('Completamento annullato')
  expect(told).toContain('Lo sportello c’è')
})

test('an extension shows its day, its author and its reason to the referents, and is mailed to them', async () => {
  const { as, db, pagePath } = await open()
  const coordinator = await as(carla)
  const early = await coordinator.post(`${pagePath}/coordination/extension`, { dueOn: '2026-03-02', extensionReason: 'Elezioni' })
  expect(early.text).toContain('La nuova scadenza deve venire dopo oggi.')
  await coordinator.post(`${pagePath}/coordination/extension`, { dueOn: '2026-05-04', extensionReason: 'Elezioni comunali' })
  const told = (await (await as(rosa)).get(pagePath)).text
  for (const part of ['4 maggio 2026', 'con una proroga', carla.name, 'Elezioni comunali']) expect(told).toContain(part)
  await tell(db)
  const subjects = await db.selectFrom('outbox').select('subject').distinct().execute()
  expect(subjects).toEqual([{ subject: 'Nuova scadenza, 4 maggio 2026: Direttiva' }])
})

test('a coordinator who is also a referent of the administration decides nothing about it', async () => {
  const { as, db, pagePath } = await open()
  const referent = { administration_id: 1, person_id: carla.id, since: '2026-01-01T00:00:00.000Z' }
  await db
    .insertInto('referent')
    .values({ ...referent, invited_by: null, until: null, ended_by: null })
    .execute()
  await (await as(rosa)).post(`${pagePath}/recognition`, earlier)
  const coordinator = await as(carla)
  expect((await coordinator.get('/recognitions/1')).text).toContain('deve decidere un altro coordinatore')
  expect((await coordinator.post('/recognitions/1', { verdict: 'granted' })).status).toBe(403)
  expect((await coordinator.get(`${pagePath}/coordination`)).status).toBe(403)
})

test('a coordinator of another region and a trainer see no way to decide', async () => {
  const { as, pagePath } = await open()
  expect((await (await as(enzo)).get(pagePath)).status).toBe(404)
  const trainer = await (await as(paolo)).get(pagePath)
  expect([trainer.status, trainer.text.includes('/coordination')]).toEqual([200, false])
})

test('where all referents are asked, the page says who is missing, and whoever has confirmed is not asked again', async () => {
  const { as, db, pagePath } = await open([{ title: 'Direttiva' }])
  await db.updateTable('pathway_module').set({ met_by: 'all' }).execute()
  const referent = await as(rosa)
  await referent.post(`${pagePath}/reading`, {})
  const after = (await referent.get(pagePath)).text
  expect(after).toContain(`Finora 1 di 2 referenti: manca ${luca.name}.`)
  expect(after).not.toContain(`action="${pagePath}/reading"`)
  expect((await (await as(luca)).get(pagePath)).text).toContain(`action="${pagePath}/reading"`)
})

test('a locked module can be asked about, and its other panels stay closed', async () => {
  const { as, enrolmentId, moduleIds } = await open([{}, { kind: 'tool', requires: [0], fields: ['Servizio'] }])
  const path = `/pathway/${enrolmentId}/modules/${moduleIds[1]}`
  const page = (await (await as(rosa)).get(path)).text
  expect([page.includes(`${path}/recognition`), page.includes('Servizio')]).toEqual([true, false])
})
