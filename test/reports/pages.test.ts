import { expect, test } from 'vitest'
import { asl, carla, cosenza, enzo, luca, nadia, openApp, paolo, rosa, salerno, tina } from '#test/support.ts'
import { buildOn } from './builder.ts'
import { smallProgramme } from './small-programme.ts'

const pages = (programme: { id: number }) => [
  '/reports',
  `/reports/participation?programme=${programme.id}`,
  `/reports/participation.csv?programme=${programme.id}`,
  `/reports/participation/rows?programme=${programme.id}&figure=participants`,
  `/reports/participation/rows.csv?programme=${programme.id}&figure=participants`,
]

test('visitors are led to sign in and back', async () => {
  const { as, programme } = await opened()
  const visitor = await as(null)
  for (const path of pages(programme)) expect((await visitor.get(path)).location).toBe(`/sign-in?next=${encodeURIComponent(path)}`)
})

for (const person of [rosa, paolo, tina])
  test(`${person.name} is no coordinator, so sees no report`, async () => {
    const { as, programme } = await opened()
    const browser = await as(person)
    for (const path of pages(programme)) expect([path, (await browser.get(path)).status]).toEqual([path, 403])
  })

test('one programme opens at once, several are listed', async () => {
  const { as, programme, build } = await opened()
  const browser = await as(carla)
  expect((await browser.get('/reports')).location).toBe(`/reports/participation?programme=${programme.id}&by=region`)
  const second = await build.programme('Terza fase')
  const { status, text } = await browser.get('/reports')
  expect([status, text.includes(`/reports/participation?programme=${second.id}&amp;by=region`)]).toEqual([200, true])
})

test('without a programme the page says where figures begin', async () => {
  const { as } = await openApp()
  expect((await (await as(carla)).get('/reports')).text).toContain('le cifre nascono dal primo')
})

test('the page shows figures, funnel, twenty regions, ROC and national total', async () => {
  const { as, programme } = await opened()
  const { status, text } = await (await as(carla)).get(`/reports/participation?programme=${programme.id}`)
  expect(status).toBe(200)
  expect(text.match(/<th scope="row">/g)).toHaveLength(22)
  expect(text).toContain('Seguono un percorso: 2 (50% del registro).')
  expect(text).toContain('<strong>5,8</strong> Ore di presenza')
  expect(text.match(/<h1>/g)).toHaveLength(1)
})

test('every number of the table opens a page whose first words are that number', async () => {
  const { as, programme } = await opened()
  const browser = await as(carla)
  const { text } = await browser.get(`/reports/participation?programme=${programme.id}&until=2026-06-30`)
  const links = [...text.matchAll(/<td class="numeric"><a href="([^"]+)"[^>]*>([\d,]+)<\/a>/g)].filter(([, , value]) => value !== '0')
  expect(links.length).toBeGreaterThan(20)
  for (const [, href = '', value = ''] of links) {
    const page = (await browser.get(href.replaceAll('&amp;', '&'))).text
    const [, counted, hours] = page.match(/<p><strong>(\S+) \S+?(?:, per (\S+) ore)?<\/strong>/) ?? []
    expect([href, hours ?? counted]).toEqual([href, value])
  }
})

test('a period in the address is the period of the figures, of the links and of the form', async () => {
  const { as, programme } = await opened()
  const { text } = await (await as(carla)).get(`/reports/participation?programme=${programme.id}&from=2026-04-01&until=2026-04-30`)
  expect(text).toContain('Dal 1 aprile 2026 al 30 aprile 2026')
  expect(text).toContain('<strong>1,8</strong> Ore di presenza')
  expect(text).toContain('from=2026-04-01&amp;until=2026-04-30&amp;by=region&amp;figure=hours&amp;region=15')
  expect(text).toMatch(/id="until" name="until" type="date" value="2026-04-30"/)
})

test('a date that is none is refused beside its field, and stays', async () => {
  const { as, programme } = await opened()
  for (const extension of ['', '.csv']) {
    const { status, text } = await (await as(carla)).get(`/reports/participation${extension}?programme=${programme.id}&from=2026-02-30`)
    expect([status, text.includes('id="from-error"'), text.includes('value="2026-02-30"')]).toEqual([422, true, true])
  }
})

test('a period that ends before it begins is refused in words', async () => {
  const { as, programme } = await opened()
  const { status, text } = await (await as(carla)).get(`/reports/participation?programme=${programme.id}&from=2026-04-02&until=2026-04-01`)
  expect(status).toBe(422)
  expect(text).toContain('Il periodo finisce prima di cominciare')
})

test('the table is sorted by the column asked for, greatest first', async () => {
  const { as, programme } = await opened()
  const { text } = await (await as(carla)).get(`/reports/participation?programme=${programme.id}&sort=-hours`)
  expect([...text.matchAll(/<th scope="row">([^<]+)</g)].slice(0, 2).map(([, name]) => name)).toEqual(['Campania', 'Calabria'])
  expect(text).toContain('aria-sort="descending"')
})

