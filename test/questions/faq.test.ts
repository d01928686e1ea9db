import { expect, test } from 'vitest'
import { changeFaqEntry, publishFaqEntry, withdrawFaqEntry } from '#src/questions/faq/actions.ts'
import { searchFaq } from '#src/questions/search/queries.ts'
import {
  anEntry,
  carla,
  countQueries,
  enzo,
  luca,
  nadia,
  openHelpDesk,
  paolo,
  programme,
  rosa,
  salerno,
  sampling,
  survey,
  tina,
} from './support.ts'

const form = { question: anEntry.question, answer: anEntry.answer, topic: `module-${sampling.id}`, reviewOn: '2027-03-02' }
const nosy =
  'Buongiorno, sono Rosa Esposito del Comune di Salerno. Quante risposte servono per uno sportello di 1.000 utenti?\n\nGrazie, Rosa'
const reply =
  'Gentile Rosa,\nal Comune di Salerno ne servono **278**: lo dice anche Luca Esposito.\n\nCordiali saluti\nPaolo Conti\ntel. 089 123456'

async function openAnswered() {
  const desk = await openHelpDesk()
  const questionId = await desk.ask({ subject: 'Comune di Salerno: quante risposte', body: nosy })
  const answerId = await desk.answer(questionId, reply)
  return { ...desk, questionId, answerId, proposal: `/questions/${questionId}/faq?answer=${answerId}` }
}

/** What stands in a field of the form. */
const fieldOf = (page: string, name: string) =>
  page
    .match(new RegExp(`<textarea[^>]*name="${name}"[^>]*>([^<]*)<|<input[^>]*name="${name}"[^>]*value="([^"]*)"`))
    ?.slice(1)
    .find(Boolean)

test('from an answer comes a proposal without anybody’s name', async () => {
  const { as, proposal, questionId } = await openAnswered()
  const browser = await as(carla)
  expect((await browser.get(`/questions/${questionId}`)).text).toContain(`href="${proposal}"`)

  const page = (await browser.get(proposal)).text
  expect(fieldOf(page, 'question')).toBe('Quante risposte servono per uno sportello di 1.000 utenti?')
  expect(fieldOf(page, 'answer')).toBe('All’amministrazione ne servono **278**: lo dice anche una persona.')
  expect(fieldOf(page, 'reviewOn')).toBe('2027-03-02')
  expect(page).toContain(`value="module-${sampling.id}" selected`)
})

test('the proposal shows what everybody will see, and beside it what was written', async () => {
  const { as, proposal } = await openAnswered()
  const page = (await (await as(paolo)).get(proposal)).text
  const shown = page.slice(page.indexOf('id="preview"'), page.indexOf('id="original"'))
  expect(shown).toContain('<strong>278</strong>')
  expect(shown).not.toContain('Rosa')
  expect(page.slice(page.indexOf('id="original"'))).toContain('Rosa Esposito')
})

test('publishing makes an entry that everybody finds, without the asker', async () => {
  const { as, proposal, questionId } = await openAnswered()
  const published = await (await as(carla)).post(proposal, form)
  expect([published.status, published.location]).toEqual([303, '/faq/1'])

  const visitor = await as(null)
  for (const path of ['/faq', '/faq?q=risposta', '/faq/1', `/faq?module=${sampling.id}`]) {
    const { status, text } = await visitor.get(path)
    expect([path, status, text.includes('278')]).toEqual([path, 200, true])
    for (const name of ['Rosa', 'Luca', 'Esposito', 'Paolo', 'Conti', salerno.name, 'Salerno', `/questions/${questionId}`, '/edit'])
      expect([path, name, text.includes(name)]).toEqual([path, name, false])
  }
})

test('the question then leads to the entry, for the referents too', async () => {
  const { as, proposal, questionId } = await openAnswered()
  await (await as(carla)).post(proposal, form)
  expect((await (await as(rosa)).get(`/questions/${questionId}`)).text).toContain('<a href="/faq/1">')
  expect((await (await as(paolo)).get(`/questions/${questionId}`)).text).not.toContain(proposal)
})

