import { expect, test } from 'vitest'
import { askQuestion } from '#src/questions/actions.ts'
import { askRefusal, saysSomething } from '#src/questions/rules.ts'
import {
  asl,
  carla,
  cosenza,
  hidden,
  luca,
  nadia,
  openApp,
  openHelpDesk,
  programme,
  rosa,
  rosasQuestion,
  salerno,
  sampling,
  survey,
  tina,
} from './support.ts'

const form = { administration: salerno.id, module: sampling.id, subject: rosasQuestion.subject, body: rosasQuestion.body }

test('a referent asks on a module and lands on the question', async () => {
  const { as } = await openHelpDesk()
  const browser = await as(rosa)
  const answer = await browser.post('/questions', form)
  expect([answer.status, answer.location]).toEqual([303, '/questions/1'])
  const shown = (await browser.get('/questions/1')).text
  for (const words of [form.subject, form.body, sampling.title, salerno.name, 'Da rispondere']) expect(shown).toContain(words)
})

test('asking is remembered in the story of the administration', async () => {
  const { db, ask } = await openHelpDesk()
  const id = await ask()
  const row = await db.selectFrom('history').where('happening', '=', 'question_asked').selectAll().executeTakeFirstOrThrow()
  expect(row).toMatchObject({ subject: 'question', subject_id: id, administration_id: salerno.id, person_id: rosa.id })
})

test('the form knows the administration and the module that the link names', async () => {
  const { as } = await openHelpDesk()
  const shown = (await (await as(rosa)).get(`/questions/new?module=${sampling.id}&administration=${salerno.id}`)).text
  expect(shown).toContain(`name="administration" value="${salerno.id}"`)
  expect(shown).toContain(`name="module" value="${sampling.id}"`)
  expect(shown).not.toContain('<select')
})

test('without a link the form offers the modules, and knows the only administration', async () => {
  const { as } = await openHelpDesk()
  const shown = (await (await as(rosa)).get('/questions/new')).text
  expect(shown).toContain(`name="administration" value="${salerno.id}"`)
  expect(shown).toContain(survey.title)
  expect(shown).not.toContain(hidden.title)
})

test('a referent of two administrations chooses for which one to ask', async () => {
  const { db, as } = await openHelpDesk()
  await db
    .insertInto('referent')
    .values({
      administration_id: asl.id,
      person_id: rosa.id,
      since: '2026-01-01T00:00:00.000Z',
      invited_by: null,
      until: null,
      ended_by: null,
    })
    .execute()
  const browser = await as(rosa)
  expect((await browser.get('/questions/new')).text).toContain('<select class="form-select" id="administration"')

  const without = await browser.post('/questions', { ...form, administration: '' })
  expect([without.status, without.text.includes('id="administration-error"')]).toEqual([422, true])
  const chosen = await browser.post('/questions', { ...form, administration: asl.id })
  expect((await browser.get(chosen.location ?? '')).text).toContain(asl.name)
})

test('a question need not be about a module: it then belongs to the programme that the administration follows', async () => {
  const { db, as } = await openHelpDesk()
  await (await as(rosa)).post('/questions', { ...form, module: '' })
  expect(await db.selectFrom('question').select(['programme_id', 'module_id']).execute()).toEqual([
    { programme_id: programme.id, module_id: null },
  ])
})

test('an administration that follows nothing yet can ask about what is published', async () => {
  const { as } = await openHelpDesk()
  expect((await (await as(nadia)).post('/questions', { ...form, administration: cosenza.id })).status).toBe(303)
})

test('while there is no programme the form says so and keeps what was typed', async () => {
  const { as } = await openApp()
  const answer = await (await as(rosa)).post('/questions', { ...form, module: '' })
  expect(answer.status).toBe(422)
  expect(answer.text).toContain('Non c’è ancora un programma')
  expect(answer.text).toContain(form.body)
})

test('nobody asks in the name of another administration', async () => {
  const { db, as } = await openHelpDesk()
  expect((await (await as(nadia)).post('/questions', form)).status).toBe(404)
  expect((await (await as(nadia)).get(`/questions/new?administration=${salerno.id}`)).status).toBe(404)
  expect(await db.selectFrom('question').select('id').execute()).toEqual([])
})

test('a referent who has handed over can no longer ask', async () => {
  const { db, clock } = await openHelpDesk()
  await db.updateTable('referent').set({ until: '2026-03-01T00:00:00.000Z' }).where('person_id', '=', rosa.id).execute()
  expect(await askQuestion(db, rosasQuestion, { by: rosa, at: clock.now })).toEqual({ refusal: 'not_a_referent' })
})

test('staff who are no referents are told that referents ask', async () => {
  const { as } = await openHelpDesk()
  for (const person of [carla, tina]) {
    const browser = await as(person)
    expect((await browser.get('/questions/new')).status).toBe(403)
    expect((await browser.post('/questions', form)).status).toBe(403)
  }
})

test('a visitor is led to sign in and back to the form', async () => {
  const { as } = await openHelpDesk()
  const visitor = await as(null)
  expect((await visitor.get('/questions/new?module=1')).location).toBe(`/sign-in?next=${encodeURIComponent('/questions/new?module=1')}`)
  expect((await visitor.post('/questions', form)).location).toBe('/sign-in')
})

test('a module of a programme that is not public can’t be asked about', async () => {
  const { as } = await openHelpDesk()
  const browser = await as(rosa)
  expect((await browser.get(`/questions/new?module=${hidden.id}`)).status).toBe(404)
  for (const module of [hidden.id, 999]) {
    const answer = await browser.post('/questions', { ...form, module })
    expect([answer.status, answer.text.includes('id="module-error"')]).toEqual([422, true])
  }
})

