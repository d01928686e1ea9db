import { expect, test } from 'vitest'
import { findPerson } from '#src/people/queries.ts'
import { listQuestions, questionSorts } from '#src/questions/queries.ts'
import { carla, cosenza, countQueries, enzo, nadia, noon, openHelpDesk, paolo, rosa, salerno, sampling, survey, tina } from './support.ts'

type Desk = Awaited<ReturnType<typeof openHelpDesk>>

/** The subjects in the order of the page. */
async function subjects({ as }: Desk, person: { id: number }, query = '') {
  const { text } = await (await as(person)).get(`/questions${query}`)
  return [...text.matchAll(/<a href="\/questions\/\d+">([^<]*)</g)].map(([, subject]) => subject)
}

test('referents see the questions of their own administration only', async () => {
  const desk = await openHelpDesk()
  await desk.ask({ subject: 'Di Salerno' })
  await desk.askAsNadia({ subject: 'Di Cosenza' })
  expect(await subjects(desk, rosa)).toEqual(['Di Salerno'])
  expect(await subjects(desk, nadia)).toEqual(['Di Cosenza'])
})

test('staff see those of their regions', async () => {
  const desk = await openHelpDesk()
  await desk.ask({ subject: 'Di Salerno' })
  await desk.askAsNadia({ subject: 'Di Cosenza' })
  expect(await subjects(desk, enzo)).toEqual(['Di Cosenza'])
  expect(await subjects(desk, tina)).toEqual([])
  expect(await subjects(desk, carla)).toEqual(['Di Salerno', 'Di Cosenza'])
})

test('the queue begins with the oldest that waits for an answer, then the answered, then the solved', async () => {
  const desk = await openHelpDesk()
  const ids: number[] = []
  for (const subject of ['prima', 'seconda', 'terza', 'quarta']) {
    ids.push(await desk.ask({ subject }))
    desk.clock.now = desk.clock.now.add({ minutes: 1 })
  }
  await desk.answer(ids[0] ?? 0)
  await (await desk.as(rosa)).post(`/questions/${ids[1]}/solved`)
  expect(await subjects(desk, paolo)).toEqual(['terza', 'quarta', 'prima', 'seconda'])
  expect(await subjects(desk, paolo, '?sort=-asked')).toEqual(['quarta', 'terza', 'seconda', 'prima'])
})

test('state and module narrow the list', async () => {
  const desk = await openHelpDesk()
  const answered = await desk.ask({ subject: 'Con risposta' })
  await desk.answer(answered)
  await desk.ask({ subject: 'Su LimeSurvey', moduleId: survey.id })
  expect(await subjects(desk, paolo, '?state=answered')).toEqual(['Con risposta'])
  expect(await subjects(desk, paolo, '?state=waiting')).toEqual(['Su LimeSurvey'])
  expect(await subjects(desk, paolo, `?module=${sampling.id}`)).toEqual(['Con risposta'])
  expect(await subjects(desk, paolo, '?state=solved')).toEqual([])
})

test('the module filter offers only modules of questions that the person may see', async () => {
  const { as, ask, askAsNadia } = await openHelpDesk()
  await ask()
  await askAsNadia({ moduleId: survey.id })
  const shown = (await (await as(nadia)).get('/questions')).text
  expect(shown).toContain(`<option value="${survey.id}"`)
  expect(shown).not.toContain(`<option value="${sampling.id}"`)
})

test('the search finds words of the question and of its administration, without minding accents, capitals or number', async () => {
  const desk = await openHelpDesk()
  await desk.ask({ subject: 'Il campione', body: 'Perché il questionario è così lungo?' })
  for (const typed of ['campione', 'CAMPIONI', 'perche', 'perché', 'salerno campione', 'questionari'])
    expect([typed, await subjects(desk, paolo, `?q=${encodeURIComponent(typed)}`)]).toEqual([typed, ['Il campione']])
  for (const typed of ['cosenza', 'campione cosenza', '100%', 'c_mpione'])
    expect([typed, await subjects(desk, paolo, `?q=${encodeURIComponent(typed)}`)]).toEqual([typed, []])
})

test('what can’t be read in the address is passed over', async () => {
  const desk = await openHelpDesk()
  await desk.ask({ subject: 'Di Salerno' })
  for (const query of ['?state=boh', '?module=99999999999', '?module=x', '?page=-1', '?sort=drop', '?q=%25_%5C', '?q=%27%22', '?q=%00'])
    expect((await (await desk.as(rosa)).get(`/questions${query}`)).status).toBe(200)
})

test('searching while typing answers with the list alone, in its own element', async () => {
  const { as, ask } = await openHelpDesk()
  await ask()
  const piece = (await (await as(rosa)).get('/questions?q=numero', { 'HX-Request': 'true' })).text
  expect(piece).toMatch(/^\s*<div id="questions">/)
  expect(piece).not.toContain('<h1>')
})

test('an empty list says what to do', async () => {
  const { as } = await openHelpDesk()
  expect((await (await as(rosa)).get('/questions')).text).toContain('Non c’è ancora nessuna domanda')
  expect((await (await as(tina)).get('/questions')).text).toContain('Nessuna domanda')
})

test('the list is paged, 25 to a page', async () => {
  const { db, as } = await openHelpDesk()
  const row = { programme_id: 1, module_id: null, administration_id: salerno.id, asked_by: rosa.id, body: 'x', solved_at: null }
  await db
    .insertInto('question')
    .values(Array.from({ length: 26 }, (_, index) => ({ ...row, subject: `Domanda ${index}`, asked_at: '2026-03-01T00:00:00.000Z' })))
    .execute()
  const browser = await as(rosa)
  expect((await browser.get('/questions')).text).toContain('Pagina 1 di 2')
  expect((await browser.get('/questions?page=2')).text).toContain('1 di 26')
})

test('one question and three cost the same number of queries', async () => {
  const { db, ask, askAsNadia, answer } = await openHelpDesk()
  const person = await findPerson(db, carla.id)
  if (!person) throw new Error('no Carla')
  const list = { path: '/questions', q: '', sort: questionSorts[0], descending: false, page: 1, filters: {} }
  const cost = () => countQueries(db, (counted) => listQuestions(counted, list, person, noon))

  await answer(await ask())
  const one = await cost()
  await answer(await askAsNadia({ administrationId: cosenza.id }))
  await ask({ subject: 'Terza' })
  expect(await cost()).toBe(one)
})
