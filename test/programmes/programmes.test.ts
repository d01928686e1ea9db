import { expect, test } from 'vitest'
import type { Database } from '#src/database/schema.ts'
import { changeProgramme, createProgramme, publishProgramme } from '#src/programmes/actions.ts'
import { findProgramme, listProgrammes, openProgrammes, programmeCounts } from '#src/programmes/queries.ts'
import { programmeState } from '#src/programmes/rules.ts'
import { carla, countQueries, enzo, newDatabase, openApp, paolo, rosa } from '#test/support.ts'
import { buildMiglioraPa, byCarla, newProgramme, refusalOf, thisYear } from './build.ts'

const day = (text: string) => Temporal.PlainDate.from(text)

test('a coordinator creates a programme, which begins as a draft', async () => {
  const { db, as } = await openApp()
  const answer = await (await as(carla)).post('/programmes', thisYear)
  expect(answer.status).toBe(303)
  const programme = await findProgramme(db, Number(answer.location?.split('/').at(-1)))
  expect(programme).toMatchObject({ title: 'MiglioraPA', publishedAt: null })
  expect((await (await as(carla)).get(answer.location ?? '')).text).toContain('dal 1 gennaio 2026 al 31 dicembre 2026')
})

test('an end before the start is refused beside the field, and what was typed stays', async () => {
  const { db, as } = await openApp()
  const answer = await (await as(carla)).post('/programmes', { ...thisYear, endsOn: '2025-12-31' })
  expect(answer.status).toBe(422)
  expect(answer.text).toContain('id="endsOn-error"')
  expect(answer.text).toContain('value="2025-12-31"')
  expect((await listProgrammes(db, everything)).total).toBe(0)
})

test('a day that does not exist is refused beside the field', async () => {
  const { as } = await openApp()
  const answer = await (await as(carla)).post('/programmes', { ...thisYear, startsOn: '2026-02-30' })
  expect([answer.status, answer.text.includes('id="startsOn-error"')]).toEqual([422, true])
})

test('a programme of one day can be created', async () => {
  const db = await newDatabase()
  expect(await createProgramme(db, { ...thisYear, startsOn: '2026-05-29', endsOn: '2026-05-29' }, byCarla)).toHaveProperty('id')
})

test('changing to an end before the start is refused and changes nothing', async () => {
  const db = await newDatabase()
  const id = await newProgramme(db)
  expect(refusalOf(await changeProgramme(db, id, { ...thisYear, endsOn: '2025-01-01' }, byCarla))).toBe('ends_before_start')
  expect((await findProgramme(db, id))?.endsOn.toString()).toBe('2026-12-31')
})

test('a coordinator changes title and days', async () => {
  const { db, as } = await openApp()
  const id = await newProgramme(db)
  const answer = await (await as(carla)).post(`/programmes/${id}/edit`, { ...thisYear, title: 'MiglioraPA 2', endsOn: '2027-01-31' })
  expect(answer.location).toBe(`/programmes/${id}`)
  const found = await findProgramme(db, id)
  expect([found?.title, found?.endsOn.toString()]).toEqual(['MiglioraPA 2', '2027-01-31'])
})

test('publishing twice is remembered once', async () => {
  const { db, as } = await openApp()
  const id = await newProgramme(db)
  const browser = await as(carla)
  for (const _ of [1, 2]) expect((await browser.post(`/programmes/${id}/publish`)).status).toBe(303)
  expect((await happenings(db)).filter((each) => each === 'programme_published')).toHaveLength(1)
})

test('each change has its history row', async () => {
  const db = await newDatabase()
  const id = await newProgramme(db)
  await changeProgramme(db, id, { ...thisYear, title: 'Altro' }, byCarla)
  await publishProgramme(db, id, byCarla)
  expect(await happenings(db)).toEqual(['programme_created', 'programme_changed', 'programme_published'])
})

test('open programmes are published and not over, also before their first day', async () => {
  const db = await newDatabase()
  const [draft, running, over, coming] = [
    await newProgramme(db, { title: 'bozza' }),
    await newProgramme(db, { title: 'in corso' }),
    await newProgramme(db, { title: 'concluso', endsOn: '2026-03-01' }),
    await newProgramme(db, { title: 'prossimo', startsOn: '2026-06-01' }),
  ]
  for (const id of [running, over, coming]) await publishProgramme(db, id, byCarla)
  const open = await openProgrammes(db, day('2026-03-02'))
  expect(open.map(({ id }) => id)).toEqual([running, coming])
  expect(open.map(({ id }) => id)).not.toContain(draft)
})

