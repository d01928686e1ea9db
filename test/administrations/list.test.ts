import { Hono } from 'hono'
import { html } from 'hono/html'
import { expect, test } from 'vitest'
import { administrationSorts, listAdministrations } from '#src/administrations/queries.ts'
import { administrationRoutes } from '#src/administrations/routes.ts'
import { webAddress } from '#src/administrations/rules.ts'
import { asMoment } from '#src/database/moment.ts'
import { inTransaction } from '#src/database/transaction.ts'
import { recordHistory } from '#src/history/record.ts'
import { datesIn } from '#src/language/dates.ts'
import { findPerson } from '#src/people/queries.ts'
import type { Person, WebEnv } from '#src/web/env.ts'
import {
  asl,
  carla,
  cosenza,
  countQueries,
  enzo,
  nadia,
  newDatabase,
  noon,
  openApp,
  paolo,
  rosa,
  salerno,
  tina,
  torino,
  zone,
} from '#test/support.ts'

const namesIn = (text: string) => [...text.matchAll(/<a href="\/administrations\/\d+">([^<]+)</g)].map(([, name = '']) => name)
const seenIn = async (path: string, person: { id: number }) => {
  const { as } = await openApp()
  return namesIn((await (await as(person)).get(path)).text)
}

test('a national coordinator sees every administration, by name', async () => {
  expect(await seenIn('/administrations', carla)).toEqual([asl.name, cosenza.name, salerno.name, torino.name])
})

test('coordinators and trainers of a region see those of their region', async () => {
  expect(await seenIn('/administrations', enzo)).toEqual([cosenza.name])
  expect(await seenIn('/administrations', tina)).toEqual([torino.name])
  expect(await seenIn('/administrations?region=15', enzo)).toEqual([])
})

test('the list is searched, filtered, sorted and paged by its address', async () => {
  const answers: Record<string, string[]> = {
    'q=salerno': [asl.name, salerno.name],
    'q=SALÈRNO+comune': [salerno.name],
    'q=c_h703': [salerno.name],
    'q=salerno+_': [asl.name, salerno.name],
    'q=nessuna': [],
    'region=15': [asl.name, salerno.name],
    'kind=health': [asl.name],
    'region=18&kind=municipality': [cosenza.name],
    'sort=-name': [torino.name, salerno.name, cosenza.name, asl.name],
    'sort=region': [torino.name, salerno.name, asl.name, cosenza.name],
    'page=2': [],
  }
  const { as } = await openApp()
  const browser = await as(carla)
  const found: typeof answers = {}
  for (const query of Object.keys(answers)) found[query] = namesIn((await browser.get(`/administrations?${query}`)).text)
  expect(found).toEqual(answers)
})

test('closed administrations are found by their state and marked', async () => {
  const { db, as } = await openApp()
  await db
    .updateTable('administration')
    .set({ closed_at: asMoment(noon) })
    .where('id', '=', torino.id)
    .execute()
  const browser = await as(carla)
  const { text } = await browser.get('/administrations?state=closed')
  expect(namesIn(text)).toEqual([torino.name])
  expect(text).toContain('<span class="state off">Uscita dal registro</span>')
  expect(namesIn((await browser.get('/administrations?state=open')).text)).not.toContain(torino.name)
  expect((await browser.get(`/administrations/${torino.id}`)).text).toContain('Uscita dal registro il 2 mar 2026')
})

test('while typing, htmx gets the list alone', async () => {
  const { as } = await openApp()
  const { text } = await (await as(carla)).get('/administrations?q=asl', { 'HX-Request': 'true' })
  expect(text.trim()).toMatch(/^<div id="administrations"/)
})

test('the queries of the list do not grow with its rows', async () => {
  const db = await newDatabase()
  const person = (await findPerson(db, carla.id)) as Person
  const list = { path: '/', q: '', sort: administrationSorts[0], descending: false, page: 1, filters: {} }
  const ask = (q: string) => countQueries(db, (counted) => listAdministrations(counted, { ...list, q }, person))
  expect(await ask('torino')).toBe(await ask(''))
})

test('referents and visitors have no list', async () => {
  const { as } = await openApp()
  expect((await (await as(rosa)).get('/administrations')).status).toBe(403)
  expect((await (await as(null)).get('/administrations')).location).toBe('/sign-in?next=%2Fadministrations')
})

// One administration --------------------------------------------------------------------------------------------------

