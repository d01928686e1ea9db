import { expect, test } from 'vitest'
import { answerIntake, enrol } from '#src/pathways/orientation/actions.ts'
import { currentAnswers } from '#src/pathways/orientation/queries.ts'
import { chosenByHand } from '#src/pathways/orientation/trace.ts'
import { buildMiglioraPa, byCarla, made } from '#test/programmes/build.ts'
import { carla, enzo, luca, nadia, noon, openApp, paolo, rosa, salerno } from '#test/support.ts'

/** Salerno has answered that it never ran a survey, and follows the standard pathway. */
async function open() {
  const { db, as, clock } = await openApp()
  const built = await buildMiglioraPa(db)
  const place = { programmeId: built.programmeId, administrationId: salerno.id }
  await answerIntake(db, { ...place, answers: { experience: 'none', staff: '4' } }, { by: rosa, at: noon })
  const id = made(await enrol(db, { ...place, pathwayId: built.standard, ruleId: null, trace: chosenByHand }, byCarla))
  const answers = () => currentAnswers(db, built.programmeId, salerno.id)
  return { db, as, clock, ...built, answers, url: `/pathway/${id}/characteristics`, pathway: `/pathway/${id}` }
}

const changed = { 'answer-experience': 'many', 'answer-staff': '4' }
const seenIn = (text: string) => (/name="seen" value="([^"]*)"/.exec(text)?.[1] ?? '').replaceAll('&quot;', '"')

test('the page shows register facts and answers with their day and who gave them', async () => {
  const { as, url, pathway } = await open()
  const browser = await as(luca)
  expect((await browser.get(pathway)).text).toContain(url)
  const { text } = await browser.get(url)
  for (const part of ['Campania', '«No, mai»', '2 mar 2026', rosa.name]) expect(text).toContain(part)
})

test('before a changed answer is saved, the page says what it would change and saves nothing', async () => {
  const { as, url, answers } = await open()
  const { status, text } = await (await as(rosa)).post(url, changed)
  expect(status).toBe(200)
  expect(text).toContain('da «No, mai» a «Sì, spesso»')
  expect(text).toMatch(/Oggi le regole vi propongono<\/dt><dd><strong>Percorso Standard/)
  expect(text).toMatch(/vi proporrebbero<\/dt><dd><strong>Percorso Avanzato/)
  expect(text).toContain('resta «Percorso Standard»')
  expect(await answers()).toMatchObject({ experience: 'none' })
})

test('confirmed, the answer is saved, the old one kept, and the way to ask for the other pathway opened', async () => {
  const { db, as, url, answers, advanced, clock } = await open()
  const browser = await as(rosa)
  const { text } = await browser.post(url, changed)
  clock.now = noon.add({ hours: 24 })
  const { location } = await browser.post(url, { ...changed, confirm: 'yes', seen: seenIn(text) })
  expect(location).toBe(`/orientation/1/${salerno.id}/request?pathway=${advanced}`)
  expect(await answers()).toMatchObject({ experience: 'many' })
  const kept = await db.selectFrom('intake_answer').where('replaced_at', 'is not', null).select(['value', 'replaced_at']).execute()
  expect(kept).toEqual([{ value: '"none"', replaced_at: '2026-03-03T11:00:00.000Z' }])
  expect((await browser.get(url)).text).toContain('Risposte precedenti')
})

test('when a colleague was quicker, the effect is shown again and nothing is overwritten', async () => {
  const { db, as, url, answers, programmeId } = await open()
  const browser = await as(rosa)
  const { text } = await browser.post(url, changed)
  await answerIntake(db, { programmeId, administrationId: salerno.id, answers: { experience: 'one', staff: '4' } }, { by: luca, at: noon })
  const again = await browser.post(url, { ...changed, confirm: 'yes', seen: seenIn(text) })
  expect([again.status, again.text.includes('Nel frattempo un collega')]).toEqual([200, true])
  expect(await answers()).toMatchObject({ experience: 'one' })
})

test('a required answer that is missing is refused beside its field', async () => {
  const { as, url } = await open()
  const { status, text } = await (await as(rosa)).post(url, { 'answer-experience': '', 'answer-staff': 'tante' })
  expect(status).toBe(422)
  for (const name of ['answer-experience', 'answer-staff']) expect(text).toContain(`id="${name}-error"`)
})

test('the same answers again change nothing', async () => {
  const { as, url } = await open()
  const { text } = await (await as(rosa)).post(url, { 'answer-experience': 'none', 'answer-staff': '4' })
  expect(text).toContain('Nessuna risposta è diversa')
})

test.each([
  ['another administration’s referent', nadia, 404, 404],
  ['another region’s coordinator', enzo, 404, 404],
  ['a trainer', paolo, 200, 403],
  ['the national coordinator', carla, 200, 200],
])('%s sees and changes as allowed', async (_who, person, sees, changes) => {
  const { as, url } = await open()
  const browser = await as(person)
  expect([(await browser.get(url)).status, (await browser.post(url, changed)).status]).toEqual([sees, changes])
})
