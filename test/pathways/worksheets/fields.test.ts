import { describe, expect, test } from 'vitest'
import { addModule } from '#src/pathways/definition/actions.ts'
import { worksheetFields } from '#src/pathways/queries.ts'
import { saveField } from '#src/pathways/worksheets/actions.ts'
import { readColumns, writeColumns } from '#src/pathways/worksheets/typed.ts'
import { findWorksheet } from '#src/tools/queries.ts'
import { carla, enzo, noon, openApp, rosa } from '#test/support.ts'
import { buildPathway, stateOf } from '../builder.ts'

const who = { by: carla, at: noon }

async function open() {
  const opened = await openApp()
  const built = await buildPathway(opened.db, [{ kind: 'tool', title: 'Scheda degli sportelli' }])
  const path = `/programmes/${built.programmeId}/modules/${built.firstId}/fields`
  const browser = await opened.as(carla)
  const add = (form: Record<string, string>) =>
    browser.post(`${path}/new`, { required: 'yes', help: '', options: '', columns: '', least: '', most: '', ...form })
  const fields = () => worksheetFields(opened.db, built.firstId)
  return { ...opened, ...built, path, browser, add, fields }
}

describe('a tool without code', () => {
  test('is put together from fields of every kind, and then worked on by an administration until it is complete', async () => {
    const { db, as, add, fields, pagePath, enrolmentId, firstId } = await open()
    await add({ label: 'Quanti sportelli', kind: 'number', least: '1', most: '50' })
    await add({ label: 'Come prenotano', kind: 'choice', options: 'Online\nTelefono\nNon si prenota' })
    await add({ label: 'Aperti dal', kind: 'date', required: 'no' })
    await add({ label: 'Gli sportelli', kind: 'table', columns: 'Nome\nUtenti | numero\nEsito | scelta | buono, cattivo', least: '2' })
    await add({ label: 'Osservazioni', kind: 'text', required: 'no' })
    const [count, booking, since, desks] = (await fields()).map(({ id }) => `field-${id}`)

    const browser = await as(rosa)
    const page = (await browser.get(pagePath)).text
    for (const part of ['Quanti sportelli', 'Non si prenota', 'type="date"', 'Gli sportelli', 'buono']) expect(page).toContain(part)

    const path = `/tools/${enrolmentId}/${firstId}`
    const form = {
      [`${count}`]: '3',
      [`${booking}`]: 'Telefono',
      [`${since}`]: '2024-05-01',
      [`${desks}-0-c1`]: 'Centro',
      [`${desks}-0-c2`]: '1.200',
    }
    const half = await browser.post(path, { ...form, revision: 0, complete: 'yes' })
    expect([half.status, half.text.includes('Servono almeno 2 righe')]).toEqual([422, true])
    const whole = { ...form, [`${desks}-1-c1`]: 'Sud', [`${desks}-1-c3`]: 'cattivo', revision: 0, complete: 'yes' }
    expect((await browser.post(path, whole)).status).toBe(303)
    expect(await stateOf(db, enrolmentId, firstId)).toBe('completed')
    const { answers } = (await findWorksheet(db, { enrolmentId, moduleId: firstId })) ?? {}
    expect(answers?.[`${desks}`]).toEqual([
      { c1: 'Centro', c2: '1200', c3: '' },
      { c1: 'Sud', c2: '', c3: 'cattivo' },
    ])
  })

  test('refuses a number outside its bounds when it is filled in', async () => {
    const { as, add, fields, enrolmentId, firstId } = await open()
    await add({ label: 'Quanti sportelli', kind: 'number', least: '1', most: '50' })
    const [field] = await fields()
    const { status, text } = await (await as(rosa)).post(`/tools/${enrolmentId}/${firstId}`, { [`field-${field?.id}`]: '51', revision: 0 })
    expect([status, text.includes('più grande ammesso è 50')]).toEqual([422, true])
  })

  test('says on its page when it is complete', async () => {
    const { add, browser, path } = await open()
    await add({ label: 'Sportelli', kind: 'table', columns: 'Nome', least: '2' })
    await add({ label: 'Note', kind: 'text', required: 'no' })
    expect((await browser.get(path)).text).toContain('Quando sono compilati: Sportelli (almeno 2 righe).')
  })
})

