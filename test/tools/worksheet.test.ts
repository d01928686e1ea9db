import { describe, expect, test } from 'vitest'
import type { Database } from '#src/database/schema.ts'
import { saveWorksheet } from '#src/tools/actions.ts'
import { fieldsToFill, findWorksheet } from '#src/tools/queries.ts'
import { missingFields, sameAnswers, saveRefusal } from '#src/tools/rules.ts'
import { carla, enzo, luca, nadia, newDatabase, noon, openApp, paolo, rosa, tina } from '#test/support.ts'
import { buildPathway, endEnrolment, stateOf } from '../pathways/builder.ts'

const choice = { kind: 'tool', title: 'Scegliere il servizio', fields: ['Servizio scelto', 'Perché'] } as const

async function tool(module: { fields?: string[]; link?: string } = {}) {
  const app = await openApp()
  const built = await buildPathway(app.db, [{ ...choice, fields: [...choice.fields], ...module }])
  const [first, second] = (await fieldsToFill(app.db, built.firstId)).map(({ name }) => name)
  const path = `/tools/${built.enrolmentId}/${built.firstId}`
  const written = (service: string, why: string) => ({ [first ?? '']: service, [second ?? '']: why })
  return { ...app, ...built, path, first: first ?? '', second: second ?? '', written }
}

describe('the page', () => {
  test('has one field for each part of the worksheet, and says that nobody has written yet', async () => {
    const { as, pagePath, path, first, second } = await tool()
    const { text } = await (await as(rosa)).get(pagePath)
    for (const expected of [`action="${path}"`, `name="${first}"`, `name="${second}"`, 'Servizio scelto', 'Nessuno ha ancora scritto qui.'])
      expect(text).toContain(expected)
  })

  test('keeps what was saved, and says by whom and when', async () => {
    const { as, pagePath, path, written } = await tool()
    const answer = await (await as(luca)).post(path, { ...written('Anagrafe', ''), revision: 0 })
    expect([answer.status, answer.location]).toEqual([303, pagePath])
    const { text } = await (await as(rosa)).get(pagePath)
    expect(text).toContain('Anagrafe</textarea>')
    expect(text).toContain('Ultimo salvataggio: Luca Esposito, 2 mar 2026, 12:00.')
    expect(text).toContain('name="revision" value="1"')
  })

  test('escapes what was written', async () => {
    const { as, pagePath, path, written } = await tool()
    await (await as(rosa)).post(path, { ...written('</textarea><script>alert(1)</script>', 'x'), revision: 0 })
    for (const person of [rosa, carla]) expect((await (await as(person)).get(pagePath)).text).not.toContain('<script>alert')
  })

  test('shows staff what was written, without a form', async () => {
    const { as, pagePath, path, written } = await tool()
    await (await as(rosa)).post(path, { ...written('Anagrafe', 'Molti reclami'), revision: 0 })
    const { text } = await (await as(paolo)).get(pagePath)
    expect(text).toContain('<p>Molti reclami</p>')
    expect(text.slice(text.indexOf('<main'))).not.toContain('<textarea')
  })
})

