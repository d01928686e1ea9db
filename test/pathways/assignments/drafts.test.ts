import { expect, test } from 'vitest'
import { handIn } from '#src/pathways/assignments/actions.ts'
import { findDraft } from '#src/pathways/assignments/drafts/queries.ts'
import { carla, luca, nadia, noon, openApp, rosa } from '#test/support.ts'
import { buildPathway, endEnrolment, stateOf } from '../builder.ts'

async function open() {
  const opened = await openApp()
  const built = await buildPathway(opened.db, [{ kind: 'assignment', title: 'Relazione' }])
  const place = { enrolmentId: built.enrolmentId, moduleId: built.firstId }
  const path = `${built.pagePath}/submission`
  const draft = (text: string, draftRevision = 0) => ({ text, draftRevision, do: 'draft' })
  return { ...opened, ...built, place, path, draft, kept: () => findDraft(opened.db, place, null) }
}

test('a draft is kept, shown to colleagues with whose it is, and handed in to nobody', async () => {
  const { db, as, path, pagePath, place, draft } = await open()
  expect((await (await as(rosa)).post(path, draft('Ancora a metà'))).location).toBe(pagePath)
  const { text } = await (await as(luca)).get(pagePath)
  for (const part of ['Ancora a metà</textarea>', 'Bozza salvata da Rosa Esposito, 2 mar 2026, 12:00']) expect(text).toContain(part)
  expect(await db.selectFrom('submission').selectAll().execute()).toEqual([])
  expect(await stateOf(db, place.enrolmentId, place.moduleId)).toBe('in_progress')
  expect((await (await as(carla)).get(pagePath)).text).not.toContain('Ancora a metà')
})

test('a draft is gone once the work is handed in', async () => {
  const { as, path, draft, kept } = await open()
  const browser = await as(rosa)
  await browser.post(path, draft('Ancora a metà'))
  expect((await browser.post(path, { text: 'Finita' })).status).toBe(303)
  expect(await kept()).toBeUndefined()
})

test('a colleague’s draft is not overwritten: both are shown, and then one can be saved over the other', async () => {
  const { as, path, draft, kept } = await open()
  await (await as(luca)).post(path, draft('Di Luca'))
  const browser = await as(rosa)
  const { status, text } = await browser.post(path, draft('Di Rosa'))
  expect([
    status,
    text.includes('<p>Di Luca</p>'),
    text.includes('Di Rosa</textarea>'),
    text.includes('name="draftRevision" value="1"'),
  ]).toEqual([409, true, true, true])
  expect((await kept())?.text).toBe('Di Luca')
  expect((await browser.post(path, draft('Di tutti e due', 1))).status).toBe(303)
  expect([(await kept())?.text, (await kept())?.revision]).toEqual(['Di tutti e due', 2])
})

test('two drafts at once: one is kept, the other meets it', async () => {
  const { as, path, draft, kept } = await open()
  const [first, second] = [await as(rosa), await as(luca)]
  const answers = await Promise.all([first.post(path, draft('Di Rosa')), second.post(path, draft('Di Luca'))])
  expect(answers.map(({ status }) => status).toSorted()).toEqual([303, 409])
  expect((await kept())?.revision).toBe(1)
})

test('the same draft twice is no conflict', async () => {
  const { as, path, draft } = await open()
  const browser = await as(rosa)
  for (let times = 0; times < 2; times += 1) expect((await browser.post(path, draft('Uguale'))).status).toBe(303)
})

test('nothing is drafted while a version waits, after the administration left, or by others', async () => {
  const { db, as, path, place, draft, kept } = await open()
  expect((await (await as(nadia)).post(path, draft('x'))).status).toBe(404)
  expect((await (await as(carla)).post(path, draft('x'))).status).toBe(403)
  await handIn(db, { ...place, text: 'Ecco', files: [] }, { by: rosa, at: noon })
  const waiting = await (await as(rosa)).post(path, draft('Un’altra'))
  expect([waiting.status, waiting.text.includes('è in valutazione')]).toEqual([422, true])
  await endEnrolment(db, place.enrolmentId)
  expect((await (await as(rosa)).post(path, draft('x'))).status).toBe(403)
  expect(await kept()).toBeUndefined()
})

test('tags in a draft stay text', async () => {
  const { as, path, pagePath, draft } = await open()
  const browser = await as(rosa)
  await browser.post(path, draft('</textarea><script>alert(1)</script>'))
  expect((await browser.get(pagePath)).text).not.toContain('<script>alert')
})
