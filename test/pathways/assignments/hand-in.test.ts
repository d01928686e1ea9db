import { existsSync, readdirSync } from 'node:fs'
import { expect, test } from 'vitest'
import { inTransaction } from '#src/database/transaction.ts'
import { handIn, reviewSubmission } from '#src/pathways/assignments/actions.ts'
import { handInRefusal } from '#src/pathways/assignments/rules.ts'
import { completeModule } from '#src/pathways/progress/actions.ts'
import { carla, enzo, luca, nadia, newDatabase, noon, openApp, paolo, rosa, tina } from '#test/support.ts'
import { buildPathway, endEnrolment, stateOf } from '../builder.ts'
import { docx, file, page, pdf } from './documents.ts'

const plan = { kind: 'assignment', title: 'Piano di campionamento', body: 'Descrivi il **campione**.' } as const

async function assignment(module: object = {}) {
  const app = await openApp()
  const built = await buildPathway(app.db, [{ ...plan, ...module }])
  const path = `${built.pagePath}/submission`
  return { ...app, ...built, path, keptFiles: () => (existsSync(app.uploads) ? readdirSync(app.uploads) : []) }
}

test('the page shows what to do and the form, and nothing handed in yet', async () => {
  const { as, pagePath, path } = await assignment()
  const { text } = await (await as(rosa)).get(pagePath)
  expect(text).toContain('<strong>campione</strong>')
  expect(text).toContain(`action="${path}" enctype="multipart/form-data"`)
})

test('text and files are handed in together and wait for a verdict', async () => {
  const { db, as, path, pagePath, enrolmentId, firstId, keptFiles } = await assignment()
  const browser = await as(rosa)
  const answer = await browser.post(path, { text: 'Ecco il piano', files: [file('piano.docx', docx), file('allegato.pdf', pdf)] })
  expect([answer.status, answer.location]).toEqual([303, pagePath])
  expect(await stateOf(db, enrolmentId, firstId)).toBe('submitted')
  expect(keptFiles()).toHaveLength(2)
  const { text } = await browser.get(pagePath)
  for (const expected of ['Ecco il piano', 'Scarica piano.docx', 'Scarica allegato.pdf', 'Da valutare', 'Consegnata da Rosa Esposito'])
    expect(text).toContain(expected)
  expect(text).not.toContain(`action="${path}"`)
})

test('a text alone is enough, and a file alone is enough', async () => {
  for (const form of [{ text: 'Solo testo' }, { text: '', files: file('piano.pdf', pdf) }]) {
    const { as, path } = await assignment()
    expect((await (await as(luca)).post(path, form)).status).toBe(303)
  }
})

test('neither text nor file is refused', async () => {
  const { as, path, keptFiles } = await assignment()
  for (const form of [{ text: '' }, { text: '  \n ' }, { text: '', files: file('', '') }]) {
    const answer = await (await as(rosa)).post(path, form)
    expect(answer.status).toBe(422)
    expect(answer.text).toContain('Scrivi un testo o allega almeno un file.')
  }
  expect(keptFiles()).toEqual([])
})

test('a page renamed to pdf is refused beside the field, what was typed stays, no file is left', async () => {
  const { db, as, path, keptFiles } = await assignment()
  const answer = await (await as(rosa)).post(path, { text: 'Il mio testo', files: [file('buono.pdf', pdf), file('relazione.pdf', page)] })
  expect(answer.status).toBe(422)
  expect(answer.text).toMatch(/id="files-error">«relazione.pdf» non si può accettare/)
  expect(answer.text).toContain('Il mio testo</textarea>')
  expect(keptFiles()).toEqual([])
  expect(await db.selectFrom('submission').selectAll().execute()).toEqual([])
})

test('a file of eleven megabytes is refused by name', async () => {
  const { as, path } = await assignment()
  const large = new Uint8Array(11 * 1024 * 1024)
  large.set(pdf)
  const answer = await (await as(rosa)).post(path, { text: 'x', files: file('grande.pdf', large) })
  expect(answer.status).toBe(422)
  expect(answer.text).toContain('«grande.pdf» supera i 10 MB.')
})

test('a text that is too long is refused and stays', async () => {
  const { as, path } = await assignment()
  const answer = await (await as(rosa)).post(path, { text: 'a'.repeat(20_001) })
  expect(answer.status).toBe(422)
  expect(answer.text).toContain('id="text-error"')
  expect(answer.text).toContain('a'.repeat(20_001))
})

test('a name with folders in it goes nowhere: the file lies in the uploads folder under a random name', async () => {
  const { db, as, path, keptFiles } = await assignment()
  await (await as(rosa)).post(path, { text: '', files: file('../../../etc/passwd.pdf', pdf) })
  const stored = await db.selectFrom('submission_file').select(['name', 'stored_name', 'bytes']).executeTakeFirstOrThrow()
  expect(stored).toEqual({ name: 'passwd.pdf', stored_name: expect.stringMatching(/^[0-9a-f-]{36}$/), bytes: pdf.length })
  expect(keptFiles()).toEqual([stored.stored_name])
})

test('while a version waits another one is refused, and its files are not kept', async () => {
  const { as, path, keptFiles } = await assignment()
  const browser = await as(rosa)
  await browser.post(path, { text: 'Prima' })
  const answer = await browser.post(path, { text: 'Seconda', files: file('piano.pdf', pdf) })
  expect(answer.status).toBe(422)
  expect(answer.text).toContain('La versione consegnata è in valutazione')
  expect(answer.text).toContain('Seconda</textarea>')
  expect(keptFiles()).toEqual([])
})

