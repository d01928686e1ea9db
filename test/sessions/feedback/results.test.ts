import { expect, test } from 'vitest'
import { addOwnQuestion, giveFeedback } from '#src/sessions/feedback/actions.ts'
import { overviewFor, resultsOf } from '#src/sessions/feedback/results/queries.ts'
import { carla, countQueries, enzo, openApp, paolo, rosa, tina } from '#test/support.ts'
import { addModule, byPaolo, schedule } from '../stage.ts'
import { addReferents, afterwards, answers, attended, replies } from './stage.ts'

const page = '/sessions/1/feedback/results'

async function open() {
  const opened = await openApp()
  const id = await schedule(opened.db)
  opened.clock.now = afterwards
  const people = await addReferents(opened.db, 8)
  await attended(opened.db, id, people)
  return { ...opened, id, people }
}

test('with four answers the trainer sees how many there are, and nothing of what they say', async () => {
  const { as, db, id, people } = await open()
  await answers(
    db,
    id,
    people.slice(0, 4).map((person) => [person, 1, 'Troppo veloce'] as const),
  )
  const trainer = await as(paolo)
  const { text } = await trainer.get(page)
  expect(text).toContain('Hanno risposto in 4 su 8 presenti.')
  expect([text.includes('Troppo veloce'), text.includes('results.csv')]).toEqual([false, false])
  expect((await trainer.get(`${page}.csv`)).status).toBe(403)
})

test('with five the means, how they are made up, and the texts are there', async () => {
  const { as, db, id, people } = await open()
  const given = [5, 5, 4, 2, 1] as const
  await answers(
    db,
    id,
    given.map((rating, index) => [people[index] ?? 0, rating, `Testo ${index}`] as const),
  )
  const { answers: count, rated, written } = await resultsOf(db, id)
  expect(count).toBe(5)
  expect(rated.map(({ name, distribution }) => [name, distribution])).toEqual(
    ['clarity', 'usefulness', 'trainer', 'organisation', 'overall'].map((name) => [name, [1, 1, 0, 1, 2]]),
  )
  expect(written.find(({ name }) => name === 'liked')?.texts.toSorted()).toEqual([0, 1, 2, 3, 4].map((index) => `Testo ${index}`))
  // (5 + 5 + 4 + 2 + 1) / 5
  expect((await (await as(paolo)).get(page)).text).toContain('<strong>3,4</strong>')
})

test('a trainer’s own question that few answered shows no mean, one taken away keeps its answers', async () => {
  const { as, db, id, people } = await open()
  await addOwnQuestion(db, id, { kind: 'rating', label: 'Il ritmo' }, byPaolo)
  for (const [index, person] of people.slice(0, 6).entries())
    await giveFeedback(db, id, [...replies(4), ...(index < 2 ? [{ question: 'own-1', rating: 1 as const }] : [])], {
      by: { id: person },
      at: afterwards,
    })
  const trainer = await as(paolo)
  const { text } = await trainer.get(page)
  expect(text).toMatch(/Il ritmo<\/th><td>poche risposte<\/td><td class="numeric">2<\/td><td class="numeric">–/)
  await trainer.post('/sessions/1/feedback/questions/1/remove')
  expect((await resultsOf(db, id)).rated.at(-1)).toMatchObject({ label: 'Il ritmo', distribution: [2, 0, 0, 0, 0] })
  const csv = (await trainer.get(`${page}.csv`)).text
  expect(csv).toMatch(/Il ritmo;2;;;;;;/)
})

