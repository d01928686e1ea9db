import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { feedOf } from '#src/tools/feed.ts'
import { planOf } from '#src/tools/sampling/plan.ts'
import { allocate, type Confidence, exactSize, invitations, sampleSize } from '#src/tools/sampling/size.ts'
import { rosa } from '#test/support.ts'
import { openTools, tableForm } from './stage.ts'

const usual = { confidence: '95', margin: 5, proportion: 50 } as const

/** R. V. Krejcie, D. W. Morgan, "Determining Sample Size for Research Activities", 1970, table 1 (95%, 5%): N and S. */
const krejcieMorgan = `10 10 · 15 14 · 20 19 · 25 24 · 30 28 · 35 32 · 40 36 · 45 40 · 50 44 · 100 80 · 150 108 · 200 132 · 250 152 · 300 169 ·
  400 196 · 500 217 · 600 234 · 700 248 · 800 260 · 900 269 · 1000 278 · 1500 306 · 2000 322 · 3000 341 · 4000 351 · 5000 357 ·
  6000 361 · 7000 364 · 8000 367 · 9000 368 · 10000 370`

/** The Research Advisors, "Sample Size Table", 2006: N, then 5, 3.5, 2.5 and 1% at 95%, then the same at 99%. */
const researchAdvisors = `
    100   80   89   94    99   87   93   96    99
   1000  278  440  606   906  399  575  727   943
  10000  370  727 1332  4899  622 1193 2098  6239
 100000  383  778 1513  8762  659 1336 2585 14227`

describe('sample sizes', () => {
  test.each([
    [1000, 278],
    [10_000, 370],
    [null, 385],
  ])('of a population of %s are as published: %s', (population, expected) => {
    expect(sampleSize({ ...usual, population })).toBe(expected)
  })

  test.each(krejcieMorgan.split('·').map((pair) => pair.trim().split(' ').map(Number)))(
    'agree with Krejcie and Morgan, who round to the nearest: %i people, %i answers',
    (population = 0, published) => {
      const exact = exactSize({ ...usual, population })
      expect(Math.round(exact)).toBe(published)
      expect(sampleSize({ ...usual, population }) - exact).toBeLessThan(1)
    },
  )

  const table = researchAdvisors
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number))
  const cases = table.flatMap(([population = 0, ...sizes]) =>
    sizes.map((published, index) => {
      const confidence: Confidence = index < 4 ? '95' : '99'
      return { population, confidence, margin: [5, 3.5, 2.5, 1][index % 4] ?? 5, published }
    }),
  )
  test.each(cases)('agree with a published table to the answer: $population at $confidence%, ±$margin: $published', (each) => {
    expect(Math.abs(exactSize({ ...each, proportion: 50 }) - each.published)).toBeLessThanOrEqual(1)
  })

  test('for 90% of confidence and 10% of margin need 68 answers of a very large population, as tables round up 67.64', () => {
    expect(sampleSize({ confidence: '90', margin: 10, proportion: 50, population: null })).toBe(68)
  })

  test('never exceed the population, grow with it, and shrink with the margin', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5_000_000 }), fc.integer({ min: 1, max: 199 }), (population, tenths) => {
        const size = sampleSize({ ...usual, population, margin: tenths / 10 })
        expect(size).toBeGreaterThanOrEqual(1)
        expect(size).toBeLessThanOrEqual(population)
        expect(sampleSize({ ...usual, population: population + 1, margin: tenths / 10 })).toBeGreaterThanOrEqual(size)
        expect(sampleSize({ ...usual, population, margin: tenths / 10 + 0.1 })).toBeLessThanOrEqual(size)
      }),
    )
  })

  test('are never above that of a share of one half', () => {
    for (const proportion of [1, 10, 30, 70, 99])
      expect(sampleSize({ ...usual, population: 5000, proportion })).toBeLessThan(sampleSize({ ...usual, population: 5000 }))
  })

  test('become invitations by the share who answer, rounded up and not by a stray decimal', () => {
    expect([invitations(278, 30), invitations(278, 100), invitations(7, 7)]).toEqual([927, 278, 100])
  })
})

describe('strata', () => {
  test('share the sample in proportion: 278 over 600, 300 and 100', () => {
    // 166.8, 83.4, 27.8: the two largest remainders are rounded up.
    expect(allocate(278, [600, 300, 100])).toEqual([167, 83, 28])
  })

  test('always add up to the sample, each within one of its share', () => {
    const populations = fc.array(fc.integer({ min: 1, max: 1_000_000 }), { minLength: 1, maxLength: 50 })
    fc.assert(
      fc.property(populations, fc.integer({ min: 1, max: 5000 }), (strata, sample) => {
        const parts = allocate(sample, strata)
        const all = strata.reduce((sum, each) => sum + each, 0)
        expect(parts.reduce((sum, each) => sum + each, 0)).toBe(sample)
        for (const [index, part] of parts.entries()) expect(Math.abs(part - (sample * (strata[index] ?? 0)) / all)).toBeLessThan(1)
      }),
    )
  })

  test('of nobody get nothing', () => {
    expect([allocate(10, []), allocate(10, [0, 0])]).toEqual([[], [0, 0]])
  })
})

