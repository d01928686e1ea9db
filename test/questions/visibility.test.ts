import { expect, test } from 'vitest'
import { inTransaction } from '#src/database/transaction.ts'
import { tellNews } from '#src/notifications/news/actions.ts'
import { findPerson } from '#src/people/queries.ts'
import { suggest } from '#src/questions/door/suggest.ts'
import { proposeFaqEntry } from '#src/questions/faq/proposals/actions.ts'
import { follow } from '#src/questions/following/actions.ts'
import { mergeQuestion } from '#src/questions/merging/actions.ts'
import { changeVisibility, verifyAnswer } from '#src/questions/thread/actions.ts'
import { questionSeenBy, seenByReader } from '#src/questions/visibility.ts'
import {
  anEntry,
  baseUrl,
  carla,
  cosenza,
  enrolCosenza,
  enzo,
  luca,
  nadia,
  openHelpDesk,
  paolo,
  rosa,
  salerno,
  sampling,
  tina,
  zone,
} from './support.ts'

const secret = 'Ziggurat segretissimo'
const everybody = [rosa, luca, nadia, paolo, tina, carla, enzo]

/** Salerno's question in each visibility, answered; Cosenza takes part in the same programme. */
async function openThree() {
  const desk = await openHelpDesk()
  await enrolCosenza(desk.db)
  const ids = {} as Record<'private' | 'unnamed' | 'named', number>
  for (const visibility of ['private', 'unnamed', 'named'] as const) {
    ids[visibility] = await desk.ask({ visibility, subject: `${secret} ${visibility}`, body: `Un dettaglio ${visibility}` })
    await desk.answer(ids[visibility], `Risposta ${visibility}`)
  }
  return { ...desk, ids }
}

test('a private question is shown to its administration and the staff of its region alone, on no page to anybody else', async () => {
  const { as, ids } = await openThree()
  for (const person of [nadia, tina, enzo, null]) {
    const browser = await as(person)
    const paths = [
      `/questions/${ids.private}`,
      '/questions',
      '/questions?whose=programme',
      `/questions?whose=programme&q=${encodeURIComponent(secret)}`,
      `/help?q=${encodeURIComponent(secret)}`,
      '/faq',
      '/faq.json',
      '/faq.atom',
      '/faq/embed',
      '/calendar.ics',
      '/programme.json',
    ]
    for (const path of paths)
      expect([path, person?.name, (await browser.get(path)).text.includes(`${secret} private`)]).toEqual([path, person?.name, false])
  }
  for (const person of [rosa, luca, paolo, carla])
    expect((await (await as(person)).get(`/questions/${ids.private}`)).text).toContain('Un dettaglio private')
})

test('suggestions while typing never hold a private question, not even for its own staff', async () => {
  const { as } = await openThree()
  for (const person of everybody) {
    const { text } = await (await as(person)).get(`/help?q=${encodeURIComponent('ziggurat segretissimo')}`, { 'HX-Request': 'true' })
    expect([person.name, text.includes(`${secret} private`)]).toEqual([person.name, false])
    expect([person.name, text.includes(`${secret} unnamed`)]).toEqual([person.name, true])
  }
  const visitor = (await (await as(null)).get(`/help?q=${encodeURIComponent('ziggurat segretissimo')}`)).text
  expect(visitor.match(/Ziggurat segretissimo (?:private|unnamed|named)/g)).toBe(null)
})

test('a public question without a name shows neither administration nor person to those from outside', async () => {
  const { as, ids } = await openThree()
  for (const person of [nadia, enzo, tina]) {
    const browser = await as(person)
    for (const path of [`/questions/${ids.unnamed}`, '/questions?whose=programme&q=unnamed', '/help?q=ziggurat+segretissimo+unnamed']) {
      const { status, text } = await browser.get(path)
      expect([path, status, text.includes(`${secret} unnamed`)]).toEqual([path, 200, true])
      for (const name of [rosa.name, 'Rosa', luca.name]) expect([path, name, text.includes(name)]).toEqual([path, name, false])
    }
    expect((await browser.get(`/questions/${ids.unnamed}`)).text).not.toContain('Salerno')
    expect((await browser.get('/questions?whose=programme&q=unnamed')).text).not.toContain('Salerno')
  }
})

