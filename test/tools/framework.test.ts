import { describe, expect, test } from 'vitest'
import { saveWorksheet } from '#src/tools/actions.ts'
import { findWorksheet } from '#src/tools/queries.ts'
import { carla, countQueries, luca, nadia, noon, paolo, rosa } from '#test/support.ts'
import { endEnrolment, stateOf } from '../pathways/builder.ts'
import { openTools, tableForm } from './stage.ts'

const key = '11111111-1111-4111-8111-111111111111'
const otherKey = '22222222-2222-4222-8222-222222222222'
const weights = { 'weight-users': '30', 'weight-complaints': '30', 'weight-strategic': '20', 'weight-feasibility': '20' }
const services = [
  { name: 'Anagrafe', users: '10.000', complaints: '50', strategic: '4', feasibility: '5' },
  { name: 'Tributi', users: '5.000', complaints: '100', strategic: '5', feasibility: '2' },
]
const form = { ...weights, ...tableForm('services', services), chosen: 'Anagrafe', reason: 'Molti utenti' }
const open = async () => {
  const opened = await openTools('service_choice')
  const place = { enrolmentId: opened.enrolmentId, moduleId: opened.firstId }
  return { ...opened, place, path: opened.at('service_choice'), kept: () => findWorksheet(opened.db, place) }
}

describe('the page of a tool', () => {
  test('is reached from the module’s page, by referents to work and by staff to read', async () => {
    const { as, path, pagePath, saved } = await open()
    await saved(path, form)
    expect((await (await as(rosa)).get(pagePath)).text).toContain(`href="${path}">Apri lo strumento`)
    expect((await (await as(paolo)).get(pagePath)).text).toContain(`href="${path}">Leggi che cosa è stato scritto`)
    const { text } = await (await as(paolo)).get(path)
    expect([text.includes('Anagrafe'), text.includes('<textarea')]).toEqual([true, false])
  })

  test('keeps thousands as people write them', async () => {
    const { path, saved, kept } = await open()
    await saved(path, form)
    expect((await kept())?.answers.services).toMatchObject([{ users: '10000' }, { users: '5000' }])
  })

  test('is completed when everything needed is there', async () => {
    const { db, as, path, pagePath, place } = await open()
    const answer = await (await as(rosa)).post(path, { ...form, revision: 0, complete: 'yes' })
    expect([answer.status, answer.location]).toEqual([303, pagePath])
    expect(await stateOf(db, place.enrolmentId, place.moduleId)).toBe('completed')
  })

  test('of a locked module leads to the page that says why', async () => {
    const { db, as, path, pagePath, pathwayId, firstId, programmeId } = await open()
    const created = { created_at: '2026-03-01T10:00:00.000Z', created_by: carla.id }
    const { id } = await db
      .insertInto('module')
      .values({ programme_id: programmeId, kind: 'reading', title: 'Prima', link: null, ...created })
      .returning('id')
      .executeTakeFirstOrThrow()
    await db
      .insertInto('pathway_module')
      .values({ pathway_id: pathwayId, module_id: id, position: 9, due_after_days: null, optional_at: null })
      .execute()
    await db.insertInto('prerequisite').values({ pathway_id: pathwayId, module_id: firstId, required_module_id: id }).execute()
    expect((await (await as(rosa)).get(path)).location).toBe(pagePath)
  })

  test('escapes what was written, on the page, in print and in a spreadsheet', async () => {
    const { as, path, saved } = await open()
    const evil = '=cmd()<script>alert(1)</script>'
    await saved(path, { ...form, 'services-2-name': evil, reason: '<img src=x onerror=alert(1)>' })
    const browser = await as(rosa)
    for (const page of [path, `${path}/document`, `${path}/versions/1`]) {
      const { status, text } = await browser.get(page)
      expect([page, status, /<script>alert|<img/.test(text)]).toEqual([page, 200, false])
    }
    expect((await browser.get(`${path}/document.csv`)).text).toContain("'=cmd()")
  })

  test('costs as many queries with two rows as with thirty', async () => {
    const { db, place } = await open()
    const queries = (rows: number) => {
      const answers = { services: Array.from({ length: rows }, (_, index) => ({ name: `Servizio ${index}` })) }
      return countQueries(db, (counted) =>
        saveWorksheet(counted, { ...place, answers, revision: rows === 2 ? 0 : 1, complete: false }, { by: rosa, at: noon }),
      )
    }
    expect(await queries(2)).toBeGreaterThanOrEqual((await queries(30)) - 1)
  })
})

