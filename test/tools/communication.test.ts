import { expect, test } from 'vitest'
import { carla, enzo, nadia, paolo, rosa } from '#test/support.ts'
import { openTools, tableForm } from './stage.ts'

const step = {
  audience: 'Utenti dello sportello',
  message: 'Grazie delle risposte',
  channel: 'counter',
  date: '2026-02-15',
  who: 'Ufficio stampa',
}
const form = {
  ...tableForm('steps', [step, { ...step, audience: 'Stampa', date: '2026-01-10', status: 'done' }]),
  heading: 'Che cosa pensate dell’anagrafe',
  results: 'Hanno risposto **278** persone.\n\n<script>alert(1)</script>',
  changes: 'Apriamo anche il pomeriggio.',
}
const action = { action: 'Pomeriggio', owner: 'Dottoressa Bianchi', end: '2026-06-30', indicator: 'Giudizio', status: 'under_way' }

async function open() {
  const opened = await openTools('communication_plan', 'improvement_plan')
  const path = opened.at('communication_plan')
  const publish = async () => (await opened.as(rosa)).post(`${path}/results/publish`)
  const publicPage = async () => (await opened.as(null)).get('/results/1')
  return { ...opened, path, publish, publicPage }
}

test('the calendar is in order of dates and says what is late', async () => {
  const { path, saved } = await open()
  const { text } = await saved(path, form)
  expect(text).toContain('1 su 2 già fatte.')
  expect(text.indexOf('10 gennaio 2026')).toBeLessThan(text.indexOf('15 febbraio 2026'))
  expect(text).toContain('Da fare (in ritardo)')
})

test('the page of results is public for anybody once published, with the actions but without names', async () => {
  const { path, at, saved, publish, publicPage } = await open()
  await saved(at('improvement_plan'), { ...tableForm('actions', [action]), remeasure: 'x' })
  await saved(path, form)
  expect((await publicPage()).status).toBe(404)
  expect((await publish()).status).toBe(303)
  const { status, text } = await publicPage()
  expect(status).toBe(200)
  for (const part of [
    'Che cosa pensate dell’anagrafe',
    '<strong>278</strong>',
    'Comune di Salerno',
    'Pomeriggio',
    '30 giugno 2026',
    'Apriamo anche',
  ])
    expect(text).toContain(part)
  for (const hidden of ['Bianchi', 'Rosa Esposito', '<script>alert']) expect(text).not.toContain(hidden)
})

test('what is public stays as it was until it is published again, and the tool says so', async () => {
  const { path, as, saved, publish, publicPage } = await open()
  await saved(path, form)
  await publish()
  await saved(path, { ...form, heading: 'Un titolo nuovo' })
  expect((await publicPage()).text).not.toContain('Un titolo nuovo')
  expect((await (await as(rosa)).get(path)).text).toContain('I testi sono cambiati da allora')
  await publish()
  expect((await publicPage()).text).toContain('Un titolo nuovo')
})

test('it is taken off the public, by referents or the coordinator, and comes back at the same address', async () => {
  const { path, as, saved, publish, publicPage } = await open()
  await saved(path, form)
  await publish()
  expect((await (await as(carla)).post(`${path}/results/withdraw`)).status).toBe(303)
  expect((await publicPage()).status).toBe(404)
  expect((await (await as(rosa)).post(`${path}/results/withdraw`)).status).toBe(422)
  await publish()
  expect((await publicPage()).status).toBe(200)
})

test('nothing is published without title and results, nor by anybody but a referent', async () => {
  const { path, as, saved, publish, publicPage } = await open()
  await saved(path, { ...form, results: '' })
  const refused = await publish()
  expect([refused.status, refused.text.includes('servono il titolo e i risultati')]).toEqual([422, true])
  const statuses = []
  for (const person of [carla, paolo, nadia, enzo]) statuses.push((await (await as(person)).post(`${path}/results/publish`)).status)
  expect(statuses).toEqual([403, 403, 404, 404])
  expect((await publicPage()).status).toBe(404)
})

test('the preview is for those who may see the administration', async () => {
  const { path, as, saved } = await open()
  await saved(path, form)
  const statuses = []
  for (const person of [rosa, paolo, nadia, null]) statuses.push((await (await as(person)).get(`${path}/results`)).status)
  expect(statuses).toEqual([200, 200, 404, 303])
})

test('publishing twice at once makes one page', async () => {
  const { db, path, saved, publish } = await open()
  await saved(path, form)
  expect((await Promise.all([publish(), publish()])).map(({ status }) => status)).toEqual([303, 303])
  expect(await db.selectFrom('results_page').selectAll().execute()).toHaveLength(1)
})