test('with the name of the administration it still names no person', async () => {
  const { as, ids } = await openThree()
  const { text } = await (await as(nadia)).get(`/questions/${ids.named}`)
  expect(text).toContain(salerno.name)
  expect(text).not.toContain('Rosa')
  expect(text).toContain(paolo.name)
})

test('a hidden name is not found by searching or sorting for it', async () => {
  const { as } = await openThree()
  const browser = await as(nadia)
  const found = (text: string) => [...text.matchAll(/Ziggurat segretissimo (\w+)</g)].map(([, which]) => which)
  expect(found((await browser.get('/questions?whose=programme&q=salerno')).text)).toEqual(['named'])
  expect(found((await browser.get('/questions?whose=programme&region=15')).text)).toEqual([])
  expect(found((await browser.get('/questions?whose=programme')).text).toSorted()).toEqual(['named', 'unnamed'])
})

test('who does not take part in the programme reads no public question of it', async () => {
  const { as, ask, answer } = await openHelpDesk()
  const id = await ask({ visibility: 'named' })
  await answer(id)
  const browser = await as(nadia)
  expect((await browser.get(`/questions/${id}`)).status).toBe(404)
  expect((await browser.get('/questions?whose=programme')).text).not.toContain('Numero minimo di risposte')
  expect((await browser.get('/help?q=numero+minimo+risposte')).text).not.toContain('Numero minimo di risposte')
})

test('a question that becomes private leaves the suggestions at once', async () => {
  const { db, clock, ids } = await openThree()
  const person = await findPerson(db, nadia.id)
  const seen = async () => (await suggest(db, 'ziggurat segretissimo', { person, moduleId: null })).questions.map(({ id }) => id)
  expect(await seen()).toContain(ids.unnamed)
  await changeVisibility(db, ids.unnamed, 'private', { by: rosa, at: clock.now })
  expect(await seen()).not.toContain(ids.unnamed)
})

test('only who asked opens a question; staff of the region may close it; nobody closes what answers others', async () => {
  const { db, clock, ids, askAsNadia } = await openThree()
  const at = clock.now
  expect(await changeVisibility(db, ids.private, 'named', { by: paolo, at })).toEqual({ refusal: 'not_the_asker' })
  expect(await changeVisibility(db, ids.private, 'named', { by: luca, at })).toEqual({ refusal: 'not_the_asker' })
  expect(await changeVisibility(db, ids.named, 'unnamed', { by: nadia, at })).toEqual({ refusal: 'not_the_asker' })
  expect(await changeVisibility(db, ids.named, 'unnamed', { by: paolo, at })).toEqual({ refusal: null })
  const duplicate = await askAsNadia({ visibility: 'unnamed' })
  await mergeQuestion(db, { questionId: duplicate, targetId: ids.named }, { by: carla, at })
  expect(await changeVisibility(db, ids.named, 'private', { by: rosa, at })).toEqual({ refusal: 'read_elsewhere' })
})

test('the address of a merged question leads on only those who could read it, and nobody to what they may not read', async () => {
  const { db, as, clock, ids, askAsNadia } = await openThree()
  const duplicate = await askAsNadia({ subject: 'Doppione di Cosenza' })
  const at = clock.now
  expect(await mergeQuestion(db, { questionId: duplicate, targetId: ids.private }, { by: carla, at })).toEqual({
    refusal: 'target_private',
  })
  await mergeQuestion(db, { questionId: duplicate, targetId: ids.unnamed }, { by: carla, at })
  expect((await (await as(nadia)).get(`/questions/${duplicate}`)).location).toBe(`/questions/${ids.unnamed}`)
  expect((await (await as(rosa)).get(`/questions/${duplicate}`)).status).toBe(404)
})

test('files of a private question are for those who read it', async () => {
  const { db, as, ids, uploads } = await openThree()
  const file = { name: 'dati.csv', stored_name: 'x', media_type: 'text/csv', bytes: 1 }
  await db
    .insertInto('question_file')
    .values({ ...file, question_id: ids.private, answer_id: null })
    .execute()
  const { writeFileSync } = await import('node:fs')
  writeFileSync(`${uploads}/x`, 'a')
  expect((await (await as(luca)).get(`/questions/${ids.private}/files/1`)).status).toBe(200)
  for (const person of [nadia, enzo, tina]) expect((await (await as(person)).get(`/questions/${ids.private}/files/1`)).status).toBe(404)
  // Nor by the address of a question that they may read.
  expect((await (await as(nadia)).get(`/questions/${ids.unnamed}/files/1`)).status).toBe(404)
})