describe('a field', () => {
  test.each([
    ['without a question', { label: '', kind: 'text' }, 'label'],
    ['of no kind', { label: 'A', kind: 'video' }, 'kind'],
    ['to choose from one entry', { label: 'A', kind: 'choice', options: 'Solo' }, 'options'],
    ['that is a table without columns', { label: 'A', kind: 'table' }, 'columns'],
    ['with a column of no kind', { label: 'A', kind: 'table', columns: 'Nome | colore' }, 'columns'],
    ['with a choice of nothing in a column', { label: 'A', kind: 'table', columns: 'Nome | scelta' }, 'columns'],
    ['with the same column twice', { label: 'A', kind: 'table', columns: 'Nome\nNome' }, 'columns'],
    [
      'with thirteen columns',
      { label: 'A', kind: 'table', columns: Array.from({ length: 13 }, (_, index) => `C${index}`).join('\n') },
      'columns',
    ],
    ['with more rows than fit', { label: 'A', kind: 'table', columns: 'Nome', most: '5000' }, 'most'],
    ['whose table needs no rows at all', { label: 'A', kind: 'table', columns: 'Nome', least: '0' }, 'least'],
    ['whose most is less than its least', { label: 'A', kind: 'number', least: '5', most: '2' }, 'most'],
  ])('%s is refused beside the part that is wrong', async (_what, form, name) => {
    const { add, fields } = await open()
    const { status, text } = await add(form)
    expect([status, text.includes(`id="${name}-error"`), (await fields()).length]).toEqual([422, true, 0])
  })

  test('is changed, moved and removed; its columns keep their names by their labels', async () => {
    const { browser, path, add, fields } = await open()
    await add({ label: 'Uno', kind: 'table', columns: 'Nome\nUtenti | numero' })
    await add({ label: 'Due', kind: 'line' })
    const [first, second] = await fields()
    const changed = {
      label: 'Primo',
      help: '',
      kind: 'table',
      required: 'no',
      options: '',
      columns: 'Nuova\nUtenti | numero\nNome',
      least: '',
      most: '',
    }
    await browser.post(`${path}/${first?.id}`, changed)
    const columns = (await fields())[0]?.settings.columns
    expect(columns?.map(({ label, name }) => [label, name])).toEqual([
      ['Nuova', 'c3'],
      ['Utenti', 'c2'],
      ['Nome', 'c1'],
    ])
    await browser.post(`${path}/${second?.id}/up`)
    expect((await fields()).map(({ label }) => label)).toEqual(['Due', 'Primo'])
    await browser.post(`${path}/${second?.id}/remove`)
    expect((await fields()).map(({ label, position }) => [label, position])).toEqual([['Primo', 1]])
  })

  test('keeps its kind when the module is edited by its lines', async () => {
    const { browser, programmeId, firstId, add, fields } = await open()
    await add({ label: 'Quanti', kind: 'number', least: '1' })
    const form = { kind: 'tool', title: 'Scheda', summary: '', body: '', link: '', worksheet: 'Quanti | in un anno\nAltro' }
    expect((await browser.post(`/programmes/${programmeId}/modules/${firstId}/edit`, form)).status).toBe(303)
    expect((await fields()).map(({ label, help, kind, settings }) => [label, help, kind, settings])).toEqual([
      ['Quanti', 'in un anno', 'number', { least: 1 }],
      ['Altro', '', 'text', {}],
    ])
  })

  test('of the product’s tools, of other modules and of regional coordinators is nobody’s to change', async () => {
    const { db, as, programmeId, browser, path } = await open()
    const module = { summary: '', body: '', link: null, title: 'x' }
    const map = await addModule(db, programmeId, { ...module, kind: 'tool', tool: 'process_map' }, who)
    const reading = await addModule(db, programmeId, { ...module, kind: 'reading' }, who)
    const statuses = []
    for (const id of [map, reading, 999]) statuses.push((await browser.get(`/programmes/${programmeId}/modules/${id}/fields`)).status)
    statuses.push((await (await as(enzo)).get(path)).status)
    expect(statuses).toEqual([404, 404, 404, 403])
  })

  test('is one of a hundred at most', async () => {
    const { db, firstId, add, fields } = await open()
    for (let number = 1; number <= 100; number += 1)
      await saveField(
        db,
        { moduleId: firstId, fieldId: null },
        { label: `${number}`, help: '', kind: 'line', required: false, settings: {} },
        who,
      )
    expect([(await add({ label: '101', kind: 'line' })).status, (await fields()).length]).toEqual([422, 100])
  })
})

test('columns as they are typed read back the same, in both languages', () => {
  const typed = 'Servizio\nUtenti | numero\nQuando | data\nEsito | scelta | buono, cattivo\nNote | testo lungo'
  const read = readColumns(typed, [], 'it')
  if (!('columns' in read)) throw new Error(read.problem)
  expect(writeColumns(read.columns, 'it')).toBe(typed)
  const english = readColumns(writeColumns(read.columns, 'en'), read.columns, 'en')
  expect(english).toEqual(read)
})