test('two colleagues hand in at once: one version is taken', async () => {
  const { db, as, path, keptFiles } = await assignment()
  const [first, second] = [await as(rosa), await as(luca)]
  const form = (text: string) => ({ text, files: file('piano.pdf', pdf) })
  const answers = await Promise.all([first.post(path, form('di Rosa')), second.post(path, form('di Luca'))])
  expect(answers.map(({ status }) => status).toSorted()).toEqual([303, 422])
  expect(await db.selectFrom('submission').select('version').execute()).toEqual([{ version: 1 }])
  expect(keptFiles()).toHaveLength(1)
})

test('sent back with a comment, the next version is the second, and both can be read', async () => {
  const { db, as, path, pagePath } = await assignment()
  const browser = await as(rosa)
  await browser.post(path, { text: 'Prima stesura' })
  const { id } = await db.selectFrom('submission').select('id').executeTakeFirstOrThrow()
  await reviewSubmission(db, id, { verdict: 'to_revise', comment: 'Manca il margine di errore' }, { by: paolo, at: noon })
  const sentBack = (await browser.get(pagePath)).text
  expect(sentBack).toContain('Manca il margine di errore')
  expect(sentBack).toContain('Prima stesura</textarea>')

  await browser.post(path, { text: 'Seconda stesura' })
  const { text } = await browser.get(pagePath)
  expect([text.includes('Versione 2'), text.includes('Seconda stesura'), text.includes('Prima stesura')]).toEqual([true, true, true])
})

test('after acceptance nothing more is taken', async () => {
  const { db, as, path, enrolmentId, firstId } = await assignment()
  await (await as(rosa)).post(path, { text: 'Piano' })
  const { id } = await db.selectFrom('submission').select('id').executeTakeFirstOrThrow()
  await reviewSubmission(db, id, { verdict: 'accepted', comment: '' }, { by: paolo, at: noon })
  const work = { enrolmentId, moduleId: firstId, text: 'Ancora', files: [] }
  expect(await handIn(db, work, { by: rosa, at: noon })).toEqual({ refusal: 'done' })
})

test('the rule: locked, ended, waiting, done and other kinds are refused, the rest is not', () => {
  const open = { kind: 'assignment', state: 'available', ended: false, waiting: false } as const
  expect(handInRefusal(open)).toBeNull()
  expect(handInRefusal({ ...open, state: 'in_progress' })).toBeNull()
  expect(handInRefusal({ ...open, state: 'locked' })).toBe('locked')
  expect(handInRefusal({ ...open, ended: true })).toBe('ended')
  expect(handInRefusal({ ...open, waiting: true })).toBe('waiting')
  expect(handInRefusal({ ...open, state: 'recognised' })).toBe('done')
  expect(handInRefusal({ ...open, kind: 'reading' })).toBe('not_an_assignment')
})

test('a locked assignment takes nothing', async () => {
  const db = await newDatabase()
  const { enrolmentId, moduleIds, firstId } = await buildPathway(db, [{}, { ...plan, requires: [0] }])
  const work = { enrolmentId, moduleId: moduleIds[1] ?? 0, text: 'Piano', files: [] }
  expect(await handIn(db, work, { by: rosa, at: noon })).toEqual({ refusal: 'locked' })
  const evidence = { kind: 'reading', sourceId: null, personId: rosa.id } as const
  await inTransaction(db, (tx) => completeModule(tx, { enrolmentId, moduleId: firstId, evidence, by: rosa, at: noon }))
  expect(await handIn(db, work, { by: rosa, at: noon })).toEqual({ version: 1 })
})

test('nothing can be handed in for another kind of module, nor for one that is not in the pathway', async () => {
  const db = await newDatabase()
  const { enrolmentId, firstId } = await buildPathway(db, [{ kind: 'reading' }])
  const work = { enrolmentId, moduleId: firstId, text: 'Piano', files: [] }
  for (const moduleId of [firstId, 999])
    expect(await handIn(db, { ...work, moduleId }, { by: rosa, at: noon })).toEqual({ refusal: 'not_an_assignment' })
})

test('handing in is remembered with its author', async () => {
  const { db, as, path } = await assignment()
  await (await as(luca)).post(path, { text: 'Piano' })
  const told = await db
    .selectFrom('history')
    .where('subject', '=', 'submission')
    .select(['happening', 'person_id', 'administration_id'])
    .execute()
  expect(told).toEqual([{ happening: 'submission_handed_in', person_id: luca.id, administration_id: 1 }])
})

test('only referents of the administration hand in, and only while it follows the pathway', async () => {
  const { db, as, path, enrolmentId } = await assignment()
  const statusFor = async (person: { id: number } | null) => (await (await as(person)).post(path, { text: 'x' })).status
  expect(await Promise.all([carla, paolo].map(statusFor))).toEqual([403, 403])
  expect(await Promise.all([nadia, enzo, tina].map(statusFor))).toEqual([404, 404, 404])
  expect(await statusFor(null)).toBe(303)
  await endEnrolment(db, enrolmentId)
  expect(await statusFor(rosa)).toBe(403)
  expect(await db.selectFrom('submission').selectAll().execute()).toEqual([])
})

test('the address of a refused form leads back to the module', async () => {
  const { as, path, pagePath } = await assignment()
  expect((await (await as(rosa)).get(path)).location).toBe(pagePath)
  expect((await (await as(nadia)).get(path)).status).toBe(404)
})
