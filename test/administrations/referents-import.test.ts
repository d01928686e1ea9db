import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { importReferents, previewReferents } from '#src/administrations/referents/actions.ts'
import { referentsOf } from '#src/administrations/referents/queries.ts'
import { readReferents } from '#src/administrations/referents/read.ts'
import { asMoment } from '#src/database/moment.ts'
import type { Database } from '#src/database/schema.ts'
import { findPerson } from '#src/people/queries.ts'
import { asl, carla, cosenza, enzo, luca, newDatabase, noon, openApp, paolo, rosa, salerno, torino } from '#test/support.ts'
import { bytesOf, utf16 } from './files.ts'

const list = `nome,email,codice_ipa
Ida Bruni,Ida.Bruni@comune.example,C_H703
Ugo Neri,ugo@asl.example,asl_sa
Ida Bruni,ida.bruni@comune.example,c_d086
`
const who = { by: carla, at: noon }
const peopleOf = async (db: Database, { id }: { id: number }) => (await referentsOf(db, id)).map(({ email }) => email)

test('everybody in the list is invited, a person also for several administrations', async () => {
  const db = await newDatabase()
  expect(await importReferents(db, bytesOf(list), who)).toEqual({ read: 3, created: 3, unchanged: 0, refused: 0, rejected: [] })
  expect(await peopleOf(db, salerno)).toContain('ida.bruni@comune.example')
  expect(await peopleOf(db, cosenza)).toContain('ida.bruni@comune.example')
  expect(await peopleOf(db, asl)).toEqual(['ugo@asl.example'])
})

test('importing the list again changes nothing', async () => {
  const db = await newDatabase()
  await importReferents(db, bytesOf(list), who)
  expect(await importReferents(db, bytesOf(list), who)).toMatchObject({ read: 3, created: 0, unchanged: 3, refused: 0 })
})

test('a preview says the same and writes nothing', async () => {
  const db = await newDatabase()
  const preview = await previewReferents(db, bytesOf(list), null)
  expect(preview).toMatchObject({ read: 3, created: 3, invited: [{ name: 'Ida Bruni', administration: salerno.name }, {}, {}] })
  expect(await peopleOf(db, salerno)).toEqual([luca.email, rosa.email])
})

test('headings are understood in Italian and English, in any common make', () => {
  for (const text of [
    'Cognome;Nome;Posta elettronica;Codice\nBruni;Ida;Ida@x.example;C_h703\n',
    'first name,last name,e-mail address,code\nIda,Bruni,ida@x.example,c_h703\n',
    'Nome e cognome\tE-mail\tCodice IPA\nIda Bruni\tida@x.example\tc_h703\n',
  ])
    expect(readReferents(bytesOf(text))).toEqual({
      rows: [{ line: 2, name: 'Ida Bruni', email: 'ida@x.example', key: 'c_h703' }],
      rejected: [],
    })
})

test('a list from a spreadsheet in UTF-16 is read', () => {
  const reading = readReferents(utf16('nome\temail\tcodice\nNicolò Sarà\tn@x.example\tc_h703\n'))
  expect(reading).toMatchObject({ rows: [{ name: 'Nicolò Sarà' }] })
})

test('each row that cannot be used is refused with its reason and line, the others are invited', async () => {
  const db = await newDatabase()
  await db
    .updateTable('administration')
    .set({ closed_at: asMoment(noon) })
    .where('id', '=', torino.id)
    .execute()
  const text = `nome,email,codice
,a@x.example,c_h703
Bea,bea,c_h703
Carlo,c@x.example,
Dora,d@x.example,c_zzzz
Elio,e@x.example,c_l219
Fabio,f@x.example,c_h703
Fabio,F@x.example,C_H703
Gino,g@x.example
Lia,l@x.example,c_h703
`
  expect(await importReferents(db, bytesOf(text), who)).toEqual({
    read: 9,
    created: 2,
    unchanged: 0,
    refused: 7,
    rejected: [
      { line: 2, email: 'a@x.example', reason: 'no_name' },
      { line: 3, email: 'bea', reason: 'bad_email' },
      { line: 4, email: 'c@x.example', reason: 'no_code' },
      { line: 5, email: 'd@x.example', reason: 'unknown_administration' },
      { line: 6, email: 'e@x.example', reason: 'closed_administration' },
      { line: 8, email: 'f@x.example', reason: 'repeated' },
      { line: 9, email: 'g@x.example', reason: 'wrong_columns' },
    ],
  })
})