const form = {
  ...{ population: '1.000', confidence: '95', margin: '5', proportion: '50', rate: '30', mode: 'mixed', when: 'In aprile' },
  ...tableForm('strata', [
    { name: 'Sportello centro', population: '600' },
    { name: 'Sportello sud', population: '300' },
    { name: 'Online', population: '100' },
  ]),
}

describe('the page', () => {
  test('says how many answers, how many invitations, what each stratum gives, and by which formula', async () => {
    const { at, saved } = await openTools('sampling_plan')
    const { text } = await saved(at('sampling_plan'), form)
    for (const part of [
      'Servono 278 risposte.',
      'invitate 927 persone',
      '>167<',
      '>83<',
      '>28<',
      'N = 1.000',
      'W. G. Cochran',
      'Krejcie e Morgan',
    ])
      expect(text).toContain(part)
  })

  test('begins with the users of the service chosen, and hands its figures on', async () => {
    const { db, as, enrolmentId, at, saved } = await openTools('service_choice', 'sampling_plan')
    const weights = { 'weight-users': 1, 'weight-complaints': 1, 'weight-strategic': 1, 'weight-feasibility': 1 }
    const services = tableForm('services', [{ name: 'Anagrafe', users: '8.400' }, { name: 'Tributi' }])
    await saved(at('service_choice'), { ...weights, ...services, chosen: 'Anagrafe', reason: 'x' })
    const { text } = await (await as(rosa)).get(at('sampling_plan'))
    expect([text.includes('value="8400"'), text.includes('Il servizio scelto: Anagrafe.')]).toEqual([true, true])
    await saved(at('sampling_plan'), form)
    expect((await feedOf(db, enrolmentId)).sampling).toMatchObject({ sample: 278, invited: 927, population: 1000 })
  })

  test.each([
    ['nobody', { population: '0' }, 'population', 'più piccolo ammesso è 1'],
    ['a population below zero', { population: '-1000' }, 'population', 'più piccolo ammesso è 1'],
    ['half a person', { population: '12,5' }, 'population', 'numero intero'],
    ['more people than there are', { population: '9000000000' }, 'population', 'più grande ammesso'],
    ['a margin of 0', { margin: '0' }, 'margin', 'più piccolo ammesso è 0,1'],
    ['a margin of 100', { margin: '100' }, 'margin', 'più grande ammesso è 20'],
    ['a margin of 150', { margin: '150' }, 'margin', 'più grande ammesso è 20'],
    ['a margin in words', { margin: 'cinque' }, 'margin', 'Scrivere un numero'],
    ['a share of 100%', { proportion: '100' }, 'proportion', 'più grande ammesso è 99'],
    ['a level of confidence of its own', { confidence: '100' }, 'confidence', 'Scegliere una delle voci'],
    ['nobody answering', { rate: '0' }, 'rate', 'più piccolo ammesso è 1'],
    ['a stratum below zero', { 'strata-0-population': '-3' }, 'strata-0-population', 'più piccolo ammesso è 1'],
  ])('%s is refused beside the field', async (_what, changed, name, sentence) => {
    const { as, at } = await openTools('sampling_plan')
    const { status, text } = await (await as(rosa)).post(at('sampling_plan'), { ...form, ...changed, revision: 0 })
    expect([status, text.includes(`id="${name}-error"`), text.includes(sentence)]).toEqual([422, true, true])
  })

  test('says when the strata don’t make the population, and is not complete then', async () => {
    const { as, at } = await openTools('sampling_plan')
    const wrong = { ...form, 'strata-2-population': '50', revision: 0, complete: 'yes' }
    const { status, text } = await (await as(rosa)).post(at('sampling_plan'), wrong)
    expect([status, text.includes('Gli strati fanno insieme 950 utenti')]).toEqual([422, true])
  })

  test('asks everybody where there are too few, and says when invitations don’t suffice', async () => {
    const { at, saved } = await openTools('sampling_plan')
    const small = {
      ...form,
      ...tableForm('strata', [
        { name: '', population: '' },
        { name: '', population: '' },
        { name: '', population: '' },
      ]),
    }
    expect((await saved(at('sampling_plan'), { ...small, population: '5' })).text).toContain('conviene chiedere a tutti')
    expect((await saved(at('sampling_plan'), { ...small, population: '100', rate: '20' })).text).toContain('aspettatevi circa 20 risposte')
  })

  test('has no result while its figures are not complete', () => {
    expect([planOf({}), planOf({ population: '1000', margin: '5', proportion: '50' })]).toEqual([null, null])
  })
})