describe('rows pasted from a spreadsheet', () => {
  test('are added in the order of the columns, with quoted cells and thousands', async () => {
    const { path, saved, kept } = await open()
    const pasted = '"Musei, ""civici"""\t1.200\t3\t2\t4\r\nBiblioteche\t900\t\t\t\r\n\r\n'
    await saved(path, { ...form, 'services-paste': pasted })
    expect((await kept())?.answers.services).toMatchObject([
      { name: 'Anagrafe' },
      { name: 'Tributi' },
      { name: 'Musei, "civici"', users: '1200', feasibility: '4' },
      { name: 'Biblioteche', users: '900', complaints: '' },
    ])
  })

  test('that are ten thousand are refused with the count, saved nowhere, and still there', async () => {
    const { as, path, kept } = await open()
    const pasted = Array.from({ length: 10_000 }, (_, row) => `Servizio ${row}\t${row}`).join('\n')
    const { status, text } = await (await as(rosa)).post(path, { ...form, 'services-paste': pasted, revision: 0 })
    expect([status, text.includes('al massimo 30 righe: queste sono 10002'), text.includes('Servizio 9999')]).toEqual([422, true, true])
    expect(await kept()).toBeUndefined()
  })

  test('with something wrong say in which row and column', async () => {
    const { as, path } = await open()
    const { status, text } = await (await as(rosa)).post(path, { ...form, 'services-paste': 'Musei\tmolti', revision: 0 })
    expect([status, text.includes('Riga 1 di quelle incollate, «Utenti in un anno»: Scrivere un numero intero.')]).toEqual([422, true])
  })
})

describe('a page that saves itself', () => {
  const draft = (path: string) => `${path}/draft`

  test('says when, puts the module in progress, and keeps one version of a sitting', async () => {
    const { db, as, path, place, kept } = await open()
    const browser = await as(rosa)
    const first = await browser.post(draft(path), { ...form, reason: 'M', revision: 0, formKey: key })
    expect(first.text).toContain('Salvato da solo alle 12:00.')
    await browser.post(draft(path), { ...form, revision: 0, formKey: key })
    expect([(await kept())?.revision, (await kept())?.answers.reason]).toEqual([2, 'Molti utenti'])
    expect(await db.selectFrom('worksheet_version').select('revision').execute()).toEqual([{ revision: 2 }])
    expect(await stateOf(db, place.enrolmentId, place.moduleId)).toBe('in_progress')
  })

  test('doesn’t meet itself when the button is pressed, but a late saving of an old text writes over nothing', async () => {
    const { as, path, kept } = await open()
    const browser = await as(rosa)
    await browser.post(draft(path), { ...form, reason: 'Uno', revision: 0, formKey: key })
    expect((await browser.post(path, { ...form, reason: 'Due', revision: 0, formKey: key })).status).toBe(303)
    const late = await browser.post(draft(path), { ...form, reason: 'Uno', revision: 0, formKey: key })
    expect(late.text).toContain('Un collega ha salvato mentre scrivevi')
    expect((await kept())?.answers.reason).toBe('Due')
  })

  test('writes over nothing that a colleague saved, and the button then shows both versions', async () => {
    const { as, path, kept } = await open()
    const [mine, theirs] = [await as(rosa), await as(luca)]
    await mine.post(draft(path), { ...form, reason: 'Di Rosa', revision: 0, formKey: key })
    await theirs.post(draft(path), { ...form, reason: 'Di Luca', revision: 1, formKey: otherKey })
    expect((await mine.post(draft(path), { ...form, reason: 'Di Rosa, più lungo', revision: 0, formKey: key })).text).toContain(
      'due versioni',
    )
    const { status, text } = await mine.post(path, { ...form, reason: 'Di Rosa, più lungo', revision: 0, formKey: key })
    expect(status).toBe(409)
    for (const part of ['Di Luca', 'Di Rosa, più lungo', 'Tieni la versione di Luca Esposito', 'Tieni la tua']) expect(text).toContain(part)
    expect((await kept())?.answers.reason).toBe('Di Luca')
  })

  test('saves nothing while something is wrong', async () => {
    const { as, path, kept } = await open()
    const { text } = await (await as(rosa)).post(draft(path), { ...form, 'services-0-users': 'x', revision: 0, formKey: key })
    expect(text).toContain('Non ancora salvato')
    expect(await kept()).toBeUndefined()
  })

  test('never completes', async () => {
    const { db, as, path, place } = await open()
    await (await as(rosa)).post(draft(path), { ...form, revision: 0, formKey: key, complete: 'yes' })
    expect(await stateOf(db, place.enrolmentId, place.moduleId)).toBe('in_progress')
  })
})

