import { expect, test } from 'vitest'
import { rowsOf } from '#src/pathways/worksheets/fields.ts'
import { findWorksheet } from '#src/tools/queries.ts'
import { rosa } from '#test/support.ts'
import { openTools, tableForm } from './stage.ts'

const steps = [
  { phase: 'Prenotare', activity: 'Cercare come si fa', contact: 'web', who: 'Redazione del sito', trouble: 'Pagina difficile da trovare' },
  { phase: 'Prenotare', activity: 'Fissare l’appuntamento', contact: 'phone', who: 'Centralino', trouble: '' },
  { phase: 'Sportello', activity: 'Consegnare i documenti', contact: 'counter', who: 'Anagrafe', trouble: '' },
  { phase: 'Lavorazione', activity: 'Verificare i dati', contact: 'none', who: 'Anagrafe', trouble: 'Dati chiesti due volte' },
]
const form = { service: 'Carta d’identità', ...tableForm('steps', steps), shows: 'Si aspetta due volte.' }
const activities = async ({ db, enrolmentId, firstId }: Awaited<ReturnType<typeof openTools>>) => {
  const worksheet = await findWorksheet(db, { enrolmentId, moduleId: firstId })
  return rowsOf(worksheet?.answers ?? {}, 'steps').map(({ activity }) => activity)
}

test('counts the points of contact, phase by phase, with who is behind them and where problems arise', async () => {
  const { at, saved } = await openTools('process_map')
  const { text } = await saved(at('process_map'), form)
  for (const part of [
    '3 punti di contatto su 4 passi.',
    'Sito o app, Telefono',
    'Redazione del sito, Centralino',
    'Lavorazione, Verificare i dati: Dati chiesti due volte',
  ])
    expect(text).toContain(part)
})

test('a row moves up without script, with all that is in it and the rest of the form', async () => {
  const opened = await openTools('process_map')
  const { as, at } = opened
  const moved = await (await as(rosa)).post(at('process_map'), { ...form, revision: 0, up: 'steps-2' })
  expect([moved.status, moved.location]).toEqual([303, `${at('process_map')}#steps`])
  expect(await activities(opened)).toEqual(['Cercare come si fa', 'Consegnare i documenti', 'Fissare l’appuntamento', 'Verificare i dati'])
})

test.each(['steps-0', 'steps', 'nothing-2', 'steps-99'])('a row that can’t move (%s) leaves the order as it is', async (up) => {
  const opened = await openTools('process_map')
  await (await opened.as(rosa)).post(opened.at('process_map'), { ...form, revision: 0, up })
  expect(await activities(opened)).toEqual(steps.map(({ activity }) => activity))
})

test('a row that was emptied is gone', async () => {
  const opened = await openTools('process_map')
  const gone = Object.fromEntries(['phase', 'activity', 'contact', 'who', 'trouble'].map((column) => [`steps-1-${column}`, '']))
  await opened.saved(opened.at('process_map'), { ...form, ...gone })
  expect(await activities(opened)).toEqual(['Cercare come si fa', 'Consegnare i documenti', 'Verificare i dati'])
})

test('needs three steps to be complete, and says so', async () => {
  const { as, at } = await openTools('process_map')
  const two = { service: 'x', ...tableForm('steps', steps.slice(0, 2)), shows: 'x', revision: 0, complete: 'yes' }
  const { status, text } = await (await as(rosa)).post(at('process_map'), two)
  expect([status, text.includes('Servono almeno 3 righe')]).toEqual([422, true])
})

test('a map without any point of contact says what that means', async () => {
  const { at, saved } = await openTools('process_map')
  const inside = steps.map((step) => ({ ...step, contact: 'none' }))
  expect((await saved(at('process_map'), { ...form, ...tableForm('steps', inside) })).text).toContain(
    'Nessun passo ha un punto di contatto',
  )
})
