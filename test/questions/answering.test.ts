import { expect, test } from 'vitest'
import { answerQuestion } from '#src/questions/actions.ts'
import { markSolved } from '#src/questions/thread/actions.ts'
import { carla, cosenza, enzo, luca, nadia, openHelpDesk, paolo, rosa, salerno, tina } from './support.ts'

test('a trainer answers, and the answer is marked as a trainer’s', async () => {
  const { as, ask } = await openHelpDesk()
  const id = await ask()
  const trainer = await as(paolo)
  const answer = await trainer.post(`/questions/${id}/answers`, { body: 'Ne servono **278**.' })
  expect([answer.status, answer.location]).toEqual([303, `/questions/${id}#answer-1`])

  const shown = (await (await as(rosa)).get(`/questions/${id}`)).text
  for (const words of ['<strong>278</strong>', paolo.name, 'Docente', '>Con risposta<']) expect(shown).toContain(words)
})

test('a coordinator’s answer is marked as a coordinator’s, a colleague’s as a referent’s', async () => {
  const { as, ask, answer } = await openHelpDesk()
  const id = await ask()
  await answer(id, 'Anche a noi è successo.', luca)
  expect((await (await as(rosa)).get(`/questions/${id}`)).text).toContain('Referente</span>')
  await answer(id, 'Vale per tutte le regioni.', carla)
  expect((await (await as(rosa)).get(`/questions/${id}`)).text).toContain('Coordinatore</span>')
})

test('an answer keeps the mark of the role that its author had then', async () => {
  const { db, as, ask, answer, clock } = await openHelpDesk()
  const id = await ask()
  await answer(id)
  clock.now = clock.now.add({ hours: 1 })
  await db
    .updateTable('role_grant')
    .set({ revoked_at: clock.now.toString({ fractionalSecondDigits: 3 }) })
    .where('person_id', '=', paolo.id)
    .execute()
  const shown = (await (await as(rosa)).get(`/questions/${id}`)).text
  expect(shown).toContain('Docente</span>')
  expect(shown).toContain('>Con risposta<')
})

test('answering is remembered as an answer', async () => {
  const { db, ask, answer } = await openHelpDesk()
  const answerId = await answer(await ask())
  const row = await db.selectFrom('history').where('happening', '=', 'question_answered').selectAll().executeTakeFirstOrThrow()
  expect(row).toMatchObject({ subject: 'answer', subject_id: answerId, administration_id: salerno.id, person_id: paolo.id })
})

test('after an answer the asker’s “not clear” puts the question back among those to be answered', async () => {
  const { as, ask, answer } = await openHelpDesk()
  const id = await ask()
  await answer(id)
  const asker = await as(rosa)
  await asker.post(`/questions/${id}/answers`, { body: 'E con 300 utenti?' })
  expect((await asker.get(`/questions/${id}`)).text).toContain('>Da rispondere<')
})

test('other administrations and staff of other regions find no such question: not to read, to answer, or to solve', async () => {
  const { db, as, ask, answer, clock } = await openHelpDesk()
  const id = await ask()
  await answer(id)
  for (const person of [nadia, enzo, tina]) {
    const browser = await as(person)
    expect((await browser.get(`/questions/${id}`)).status).toBe(404)
    expect((await browser.post(`/questions/${id}/answers`, { body: 'Ciao' })).status).toBe(404)
    expect((await browser.post(`/questions/${id}/solved`)).status).toBe(404)
    expect(await answerQuestion(db, id, { body: 'Ciao' }, { by: person, at: clock.now })).toEqual({ refusal: 'not_found' })
    expect(await markSolved(db, id, { by: person, at: clock.now })).toEqual({ refusal: 'not_found' })
  }
  expect(await db.selectFrom('answer').select('id').execute()).toHaveLength(1)
})

test('the coordinator of the region sees and answers it', async () => {
  const { as, askAsNadia } = await openHelpDesk()
  const id = await askAsNadia()
  const browser = await as(enzo)
  expect((await browser.get(`/questions/${id}`)).text).toContain(cosenza.name)
  expect((await browser.post(`/questions/${id}/answers`, { body: 'No.' })).status).toBe(303)
})

