import { expect, test } from 'vitest'
import { addPathway } from '#src/pathways/definition/actions.ts'
import { currentAnswers, findEnrolment } from '#src/pathways/orientation/queries.ts'
import { removeRule, saveAddition, saveRule } from '#src/pathways/rules/actions.ts'
import { publishProgramme } from '#src/programmes/actions.ts'
import { buildMiglioraPa, byCarla, made, newModule, newProgramme, publishDraft, thisYear } from '#test/programmes/build.ts'
import { asl, carla, cosenza, enzo, luca, nadia, openApp, paolo, rosa, salerno, tina, torino } from '#test/support.ts'

async function open({ rest = true } = {}) {
  const { db, as, clock } = await openApp()
  const built = await buildMiglioraPa(db, { rest })
  const url = (administration: { id: number }) => `/orientation/${built.programmeId}/${administration.id}`
  const enrolled = (administration: { id: number }) =>
    findEnrolment(db, { programmeId: built.programmeId, administrationId: administration.id })
  return { db, as, clock, ...built, url, enrolled, here: url(salerno) }
}

const many = { 'answer-experience': 'many', 'answer-staff': '4', 'answer-goals': ['listen', 'compare'] }
const none = { 'answer-experience': 'none', 'answer-staff': '1' }

test('a referent of one administration is led straight to its questions', async () => {
  const { as, here } = await open()
  expect((await (await as(rosa)).get('/orientation')).location).toBe(here)
})

test('a referent of two chooses for which', async () => {
  const { db, as, url } = await open()
  await db
    .insertInto('referent')
    .values({
      administration_id: asl.id,
      person_id: rosa.id,
      since: '2026-01-01T00:00:00.000Z',
      invited_by: null,
      until: null,
      ended_by: null,
    })
    .execute()
  const { status, text } = await (await as(rosa)).get('/orientation')
  expect(status).toBe(200)
  for (const administration of [salerno, asl]) expect(text).toContain(`href="${url(administration)}"`)
  expect(text).not.toContain(cosenza.name)
})

test('a coordinator without administrations is told where to go', async () => {
  const { as } = await open()
  expect((await (await as(carla)).get('/orientation')).text).toContain('dalla pagina di assegnazione')
})

test('the questions come with their help, the given answers with them', async () => {
  const { as, here } = await open()
  const browser = await as(rosa)
  expect((await browser.get(here)).text).toContain('Contano anche quelle su carta.')
  await browser.post(here, many)
  const { text } = await (await as(luca)).get(here)
  expect(text).toMatch(/value="many" checked/)
  expect(text).toMatch(/name="answer-staff" type="text" value="4"/)
})

test('wrong answers are refused beside their questions, and what was typed stays', async () => {
  const { db, as, here, programmeId } = await open()
  const { status, text } = await (await as(rosa)).post(here, {
    'answer-experience': '',
    'answer-staff': 'quattro',
    'answer-goals': 'listen',
  })
  expect(status).toBe(422)
  for (const name of ['experience', 'staff']) expect(text).toContain(`id="answer-${name}-error"`)
  expect(text).toContain('value="quattro"')
  expect(text).toMatch(/value="listen" checked/)
  expect(await currentAnswers(db, programmeId, salerno.id)).toEqual({})
})

test('the referent sees the pathway proposed, why, and why not the others', async () => {
  const { as, here } = await open()
  const browser = await as(rosa)
  expect((await browser.post(here, many)).location).toBe(`${here}/recommendation`)
  const { text } = await browser.get(`${here}/recommendation`)
  for (const part of [
    'Percorso Avanzato',
    'Preparare',
    'Guida agli strumenti',
    'Lo propone la regola «Chi rileva con regolarità»',
    'Avete già fatto indagini: Sì, spesso',
    'Quante persone: 4 (almeno 3)',
  ])
    expect(text).toContain(part)
  expect(text).toMatch(/<strong>Percorso Standard<\/strong>: andrebbe bene anche questo/)
})

test('a pathway not proposed says the first condition that failed', async () => {
  const { as, here } = await open()
  const browser = await as(rosa)
  await browser.post(here, { ...many, 'answer-staff': '2' })
  const { text } = await browser.get(`${here}/recommendation`)
  expect(text).toMatch(/<strong>Percorso Avanzato<\/strong>: Quante persone: serve almeno 3, risulta «2»/)
})

