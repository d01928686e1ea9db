import { expect, test } from 'vitest'
import { addOwnQuestion, giveFeedback } from '#src/sessions/feedback/actions.ts'
import { questionsOf } from '#src/sessions/feedback/queries.ts'
import { feedbackRefusal, meanOf } from '#src/sessions/feedback/rules.ts'
import { luca, nadia, openApp, paolo, rosa, tina } from '#test/support.ts'
import { byPaolo, historyOf, schedule } from '../stage.ts'
import { addReferents, afterwards, answers, attended, replies } from './stage.ts'

/** A webinar that is over, at which Rosa was. */
async function open() {
  const opened = await openApp()
  const id = await schedule(opened.db)
  opened.clock.now = afterwards
  await attended(opened.db, id, [rosa.id])
  return { ...opened, id, path: '/sessions/1/feedback' }
}

const form = { clarity: 5, usefulness: 4, trainer: 5, organisation: 3, overall: 4, liked: 'Gli esempi', improve: '' }

test('who was there answers from the session’s page, and finds there that they have', async () => {
  const { as, path, db } = await open()
  const referent = await as(rosa)
  expect((await referent.get('/sessions/1')).text).toContain(`href="${path}"`)
  expect((await referent.post(path, form)).location).toBe('/sessions/1')
  const { text } = await referent.get('/sessions/1')
  expect([text.includes('Hai risposto al questionario'), text.includes(`href="${path}"`)]).toEqual([true, false])
  const kept = await db.selectFrom('feedback_reply').orderBy('question').select(['question', 'rating', 'text']).execute()
  expect(kept).toEqual([
    { question: 'clarity', rating: 5, text: null },
    { question: 'liked', rating: null, text: 'Gli esempi' },
    { question: 'organisation', rating: 3, text: null },
    { question: 'overall', rating: 4, text: null },
    { question: 'trainer', rating: 5, text: null },
    { question: 'usefulness', rating: 4, text: null },
  ])
})

test('nothing that is kept with an answer says whose it is', async () => {
  const { db, id } = await open()
  const people = await addReferents(db, 12)
  await attended(db, id, people)
  await answers(
    db,
    id,
    people.map((person) => [person, 3, `di ${person}`] as const),
  )
  const columns = async (table: 'feedback_answer' | 'feedback_reply') =>
    Object.keys((await db.selectFrom(table).selectAll().limit(1).executeTakeFirst()) ?? {}).toSorted()
  expect(await columns('feedback_answer')).toEqual(['id', 'session_id'])
  expect(await columns('feedback_reply')).toEqual(['feedback_answer_id', 'question', 'rating', 'text'])
  // Twelve drawn by lot come in the order of answering once in half a milliard times.
  const texts = await db.selectFrom('feedback_reply').where('text', 'is not', null).orderBy('feedback_answer_id').select('text').execute()
  expect(texts.map(({ text }) => text)).not.toEqual(people.map((person) => `di ${person}`))
})

test('somebody answers once, however often they send it', async () => {
  const { as, path, db, id } = await open()
  const referent = await as(rosa)
  await Promise.all(Array.from({ length: 5 }, () => giveFeedback(db, id, replies(1), { by: rosa, at: afterwards })))
  expect(await db.selectFrom('feedback_answer').selectAll().execute()).toHaveLength(1)
  expect(await historyOf(db, 'feedback_given')).toHaveLength(1)
  const again = await referent.post(path, form)
  expect([again.status, again.text.includes('Hai già risposto')]).toEqual([422, true])
  expect((await referent.get(path)).text).toContain('Hai già risposto')
})

const over = { endsAt: afterwards.subtract({ minutes: 1 }), cancelledAt: null }
test.each([
  ['who was there, when it is over', over, { attended: true, given: false }, null],
  ['who was not', over, { attended: false, given: false }, 'not_attended'],
  ['who has answered', over, { attended: true, given: true }, 'already_given'],
  ['anybody before the end', { ...over, endsAt: afterwards.add({ minutes: 1 }) }, { attended: true, given: false }, 'not_over'],
  ['anybody, of a cancelled session', { ...over, cancelledAt: afterwards }, { attended: true, given: false }, 'cancelled'],
] as const)('%s: %s', (_who, session, facts, refusal) => {
  expect(feedbackRefusal(session, { ...facts, now: afterwards })).toBe(refusal)
})

