import { expect, test } from 'vitest'
import { addIntakeQuestion, changeIntakeQuestion, moveIntakeQuestion, removeIntakeQuestion } from '#src/pathways/intake/actions.ts'
import { intakeQuestions } from '#src/pathways/intake/queries.ts'
import { nameFrom, questionRefusal, readOptions } from '#src/pathways/intake/rules.ts'
import { removeRule } from '#src/pathways/rules/actions.ts'
import { buildMiglioraPa, byCarla, made, newProgramme, publishDraft, refusalOf } from '#test/programmes/build.ts'
import { carla, enzo, newDatabase, openApp, paolo, rosa } from '#test/support.ts'

const yesNo = { name: 'survey', kind: 'yes_no' as const, label: 'Avete già fatto un’indagine?', help: '', required: true }
const twoOptions = [
  { value: 'a', label: 'A' },
  { value: 'b', label: 'B' },
]

test.each<[string, Partial<Parameters<typeof questionRefusal>[0]>, string]>([
  ['with spaces in its name', { name: 'two words' }, 'name_form'],
  ['with a name that begins with a digit', { name: '1st' }, 'name_form'],
  ['with a name of the register', { name: 'region' }, 'name_reserved'],
  ['with a name that every object has', { name: 'constructor' }, 'name_reserved'],
  ['of one choice without choices', { kind: 'single' }, 'options_missing'],
  ['of several choices with only one', { kind: 'multiple', options: twoOptions.slice(1) }, 'options_missing'],
  ['with a choice that has no name', { kind: 'single', options: [...twoOptions, { value: '', label: '—' }] }, 'options_missing'],
  ['with a choice twice', { kind: 'single', options: [...twoOptions, { value: 'a', label: 'C' }] }, 'option_twice'],
])('a question %s is refused', (_name, details, refusal) => {
  expect(questionRefusal({ ...yesNo, options: [], ...details })).toBe(refusal)
})

test('a question that is refused is not kept', async () => {
  const db = await newDatabase()
  const id = await newProgramme(db)
  expect(refusalOf(await addIntakeQuestion(db, id, { ...yesNo, kind: 'single' }, byCarla))).toBe('options_missing')
  expect(await intakeQuestions(db, id)).toEqual([])
})

test('a name is taken once in a programme, and free again in another or when removed', async () => {
  const db = await newDatabase()
  const id = await newProgramme(db)
  const question = made(await addIntakeQuestion(db, id, yesNo, byCarla))
  expect(refusalOf(await addIntakeQuestion(db, id, yesNo, byCarla))).toBe('name_taken')
  expect(await addIntakeQuestion(db, await newProgramme(db), yesNo, byCarla)).toHaveProperty('id')
  await removeIntakeQuestion(db, question, byCarla)
  expect(await addIntakeQuestion(db, id, yesNo, byCarla)).toHaveProperty('id')
})

test('questions come in the order in which they were added, with their choices in order', async () => {
  const db = await newDatabase()
  const id = await newProgramme(db)
  made(await addIntakeQuestion(db, id, yesNo, byCarla))
  made(await addIntakeQuestion(db, id, { ...yesNo, name: 'level', kind: 'single', options: twoOptions.toReversed() }, byCarla))
  const questions = await intakeQuestions(db, id)
  expect(questions.map(({ name }) => name)).toEqual(['survey', 'level'])
  expect(questions[1]?.options.map(({ value }) => value)).toEqual(['b', 'a'])
})

test('a question that a rule looks at, in force or in the draft, is not removed, and the rule is named', async () => {
  const db = await newDatabase()
  const { programmeId, rules } = await buildMiglioraPa(db)
  const staff = (await intakeQuestions(db, programmeId)).find(({ name }) => name === 'staff')?.id ?? 0
  expect(await removeIntakeQuestion(db, staff, byCarla)).toEqual({ refusal: 'in_use', rules: ['Chi rileva con regolarità'] })
  await removeRule(db, programmeId, rules.advanced, byCarla)
  expect(await removeIntakeQuestion(db, staff, byCarla)).toMatchObject({ refusal: 'in_use' })
  await publishDraft(db, programmeId)
  expect(await removeIntakeQuestion(db, staff, byCarla)).toEqual({ removed: true })
})