test('a pathway not proposed says the one answer that would lead there, and no fact of the register', async () => {
  const { db, as, here, programmeId } = await open()
  const isPiemonte = { all: [{ characteristic: 'region', operator: 'is' as const, value: '01' }] }
  const inPiemonte = await addPathway(db, programmeId, { title: 'Percorso Piemonte', summary: '' }, byCarla)
  made(await saveRule(db, programmeId, { title: 'In Piemonte', pathwayId: inPiemonte, condition: isPiemonte }, byCarla))
  await publishDraft(db, programmeId)
  const browser = await as(rosa)
  await browser.post(here, { ...many, 'answer-staff': '2' })
  const { text } = await browser.get(`${here}/recommendation`)
  const said = (title: string) => new RegExp(`<li><strong>${title}</strong>:([\\s\\S]*?)</li>`).exec(text)?.[1]
  expect(said('Percorso Avanzato')).toContain('Ci arrivereste così: Quante persone: «3» invece di «2».')
  expect(said('Percorso Standard')).toContain('Ci arrivereste così: Avete già fatto indagini: «No, mai» invece di «Sì, spesso».')
  expect(said('Percorso Piemonte')).not.toContain('Ci arrivereste così')
})

test('the modules that rules add are shown with the reason, and given on acceptance', async () => {
  const { db, as, here, programmeId, rules, enrolled } = await open()
  const kit = await newModule(db, programmeId, { title: 'Kit per lo sportello' })
  const isMany = { all: [{ characteristic: 'experience', operator: 'is' as const, value: 'many' }] }
  made(await saveAddition(db, programmeId, { title: 'Per chi rileva spesso', moduleId: kit, condition: isMany }, byCarla))
  await publishDraft(db, programmeId)
  const browser = await as(rosa)
  await browser.post(here, none)
  expect((await browser.get(`${here}/recommendation`)).text).not.toContain('In più, per voi')
  await browser.post(here, many)
  const { text } = await browser.get(`${here}/recommendation`)
  expect(text).toContain('In più, per voi')
  expect(text).toContain('Kit per lo sportello <small>(Per chi rileva spesso · Avete già fatto indagini: Sì, spesso)</small>')
  const rule = /name="rule" value="(\d+)"/.exec(text)?.[1]
  expect(Number(rule)).not.toBe(rules.advanced)
  await browser.post(`${here}/accept`, { rule })
  expect(await db.selectFrom('enrolment_module').select(['enrolment_id', 'module_id']).execute()).toEqual([
    { enrolment_id: (await enrolled(salerno))?.id, module_id: kit },
  ])
})

test('accepting puts the administration on the pathway and leads to it', async () => {
  const { db, as, here, advanced, rules, enrolled } = await open()
  const browser = await as(rosa)
  await browser.post(here, many)
  const rule = /name="rule" value="(\d+)"/.exec((await browser.get(`${here}/recommendation`)).text)?.[1]
  const answer = await browser.post(`${here}/accept`, { rule })
  const enrolment = await enrolled(salerno)
  expect(answer.location).toBe(`/pathway/${enrolment?.id}`)
  expect(enrolment).toMatchObject({ pathwayId: advanced, ruleId: rules.advanced })
  const { trace, enrolled_by } = await db.selectFrom('enrolment').select(['trace', 'enrolled_by']).executeTakeFirstOrThrow()
  expect([JSON.parse(trace).held[0], enrolled_by]).toEqual(['Avete già fatto indagini: Sì, spesso', rosa.id])
})

test('a second acceptance leads to the first', async () => {
  const { db, as, here, rules } = await open()
  const browser = await as(rosa)
  await browser.post(here, many)
  const first = await browser.post(`${here}/accept`, { rule: rules.advanced })
  const again = await (await as(luca)).post(`${here}/accept`, { rule: rules.advanced })
  expect(again.location).toBe(first.location)
  expect(await db.selectFrom('enrolment').select('id').execute()).toHaveLength(1)
  for (const path of ['', '/recommendation']) expect((await browser.get(`${here}${path}`)).location).toBe(first.location)
  expect((await browser.get('/orientation')).text).toContain('Non c’è nulla da scegliere')
})

test('when the rules changed since the proposal was seen, the new one is shown instead', async () => {
  const { db, as, here, rules, programmeId, enrolled } = await open()
  const browser = await as(rosa)
  await browser.post(here, many)
  await removeRule(db, programmeId, rules.advanced, byCarla)
  await publishDraft(db, programmeId)
  const { status, text } = await browser.post(`${here}/accept`, { rule: rules.advanced })
  expect(status).toBe(422)
  expect(text).toContain('Percorso Esperto')
  expect(text).toContain('Nel frattempo')
  expect(await enrolled(salerno)).toBeUndefined()
})

test('without the required answers a referent is led back to the questions', async () => {
  const { as, here, rules, enrolled } = await open()
  const browser = await as(rosa)
  expect((await browser.get(`${here}/recommendation`)).location).toBe(here)
  expect((await browser.post(`${here}/accept`, { rule: rules.standard })).location).toBe(here)
  expect(await enrolled(salerno)).toBeUndefined()
})

