import { describe, expect, test } from 'vitest'
import type { Database } from '#src/database/schema.ts'
import { closeSurvey, publishSurvey, repeatSurvey, saveSettings } from '#src/tools/surveys/actions.ts'
import { comparisonOf, weakItems } from '#src/tools/surveys/analysis/findings.ts'
import { publicSummary, surveyFindings } from '#src/tools/surveys/analysis/summary.ts'
import { receiveAnswer } from '#src/tools/surveys/collection/actions.ts'
import { surveysOf } from '#src/tools/surveys/queries.ts'
import type { Answers } from '#src/tools/surveys/survey.ts'
import { carla, countQueries, luca, nadia, rosa } from '#test/support.ts'
import { byRosa, openSurvey, theSurvey, today } from './stage.ts'

async function answer(db: Database, surveyId: number, all: readonly Answers[]) {
  const { survey } = await theSurvey(db, surveyId)
  for (const [index, answers] of all.entries())
    await receiveAnswer(db, survey, { formKey: `${surveyId}-${index}-${Math.floor(index / 1000)}`, answers, today })
}

/** Waiting matters and is bad; kindness is good and matters less. */
const person = (waiting: number, text = ''): Answers => ({
  Q3: { s: waiting, i: 5 },
  Q7: { s: 5, i: 3 },
  ...(text && { T1: text }),
})

describe('results', () => {
  test('are not shown for fewer people than the smallest group that may be', async () => {
    const { db, as, path, survey, enrolmentId } = await openSurvey()
    await answer(
      db,
      survey.id,
      Array.from({ length: 9 }, () => person(2)),
    )
    const { text } = await (await as(rosa)).get(`${path}/analysis`)
    expect(text).toContain('Sono arrivate 9 risposte: i risultati si mostrano da 10 in su')
    expect(text).not.toContain('<svg class="chart')
    expect(await weakItems(db, survey.id)).toEqual([])
    expect(await surveyFindings(db, enrolmentId)).toEqual({ weak: [], summary: null, comparison: [] })
  })

  test('name the weak quadrant for the plan, and what is valued for the public', async () => {
    const { db, survey, enrolmentId } = await openSurvey()
    await answer(
      db,
      survey.id,
      Array.from({ length: 12 }, (_, index) => person(1 + (index % 3))),
    )
    expect((await weakItems(db, survey.id)).map(({ item, satisfaction, importance }) => [item.code, satisfaction, importance])).toEqual([
      ['Q3', 2, 5],
    ])
    const { weak, summary: found } = await surveyFindings(db, enrolmentId)
    expect(weak).toEqual(['Il tempo di attesa prima di essere serviti'])
    const summary = String(await (found && publicSummary(found, 'it')))
    expect(summary).toContain('12 persone hanno risposto sul servizio «Sportello anagrafe»')
    expect(summary).toContain('<li>Il tempo di attesa prima di essere serviti: 2,00 su 5</li>')
  })

  test('take the same number of queries however many answered', async () => {
    const { db, survey } = await openSurvey()
    const count = () => countQueries(db, (counted) => weakItems(counted, survey.id))
    await answer(db, survey.id, [person(2)])
    const few = await count()
    await answer(
      db,
      survey.id,
      Array.from({ length: 40 }, () => person(3)),
    )
    expect(await count()).toBe(few)
  })

  test('speak English to the public, too', async () => {
    const { db, survey, enrolmentId } = await openSurvey()
    await answer(
      db,
      survey.id,
      Array.from({ length: 12 }, () => person(2)),
    )
    const { summary } = await surveyFindings(db, enrolmentId)
    expect(String(await (summary && publicSummary(summary, 'en')))).toContain('12 people answered about the service')
  })
})