test('a question that says nothing is refused beside the field, and the rest stays', async () => {
  const { as } = await openHelpDesk()
  const browser = await as(rosa)
  for (const nothing of ['', ' \n\t ', '\u200b\u200d\ufeff', '\u3164', '?!…']) {
    const answer = await browser.post('/questions', { ...form, body: nothing })
    expect([nothing, answer.status, answer.text.includes('id="body-error"')]).toEqual([nothing, 422, true])
    expect(answer.text).toContain(`value="${form.subject}"`)
  }
})

test('a text of 20,000 characters is taken, one more is refused and kept', async () => {
  const { as } = await openHelpDesk()
  const browser = await as(rosa)
  expect((await browser.post('/questions', { ...form, body: 'a'.repeat(20_000) })).status).toBe(303)
  const tooLong = `${'b'.repeat(20_000)}c`
  const answer = await browser.post('/questions', { ...form, body: tooLong })
  expect(answer.status).toBe(422)
  expect(answer.text).toContain('al massimo 20.000 caratteri')
  expect(answer.text).toContain(tooLong)
})

test('characters that can’t be seen or turn the text around are taken out', async () => {
  const { db, as } = await openHelpDesk()
  await (await as(rosa)).post('/questions', { ...form, subject: 'Cam\u200bpione\u202e\n  minimo', body: 'Quan\u00adte\u2066?' })
  expect(await db.selectFrom('question').select(['subject', 'body']).execute()).toEqual([{ subject: 'Campione minimo', body: 'Quante?' }])
})

test('the same question twice within a minute is a double click', async () => {
  const { db, as, clock } = await openHelpDesk()
  const browser = await as(rosa)
  const first = await browser.post('/questions', form)
  clock.now = clock.now.add({ seconds: 59 })
  const second = await browser.post('/questions', form)
  expect([second.status, second.location]).toEqual([303, first.location])
  expect(await db.selectFrom('history').where('happening', '=', 'question_asked').select('id').execute()).toHaveLength(1)
})

test('two clicks that race ask once', async () => {
  const { db, as } = await openHelpDesk()
  const browser = await as(rosa)
  await Promise.all([1, 2, 3, 4].map(() => browser.get('/questions/new')))
  const answers = await Promise.all([1, 2, 3, 4].map(() => browser.post('/questions', form)))
  expect(new Set(answers.map(({ status, location }) => `${status} ${location}`))).toEqual(new Set(['303 /questions/1']))
  expect(await db.selectFrom('question').select('id').execute()).toHaveLength(1)
})

test('the same words after a minute, or from a colleague, are another question', async () => {
  const { ask, clock } = await openHelpDesk()
  const first = await ask()
  expect(await ask({}, luca)).not.toBe(first)
  clock.now = clock.now.add({ seconds: 60 })
  expect(await ask()).not.toBe(first)
})

test('the eleventh question in ten minutes is refused in words, and welcome later', async () => {
  const { as, ask, clock } = await openHelpDesk()
  for (let number = 1; number <= 10; number += 1) await ask({ subject: `Domanda ${number}` })
  const browser = await as(rosa)
  const refused = await browser.post('/questions', form)
  expect(refused.status).toBe(429)
  expect(refused.text).toContain('Hai fatto dieci domande in dieci minuti')
  expect(refused.text).toContain(form.body)
  expect((await (await as(luca)).post('/questions', form)).status).toBe(303)

  clock.now = clock.now.add({ minutes: 10 })
  expect((await (await as(rosa)).post('/questions', form)).status).toBe(303)
})

test('questions that race can’t pass the limit', async () => {
  const { db, as } = await openHelpDesk()
  const browser = await as(rosa)
  const numbers = Array.from({ length: 14 }, (_, index) => index)
  const answers = await Promise.all(numbers.map((number) => browser.post('/questions', { ...form, subject: `Domanda ${number}` })))
  expect(answers.filter(({ status }) => status === 303)).toHaveLength(10)
  expect(await db.selectFrom('question').select('id').execute()).toHaveLength(10)
})

test('script in a question is shown as text', async () => {
  const { as, ask } = await openHelpDesk()
  const id = await ask({ subject: '<img src=x onerror=alert(1)>', body: '<script>alert(1)</script> [qui](javascript:alert(1))' })
  const shown = (await (await as(rosa)).get(`/questions/${id}`)).text
  expect(shown).not.toContain('<script>alert')
  expect(shown).not.toContain('<img src=x')
  expect(shown).not.toContain('href="javascript:')
})

const paths = { administrationId: salerno.id, hasModule: true, askedLately: 0 }
const asker = { ...rosa, language: 'it' as const, coordinator: null, trainer: null, administrations: [salerno.id] }

for (const [reason, person, asking] of [
  [null, asker, { ...paths, askedLately: 9 }],
  ['not_a_referent', { ...asker, administrations: [] }, paths],
  ['not_a_referent', null, paths],
  ['no_such_module', asker, { ...paths, hasModule: false }],
  ['too_many', asker, { ...paths, askedLately: 10 }],
] as const) {
  test(`asking is ${reason ? `refused: ${reason}` : 'allowed to a referent'}${person ? '' : ' (nobody)'}`, () => {
    expect(askRefusal(person, asking)).toBe(reason)
  })
}

test('a text says something when it has a letter or a number', () => {
  expect(['2?', 'sì', '質問', '\u3164', '\u2800', '…'].map(saysSomething)).toEqual([true, true, true, false, false, false])
})