describe('saving', () => {
  test('puts the module in progress and remembers who saved', async () => {
    const { db, as, path, enrolmentId, firstId, written } = await tool()
    await (await as(rosa)).post(path, { ...written('Anagrafe', ''), revision: 0 })
    expect(await stateOf(db, enrolmentId, firstId)).toBe('in_progress')
    const saved = await db
      .selectFrom('history')
      .where('happening', '=', 'worksheet_saved')
      .select(['person_id', 'administration_id'])
      .execute()
    expect(saved).toEqual([{ person_id: rosa.id, administration_id: 1 }])
  })

  test('as completed needs every field, says which are missing beside them, and keeps what was typed', async () => {
    const { db, as, path, enrolmentId, firstId, first, second, written } = await tool()
    const answer = await (await as(rosa)).post(path, { ...written('Anagrafe', '  '), revision: 0, complete: 'yes' })
    expect(answer.status).toBe(422)
    expect(answer.text).toContain(`id="${second}-error"`)
    expect(answer.text).not.toContain(`id="${first}-error"`)
    expect(answer.text).toContain('Anagrafe</textarea>')
    expect(await stateOf(db, enrolmentId, firstId)).toBeUndefined()
  })

  test('as completed completes the module on the evidence of the worksheet', async () => {
    const { db, as, path, enrolmentId, firstId, written } = await tool()
    await (await as(rosa)).post(path, { ...written('Anagrafe', 'Molti reclami'), revision: 0, complete: 'yes' })
    expect(await stateOf(db, enrolmentId, firstId)).toBe('completed')
    const worksheet = await findWorksheet(db, { enrolmentId, moduleId: firstId })
    expect(await db.selectFrom('completion_evidence').select(['kind', 'source_id', 'person_id']).execute()).toEqual([
      { kind: 'worksheet', source_id: worksheet?.id, person_id: rosa.id },
    ])
  })

  test('after completion improves the text, and may empty no field', async () => {
    const { db, as, path, pagePath, enrolmentId, firstId, second, written } = await tool()
    const browser = await as(rosa)
    await browser.post(path, { ...written('Anagrafe', 'Molti reclami'), revision: 0, complete: 'yes' })
    expect((await browser.get(pagePath)).text).not.toContain('name="complete"')

    const emptied = await browser.post(path, { ...written('Anagrafe', ''), revision: 1 })
    expect([emptied.status, emptied.text.includes(`id="${second}-error"`)]).toEqual([422, true])
    expect((await browser.post(path, { ...written('Anagrafe', 'Reclami e code'), revision: 1 })).status).toBe(303)
    expect(await stateOf(db, enrolmentId, firstId)).toBe('completed')
    expect(await db.selectFrom('completion_evidence').selectAll().execute()).toHaveLength(1)
  })

  test('a text that is too long is refused beside the field and stays', async () => {
    const { as, path, first, written } = await tool()
    const answer = await (await as(rosa)).post(path, { ...written('a'.repeat(10_001), ''), revision: 0 })
    expect([answer.status, answer.text.includes(`id="${first}-error"`), answer.text.includes('a'.repeat(10_001))]).toEqual([
      422,
      true,
      true,
    ])
  })

  test('keeps what was written in a field that has since been removed', async () => {
    const { db, enrolmentId, firstId, first, second, written } = await tool()
    const save = (answers: Record<string, string>, revision: number) =>
      saveWorksheet(db, { enrolmentId, moduleId: firstId, answers, revision, complete: false }, { by: rosa, at: noon })
    await save(written('Anagrafe', 'Molti reclami'), 0)
    await db.deleteFrom('worksheet_field').where('label', '=', 'Perché').execute()
    await save({ [first]: 'Stato civile', invented: 'x' }, 1)
    const worksheet = await findWorksheet(db, { enrolmentId, moduleId: firstId })
    expect(worksheet?.answers).toEqual({ [first]: 'Stato civile', [second]: 'Molti reclami' })
  })
})

describe('two colleagues', () => {
  test('the second to save is shown both versions, nothing is overwritten, and the own text stays in the form', async () => {
    const { db, as, path, enrolmentId, firstId, written } = await tool()
    await (await as(luca)).post(path, { ...written('Anagrafe', 'Molti reclami'), revision: 0 })
    const { status, text } = await (await as(rosa)).post(path, { ...written('Anagrafe', 'Lunghe code'), revision: 0 })
    expect(status).toBe(409)
    expect(text).toContain('Un collega ha salvato prima di te')
    expect(text).toContain('Salvato da Luca Esposito</h4><p>Molti reclami</p>')
    expect(text).toContain('non ancora salvato</h4><p>Lunghe code</p>')
    expect(text).toContain('Lunghe code</textarea>')
    expect(text).toContain('name="revision" value="1"')
    expect(text).not.toContain('<h3>Servizio scelto</h3>')
    expect((await findWorksheet(db, { enrolmentId, moduleId: firstId }))?.savedBy).toBe('Luca Esposito')
  })

  test('having seen both, the second saves over the first', async () => {
    const { db, as, path, enrolmentId, firstId, written, second } = await tool()
    await (await as(luca)).post(path, { ...written('Anagrafe', 'Molti reclami'), revision: 0 })
    expect((await (await as(rosa)).post(path, { ...written('Anagrafe', 'Tutti e due'), revision: 1 })).status).toBe(303)
    const worksheet = await findWorksheet(db, { enrolmentId, moduleId: firstId })
    expect([worksheet?.revision, worksheet?.answers[second]]).toEqual([2, 'Tutti e due'])
  })

  test('who save at the same instant: one wins, the other sees the conflict', async () => {
    const { db, as, path, enrolmentId, firstId, written } = await tool()
    const [first, second] = [await as(rosa), await as(luca)]
    const answers = await Promise.all([
      first.post(path, { ...written('Anagrafe', 'di Rosa'), revision: 0 }),
      second.post(path, { ...written('Anagrafe', 'di Luca'), revision: 0 }),
    ])
    expect(answers.map(({ status }) => status).toSorted()).toEqual([303, 409])
    expect((await findWorksheet(db, { enrolmentId, moduleId: firstId }))?.revision).toBe(1)
  })

  test('the same form sent twice is no conflict', async () => {
    const { db, as, path, enrolmentId, firstId, written } = await tool()
    const browser = await as(rosa)
    const form = { ...written('Anagrafe', 'Molti reclami'), revision: 0, complete: 'yes' }
    const answers = await Promise.all([browser.post(path, form), browser.post(path, form)])
    expect(answers.map(({ status }) => status)).toEqual([303, 303])
    expect((await findWorksheet(db, { enrolmentId, moduleId: firstId }))?.revision).toBe(1)
    expect(await db.selectFrom('completion_evidence').selectAll().execute()).toHaveLength(1)
  })

  test('a revision that can’t be read writes over nothing', async () => {
    const { as, path, written } = await tool()
    const browser = await as(rosa)
    await browser.post(path, { ...written('Anagrafe', 'x'), revision: 0 })
    for (const revision of ['', 'abc', '-1', null]) expect((await browser.post(path, { ...written('y', 'z'), revision })).status).toBe(409)
  })
})

