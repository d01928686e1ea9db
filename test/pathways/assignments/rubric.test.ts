import { describe, expect, test } from 'vitest'
import { handIn, reviewSubmission } from '#src/pathways/assignments/actions.ts'
import { setRubric } from '#src/pathways/assignments/rubric/actions.ts'
import { rubricOf } from '#src/pathways/assignments/rubric/queries.ts'
import { readRubric, readScores, writeRubric } from '#src/pathways/assignments/rubric/rules.ts'
import { carla, enzo, noon, openApp, paolo, rosa } from '#test/support.ts'
import { buildPathway, stateOf } from '../builder.ts'

const criteria = [
  { label: 'Chiarezza dei risultati', points: 10 },
  { label: 'Risposte raccolte | previste', points: 5 },
]

async function open({ withRubric = true } = {}) {
  const opened = await openApp()
  const built = await buildPathway(opened.db, [{ kind: 'assignment', title: 'Relazione' }, { kind: 'reading' }])
  const place = { enrolmentId: built.enrolmentId, moduleId: built.firstId }
  if (withRubric) await setRubric(opened.db, built.firstId, criteria, { by: carla, at: noon })
  await handIn(opened.db, { ...place, text: 'Ecco', files: [] }, { by: rosa, at: noon })
  return { ...opened, ...built, place, url: `/programmes/${built.programmeId}/modules/${built.firstId}/rubric` }
}

describe('the criteria', () => {
  test('as they are typed read back the same, the last number being the points', () => {
    expect(readRubric(writeRubric(criteria))).toEqual({ criteria })
  })

  test.each([
    ['Chiarezza', 'no_points'],
    ['Chiarezza | molti', 'no_points'],
    ['Chiarezza | 0', 'no_points'],
    ['Chiarezza | 101', 'no_points'],
    ['| 5', 'no_points'],
    ['A | 5\nA | 6', 'label_twice'],
    [`${'a'.repeat(301)} | 5`, 'label_too_long'],
    [Array.from({ length: 21 }, (_, index) => `C${index} | 5`).join('\n'), 'too_many'],
  ])('%j are refused: %s', (text, refusal) => {
    expect(readRubric(text)).toMatchObject({ refusal })
  })

  test('are set by the national coordinator on a page of the assignment, refused beside the field, and shown before handing in', async () => {
    const { db, as, url, firstId, place, pagePath } = await open({ withRubric: false })
    const browser = await as(carla)
    const wrong = await browser.post(url, { criteria: 'Chiarezza' })
    expect([wrong.status, wrong.text.includes('id="criteria-error"')]).toEqual([422, true])
    expect((await browser.post(url, { criteria: 'Chiarezza | 10' })).status).toBe(303)
    expect(await rubricOf(db, firstId)).toEqual([{ label: 'Chiarezza', points: 10 }])
    expect((await (await as(enzo)).post(url, { criteria: '' })).status).toBe(403)
    await reviewSubmission(db, 1, { verdict: 'to_revise', comment: 'Di più' }, { by: paolo, at: noon })
    expect((await (await as(rosa)).get(pagePath)).text).toContain('Chiarezza (fino a 10 punti)')
    expect(place.moduleId).toBe(firstId)
  })

  test('are those of assignments only', async () => {
    const { as, programmeId, moduleIds } = await open()
    expect((await (await as(carla)).get(`/programmes/${programmeId}/modules/${moduleIds[1]}/rubric`)).status).toBe(404)
  })
})

describe('the scores', () => {
  test('are given with the verdict and read by the administration with their total', async () => {
    const { db, as, place, pagePath } = await open()
    const form = { verdict: 'accepted', comment: 'Bene', 'score-0': '8', 'score-1': '5' }
    expect((await (await as(paolo)).post('/submissions/1', form)).status).toBe(303)
    expect(await stateOf(db, place.enrolmentId, place.moduleId)).toBe('completed')
    const { text } = await (await as(rosa)).get(pagePath)
    for (const part of ['8 su 10', '5 su 5', '13 su 15']) expect(text).toContain(part)
  })

  test('are all needed to accept, and not to send back', async () => {
    const { as } = await open()
    const browser = await as(paolo)
    const half = await browser.post('/submissions/1', { verdict: 'accepted', comment: '', 'score-0': '8', 'score-1': '' })
    expect([half.status, half.text.includes('servono i punti di ogni criterio'), half.text.includes('value="8"')]).toEqual([
      422,
      true,
      true,
    ])
    expect((await browser.post('/submissions/1', { verdict: 'to_revise', comment: 'Di più' })).status).toBe(303)
  })

  test.each(['11', '-1', '2,5', 'dieci'])('of %s are refused beside the field', async (score) => {
    const { as } = await open()
    const { status, text } = await (await as(paolo)).post('/submissions/1', {
      verdict: 'accepted',
      comment: '',
      'score-0': score,
      'score-1': '1',
    })
    expect([status, text.includes('id="score-0-error"'), text.includes('Un numero intero da 0 a 10.')]).toEqual([422, true, true])
  })

  test('stay as they were when the criteria change', async () => {
    const { db, as, firstId, pagePath } = await open()
    const scores = criteria.map(({ label, points }) => ({ label, points, of: points }))
    await reviewSubmission(db, 1, { verdict: 'accepted', comment: '', scores }, { by: paolo, at: noon })
    await setRubric(db, firstId, [{ label: 'Altro', points: 3 }], { by: carla, at: noon })
    expect((await (await as(rosa)).get(pagePath)).text).toContain('15 su 15')
  })

  test('of zero are scores', () => {
    expect(readScores(criteria, { 'score-0': '0', 'score-1': '' })).toEqual({ scores: [{ label: criteria[0]?.label, points: 0, of: 10 }] })
  })
})