test('whoever was not there reads why not, and their answers are not taken', async () => {
  const { as, path, db } = await open()
  for (const person of [luca, nadia, paolo]) {
    const browser = await as(person)
    expect((await browser.get(path)).text).toContain('quando la tua presenza è registrata')
    expect((await browser.post(path, form)).status).toBe(422)
  }
  expect(await db.selectFrom('feedback_answer').selectAll().execute()).toEqual([])
})

test.each([
  ['a rating is missing', { overall: '' }, 'overall'],
  ['a rating is out of the scale', { overall: 6 }, 'overall'],
  ['a rating is no number', { overall: '<b>' }, 'overall'],
  ['a text is too long', { liked: 'x'.repeat(2_001) }, 'liked'],
])('where %s the form comes back with what was typed', async (_what, change, field) => {
  const { as, path, db } = await open()
  const { status, text } = await (await as(rosa)).post(path, { ...form, improve: 'Più tempo', ...change })
  expect([status, text.includes(`id="${field}-error"`), text.includes('Più tempo')]).toEqual([422, true, true])
  expect(await db.selectFrom('feedback_given').selectAll().execute()).toEqual([])
})

test('what people write is shown as text', async () => {
  const { db, as, id } = await open()
  const people = await addReferents(db, 5)
  await attended(db, id, people)
  await answers(
    db,
    id,
    people.map((person) => [person, 3, '<script>alert(1)</script>'] as const),
  )
  const { text } = await (await as(paolo)).get('/sessions/1/feedback/results')
  expect([text.includes('<script>alert'), text.includes('&lt;script&gt;alert')]).toEqual([false, true])
})

test('a trainer adds questions, up to five, and takes one away; participants see those that are asked', async () => {
  const { as, path, db, id } = await open()
  const trainer = await as(paolo)
  for (let number = 1; number <= 5; number += 1)
    expect((await trainer.post(`${path}/questions`, { label: `Domanda ${number}`, kind: number === 5 ? 'text' : 'rating' })).status).toBe(
      303,
    )
  const sixth = await trainer.post(`${path}/questions`, { label: 'Ancora una', kind: 'text' })
  expect([sixth.status, sixth.text.includes('già al massimo')]).toEqual([422, true])
  await trainer.post(`${path}/questions/2/remove`)
  const labels = (await questionsOf(db, id)).flatMap(({ label }) => label ?? [])
  expect(labels).toEqual(['Domanda 1', 'Domanda 3', 'Domanda 4', 'Domanda 5'])

  const referent = await as(rosa)
  const { text } = await referent.get(path)
  expect([text.includes('Domanda 1'), text.includes('Domanda 2')]).toEqual([true, false])
  expect((await referent.post(path, { ...form, 'own-1': 2, 'own-2': 5, 'own-5': 'Sì' })).status).toBe(303)
  const own = await db
    .selectFrom('feedback_reply')
    .where('question', 'like', 'own-%')
    .orderBy('question')
    .select(['question', 'rating', 'text'])
    .execute()
  expect(own).toEqual([
    { question: 'own-1', rating: 2, text: null },
    { question: 'own-5', rating: null, text: 'Sì' },
  ])
})

test('questions are those of whoever is in charge of the session', async () => {
  const { as, path, db, id } = await open()
  const other = await schedule(db)
  for (const person of [rosa, tina])
    expect((await (await as(person)).post(`${path}/questions`, { label: 'Sì?', kind: 'text' })).status).toBe(403)
  const made = await addOwnQuestion(db, other, { kind: 'text', label: 'Altrove' }, byPaolo)
  if ('refusal' in made) throw new Error(made.refusal)
  await (await as(paolo)).post(`${path}/questions/${made.id}/remove`)
  expect((await questionsOf(db, other)).some(({ label }) => label === 'Altrove')).toBe(true)
  expect((await questionsOf(db, id)).some(({ label }) => label)).toBe(false)
})

test('a mean of five ratings is the usual one; of four there is none', () => {
  expect(meanOf([1, 0, 1, 0, 3])).toBeCloseTo((1 + 3 + 15) / 5)
  expect(meanOf([1, 0, 0, 0, 3])).toBeNull()
})

test('the survey is there in English too', async () => {
  const { as, path, db } = await open()
  await db.updateTable('person').set({ language: 'en' }).where('id', '=', rosa.id).execute()
  const { text } = await (await as(rosa)).get(path)
  for (const part of ['How was the session?', 'The contents were clear', '5, very much', 'Answers are anonymous'])
    expect(text).toContain(part)
})