test('a choice that a rule looks at stays', async () => {
  const db = await newDatabase()
  const { programmeId } = await buildMiglioraPa(db)
  const [experience] = await intakeQuestions(db, programmeId)
  if (!experience) throw new Error('no question')
  const without = (value: string) => ({ ...experience, options: experience.options.filter((option) => option.value !== value) })
  expect(refusalOf(await changeIntakeQuestion(db, experience.id, without('many'), byCarla))).toBe('option_in_use')
  expect(await changeIntakeQuestion(db, experience.id, without('none'), byCarla)).toEqual({ id: experience.id })
  expect((await intakeQuestions(db, programmeId))[0]?.options.map(({ value }) => value)).toEqual(['one', 'many'])
})

test('each change is remembered', async () => {
  const db = await newDatabase()
  const id = made(await addIntakeQuestion(db, await newProgramme(db), yesNo, byCarla))
  await changeIntakeQuestion(db, id, { ...yesNo, label: 'Altro' }, byCarla)
  await removeIntakeQuestion(db, id, byCarla)
  const rows = await db.selectFrom('history').where('happening', '=', 'intake_changed').orderBy('id').select('details').execute()
  expect(rows.map(({ details }) => details)).toEqual(['{"added":"survey"}', '{"changed":"survey"}', '{"removed":"survey"}'])
})

test('names are made from words', () => {
  expect(nameFrom('Quante persone potrete dedicare?')).toBe('quante_persone_potrete_dedicare')
  expect(nameFrom('Qualità, già!')).toBe('qualita_gia')
})

test('choices are one a line, with or without a name of their own', () => {
  expect(readOptions('none | No, mai\n\n Sì, una \n| Forse')).toEqual([
    { value: 'none', label: 'No, mai' },
    { value: 'si_una', label: 'Sì, una' },
    { value: 'forse', label: 'Forse' },
  ])
})

// Pages --------------------------------------------------------------------------------------------------------------

async function open() {
  const { db, as } = await openApp()
  const built = await buildMiglioraPa(db)
  const questions = await intakeQuestions(db, built.programmeId)
  const id = (wanted: string) => questions.find(({ name }) => name === wanted)?.id ?? 0
  return { db, as, ...built, id, url: `/programmes/${built.programmeId}/intake` }
}

const form = { label: 'Avete un URP?', kind: 'yes_no', required: 'yes', help: '', options: '', name: '' }

test('a question without a short name gets one from its words', async () => {
  const { db, as, url, programmeId } = await open()
  expect((await (await as(carla)).post(url, form)).location).toBe(url)
  expect((await intakeQuestions(db, programmeId)).at(-1)).toMatchObject({ name: 'avete_un_urp', kind: 'yes_no', required: true })
})

test('a question that need not be answered is kept so', async () => {
  const { db, as, url, programmeId } = await open()
  await (await as(carla)).post(url, { ...form, required: null })
  expect((await intakeQuestions(db, programmeId)).at(-1)?.required).toBe(false)
})

test('problems stand beside their fields, and what was typed stays', async () => {
  const { as, url } = await open()
  const browser = await as(carla)
  const taken = await browser.post(url, { ...form, name: 'staff', help: 'Un aiuto' })
  expect([taken.status, taken.text.includes('id="name-error"'), taken.text.includes('value="Un aiuto"')]).toEqual([422, true, true])
  const short = await browser.post(url, { ...form, kind: 'single', options: 'Uno solo' })
  expect([short.status, short.text.includes('id="options-error"')]).toEqual([422, true])
  const empty = await browser.post(url, { ...form, label: '', kind: '' })
  for (const field of ['label', 'kind']) expect(empty.text).toContain(`id="${field}-error"`)
})