test('for a coordinator of Calabria other regions’ administrations are unknown', async () => {
  const db = await newDatabase()
  const expected = {
    read: 3,
    created: 1,
    refused: 2,
    rejected: [{ reason: 'unknown_administration' }, { reason: 'unknown_administration' }],
  }
  expect(await previewReferents(db, bytesOf(list), await findPerson(db, enzo.id))).toMatchObject(expected)
  expect(await importReferents(db, bytesOf(list), { by: enzo, at: noon })).toMatchObject(expected)
  expect(await peopleOf(db, salerno)).toEqual([luca.email, rosa.email])
})

test('a file that is no list of referents is refused as a whole', async () => {
  const db = await newDatabase()
  expect(await importReferents(db, bytesOf('a,b\n1,2\n'), who)).toEqual({ refusal: 'not_referents' })
  expect(await importReferents(db, bytesOf(list.slice(0, -20)), who)).toEqual({ refusal: 'truncated:4' })
})

test('two imports of one list at the same moment invite each once', async () => {
  const db = await newDatabase()
  const outcomes = await Promise.all([importReferents(db, bytesOf(list), who), importReferents(db, bytesOf(list), who)])
  expect(outcomes.map((outcome) => 'created' in outcome && outcome.created).toSorted()).toEqual([0, 3])
  expect(await peopleOf(db, asl)).toEqual(['ugo@asl.example'])
})

// The pages -----------------------------------------------------------------------------------------------------------

const file = (text: string) => new File([text], 'referenti.csv', { type: 'text/csv' })
const home = '/administrations/referents/import'

test('an upload is shown first and imported by the button', async () => {
  const { db, as, uploads } = await openApp()
  const browser = await as(carla)
  const { location } = await browser.post(home, { file: file(`${list}Bea,bea,c_h703\n`) })
  const { text } = await browser.get(location ?? '')
  expect(text).toContain('Invita 3 referenti')
  expect(text).toContain('L’indirizzo e-mail manca o non è completo.')
  expect(await peopleOf(db, asl)).toEqual([])

  expect((await browser.post(location ?? '')).location).toBe('/administrations')
  expect(await peopleOf(db, asl)).toEqual(['ugo@asl.example'])
  expect(readdirSync(join(uploads, 'referents', String(carla.id)))).toEqual([])
  expect((await browser.post(location ?? '')).location).toBe(home)
})

test('a list that cannot be read is refused beside the field', async () => {
  const { as } = await openApp()
  const browser = await as(carla)
  for (const form of [{}, { file: file('') }, { file: file('a,b\n1,2\n') }]) {
    const { status, text } = await browser.post(home, form)
    expect([status, text.includes('id="file-error"')]).toEqual([422, true])
  }
})

test('nobody confirms the list of another, nor a file elsewhere', async () => {
  const { db, as } = await openApp()
  const { location } = await (await as(carla)).post(home, { file: file(list) })
  const other = await as(enzo)
  expect((await other.get(location ?? '')).location).toBe(home)
  expect((await other.post(location ?? '')).location).toBe(home)
  for (const name of ['..%2F..%2Fpercorsi.db', '../../package.json', '%2Fetc%2Fpasswd', 'x'])
    expect((await other.post(`${home}/${name}`)).status).toBe(404)
  expect(await peopleOf(db, asl)).toEqual([])
})

test('lists that nobody confirmed are forgotten after a day', async () => {
  const { as, uploads, clock } = await openApp()
  const browser = await as(carla)
  await browser.post(home, { file: file(list) })
  clock.now = Temporal.Now.instant().add({ hours: 25 })
  const again = await as(carla)
  const { location } = await again.post(home, { file: file(list) })
  expect(readdirSync(join(uploads, 'referents', String(carla.id)))).toEqual([location?.split('/').at(-1)])
})

test('only coordinators import referents', async () => {
  const { as } = await openApp()
  for (const person of [paolo, rosa]) {
    const browser = await as(person)
    expect([(await browser.get(home)).status, (await browser.post(home, { file: file(list) })).status]).toEqual([403, 403])
  }
  expect((await (await as(null)).get(home)).status).toBe(303)
})