test('Enzo reads the figures of all regions and opens the names of Calabria only', async () => {
  const { as, programme } = await opened()
  const browser = await as(enzo)
  expect((await browser.get(`/reports/participation?programme=${programme.id}`)).text).toContain('2: Partecipanti, Campania')

  const national = (await browser.get(`/reports/participation/rows?programme=${programme.id}&figure=participants`)).text
  expect([national.includes(nadia.name), national.includes(rosa.name), national.includes(luca.name)]).toEqual([true, false, false])
  expect(national).toContain('Contate ma non mostrate, perché di regioni che non segui: 2 persone.')

  for (const figure of ['participants', 'referents', 'hours', 'active', 'completed']) {
    const query = `programme=${programme.id}&figure=${figure}&region=15`
    for (const path of ['/reports/participation/rows', '/reports/participation/rows.csv']) {
      const { status, text } = await browser.get(`${path}?${query}`)
      expect([status, [rosa.name, luca.name, salerno.name, asl.name].filter((name) => text.includes(name))]).toEqual([200, []])
    }
  }
})

test('an administration of another region is not there for Enzo', async () => {
  const { as, programme } = await opened()
  const browser = await as(enzo)
  const open = (id: number) => browser.get(`/reports/participation/rows?programme=${programme.id}&figure=participants&administration=${id}`)
  expect([(await open(salerno.id)).status, (await open(cosenza.id)).status]).toEqual([404, 200])
})

test('programmes and figures that do not exist are not found', async () => {
  const { as, programme } = await opened()
  const browser = await as(carla)
  for (const path of [
    'participation?programme=999',
    'participation?programme=x',
    `participation/rows?programme=${programme.id}&figure=secrets`,
  ])
    expect((await browser.get(`/reports/${path}`)).status).toBe(404)
})

test('a zero opens too, and says that there is nothing yet', async () => {
  const { as, programme } = await opened()
  const { text } = await (await as(carla)).get(`/reports/participation/rows?programme=${programme.id}&figure=completed&region=02`)
  expect(text).toContain('Dietro a questa cifra non c’è ancora nessuna riga')
})

test('the file of the table carries filter and definitions, then the same rows', async () => {
  const { as, programme } = await opened()
  const answer = await (await as(carla)).get(`/reports/participation.csv?programme=${programme.id}&until=2026-06-30`)
  expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8')
  expect(answer.headers.get('content-disposition')).toContain('attachment; filename="partecipazione-region.csv"')
  const lines = answer.text.split('\r\n')
  expect(lines[0]).toBe('Programma;MiglioraPA, seconda fase')
  expect(lines[1]).toBe('Periodo;Dall’inizio al 30 giugno 2026')
  expect(answer.text).toContain('Partecipanti;Persone con almeno una presenza che vale')
  expect(lines).toContain('Campania;2;1;2;1;2;2;2;1;5')
  expect(lines.at(-2)).toBe('Totale nazionale;4;2;3;1;4;3;3;1;5,8')
})

test('the file of the rows has a line for each that is counted, with its evidence', async () => {
  const { as, programme } = await opened()
  const { text } = await (await as(carla)).get(`/reports/participation/rows.csv?programme=${programme.id}&figure=participants&region=15`)
  const lines = text.split('\r\n').filter((line) => line.startsWith(rosa.name) || line.startsWith(luca.name))
  expect(lines).toHaveLength(2)
  expect(lines[0]).toBe(
    'Luca Esposito;Comune di Salerno;Campania;Comuni e loro Consorzi e Associazioni;Comune;10 mar 2026, Impostare le campagne, 30 min;2026-03-10;30',
  )
})

test('a programme whose title is a formula is harmless in the file', async () => {
  const { as, db } = await openApp()
  const programme = await buildOn(db).programme('=HYPERLINK("http://evil.example")')
  const { text } = await (await as(carla)).get(`/reports/participation.csv?programme=${programme.id}`)
  expect(text.startsWith('Programma;"\'=HYPERLINK(""')).toBe(true)
})

test('searching the rows keeps which number was opened', async () => {
  const { as, programme } = await opened()
  const { text } = await (await as(carla)).get(`/reports/participation/rows?programme=${programme.id}&figure=participants&region=15&q=luca`)
  expect([text.includes(luca.name), text.includes(rosa.name)]).toEqual([true, false])
  expect(text).toContain('<input type="hidden" name="region" value="15">')
})

test('who reads English gets figures, definitions and rows in English', async () => {
  const { as, db, programme } = await opened()
  await db.updateTable('person').set({ language: 'en' }).where('id', '=', carla.id).execute()
  const browser = await as(carla)
  const table = (await browser.get(`/reports/participation?programme=${programme.id}`)).text
  expect(table).toContain('Following a pathway: 2 (50% of the register).')
  expect(table).toContain('Each person counts once a row and once in the total')
  const rows = (await browser.get(`/reports/participation/rows?programme=${programme.id}&figure=active&region=18`)).text
  expect(rows).toContain('1 attendance, 1 question')
})

async function opened() {
  const app = await openApp()
  return { ...app, ...(await smallProgramme(app.db)) }
}