describe('a re-measurement', () => {
  async function twice(before: number[], afterwards: number[]) {
    const stage = await openSurvey()
    const { db, survey } = stage
    await answer(
      db,
      survey.id,
      before.map((waiting) => person(waiting)),
    )
    const second = await repeatSurvey(db, survey.id, 'Un anno dopo', byRosa)
    if ('refusal' in second) throw new Error(second.refusal)
    await publishSurvey(db, second.id, { ...byRosa, today })
    await answer(
      db,
      second.id,
      afterwards.map((waiting) => person(waiting)),
    )
    return { ...stage, second: second.id }
  }

  test('asks the same under the same codes, and is compared with intervals', async () => {
    const { db, as, second, survey, enrolmentId } = await twice([2, 2, 3, 1, 2, 2, 3, 1, 2, 2, 2, 2], [4, 4, 5, 3, 4, 4, 5, 3, 4, 4, 4, 4])
    expect((await surveyFindings(db, enrolmentId)).comparison).toHaveLength(10)
    const row = (await comparisonOf(db, second))?.rows.find(({ item }) => item.code === 'Q3')
    // Both groups have the same spread: s² = 4/11 each, so the half width is t(0.975; 22) · √(2 · 4/11/12), t = 2.0739.
    const half = 2.0739 * Math.sqrt((2 * (4 / 11)) / 12)
    expect([row?.change?.difference, row?.change?.low.toFixed(3), row?.verdict]).toEqual([2, (2 - half).toFixed(3), 'better'])
    const { text } = await (await as(rosa)).get(`/surveys/${second}/comparison`)
    expect(text).toContain('▲ migliora')
    expect((await (await as(rosa)).get(`/surveys/${survey.id}`)).text).toContain('Un anno dopo')
  })

  test('claims no difference that chance may have made', async () => {
    const { db, second } = await twice([2, 2, 3, 1, 2, 2, 3, 1, 2, 2, 2, 2], [2, 3, 3, 1, 2, 2, 3, 1, 2, 2, 2, 2])
    expect((await comparisonOf(db, second))?.rows.find(({ item }) => item.code === 'Q3')?.verdict).toBe('unsure')
  })

  test('keeps its questions as they were', async () => {
    const { db, survey, as } = await openSurvey()
    const second = await repeatSurvey(db, survey.id, 'Un anno dopo', byRosa)
    if ('refusal' in second) throw new Error(second.refusal)
    const refused = await (await as(rosa)).post(`/surveys/${second.id}/items`, { keys: 'barriers' })
    expect([refused.status, refused.text.includes('ha le stesse domande della prima')]).toEqual([422, true])
  })
})

describe('free answers', () => {
  test('are listed, searched, and hidden from everybody outside the administration', async () => {
    const { db, as, path, survey } = await openSurvey()
    await answer(db, survey.id, [person(2, 'Il signor Bianchi è scortese <i>'), person(3, 'Più sportelli'), person(4)])
    const browser = await as(rosa)
    expect((await browser.get(`${path}/texts`)).text).toContain('scortese &lt;i&gt;')
    expect((await browser.get(`${path}/texts?q=sportelli`)).text).not.toContain('Bianchi')
    const [first] = await db.selectFrom('survey_response').orderBy('id').select('id').execute()
    await browser.post(`${path}/texts/${first?.id}/T1/hide`, { reason: 'names' })
    await browser.post(`${path}/texts/${first?.id}/T1/hide`, { reason: 'names' })
    const names = async (person: { id: number }, page: string) => (await (await as(person)).get(`${path}/${page}`)).text.includes('Bianchi')
    expect([await names(luca, 'texts'), await names(carla, 'texts'), await names(rosa, 'answers.csv')]).toEqual([true, false, false])
    await browser.post(`${path}/texts/${first?.id}/T1/show`)
    expect(await names(carla, 'texts')).toBe(true)
  })

  test('of another survey can’t be hidden from here', async () => {
    const { db, as, path, survey } = await openSurvey()
    await answer(db, survey.id, [person(2, 'Testo')])
    expect((await (await as(rosa)).post(`${path}/texts/999/T1/hide`)).status).toBe(404)
    expect((await (await as(nadia)).post(`${path}/texts/1/T1/hide`)).status).toBe(404)
  })
})

describe('settings', () => {
  test('of two colleagues at once: the second sees both, and nothing is written over', async () => {
    const { db, as, path, survey } = await openSurvey()
    const form = (title: string) => ({ title, service: survey.service, minimumCell: 10, revision: survey.revision })
    expect((await (await as(luca)).post(`${path}/settings`, form('Titolo di Luca'))).status).toBe(303)
    const answered = await (await as(rosa)).post(`${path}/settings`, form('Titolo di Rosa'))
    expect([answered.status, answered.text.includes('Titolo di Luca'), answered.text.includes('value="Titolo di Rosa"')]).toEqual([
      409,
      true,
      true,
    ])
    expect((await theSurvey(db, survey.id)).survey.title).toBe('Titolo di Luca')
    const again = await (await as(rosa)).post(`${path}/settings`, { ...form('Titolo di Rosa'), revision: survey.revision + 1 })
    expect(again.status).toBe(303)
  })

  test('refuse a day that is none and a group that would name people', async () => {
    const { as, path, survey } = await openSurvey()
    const answered = await (await as(rosa)).post(`${path}/settings`, {
      title: 'x',
      service: survey.service,
      minimumCell: 2,
      closesOn: '2026-02-30',
      mostAnswers: -5,
    })
    expect(answered.status).toBe(422)
    for (const name of ['minimumCell', 'closesOn', 'mostAnswers']) expect(answered.text).toContain(`id="${name}-error"`)
  })

  test('the state in the list follows the day', async () => {
    const { db, survey, enrolmentId } = await openSurvey()
    await saveSettings(db, survey.id, { settings: { ...survey, closesOn: today }, revision: survey.revision }, byRosa)
    await closeSurvey(db, survey.id, byRosa)
    const [listed] = await surveysOf(db, enrolmentId)
    expect([listed?.closesOn?.toString(), listed?.closedAt !== null, listed?.received]).toEqual(['2026-03-02', true, 0])
  })
})