describe('two colleagues', () => {
  test('the one who keeps their own version sends it whole, rows and numbers included', async () => {
    const { as, path, kept } = await open()
    await (await as(luca)).post(path, { ...form, reason: 'Di Luca', revision: 0 })
    const browser = await as(rosa)
    const mine = { ...form, 'services-0-users': '12.345', reason: 'Di Rosa', revision: 0 }
    const { text } = await browser.post(path, mine)
    const chosen = text.slice(text.indexOf('<form method="post"'), text.indexOf('Tieni la tua'))
    const sent = Object.fromEntries(
      [...chosen.matchAll(/type="hidden" name="([^"]+)" value="([^"]*)"/g)].map(([, name = '', value = '']) => [name, value]),
    )
    expect((await browser.post(path, sent)).status).toBe(303)
    const { answers, revision } = (await kept()) ?? {}
    expect([revision, answers?.reason, answers?.services]).toEqual([
      2,
      'Di Rosa',
      [
        { name: 'Anagrafe', users: '12345', complaints: '50', strategic: '4', feasibility: '5' },
        { name: 'Tributi', users: '5000', complaints: '100', strategic: '5', feasibility: '2' },
      ],
    ])
  })

  test('who save tables at the same instant: one wins, the other is shown both', async () => {
    const { as, path, kept } = await open()
    const [first, second] = [await as(rosa), await as(luca)]
    const answers = await Promise.all([
      first.post(path, { ...form, reason: 'Di Rosa', revision: 0 }),
      second.post(path, { ...form, reason: 'Di Luca', revision: 0 }),
    ])
    expect(answers.map(({ status }) => status).toSorted()).toEqual([303, 409])
    expect((await kept())?.revision).toBe(1)
  })
})

describe('versions', () => {
  test('are listed with who saved them, compared with today’s, and taken up again as a new one', async () => {
    const { as, path, saved, kept } = await open()
    await saved(path, form)
    await saved(path, { ...form, reason: 'Ripensandoci' })
    const browser = await as(rosa)
    const list = (await browser.get(`${path}/versions`)).text
    for (const part of ['Versione 1', 'Versione 2', 'Rosa Esposito', 'A mano']) expect(list).toContain(part)

    const first = (await browser.get(`${path}/versions/1`)).text
    for (const part of ['Molti utenti', 'Ripensandoci', 'Riprendi questa versione']) expect(first).toContain(part)
    expect((await browser.post(`${path}/versions/1/restore`, { revision: 2 })).status).toBe(303)
    expect([(await kept())?.revision, (await kept())?.answers.reason]).toEqual([3, 'Molti utenti'])
    expect((await browser.get(`${path}/versions`)).text).toContain('Ripresa da una precedente')
  })

  test('are not taken up over what a colleague saved meanwhile, nor when they lack what a completed tool needs', async () => {
    const { as, path, saved, kept } = await open()
    await saved(path, { ...form, reason: '' })
    await saved(path, { ...form, complete: 'yes' })
    const browser = await as(rosa)
    const old = await browser.post(`${path}/versions/1/restore`, { revision: 1 })
    expect([old.status, old.text.includes('non si può riprendere')]).toEqual([422, true])
    await saved(path, { ...form, reason: 'Ancora' })
    const stale = await browser.post(`${path}/versions/2/restore`, { revision: 2 })
    expect([stale.status, stale.text.includes('Un collega ha salvato nel frattempo')]).toEqual([422, true])
    expect((await kept())?.answers.reason).toBe('Ancora')
  })

  test('that are not there are not found, and nobody restores after the administration has left', async () => {
    const { db, as, path, saved, enrolmentId } = await open()
    await saved(path, form)
    expect((await (await as(rosa)).get(`${path}/versions/99`)).status).toBe(404)
    expect((await (await as(nadia)).get(`${path}/versions`)).status).toBe(404)
    await endEnrolment(db, enrolmentId)
    expect((await (await as(rosa)).post(`${path}/versions/1/restore`, { revision: 1 })).status).toBe(403)
  })
})

describe('taking it along', () => {
  test('as a tagged PDF with the text in it', async () => {
    const { app, as, path, saved } = await open()
    await saved(path, { ...form, reason: 'Perché sì, con € e “virgolette”' })
    const { status, headers } = await (await as(rosa)).get(`${path}/document.pdf`)
    expect([status, headers.get('content-type')]).toEqual([200, 'application/pdf'])
    expect(headers.get('content-disposition')).toContain('attachment')
    expect(app).toBeDefined()
  })

  test('as a table that a spreadsheet opens: byte order mark, semicolons', async () => {
    const { as, path, saved } = await open()
    await saved(path, form)
    const { text } = await (await as(rosa)).get(`${path}/document.csv`)
    expect(text.includes('Anagrafe;10.000;50;4;5')).toBe(true)
  })

  test('before anybody has written says so', async () => {
    const { as, path } = await open()
    for (const file of ['document', 'document.csv']) expect((await (await as(rosa)).get(`${path}/${file}`)).text).toContain('ancora')
  })
})
