import { extractText, getDocumentProxy } from 'unpdf'
import { expect, test } from 'vitest'
import { inTransaction } from '#src/database/transaction.ts'
import { datesIn } from '#src/language/dates.ts'
import { handIn } from '#src/pathways/assignments/actions.ts'
import { findEnrolment, pathwayStanding } from '#src/pathways/progress/queries.ts'
import { startSignIn } from '#src/people/sign-in/actions.ts'
import { saveWorksheet } from '#src/tools/actions.ts'
import { collectDossier } from '#src/tools/dossier/collect.ts'
import { countQueries, nadia, noon, openApp, paolo, rosa, zone } from '#test/support.ts'
import { buildPathway } from '../pathways/builder.ts'

const who = { by: rosa, at: noon }

async function open(worksheets = 1) {
  const opened = await openApp()
  const built = await buildPathway(opened.db, [
    { kind: 'tool', title: 'Mappa', tool: 'process_map', section: '1. Preparare' },
    { kind: 'assignment', title: 'Relazione', section: '2. Analizzare' },
    { kind: 'reading', title: 'Guida', section: '2. Analizzare' },
    ...Array.from({ length: worksheets }, (_, index) => ({
      ...{ kind: 'tool' as const, title: `Scheda ${index}`, section: '3. Migliorare', fields: ['Che cosa cambia'] },
    })),
  ])
  const { enrolmentId, moduleIds } = built
  const [map = 0, report = 0, , ...sheets] = moduleIds
  const steps = [{ phase: 'Sportello', activity: 'Attesa', contact: 'counter', who: 'Anagrafe', trouble: 'Si aspetta' }]
  const write = (moduleId: number, answers: Record<string, never> | object) =>
    saveWorksheet(opened.db, { enrolmentId, moduleId, answers: answers as never, revision: 0, complete: false }, who)
  await write(map, { service: 'Carta d’identità', steps, shows: 'Si aspetta <b>due volte</b>.' })
  const files = [{ name: 'dati.csv', storedName: 'x', mediaType: 'text/csv', bytes: 4 }]
  await handIn(opened.db, { enrolmentId, moduleId: report, text: 'Hanno risposto in 278.', files }, who)
  for (const sheet of sheets) await write(sheet, Object.fromEntries([[`field-${sheet}`, 'x']]))
  return { ...opened, ...built, sheets, path: `/dossier/${enrolmentId}` }
}

test('holds everything that was produced, phase by phase, and nothing else', async () => {
  const { as, path } = await open()
  const { status, text } = await (await as(rosa)).get(path)
  expect(status).toBe(200)
  for (const part of [
    '1. Preparare',
    'Carta d’identità',
    '2. Analizzare',
    'Hanno risposto in 278.',
    'dati.csv',
    '3. Migliorare',
    'Scheda 0',
  ])
    expect(text).toContain(part)
  expect(text).not.toContain('Guida</a>')
  expect(text).not.toContain('<b>due volte')
})

test('is one PDF, tagged, that a reader opens, with the same in it', async () => {
  const { app, db, as, path } = await open()
  expect((await (await as(rosa)).get(`${path}/pdf`)).headers.get('content-type')).toBe('application/pdf')
  const cookie = `percorsi_sign_in=${await inTransaction(db, (tx) => startSignIn(tx, rosa.id, noon))}`
  const bytes = new Uint8Array(await (await app.request(`${path}/pdf`, { headers: { cookie } })).arrayBuffer())
  expect(Buffer.from(bytes).toString('latin1')).toContain('/StructTreeRoot')
  const { text } = await extractText(await getDocumentProxy(bytes), { mergePages: true })
  for (const part of ['Dossier: Comune di Salerno', 'Carta d’identità', 'Hanno risposto in 278.', 'dati.csv', 'Sportello'])
    expect(text).toContain(part)
})

test('is linked from the pathway, and says what to do while it is empty', async () => {
  const opened = await openApp()
  const { enrolmentId } = await buildPathway(opened.db, [{ title: 'Guida' }])
  const browser = await opened.as(rosa)
  expect((await browser.get(`/pathway/${enrolmentId}`)).text).toContain(`href="/dossier/${enrolmentId}"`)
  expect((await browser.get(`/dossier/${enrolmentId}`)).text).toContain('si riempie con gli strumenti')
})

test('is for those who may see the administration', async () => {
  const { as, path } = await open()
  const statuses = []
  for (const person of [rosa, paolo, nadia, null]) statuses.push((await (await as(person)).get(path)).status)
  expect(statuses).toEqual([200, 200, 404, 303])
})

test('costs as many queries with one worksheet as with ten', async () => {
  const count = async (worksheets: number) => {
    const { db, enrolmentId } = await open(worksheets)
    const enrolment = await findEnrolment(db, enrolmentId, {
      ...rosa,
      language: 'it',
      coordinator: 'national',
      trainer: null,
      administrations: [],
    })
    if (!enrolment) throw new Error('no enrolment')
    const { modules } = await pathwayStanding(db, enrolment, { now: noon, zone })
    const showing = { language: 'it' as const, dates: datesIn('it', zone), today: Temporal.PlainDate.from('2026-03-02') }
    return countQueries(db, (counted) => collectDossier(counted, enrolment, modules, showing))
  }
  expect(await count(10)).toBe(await count(1))
})
