import { describe, expect, test } from 'vitest'
import type { Database } from '#src/database/schema.ts'
import { previewAssignment } from '#src/pathways/assign/queries.ts'
import { recommendFor } from '#src/pathways/orientation/queries.ts'
import { saveRule } from '#src/pathways/rules/actions.ts'
import { markPreviewed, publishRules } from '#src/pathways/rules/versions/actions.ts'
import { areas, type degrees, maturityOf, statementNames } from '#src/tools/maturity/score.ts'
import { carla, luca, noon, rosa, salerno } from '#test/support.ts'
import { endEnrolment } from '../pathways/builder.ts'
import { openTools } from './stage.ts'

const all = (degree: (typeof degrees)[number]) =>
  Object.fromEntries(areas.flatMap((area) => statementNames(area).map((name) => [name, degree])))
const assessed = (db: Database) => db.selectFrom('maturity_assessment').orderBy('id').select(['level', 'score', 'replaced_at']).execute()

describe('the score', () => {
  test.each([
    ['never', 0, 'starting'],
    ['sometimes', 33, 'developing'],
    ['often', 67, 'established'],
    ['always', 100, 'advanced'],
  ] as const)('of twelve times “%s” is %s of 100: %s', (degree, score, level) => {
    expect(maturityOf(all(degree))).toMatchObject({ score, level })
  })

  test('is that of each area, too: 50 where one statement is always true and the other never', () => {
    const mixed = { ...all('always'), 'analysis-a': 'never' }
    expect(maturityOf(mixed)?.byArea).toMatchObject({ analysis: 50, survey: 100 })
  })

  test('waits for every statement', () => {
    expect(maturityOf({ ...all('often'), 'choice-a': '' })).toBeNull()
  })
})

describe('the result', () => {
  test('is shown with the phases to begin with, and on the page of characteristics', async () => {
    const { as, at, enrolmentId, saved } = await openTools('self_assessment')
    const { text } = await saved(at('self_assessment'), { ...all('often'), 'survey-a': 'never' })
    for (const part of ['La vostra maturità: Consolidata', 'Da qui conviene cominciare: Rilevare.']) expect(text).toContain(part)
    expect((await (await as(rosa)).get(`/pathway/${enrolmentId}/characteristics`)).text).toContain('Consolidata')
  })

  test('is dated and kept: a later one replaces it, the same again changes nothing', async () => {
    const { db, at, saved } = await openTools('self_assessment')
    await saved(at('self_assessment'), all('sometimes'))
    await saved(at('self_assessment'), all('always'))
    await saved(at('self_assessment'), { ...all('always'), note: 'Ci siamo' })
    const rows = await assessed(db)
    expect(rows.map(({ level, replaced_at }) => [level, replaced_at === null])).toEqual([
      ['developing', false],
      ['advanced', true],
    ])
  })

  test('is not there while a statement has no answer', async () => {
    const { db, at, saved } = await openTools('self_assessment')
    await saved(at('self_assessment'), { ...all('often'), 'choice-a': '' })
    expect(await assessed(db)).toEqual([])
  })

  test('saved twice at once counts once', async () => {
    const { db, as, at } = await openTools('self_assessment')
    const [first, second] = [await as(rosa), await as(luca)]
    const form = { ...all('often'), revision: 0 }
    await Promise.all([first.post(at('self_assessment'), form), second.post(at('self_assessment'), form)])
    expect(await assessed(db)).toHaveLength(1)
  })
})

describe('the rules', () => {
  /** Those who are established or further go to the pathway; nobody else. */
  async function withRule() {
    const opened = await openTools('self_assessment')
    const { db, programmeId, pathwayId } = opened
    const who = { by: carla, at: noon }
    const condition = { characteristic: 'maturity', operator: 'one_of' as const, value: ['established', 'advanced'] }
    await saveRule(db, programmeId, { title: 'Chi è già avanti', pathwayId, condition }, who)
    await markPreviewed(db, programmeId, who)
    await publishRules(db, programmeId, who)
    return opened
  }

  test('can use it: the recommendation says that it decided, and before there is one that it is unknown', async () => {
    const { db, programmeId, pathwayId, at, saved } = await withRule()
    expect((await recommendFor(db, programmeId, salerno.id))?.recommendation).toHaveProperty('none')
    await saved(at('self_assessment'), all('often'))
    const oriented = await recommendFor(db, programmeId, salerno.id)
    expect(oriented?.recommendation).toMatchObject({ pathwayId, held: [{ characteristic: 'maturity', actual: 'established', held: true }] })
  })

  test('count with it in the preview, too', async () => {
    const { db, programmeId, enrolmentId, at, saved } = await withRule()
    await saved(at('self_assessment'), all('always'))
    await endEnrolment(db, enrolmentId)
    const count = async () => (await previewAssignment(db, programmeId, null)).byPathway.map(({ count: each }) => each)
    expect(await count()).toEqual([1])
    await db.deleteFrom('maturity_assessment').execute()
    expect(await count()).toEqual([0])
  })

  test('offer it in the editor of conditions, in words', async () => {
    const { as, programmeId } = await withRule()
    const chosen = { title: 'x', 'characteristic-0': 'maturity', 'operator-0': 'is', do: 'refresh' }
    const { text } = await (await as(carla)).post(`/programmes/${programmeId}/rules/form`, chosen)
    for (const part of ['Maturità nell’ascolto, dall’autovalutazione', 'Consolidata']) expect(text).toContain(part)
  })
})
