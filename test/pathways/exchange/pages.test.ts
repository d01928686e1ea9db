import { expect, test } from 'vitest'
import { importProgramme } from '#src/pathways/exchange/actions.ts'
import { writeDocument } from '#src/pathways/exchange/document.ts'
import { exportProgramme } from '#src/pathways/exchange/queries.ts'
import { byCarla } from '#test/programmes/build.ts'
import { carla, openApp } from '#test/support.ts'
import { sample } from './documents.ts'

async function openWithSample() {
  const opened = await openApp()
  await importProgramme(opened.db, { ...sample(), programme: { ...sample().programme, title: 'Città & <servizi>' } }, byCarla)
  return { ...opened, browser: await opened.as(carla) }
}

const asFile = (text: string) => new File([text], 'programma.json', { type: 'application/json' })

test('the export is a JSON file named after the programme', async () => {
  const { browser } = await openWithSample()
  const { headers } = await browser.get('/programmes/1/export')
  expect([headers.get('content-type'), headers.get('content-disposition')]).toEqual([
    'application/json; charset=utf-8',
    `attachment; filename="percorsi-citta-servizi.json"; filename*=UTF-8''percorsi-citta-servizi.json`,
  ])
})

test('a file downloaded and uploaded is the same programme, and leads to it', async () => {
  const { browser, db } = await openWithSample()
  const { text } = await browser.get('/programmes/1/export')
  const { status, location } = await browser.post('/programmes/import', { file: asFile(text) })
  const again = await exportProgramme(db, 2)
  expect([status, location, again && writeDocument(again)]).toEqual([303, '/programmes/2', text])
})

test('a refused file comes back with its problems, their text harmless', async () => {
  const { browser } = await openWithSample()
  const document = { ...sample(), rules: [{ title: 'X', pathway: 'p', condition: { all: [] } }], '<script>': 1 }
  const { status, text } = await browser.post('/programmes/import', { file: asFile(JSON.stringify(document)) })
  expect([status, text.includes('«&lt;script&gt;»'), text.includes('nulla è stato salvato')]).toEqual([422, true, true])
})

test('of very many problems the first are shown and the others counted', async () => {
  const { browser } = await openWithSample()
  const rules = Array.from({ length: 80 }, () => ({ title: 'X', pathway: 'p', condition: { all: [] } }))
  const { text } = await browser.post('/programmes/import', { file: asFile(JSON.stringify({ ...sample(), rules })) })
  expect(text).toContain('E altri 30 problemi.')
})

test('without a file the form asks for one', async () => {
  const { browser } = await openWithSample()
  const { status, text } = await browser.post('/programmes/import')
  expect([status, text.includes('Scegli un file.')]).toEqual([422, true])
})

test('the clone page says how far the dates move, and that sessions stay behind', async () => {
  const { browser, db } = await openWithSample()
  const { status, text } = await browser.post('/programmes/1/clone', { title: 'Copia', startsOn: '2028-03-01', do: 'preview' })
  const { length } = await db.selectFrom('programme').select('id').execute()
  expect([
    status,
    length,
    text.includes('Tutte le date si spostano di 29 giorni in avanti.'),
    text.includes('non si clonano'),
    text.includes('29 gennaio 2029'),
  ]).toEqual([200, 1, true, true, true])
})

test('the clone is offered as a copy one year later', async () => {
  const { browser } = await openWithSample()
  const { text } = await browser.get('/programmes/1/clone')
  expect([text.includes('value="Città &amp; &lt;servizi&gt; (copia)"'), text.includes('value="2029-02-01"')]).toEqual([true, true])
})

test('cloning leads to the new draft', async () => {
  const { browser } = await openWithSample()
  const { location } = await browser.post('/programmes/1/clone', { title: 'Terza fase', startsOn: '2029-02-01', do: 'clone' })
  expect([location, (await browser.get('/programmes/2')).text.includes('Bozza')]).toEqual(['/programmes/2', true])
})

test('a clone without title or first day keeps what was typed', async () => {
  const { browser } = await openWithSample()
  const { status, text } = await browser.post('/programmes/1/clone', { title: 'Terza fase', startsOn: '2029-02-30' })
  expect([status, text.includes('value="Terza fase"'), text.includes('Scrivere una data valida.')]).toEqual([422, true, true])
})

test('a clone that would end beyond the calendar is refused in words', async () => {
  const { browser } = await openWithSample()
  const { status, text } = await browser.post('/programmes/1/clone', { title: 'Terza fase', startsOn: '9999-12-31' })
  expect([status, text.includes('Programma, ultimo giorno: Scrivere una data valida.')]).toEqual([422, true])
})

test('a programme that is not there is neither cloned nor exported', async () => {
  const { browser } = await openWithSample()
  const answers = [
    await browser.get('/programmes/9/export'),
    await browser.get('/programmes/9/clone'),
    await browser.post('/programmes/9/clone', { title: 'X', startsOn: '2029-01-01' }),
  ]
  expect(answers.map(({ status }) => status)).toEqual([404, 404, 404])
})

test('whoever reads English is told in English', async () => {
  const { browser, db } = await openWithSample()
  await db.updateTable('person').set({ language: 'en' }).where('id', '=', carla.id).execute()
  const pages = [
    await browser.get('/programmes/import'),
    await browser.get('/programmes/1/clone'),
    await browser.get('/programmes/1'),
    await browser.get('/programmes'),
  ]
  expect(
    pages.map(({ text }) =>
      ['Import a programme', 'All dates move forward by 366 days', 'Export</a>', 'Import</a>'].filter((words) => text.includes(words)),
    ),
  ).toEqual([['Import a programme'], ['All dates move forward by 366 days'], ['Export</a>'], ['Import</a>']])
})