test('an entry remembers its source, owner and review date, and the story who published it', async () => {
  const { db, as, proposal, answerId } = await openAnswered()
  await (await as(carla)).post(proposal, form)
  const entry = await db.selectFrom('faq_entry').selectAll().executeTakeFirstOrThrow()
  expect(entry).toMatchObject({
    answer_id: answerId,
    owner_id: carla.id,
    published_by: carla.id,
    review_on: '2027-03-02',
    programme_id: programme.id,
  })
  expect(
    await db
      .selectFrom('history')
      .where('subject', '=', 'faq_entry')
      .select(['happening', 'subject_id', 'person_id', 'administration_id'])
      .execute(),
  ).toEqual([{ happening: 'faq_entry_published', subject_id: entry.id, person_id: carla.id, administration_id: salerno.id }])
})

test('an entry that still names somebody is refused beside the field, and what was typed stays', async () => {
  const { db, as, proposal } = await openAnswered()
  const browser = await as(paolo)
  for (const [named, answer] of [
    ['Rosa Esposito', 'Come a Rosa Esposito, 278.'],
    ['Rosa Esposito', 'Come ad ESPOSITO  ROSA, 278.'],
    ['Luca Esposito', 'Lo dice luca esposito.'],
    ['Paolo Conti', 'Parola di Paolo Conti.'],
    [rosa.email, 'Scrivere a ROSA@comune.salerno.example.'],
    [salerno.name, 'Al comune di salerno sono 278.'],
  ] as const) {
    const refused = await browser.post(proposal, { ...form, answer })
    expect(refused.status).toBe(422)
    expect(refused.text).toMatch(new RegExp(`id="answer-error">[^<]*«${named}»`))
    expect(fieldOf(refused.text, 'answer')).toBe(answer)
  }
  expect(await db.selectFrom('faq_entry').select('id').execute()).toEqual([])
})

test('names are refused in the question too, and when an entry is changed', async () => {
  const { as, proposal } = await openAnswered()
  const browser = await as(carla)
  expect((await browser.post(proposal, { ...form, question: 'Che cosa fa il Comune di Salerno?' })).text).toContain('id="question-error"')
  await browser.post(proposal, form)
  const changed = await browser.post('/faq/1/edit', { ...form, answer: 'Lo chiede Rosa Esposito.' })
  expect([changed.status, changed.text.includes('id="answer-error"')]).toEqual([422, true])
})

test('one answer makes one entry, however often and by whom it is published', async () => {
  const { db, as, proposal } = await openAnswered()
  const browsers = [await as(paolo), await as(carla), await as(paolo)]
  await Promise.all(browsers.map((browser) => browser.get('/faq')))
  const answers = await Promise.all(browsers.map((browser) => browser.post(proposal, form)))
  expect(answers.map(({ location }) => location)).toEqual(['/faq/1', '/faq/1', '/faq/1'])
  expect(await db.selectFrom('faq_entry').select('id').execute()).toHaveLength(1)
  expect((await (await as(carla)).get(proposal)).location).toBe('/faq/1')
})

test('a preview publishes nothing', async () => {
  const { db, as, proposal } = await openAnswered()
  const page = await (await as(paolo)).post(proposal, { ...form, answer: 'Servono *molte* risposte.', step: 'preview' })
  expect(page.status).toBe(200)
  expect(page.text).toContain('<em>molte</em>')
  expect(await db.selectFrom('faq_entry').select('id').execute()).toEqual([])
})

test('what can’t be published is refused beside its field', async () => {
  const { as } = await openHelpDesk()
  const browser = await as(carla)
  for (const [field, value] of [
    ['question', ' '],
    ['question', 'x'.repeat(301)],
    ['answer', '\u200b'],
    ['answer', 'x'.repeat(20_001)],
    ['topic', ''],
    ['topic', 'module-999'],
    ['topic', 'constructor'],
    ['reviewOn', '2027-02-30'],
  ] as const) {
    const refused = await browser.post('/faq', { ...form, [field]: value })
    expect([field, refused.status, refused.text.includes(`id="${field}-error"`)]).toEqual([field, 422, true])
  }
})