test('words and choices are changed; a choice in use is refused beside the choices', async () => {
  const { db, as, url, id, programmeId } = await open()
  const browser = await as(carla)
  const path = `${url}/${id('experience')}/edit`
  expect((await browser.get(path)).text).toContain('many | Sì, spesso')
  const refused = await browser.post(path, { label: 'Nuova', options: 'none | Mai\none | Una' })
  expect([refused.status, refused.text.includes('id="options-error"')]).toEqual([422, true])
  await browser.post(path, { label: 'Nuova', options: 'none | Mai\none | Una\nmany | Tante' })
  expect((await intakeQuestions(db, programmeId))[0]).toMatchObject({ label: 'Nuova', required: false, name: 'experience' })
})

test('removing a question in use says in words which rules need it', async () => {
  const { as, url, id } = await open()
  const { status, text } = await (await as(carla)).post(`${url}/${id('experience')}/remove`)
  expect(status).toBe(422)
  expect(text).toContain('«Chi rileva con regolarità», «Chi ha già rilevato»')
})

test('removing a question that no rule needs takes it from the page', async () => {
  const { as, url, id } = await open()
  const browser = await as(carla)
  await browser.post(`${url}/${id('goals')}/remove`)
  expect((await browser.get(url)).text).not.toContain('Che cosa volete ottenere?')
})

test('a question is not reached through another programme', async () => {
  const { db, as, id } = await open()
  const other = await newProgramme(db)
  expect((await (await as(carla)).post(`/programmes/${other}/intake/${id('goals')}/remove`)).status).toBe(404)
})

test('without questions the page says what rules can use', async () => {
  const { db, as } = await open()
  const other = await newProgramme(db)
  expect((await (await as(carla)).get(`/programmes/${other}/intake`)).text).toContain('solo i dati del registro')
})

test('a regional coordinator reads the questions and cannot change them', async () => {
  const { as, url, id } = await open()
  const browser = await as(enzo)
  expect((await browser.get(url)).status).toBe(200)
  for (const path of [url, `${url}/${id('goals')}/edit`, `${url}/${id('goals')}/remove`])
    expect((await browser.post(path, form)).status).toBe(403)
})

test.each([
  ['referent', rosa],
  ['trainer', paolo],
])('a %s does not come here', async (_role, person) => {
  const { as, url } = await open()
  expect((await (await as(person)).get(url)).status).toBe(403)
})

test('a question moves up and down, and not beyond the ends', async () => {
  const { db, programmeId } = await open()
  const names = async () => (await intakeQuestions(db, programmeId)).map(({ name }) => name)
  const before = await names()
  const idOf = async (name = '') => (await intakeQuestions(db, programmeId)).find((each) => each.name === name)?.id ?? 0
  expect(await moveIntakeQuestion(db, await idOf(before[1]), 'up', byCarla)).toBe(true)
  expect(await names()).toEqual([before[1], before[0], ...before.slice(2)])
  expect(await moveIntakeQuestion(db, await idOf(before[1]), 'up', byCarla)).toBe(false)
  expect(await moveIntakeQuestion(db, await idOf(before[1]), 'down', byCarla)).toBe(true)
  expect(await names()).toEqual(before)
})

test('the first question has no button to move it up, the last none to move it down', async () => {
  const { as, url, db, programmeId } = await open()
  const questions = await intakeQuestions(db, programmeId)
  const { text } = await (await as(carla)).get(url)
  const has = (id: number | undefined, way: string) => text.includes(`${url}/${id}/${way}"`)
  expect([
    has(questions[0]?.id, 'up'),
    has(questions[0]?.id, 'down'),
    has(questions.at(-1)?.id, 'up'),
    has(questions.at(-1)?.id, 'down'),
  ]).toEqual([false, true, true, false])
})