test('the page says in words what the register knows', async () => {
  const { db, as } = await openApp()
  await db
    .updateTable('administration')
    .set({ tax_code: '80000330656', website: 'www.comune.salerno.example', email: 'urp@comune.salerno.example' })
    .where('id', '=', salerno.id)
    .execute()
  const { text } = await (await as(carla)).get(`/administrations/${salerno.id}`)
  for (const fact of [
    'Campania',
    'Comuni e loro Consorzi e Associazioni',
    'c_h703',
    '80000330656',
    'href="https://www.comune.salerno.example/"',
  ])
    expect(text).toContain(fact)
})

test('a referent sees their own administration and no other', async () => {
  const { as } = await openApp()
  const browser = await as(rosa)
  const own = await browser.get(`/administrations/${salerno.id}`)
  expect([own.status, own.text.includes('Luca Esposito')]).toEqual([200, true])
  expect(own.text).not.toContain('Invita un referente')
  for (const { id } of [cosenza, asl, torino]) expect((await browser.get(`/administrations/${id}`)).status).toBe(404)
})

test('staff see those of their regions, visitors sign in first', async () => {
  const { as } = await openApp()
  const status = async (person: { id: number } | null, { id }: { id: number }) =>
    (await (await as(person)).get(`/administrations/${id}`)).status
  expect([await status(enzo, cosenza), await status(enzo, salerno)]).toEqual([200, 404])
  expect([await status(tina, torino), await status(tina, cosenza)]).toEqual([200, 404])
  expect([await status(paolo, salerno), await status(nadia, salerno), await status(null, salerno)]).toEqual([200, 404, 303])
})

test('an administration that does not exist is not found', async () => {
  const { as } = await openApp()
  for (const path of ['/administrations/99', '/administrations/9999999999', '/administrations/abc'])
    expect((await (await as(carla)).get(path)).status).toBe(404)
})

test('what happened is told newest first, of this administration only', async () => {
  const { db, as } = await openApp()
  const remember = (administrationId: number, happening: 'enrolled' | 'module_completed', hours: number) =>
    inTransaction(db, (tx) =>
      recordHistory(tx, { happening, subject: 'enrolment', subjectId: 1, administrationId, by: carla, at: noon.add({ hours }) }),
    )
  await remember(salerno.id, 'enrolled', 1)
  await remember(salerno.id, 'module_completed', 2)
  await remember(cosenza.id, 'enrolled', 3)
  const { text } = await (await as(rosa)).get(`/administrations/${salerno.id}`)
  expect(text.indexOf('Modulo completato')).toBeLessThan(text.indexOf('Adesione a un percorso'))
  expect(text).toContain('di Carla Ricci')
  expect(text).not.toContain('2 mar 2026, 15:00')
})

test('the history of a page is its last twenty entries', async () => {
  const { db, as } = await openApp()
  for (let hours = 0; hours < 25; hours += 1)
    await inTransaction(db, (tx) =>
      recordHistory(tx, {
        happening: 'signed_in',
        subject: 'person',
        subjectId: 1,
        administrationId: salerno.id,
        by: null,
        at: noon.add({ hours }),
      }),
    )
  const { text } = await (await as(carla)).get(`/administrations/${salerno.id}`)
  expect(text.match(/Modifica registrata/g)).toHaveLength(20)
})

test('later features add their parts to the page, or nothing', async () => {
  const db = await newDatabase()
  const app = new Hono<WebEnv>()
  const person = await findPerson(db, carla.id)
  app.use(async (c, next) => {
    c.set('db', db)
    c.set('language', 'it')
    c.set('dates', datesIn('it', zone))
    c.set('person', person)
    c.set('navigation', [])
    await next()
  })
  app.route('/', administrationRoutes([async (_, { name }) => html`<p>Parte di ${name}</p>`, async () => null]))
  const text = await (await app.request(`/administrations/${salerno.id}`)).text()
  expect(text).toContain('<p>Parte di Comune di Salerno</p>')
  expect(text).not.toContain('>null<')
})

test('only what is a web address becomes a link', () => {
  expect(webAddress('www.asl.example')).toBe('https://www.asl.example/')
  expect(webAddress('http://asl.example/web/')).toBe('http://asl.example/web/')
  expect(webAddress('javascript:alert(1)')).toBeNull()
  expect(webAddress('urp@asl.example')).toBeNull()
})

test('the size class is shown and filtered where it is known', async () => {
  const { as, db } = await openApp()
  await db.updateTable('administration').set({ size_class: 'large' }).where('id', '=', torino.id).execute()
  const browser = await as(carla)
  expect(namesIn((await browser.get('/administrations?size=large')).text)).toEqual([torino.name])
  expect(namesIn((await browser.get('/administrations?size=unknown')).text)).toEqual([asl.name, cosenza.name, salerno.name])
  expect((await browser.get(`/administrations/${torino.id}`)).text).toContain('<dd>Grande</dd>')
})