test('staff write an entry without a question, about a module or the whole programme', async () => {
  const { db, as } = await openHelpDesk()
  const browser = await as(enzo)
  expect((await browser.get('/faq/new')).text).toContain(`value="programme-${programme.id}"`)
  expect((await browser.post('/faq', { ...form, topic: `programme-${programme.id}` })).location).toBe('/faq/1')
  expect(await db.selectFrom('faq_entry').select(['module_id', 'answer_id', 'owner_id']).execute()).toEqual([
    { module_id: null, answer_id: null, owner_id: enzo.id },
  ])
})

test('without a date an entry is to be read again in a year', async () => {
  const { db, publish } = await openHelpDesk()
  await publish()
  expect(await db.selectFrom('faq_entry').select('review_on').execute()).toEqual([{ review_on: '2027-03-02' }])
})

test('staff of another region propose nothing from a question they can’t see', async () => {
  const { db, as, proposal, answerId, clock } = await openAnswered()
  for (const person of [enzo, tina]) {
    const browser = await as(person)
    expect((await browser.get(proposal)).status).toBe(404)
    expect((await browser.post(proposal, form)).status).toBe(404)
    expect(await publishFaqEntry(db, { ...anEntry, answerId }, { by: person, at: clock.now })).toEqual({
      refusal: person === enzo ? 'not_found' : 'not_coordinator',
    })
  }
})

test('an answer of another question, or none, is not found', async () => {
  const { as, ask, answerId, questionId } = await openAnswered()
  const other = await ask({ subject: 'Altra' })
  const browser = await as(paolo)
  for (const path of [
    `/questions/${other}/faq?answer=${answerId}`,
    `/questions/${questionId}/faq`,
    `/questions/${questionId}/faq?answer=99999999999`,
  ])
    expect((await browser.get(path)).status).toBe(404)
})

test('referents and visitors curate nothing', async () => {
  const { db, as, publish, clock } = await openAnswered()
  const id = await publish()
  const posts = ['/faq', `/faq/${id}/edit`, `/faq/${id}/withdraw`, `/faq/${id}/publish`]
  for (const person of [rosa, nadia, luca]) {
    const browser = await as(person)
    for (const path of ['/faq/new', `/faq/${id}/edit`]) expect([path, (await browser.get(path)).status]).toEqual([path, 403])
    for (const path of posts) expect([path, (await browser.post(path, form)).status]).toEqual([path, 403])
  }
  const visitor = await as(null)
  for (const path of posts) expect((await visitor.post(path, form)).location).toBe('/sign-in')
  const who = { by: rosa, at: clock.now }
  expect(await publishFaqEntry(db, anEntry, who)).toEqual({ refusal: 'not_coordinator' })
  expect(await changeFaqEntry(db, id, { ...anEntry, reviewOn: '2027-01-01' }, who)).toEqual({ refusal: 'not_staff' })
  expect(await withdrawFaqEntry(db, id, who)).toEqual({ refusal: 'not_staff' })
})

test('a changed entry is found by its new words, and the story keeps the old ones', async () => {
  const { db, as, publish } = await openHelpDesk()
  const id = await publish()
  const browser = await as(carla)
  expect(fieldOf((await browser.get(`/faq/${id}/edit`)).text, 'question')).toBe(anEntry.question)
  await browser.post(`/faq/${id}/edit`, {
    ...form,
    question: 'Come si estrae il campione?',
    answer: 'A caso.',
    topic: `module-${survey.id}`,
  })

  const find = async (text: string) => (await searchFaq(db, text, { limit: 5, offset: 0 })).rows.map((row) => row.question)
  expect(await find('estrarre campioni')).toEqual(['Come si estrae il campione?'])
  expect(await find('servizio')).toEqual([])
  const { details } = await db
    .selectFrom('history')
    .where('happening', '=', 'faq_entry_changed')
    .select('details')
    .executeTakeFirstOrThrow()
  expect(JSON.parse(details ?? '')).toMatchObject({ question: anEntry.question, answer: anEntry.answer, moduleId: sampling.id })
})