test('the CSV has means with a comma, and no text that a spreadsheet would run', async () => {
  const { as, db, id, people } = await open()
  await answers(
    db,
    id,
    people.slice(0, 6).map((person, index) => [person, index === 0 ? 1 : 5, '=HYPERLINK("http://x")'] as const),
  )
  const { text, headers } = await (await as(paolo)).get(`${page}.csv`)
  expect(headers.get('content-type')).toBe('text/csv; charset=utf-8')
  // (1 + 5 × 5) / 6
  expect(text).toContain('I contenuti erano chiari;6;4,33;1;0;0;0;5')
  expect(text).not.toMatch(/;=|;"=/)
})

test.each([
  ['the trainer', paolo, 200],
  ['the national coordinator', carla, 200],
  ['a participant', rosa, 403],
  ['a trainer of another region', tina, 403],
  ['a coordinator of another region', enzo, 403],
])('%s opens the results: %s', async (_who, person, status) => {
  const { as } = await open()
  expect((await (await as(person)).get(page)).status).toBe(status)
})

test('the means of several sessions leave out those with too few answers', async () => {
  const { as, db, id, people } = await open()
  const { moduleId } = await addModule(db)
  const few = await schedule(db, { moduleId, title: 'Pochi' })
  const many = await schedule(db, { moduleId, title: 'Molti' })
  for (const other of [few, many]) await attended(db, other, people)
  await answers(
    db,
    id,
    people.slice(0, 5).map((person) => [person, 5] as const),
  )
  await answers(
    db,
    few,
    people.slice(0, 4).map((person) => [person, 1] as const),
  )
  await answers(
    db,
    many,
    people.slice(0, 5).map((person) => [person, 3] as const),
  )
  const { text } = await (await as(paolo)).get('/sessions/feedback')
  expect(text).toContain('Medie di 2 incontri, 10 risposte')
  expect(text).toContain('4,0 su 5')
  expect(text).toMatch(/Pochi<\/a><\/th>[\s\S]*?poche risposte/)
})

const list = (filters: Record<string, string> = {}) => ({
  path: '/sessions/feedback',
  q: '',
  sort: 'held' as const,
  descending: false,
  page: 1,
  filters,
})
const seen = (person: object) => ({ coordinator: null, trainer: null, administrations: [], ...person }) as never

test('staff see the sessions that they are in charge of, by programme and trainer if they like', async () => {
  const { db, id, people } = await open()
  const { moduleId, programmeId } = await addModule(db)
  const regional = await schedule(db, { moduleId, regionCode: '18', trainerIds: [tina.id] })
  await attended(db, regional, people)
  for (const each of [id, regional])
    await answers(
      db,
      each,
      people.slice(0, 5).map((person) => [person, 4] as const),
    )
  const idsFor = async (person: object, filters = {}) =>
    (await overviewFor(db, list(filters), seen(person))).rows.map((row) => row.id).toSorted()
  expect(await idsFor({ ...carla, coordinator: 'national' })).toEqual([id, regional])
  expect(await idsFor({ ...enzo, coordinator: ['18'] })).toEqual([regional])
  expect(await idsFor({ ...tina, trainer: ['01'] })).toEqual([regional])
  expect(await idsFor({ ...carla, coordinator: 'national' }, { trainer: String(tina.id) })).toEqual([regional])
  expect(await idsFor({ ...carla, coordinator: 'national' }, { programme: String(programmeId) })).toEqual([regional])
})

test('as many queries for three sessions as for one', async () => {
  const { db, id, people } = await open()
  await answers(
    db,
    id,
    people.slice(0, 5).map((person) => [person, 4] as const),
  )
  const asked = () => countQueries(db, (counted) => overviewFor(counted, list(), seen({ ...carla, coordinator: 'national' })))
  const one = await asked()
  const { moduleId } = await addModule(db)
  for (let more = 0; more < 2; more += 1) {
    const other = await schedule(db, { moduleId })
    await attended(db, other, people)
    await answers(
      db,
      other,
      people.slice(0, 5).map((person) => [person, 4] as const),
    )
  }
  expect(await asked()).toBe(one)
})

test('with nothing to show the overview says so', async () => {
  const { as } = await openApp()
  expect((await (await as(paolo)).get('/sessions/feedback')).text).toContain('Ancora nessuna risposta')
})
