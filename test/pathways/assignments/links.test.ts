import { expect, test } from 'vitest'
import { handIn } from '#src/pathways/assignments/actions.ts'
import { saveWorksheet } from '#src/tools/actions.ts'
import { cosenza, nadia, noon, openApp, paolo, rosa } from '#test/support.ts'
import { buildPathway, enrol } from '../builder.ts'

async function open() {
  const opened = await openApp()
  const built = await buildPathway(opened.db, [
    { kind: 'assignment', title: 'Relazione' },
    { kind: 'tool', title: 'Mappa', fields: ['Servizio'] },
    { kind: 'tool', title: 'Mai aperto', fields: ['Servizio'] },
  ])
  const [, map = 0, untouched = 0] = built.moduleIds
  const save = (service: string, revision: number) =>
    saveWorksheet(
      opened.db,
      { enrolmentId: built.enrolmentId, moduleId: map, answers: { 'field-1': service }, revision, complete: false },
      { by: rosa, at: noon },
    )
  await save('Anagrafe', 0)
  return { ...opened, ...built, map, untouched, save }
}

test('work refers to a tool as it was on the day, and reviewers open that version', async () => {
  const { as, pagePath, enrolmentId, map, save } = await open()
  const browser = await as(rosa)
  const page = (await browser.get(pagePath)).text
  expect([page.includes('>Mappa</label>'), page.includes('>Mai aperto</label>')]).toEqual([true, false])
  expect((await browser.post(`${pagePath}/submission`, { text: 'Ecco', tools: map })).status).toBe(303)
  await save('Tributi', 1)

  const reviewer = await as(paolo)
  const path = `/tools/${enrolmentId}/${map}/versions/1`
  expect((await reviewer.get('/submissions/1')).text).toContain(`href="${path}">Mappa`)
  expect((await reviewer.get(path)).text).toContain('Anagrafe')
})

test('what was never worked on, or is another administration’s, is not referred to', async () => {
  const { db, as, pathwayId, programmeId, firstId, map, untouched } = await open()
  const other = await enrol(db, { programmeId, pathwayId, administration: cosenza })
  await handIn(
    db,
    { enrolmentId: other, moduleId: firstId, text: 'Ecco', files: [], tools: [map, untouched, 999] },
    { by: nadia, at: noon },
  )
  expect(await db.selectFrom('submission_link').selectAll().execute()).toEqual([])
  expect((await (await as(nadia)).get(`/pathway/${other}/modules/${firstId}`)).status).toBe(200)
})

test('a form with nonsense for tools is handed in without them', async () => {
  const { db, as, pagePath } = await open()
  expect((await (await as(rosa)).post(`${pagePath}/submission`, { text: 'Ecco', tools: ['x', '-1', '1e9'] })).status).toBe(303)
  expect(await db.selectFrom('submission_link').selectAll().execute()).toEqual([])
})