describe('a tool that is only a link', () => {
  test('asks for a note of what was done, which completes it', async () => {
    const { db, as, path, pagePath, enrolmentId, firstId } = await tool({ fields: [], link: 'https://www.example.org/strumento' })
    const browser = await as(rosa)
    const { text } = await browser.get(pagePath)
    expect(text).toContain('href="https://www.example.org/strumento"')
    expect(text).toContain('Che cosa avete fatto')

    const empty = await browser.post(path, { note: '', revision: 0, complete: 'yes' })
    expect([empty.status, empty.text.includes('id="note-error"')]).toEqual([422, true])
    expect((await browser.post(path, { note: 'Scelta l’anagrafe', revision: 0, complete: 'yes' })).status).toBe(303)
    expect(await stateOf(db, enrolmentId, firstId)).toBe('completed')
  })
})

describe('permission', () => {
  const statusFor = async ({ as, path }: Awaited<ReturnType<typeof tool>>, person: { id: number } | null) =>
    (await (await as(person)).post(path, { revision: 0 })).status

  test.each([
    ['another administration', nadia, 404],
    ['a coordinator of another region', enzo, 404],
    ['a trainer of another region', tina, 404],
    ['the national coordinator', carla, 403],
    ['a national trainer', paolo, 403],
    ['a visitor, led to sign in,', null, 303],
  ] as const)('%s cannot save', async (_who, person, status) => {
    const opened = await tool()
    expect(await statusFor(opened, person)).toBe(status)
    expect(await opened.db.selectFrom('worksheet').selectAll().execute()).toEqual([])
  })

  test('nobody saves after the administration has left the pathway', async () => {
    const opened = await tool()
    await endEnrolment(opened.db, opened.enrolmentId)
    expect(await statusFor(opened, rosa)).toBe(403)
  })

  test('the address of a form with problems leads back to the module', async () => {
    const { as, path, pagePath } = await tool()
    expect((await (await as(rosa)).get(path)).location).toBe(pagePath)
    expect((await (await as(nadia)).get(path)).status).toBe(404)
  })
})

describe('the rules', () => {
  test('a locked tool, one of a pathway that was left, and what is no tool take nothing', async () => {
    expect(saveRefusal({ kind: 'tool', state: 'locked', ended: false })).toBe('locked')
    expect(saveRefusal({ kind: 'tool', state: 'available', ended: true })).toBe('ended')
    expect(saveRefusal({ kind: 'reading', state: 'available', ended: false })).toBe('not_a_tool')
    expect(saveRefusal({ kind: 'tool', state: 'completed', ended: false })).toBeNull()

    const db = await newDatabase()
    const { enrolmentId, moduleIds } = await buildPathway(db, [{}, { kind: 'tool', requires: [0] }])
    const save = (moduleId: number) => saveNote(db, enrolmentId, moduleId)
    expect(await save(moduleIds[1] ?? 0)).toEqual({ refusal: 'locked' })
    expect(await save(moduleIds[0] ?? 0)).toEqual({ refusal: 'not_a_tool' })
    expect(await save(999)).toEqual({ refusal: 'not_a_tool' })
  })

  test('a locked tool’s form answers with the reason', async () => {
    const { db, as } = await openApp()
    const { enrolmentId, moduleIds } = await buildPathway(db, [{}, { kind: 'tool', requires: [0] }])
    const answer = await (await as(rosa)).post(`/tools/${enrolmentId}/${moduleIds[1]}`, { note: 'x', revision: 0 })
    expect([answer.status, answer.text.includes('Il modulo non è ancora aperto')]).toEqual([422, true])
  })

  const fields = ['a', 'b'].map((name) => ({ name, label: name, help: '', kind: 'text' as const, required: true }))
  test('only a worksheet that counts as completed must be full', () => {
    const half = { a: 'scritto', b: ' \n' }
    expect(missingFields(fields, half, { complete: false, state: 'in_progress' })).toEqual([])
    expect(missingFields(fields, half, { complete: true, state: 'in_progress' })).toEqual(['b'])
    expect(missingFields(fields, half, { complete: false, state: 'completed' })).toEqual(['b'])
  })
  test('two versions are the same when every field is, an empty one being as good as none', () => {
    expect(sameAnswers(fields, { a: '1', b: '' }, { a: '1' })).toBe(true)
    expect(sameAnswers(fields, { a: '1', old: 'x' }, { a: '1', old: 'y' })).toBe(true)
    expect(sameAnswers(fields, { a: '1' }, { a: '2' })).toBe(false)
  })
})

const saveNote = (db: Database, enrolmentId: number, moduleId: number) =>
  saveWorksheet(db, { enrolmentId, moduleId, answers: { note: 'x' }, revision: 0, complete: false }, { by: rosa, at: noon })