test('a visitor is led to sign in', async () => {
  const { as, ask } = await openHelpDesk()
  const id = await ask()
  const visitor = await as(null)
  for (const answer of [
    await visitor.get(`/questions/${id}`),
    await visitor.get('/questions'),
    await visitor.post(`/questions/${id}/answers`, { body: 'x' }),
    await visitor.post(`/questions/${id}/solved`),
  ])
    expect(answer.location).toMatch(/^\/sign-in/)
})

test('a question that isn’t there is not found', async () => {
  const { as } = await openHelpDesk()
  for (const path of ['/questions/999', '/questions/abc', '/questions/9999999999'])
    expect((await (await as(carla)).get(path)).status).toBe(404)
})

test('an empty answer or one too long is refused beside the field and kept', async () => {
  const { as, ask } = await openHelpDesk()
  const id = await ask()
  const browser = await as(paolo)
  const empty = await browser.post(`/questions/${id}/answers`, { body: '\u200b' })
  expect([empty.status, empty.text.includes('id="body-error"')]).toEqual([422, true])
  const long = await browser.post(`/questions/${id}/answers`, { body: 'x'.repeat(20_001) })
  expect([long.status, long.text.includes('al massimo 20.000 caratteri'), long.text.includes('x'.repeat(20_001))]).toEqual([
    422,
    true,
    true,
  ])
})

test('two clicks that race answer once', async () => {
  const { db, as, ask } = await openHelpDesk()
  const id = await ask()
  const browser = await as(paolo)
  await Promise.all([1, 2, 3].map(() => browser.get('/questions')))
  await Promise.all([1, 2, 3].map(() => browser.post(`/questions/${id}/answers`, { body: 'Ne servono 278.' })))
  expect(await db.selectFrom('answer').select('id').execute()).toHaveLength(1)
})

test('the asker marks it as solved, once', async () => {
  const { db, as, ask, answer } = await openHelpDesk()
  const id = await ask()
  await answer(id)
  const browser = await as(rosa)
  expect((await browser.get(`/questions/${id}`)).text).toContain(`/questions/${id}/solved`)
  await browser.post(`/questions/${id}/solved`)
  await browser.post(`/questions/${id}/solved`)

  const shown = (await browser.get(`/questions/${id}`)).text
  expect(shown).toContain('>Risolta<')
  expect(shown).not.toContain(`/questions/${id}/solved`)
  expect(await db.selectFrom('history').where('happening', '=', 'question_solved').select('person_id').execute()).toEqual([
    { person_id: rosa.id },
  ])
})

test('staff of the region may mark it as solved, a colleague of the asker may not', async () => {
  const { as, ask } = await openHelpDesk()
  const id = await ask()
  const colleague = await as(luca)
  expect((await colleague.get(`/questions/${id}`)).text).not.toContain(`/questions/${id}/solved`)
  const refused = await colleague.post(`/questions/${id}/solved`)
  expect(refused.status).toBe(403)
  expect(refused.text).toContain('Può segnarla come risolta chi l’ha fatta')
  expect((await (await as(paolo)).post(`/questions/${id}/solved`)).status).toBe(303)
})

test('to a solved question referents add nothing, they ask anew; staff may still correct', async () => {
  const { as, ask } = await openHelpDesk()
  const id = await ask()
  const asker = await as(rosa)
  await asker.post(`/questions/${id}/solved`)
  expect((await asker.get(`/questions/${id}`)).text).toContain('fai un’altra domanda')
  const refused = await asker.post(`/questions/${id}/answers`, { body: 'E poi?' })
  expect([refused.status, refused.text.includes('La domanda è già risolta')]).toEqual([422, true])
  expect((await (await as(paolo)).post(`/questions/${id}/answers`, { body: 'Un dettaglio.' })).status).toBe(303)
})

test('the pages speak English to those who prefer it', async () => {
  const { db, as, ask } = await openHelpDesk()
  const id = await ask()
  await db.updateTable('person').set({ language: 'en' }).where('id', '=', rosa.id).execute()
  expect((await (await as(rosa)).get(`/questions/${id}`)).text).toContain('>To be answered<')
})