test.each([
  ['2025-12-31', 'coming'],
  ['2026-01-01', 'running'],
  ['2026-12-31', 'running'],
  ['2027-01-01', 'over'],
])('on %s a published programme of 2026 is %s', (today, state) => {
  const run = { startsOn: day('2026-01-01'), endsOn: day('2026-12-31'), publishedAt: Temporal.Instant.from('2025-11-01T00:00:00Z') }
  expect(programmeState(run, day(today))).toBe(state)
})

test('the overview counts what the programme is made of', async () => {
  const { db, as } = await openApp()
  const { programmeId } = await buildMiglioraPa(db)
  await newProgramme(db)
  expect(await programmeCounts(db, programmeId)).toEqual({ modules: 2, pathways: 3, intakeQuestions: 3, rules: 3, enrolments: 0 })
  const { text } = await (await as(carla)).get(`/programmes/${programmeId}`)
  expect(text).toContain('3 percorsi')
})

test('a regional coordinator reads a programme and cannot change it', async () => {
  const { db, as } = await openApp()
  const id = await newProgramme(db)
  const browser = await as(enzo)
  const overview = await browser.get(`/programmes/${id}`)
  expect(overview.status).toBe(200)
  expect(overview.text).not.toContain(`/programmes/${id}/edit`)
  expect((await browser.get('/programmes')).text).not.toContain('/programmes/new')
  for (const path of ['/programmes/new', `/programmes/${id}/edit`]) expect((await browser.get(path)).status).toBe(403)
  for (const path of ['/programmes', `/programmes/${id}/edit`, `/programmes/${id}/publish`])
    expect((await browser.post(path, thisYear)).status).toBe(403)
})

test.each([
  ['referent', rosa],
  ['trainer', paolo],
])('a %s is turned away from the definition of programmes', async (_role, person) => {
  const { db, as } = await openApp()
  const id = await newProgramme(db)
  const browser = await as(person)
  for (const path of ['/programmes', `/programmes/${id}`, `/programmes/${id}/edit`]) expect((await browser.get(path)).status).toBe(403)
})

test('a visitor is led to sign in and back', async () => {
  const { as } = await openApp()
  expect((await (await as(null)).get('/programmes')).location).toBe('/sign-in?next=%2Fprogrammes')
})

test('a programme that is not there is not found', async () => {
  const { as } = await openApp()
  const browser = await as(carla)
  expect((await browser.get('/programmes/999')).status).toBe(404)
  expect((await browser.post('/programmes/999/publish')).status).toBe(404)
})

test('the list says what to do while it is empty', async () => {
  const { as } = await openApp()
  expect((await (await as(carla)).get('/programmes')).text).toContain('Il primo passo è crearne uno')
})

test('the list searches without case and knows no wildcards', async () => {
  const db = await newDatabase()
  await newProgramme(db, { title: 'MiglioraPA' })
  await newProgramme(db, { title: 'Altro' })
  const titles = async (q: string) => (await listProgrammes(db, { ...everything, q })).rows.map(({ title }) => title)
  expect([await titles('migliora'), await titles('%')]).toEqual([['MiglioraPA'], ['MiglioraPA', 'Altro']])
})

test('searching while typing answers with the list alone', async () => {
  const { db, as } = await openApp()
  await newProgramme(db)
  const { text } = await (await as(carla)).get('/programmes?q=migliora', { 'HX-Request': 'true' })
  expect(text).toMatch(/^<div id="programme-list">/)
})

test('the list takes as many queries with three programmes as with one', async () => {
  const db = await newDatabase()
  await newProgramme(db)
  const one = await countQueries(db, (counted) => listProgrammes(counted, everything))
  for (const title of ['due', 'tre']) await newProgramme(db, { title })
  expect(await countQueries(db, (counted) => listProgrammes(counted, everything))).toBe(one)
})

const everything = { q: '', sort: 'starts' as const, descending: false, page: 1 }

const happenings = async (db: Database) => {
  const rows = await db.selectFrom('history').where('subject', '=', 'programme').orderBy('id').select('happening').execute()
  return rows.map(({ happening }) => happening)
}
