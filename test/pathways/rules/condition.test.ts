import fc from 'fast-check'
import { expect, test } from 'vitest'
import { characteristicsOf } from '#src/pathways/rules/characteristics.ts'
import { type Characteristics, type Condition, conditionSchema, evaluate, leavesOf } from '#src/pathways/rules/condition.ts'
import { type Rule, recommend } from '#src/pathways/rules/recommend.ts'

const salerno = { region: '15', kind: 'municipality', category: 'L6' }
const known: Characteristics = characteristicsOf({ ...salerno, size: null }, { experience: 'one', staff: 3, goals: ['listen', 'compare'] })

test.each<[string, Condition, boolean]>([
  ['is, the same', { characteristic: 'experience', operator: 'is', value: 'one' }, true],
  ['is, another', { characteristic: 'experience', operator: 'is', value: 'many' }, false],
  ['is, of what is not known', { characteristic: 'service', operator: 'is', value: 'counter' }, false],
  ['is, one of several answers', { characteristic: 'goals', operator: 'is', value: 'compare' }, true],
  ['is, a number', { characteristic: 'staff', operator: 'is', value: 3 }, true],
  ['is, a number written as text', { characteristic: 'staff', operator: 'is', value: '3' }, false],
  ['one of, among them', { characteristic: 'region', operator: 'one_of', value: ['15', '16'] }, true],
  ['one of, not among them', { characteristic: 'region', operator: 'one_of', value: ['16'] }, false],
  ['one of, several answers that share one', { characteristic: 'goals', operator: 'one_of', value: ['x', 'listen'] }, true],
  ['at least, exactly', { characteristic: 'staff', operator: 'at_least', value: 3 }, true],
  ['at least, fewer', { characteristic: 'staff', operator: 'at_least', value: 4 }, false],
  ['at least, of what is not known', { characteristic: 'budget', operator: 'at_least', value: 0 }, false],
  ['at least, of a text', { characteristic: 'experience', operator: 'at_least', value: 1 }, false],
  ['at most, exactly', { characteristic: 'staff', operator: 'at_most', value: 3 }, true],
  ['at most, more', { characteristic: 'staff', operator: 'at_most', value: 2 }, false],
  ['unknown, of what is not known', { characteristic: 'service', operator: 'unknown' }, true],
  ['unknown, of what is known', { characteristic: 'staff', operator: 'unknown' }, false],
  ['a name that every object has', { characteristic: 'constructor', operator: 'unknown' }, true],
  ['roc, from the region', { characteristic: 'roc', operator: 'is', value: 'yes' }, true],
  ['all of nothing', { all: [] }, true],
  ['any of nothing', { any: [] }, false],
  ['none of nothing', { none: [] }, true],
])('%s', (_name, condition, holds) => {
  expect(evaluate(condition, known).holds).toBe(holds)
})

test('roc is no outside Campania, Puglia, Calabria and Sicilia', () => {
  const inRoc = ['15', '16', '18', '19']
  for (const region of ['01', '12', '14', '17', '20', ...inRoc])
    expect(characteristicsOf({ ...salerno, size: null, region }, {}).roc).toBe(inRoc.includes(region) ? 'yes' : 'no')
})

test('an answer cannot pass for a fact of the register', () => {
  expect(characteristicsOf({ ...salerno, size: null }, { region: '01', roc: 'no' })).toMatchObject({ region: '15', roc: 'yes' })
})

const isMany: Condition = { characteristic: 'experience', operator: 'is', value: 'many' }
const isCampania: Condition = { characteristic: 'region', operator: 'is', value: '15' }
const enough: Condition = { characteristic: 'staff', operator: 'at_least', value: 3 }

test('groups stand inside groups', () => {
  expect(evaluate({ all: [enough, { none: [isMany, { any: [] }] }] }, known).holds).toBe(true)
  expect(evaluate({ none: [{ all: [enough, isCampania] }] }, known).holds).toBe(false)
})

test('what failed in an all-group are the comparisons that failed, not those that held', () => {
  expect(evaluate({ all: [enough, isMany] }, known).because).toEqual([
    { characteristic: 'experience', operator: 'is', wanted: 'many', actual: 'one', negated: false, held: false },
  ])
})

test('what made an any-group hold is the comparison that held', () => {
  expect(evaluate({ any: [isMany, isCampania] }, known).because.map(({ characteristic }) => characteristic)).toEqual(['region'])
})

test('in a none-group a comparison does as the rule wants when it is not so', () => {
  const [check] = evaluate({ none: [isMany] }, known).because
  expect(check).toMatchObject({ negated: true, held: true, actual: 'one' })
})

// Any condition and any characteristics over a few names, so that they often meet. -------------------------------------