test('mail reaches followers only as long as they may read, and names nobody who asked', async () => {
  const { db, answer, clock, ids } = await openThree()
  for (const questionId of [ids.unnamed, ids.private])
    await inTransaction(db, (tx) => follow(tx, { questionId, personId: nadia.id, delivery: 'at_once' }, clock.now))
  await answer(ids.unnamed, 'Altra risposta pubblica', carla)
  await answer(ids.private, 'Altra risposta privata', carla)
  const organizer = { name: 'Percorsi', email: 'percorsi@example.it' }
  await tellNews(db, { now: clock.now, baseUrl, zone, organizer })
  const mails = await db.selectFrom('outbox').where('recipient', '=', nadia.email).select(['subject', 'text', 'html']).execute()
  const bodies = mails.map(({ subject, text, html }) => `${subject} ${text} ${html}`)
  expect(bodies.filter((text) => text.includes('Altra risposta pubblica'))).toHaveLength(1)
  for (const text of bodies)
    for (const hidden of ['privat', 'Rosa', 'Salerno']) expect([hidden, text.includes(hidden)]).toEqual([hidden, false])
})

test('an answer from another administration names neither person nor administration, to nobody', async () => {
  const { db, as, answer, clock, ids } = await openThree()
  const answerId = await answer(ids.unnamed, 'Noi abbiamo fatto così', nadia)
  await verifyAnswer(db, { questionId: ids.unnamed, answerId }, { by: paolo, at: clock.now })
  for (const person of [rosa, luca, carla, paolo, tina]) {
    const { text } = await (await as(person)).get(`/questions/${ids.unnamed}`)
    expect(text).toContain('Referente di un’altra amministrazione')
    expect(text).toContain('Verificata da un docente')
    for (const name of [nadia.name, cosenza.name]) expect([person.name, name, text.includes(name)]).toEqual([person.name, name, false])
  }
  expect((await (await as(carla)).get(`/administrations/${salerno.id}`)).text).not.toContain(nadia.name)
})

test('from outside one proposes an entry without learning, by trying names, who asked', async () => {
  const { db, as, clock, ids } = await openThree()
  const answerId = (await db.selectFrom('answer').where('question_id', '=', ids.unnamed).select('id').executeTakeFirstOrThrow()).id
  const form = {
    topic: `module-${sampling.id}`,
    question: 'Quante risposte servono?',
    answer: `Al ${salerno.name} e al Comune di Cosenza 278.`,
  }
  const tried = await (await as(nadia)).post(`/questions/${ids.unnamed}/faq?answer=${answerId}`, form)
  expect([tried.status, tried.text.includes('toglilo')]).toEqual([303, false])
  // A coordinator who doesn't know the source can't publish it; one who does is told what to take out.
  expect((await (await as(enzo)).post('/faq/1/edit', { ...form, reviewOn: '2027-01-01' })).text).toContain(
    'la pubblica chi segue quella regione',
  )
  expect((await (await as(carla)).post('/faq/1/edit', { ...form, reviewOn: '2027-01-01' })).text).toContain(`«${salerno.name}»`)
  expect(await proposeFaqEntry(db, { ...anEntry, answerId: 1 }, { by: nadia, at: clock.now })).toEqual({ refusal: 'not_found' })
})

test('the predicate for one reader and the one for many say the same of everybody', async () => {
  const { db, askAsNadia } = await openThree()
  for (const visibility of ['private', 'unnamed', 'named'] as const) await askAsNadia({ visibility, subject: `Cosenza ${visibility}` })
  const joined = () => db.selectFrom('question').innerJoin('administration', 'administration.id', 'question.administration_id')
  for (const { id } of everybody) {
    const person = await findPerson(db, id)
    const one = await joined()
      .where((eb) => questionSeenBy(eb, person))
      .select('question.id')
      .orderBy('question.id')
      .execute()
    const many = await joined()
      .innerJoin('person', (join) => join.on('person.id', '=', id))
      .where((eb) => seenByReader(eb))
      .select('question.id')
      .orderBy('question.id')
      .execute()
    expect([id, many]).toEqual([id, one])
  }
})