test('when no rule holds the page says that the coordinator will assign one', async () => {
  const { as, here } = await open({ rest: false })
  const browser = await as(rosa)
  await browser.post(here, none)
  const { text } = await browser.get(`${here}/recommendation`)
  expect(text).toContain('il coordinatore assegnerà un percorso')
  expect(text).not.toContain('/accept')
  expect((await browser.post(`${here}/accept`, { rule: '' })).status).toBe(422)
})

test('then the coordinator of the region assigns one by hand, and nobody else', async () => {
  const { as, url, expert, enrolled } = await open({ rest: false })
  const there = url(cosenza)
  await (await as(nadia)).post(there, none)
  expect((await (await as(nadia)).post(`${there}/choose`, { pathway: expert })).status).toBe(403)
  const browser = await as(enzo)
  expect((await browser.get(`${there}/recommendation`)).text).toContain(`action="${there}/choose"`)
  expect((await browser.post(`${there}/choose`, { pathway: '' })).status).toBe(422)
  expect((await browser.post(`${there}/choose`, { pathway: expert })).status).toBe(303)
  expect(await enrolled(cosenza)).toMatchObject({ pathwayId: expert, ruleId: null })
})

test('a pathway of another programme cannot be chosen by hand', async () => {
  const { db, as, url, enrolled } = await open()
  const other = await buildMiglioraPa(db)
  await (await as(carla)).post(`${url(torino)}/choose`, { pathway: other.standard })
  expect(await enrolled(torino)).toBeUndefined()
})

test('a coordinator sees what is proposed before the questions are answered, and that it is little', async () => {
  const { as, url } = await open()
  const { text } = await (await as(carla)).get(`${url(torino)}/recommendation`)
  expect(text).toContain('Mancano ancora risposte obbligatorie')
})

test('a programme without questions goes straight to the proposal', async () => {
  const { db, as, standard } = await open()
  expect(standard).toBeGreaterThan(0)
  const bare = await newProgramme(db)
  await publishProgramme(db, bare, byCarla)
  expect((await (await as(rosa)).get(`/orientation/${bare}/${salerno.id}`)).location).toBe(
    `/orientation/${bare}/${salerno.id}/recommendation`,
  )
})

test.each([
  ['the referent of another administration', nadia],
  ['the coordinator of another region', enzo],
  ['a national trainer', paolo],
  ['a trainer of another region', tina],
])('%s finds nothing here', async (_who, person) => {
  const { as, here, rules, standard, enrolled } = await open()
  const browser = await as(person)
  for (const path of ['', '/recommendation']) expect((await browser.get(`${here}${path}`)).status).toBe(404)
  expect((await browser.post(here, many)).status).toBe(404)
  expect((await browser.post(`${here}/accept`, { rule: rules.standard })).status).toBe(404)
  expect((await browser.post(`${here}/choose`, { pathway: standard })).status).toBe(404)
  expect(await enrolled(salerno)).toBeUndefined()
})

test('a visitor is led to sign in and back', async () => {
  const { as, here } = await open()
  expect((await (await as(null)).get(here)).location).toBe(`/sign-in?next=${encodeURIComponent(here)}`)
  expect((await (await as(null)).post(here, many)).location).toBe('/sign-in')
})

test('a draft and a programme that is over are not there', async () => {
  const { db, as, clock, here } = await open()
  const draft = await newProgramme(db, thisYear)
  const browser = await as(rosa)
  expect((await browser.get(`/orientation/${draft}/${salerno.id}`)).status).toBe(404)
  clock.now = Temporal.Instant.from('2027-01-01T11:00:00Z')
  expect((await (await as(rosa)).get(here)).status).toBe(404)
})

test('a closed administration is told that it cannot begin', async () => {
  const { db, as, here } = await open()
  await db.updateTable('administration').set({ closed_at: '2026-03-01T00:00:00.000Z' }).where('id', '=', salerno.id).execute()
  const { status, text } = await (await as(rosa)).get(here)
  expect([status, text.includes('cessata nel registro')]).toEqual([403, true])
})

test('two rules for one pathway that failed alike are told once', async () => {
  const { db, as, here, programmeId, advanced } = await open()
  const condition = { characteristic: 'experience', operator: 'is' as const, value: 'many' }
  made(await saveRule(db, programmeId, { title: 'Ancora', pathwayId: advanced, condition }, byCarla))
  const browser = await as(rosa)
  await browser.post(here, none)
  const { text } = await browser.get(`${here}/recommendation`)
  expect(text.split('<strong>Percorso Avanzato</strong>')).toHaveLength(2)
})