const name = fc.constantFrom('a', 'b', 'c')
const value = fc.oneof(fc.constantFrom('x', 'y', 'z'), fc.integer({ min: 0, max: 3 }))
const texts = fc.array(fc.constantFrom('x', 'y', 'z'), { maxLength: 2 })
const characteristics: fc.Arbitrary<Characteristics> = fc.dictionary(name, fc.oneof(value, texts), { maxKeys: 3 })
const leaf = fc.oneof(
  fc.record({ characteristic: name, operator: fc.constantFrom('is' as const, 'at_least' as const, 'at_most' as const), value }),
  fc.record({ characteristic: name, operator: fc.constant('one_of' as const), value: texts }),
  fc.record({ characteristic: name, operator: fc.constant('unknown' as const) }),
)
const { condition } = fc.letrec<{ condition: Condition }>((tie) => ({
  condition: fc.oneof(
    { depthSize: 'small' },
    leaf,
    fc.record({ all: fc.array(tie('condition'), { maxLength: 3 }) }),
    fc.record({ any: fc.array(tie('condition'), { maxLength: 3 }) }),
    fc.record({ none: fc.array(tie('condition'), { maxLength: 3 }) }),
  ),
}))
const rules: fc.Arbitrary<Rule[]> = fc
  .array(condition, { maxLength: 5 })
  .map((conditions) => conditions.map((each, index) => ({ id: index + 1, title: `r${index}`, pathwayId: 10 + index, condition: each })))

test('the same characteristics get the same recommendation', () => {
  fc.assert(
    fc.property(rules, characteristics, (some, facts) => {
      expect(recommend(some, facts)).toEqual(recommend(some, { ...facts }))
    }),
  )
})

test('in which order the characteristics are known makes no difference', () => {
  fc.assert(
    fc.property(rules, characteristics, (some, facts) => {
      const reversed = Object.fromEntries(Object.entries(facts).toReversed())
      expect(recommend(some, reversed)).toEqual(recommend(some, facts))
    }),
  )
})

test('a rule that holds for everybody wins when it comes first', () => {
  const always: Rule = { id: 99, title: 'sempre', pathwayId: 1, condition: { all: [] } }
  fc.assert(
    fc.property(rules, characteristics, (some, facts) => {
      expect(recommend([always, ...some], facts)).toMatchObject({ ruleId: 99 })
    }),
  )
})

test('what explains a condition agrees with it: all checks held when it holds, none when it does not', () => {
  fc.assert(
    fc.property(condition, characteristics, (any, facts) => {
      const { holds, because } = evaluate(any, facts)
      expect(because.filter(({ held }) => held !== holds)).toEqual([])
    }),
  )
})

test('the rule that wins is the first that holds, and every rule before it has its failed check', () => {
  fc.assert(
    fc.property(rules, characteristics, (some, facts) => {
      const first = some.find((rule) => evaluate(rule.condition, facts).holds)
      const recommendation = recommend(some, facts)
      expect('none' in recommendation ? undefined : recommendation.ruleId).toBe(first?.id)
      expect(recommendation.others).toHaveLength(some.length - (first ? 1 : 0))
      for (const { ruleId, failed } of recommendation.others) {
        const holds = evaluate(some[ruleId - 1]?.condition ?? { any: [] }, facts).holds
        if (holds) expect([ruleId > (first?.id ?? 0), failed]).toEqual([true, null])
        else if (failed) expect(failed.held).toBe(false)
      }
    }),
  )
})

test('none of some conditions holds when any of them does not', () => {
  fc.assert(
    fc.property(fc.array(condition, { maxLength: 3 }), characteristics, (some, facts) => {
      expect(evaluate({ none: some }, facts).holds).toBe(!evaluate({ any: some }, facts).holds)
    }),
  )
})

test('a condition survives being kept as JSON', () => {
  fc.assert(
    fc.property(condition, (any) => {
      expect(conditionSchema.parse(JSON.parse(JSON.stringify(any)))).toEqual(any)
    }),
  )
})

test.each<[string, unknown]>([
  ['an operator that is none', { characteristic: 'a', operator: 'like', value: 'x' }],
  ['two groups in one', { all: [], any: [] }],
  ['a group and a comparison in one', { all: [], characteristic: 'a', operator: 'unknown' }],
  ['no name', { characteristic: '', operator: 'unknown' }],
  ['a text', 'always'],
])('a condition with %s is not one', (_name, wrong) => {
  expect(conditionSchema.safeParse(wrong).success).toBe(false)
})

test('all comparisons of a condition are found, however deep', () => {
  expect(leavesOf({ all: [isMany, { none: [{ any: [isCampania] }] }] })).toEqual([isMany, isCampania])
})