test('a withdrawn entry is gone for everybody but staff, who can bring it back', async () => {
  const { db, as, publish } = await openHelpDesk()
  const id = await publish()
  const browser = await as(carla)
  await browser.post(`/faq/${id}/withdraw`)
  await browser.post(`/faq/${id}/withdraw`)
  for (const person of [null, rosa]) {
    const other = await as(person)
    expect((await other.get(`/faq/${id}`)).status).toBe(404)
    for (const path of ['/faq', '/faq?q=risposte', '/faq?state=withdrawn'])
      expect((await other.get(path)).text).not.toContain(anEntry.question)
  }
  expect((await browser.get(`/faq/${id}`)).text).toContain('Questa risposta è ritirata')
  expect((await browser.get('/faq?state=withdrawn')).text).toContain(anEntry.question)

  await browser.post(`/faq/${id}/publish`)
  expect((await (await as(null)).get(`/faq/${id}`)).status).toBe(200)
  const happened = await db.selectFrom('history').where('subject', '=', 'faq_entry').orderBy('id').select('happening').execute()
  expect(happened.map(({ happening }) => happening)).toEqual(['faq_entry_published', 'faq_entry_withdrawn', 'faq_entry_republished'])
})

test('staff see who looks after an entry and where it comes from, as far as they may', async () => {
  const { as, proposal, questionId } = await openAnswered()
  await (await as(carla)).post(proposal, form)
  const national = (await (await as(carla)).get('/faq/1')).text
  for (const words of [carla.name, '2 marzo 2027', `/questions/${questionId}`, '/faq/1/edit']) expect(national).toContain(words)
  const elsewhere = (await (await as(enzo)).get('/faq/1')).text
  expect(elsewhere).toContain('Una domanda di un’altra regione')
  for (const name of ['Salerno', 'Rosa', `/questions/${questionId}`]) expect(elsewhere).not.toContain(name)
})

test('the public list offers the modules that have answers', async () => {
  const { as, publish } = await openHelpDesk()
  await publish()
  const { text } = await (await as(null)).get('/faq')
  expect(text).toContain(`<option value="${sampling.id}"`)
  expect(text).not.toContain(`<option value="${survey.id}"`)
})

test('searching while typing answers with the list alone', async () => {
  const { as, publish } = await openHelpDesk()
  await publish()
  const { text } = await (await as(null)).get('/faq?q=rispo', { 'HX-Request': 'true' })
  expect(text).toMatch(/^\s*<div id="faq"/)
  expect(text).toContain(anEntry.question)
  expect(text).not.toContain('<h1>')
})

test('when nothing is found the page says how to go on', async () => {
  const { as, publish } = await openHelpDesk()
  expect((await (await as(null)).get('/faq')).text).toContain('Non c’è ancora nessuna risposta')
  await publish()
  expect((await (await as(null)).get('/faq?q=zanzibar')).text).toContain('/sign-in?next=/questions/new')
  expect((await (await as(rosa)).get('/faq?q=zanzibar')).text).toContain('href="/questions/new"')
})

test('script in an entry is shown as text', async () => {
  const { as, publish } = await openHelpDesk()
  await publish({ question: '<b>Chi</b>?', answer: '<script>alert(1)</script>[x](javascript:alert(1))' })
  for (const path of ['/faq', '/faq/1']) {
    const { text } = await (await as(null)).get(path)
    for (const tag of ['<script>alert', 'href="javascript:', '<b>Chi']) expect(text).not.toContain(tag)
  }
})

test('one entry and three cost the same number of queries', async () => {
  const { db, publish } = await openHelpDesk()
  const cost = () => countQueries(db, (counted) => searchFaq(counted, 'risposte', { limit: 25, offset: 0 }))
  await publish()
  const one = await cost()
  await publish({ question: 'Altre risposte?' })
  await publish({ question: 'E le risposte vuote?' })
  expect(await cost()).toBe(one)
})
