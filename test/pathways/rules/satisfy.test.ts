import fc from 'fast-check'
import { expect, test } from 'vitest'
import { roc } from '#src/administrations/regions.ts'
import { type Characteristic, characteristicsFor, characteristicsOf } from '#src/pathways/rules/characteristics.ts'
import { type Characteristics, type Condition, evaluate } from '#src/pathways/rules/condition.ts'
import { changesThatLead } from '#src/pathways/rules/counterfactual.ts'
import { addedModules, type Rule, recommend } from '#src/pathways/rules/recommend.ts'
import { conditionRefusal, neverReached } from '#src/pathways/rules/rules.ts'
import { canHold } from '#src/pathways/rules/satisfy.ts'

const options = ['x', 'y', 'z'].map((value) => ({ value, label: value.toUpperCase() }))
const questions: Characteristic[] = [
  { name: 'one', kind: 'single', label: 'Una', options },
  { name: 'several', kind: 'multiple', label: 'Più', options },
  { name: 'number', kind: 'number', label: 'Quante', options: [] },
  { name: 'yes', kind: 'yes_no', label: 'Sì?', options: [] },
]
const all = characteristicsFor('it', questions)

const is = (characteristic: string, value: string): Condition => ({ characteristic, operator: 'is', value })
const atLeast = (value: number): Condition => ({ characteristic: 'number', operator: 'at_least', value })
const atMost = (value: number): Condition => ({ characteristic: 'number', operator: 'at_most', value })
const unanswered = (characteristic: string): Condition => ({ characteristic, operator: 'unknown' })

test.each<[string, Condition, boolean]>([
  ['one region', is('region', '15'), true],
  ['two regions at once', { all: [is('region', '15'), is('region', '16')] }, false],
  ['in the ROC and in Piemonte', { all: [is('roc', 'yes'), is('region', '01')] }, false],
  ['not in the ROC and in Campania', { all: [is('roc', 'no'), is('region', '15')] }, false],
  ['neither in the ROC nor outside it', { none: [is('roc', 'yes'), is('roc', 'no')] }, false],
  ['a region that is unknown', unanswered('region'), false],
  ['at least five and at most three', { all: [atLeast(5), atMost(3)] }, false],
  ['at least three and at most five', { all: [atLeast(3), atMost(5)] }, true],
  ['neither at least three nor at most two, nor unanswered', { none: [atLeast(3), atMost(2), unanswered('number')] }, false],
  ['neither at least three nor at most two', { none: [atLeast(3), atMost(2)] }, true],
  ['yes and no', { all: [is('yes', 'yes'), is('yes', 'no')] }, false],
  ['none of all the answers, and answered', { none: [...options.map(({ value }) => is('one', value)), unanswered('one')] }, false],
  ['two answers of one choice', { all: [is('one', 'x'), is('one', 'y')] }, false],
  ['two answers where several can be given', { all: [is('several', 'x'), is('several', 'y')] }, true],
  ['answered and not', { all: [unanswered('one'), is('one', 'x')] }, false],
])('can it hold: %s', (_name, condition, expected) => {
  expect(canHold(condition, all)).toBe(expected)
  expect(conditionRefusal(condition, all)).toBe(expected ? null : 'never_holds')
})

// Conditions and administrations that fit the questions ------------------------------------------------------------------

const oneOf = fc.constantFrom('x', 'y', 'z')
const leaf: fc.Arbitrary<Condition> = fc.oneof(
  fc.constantFrom('one', 'several').chain((name) => oneOf.map((value) => is(name, value))),
  fc.subarray(['x', 'y', 'z'], { minLength: 1 }).map((value): Condition => ({ characteristic: 'one', operator: 'one_of', value })),
  fc.integer({ min: 0, max: 4 }).chain((value) => fc.constantFrom(atLeast(value), atMost(value))),
  fc.constantFrom('yes', 'no').map((value) => is('yes', value)),
  fc.constantFrom('one', 'several', 'number', 'yes').map(unanswered),
  fc.constantFrom('15', '01').map((value) => is('region', value)),
  fc.constantFrom('yes', 'no').map((value) => is('roc', value)),
)
const group = (inside: fc.Arbitrary<Condition>) =>
  fc
    .tuple(fc.constantFrom('all', 'any', 'none'), fc.array(inside, { minLength: 1, maxLength: 3 }))
    .map(([name, some]) => ({ [name]: some }) as Condition)
const condition = fc.oneof(leaf, group(leaf), group(fc.oneof(leaf, group(leaf))))
const rules: fc.Arbitrary<Rule[]> = fc
  .array(condition, { minLength: 1, maxLength: 5 })
  .map((several) => several.map((each, index) => ({ id: index + 1, title: `r${index}`, pathwayId: 1 + (index % 3), condition: each })))
const known: fc.Arbitrary<Characteristics> = fc
  .record({
    region: fc.constantFrom('15', '01', '09'),
    one: fc.option(oneOf, { nil: undefined }),
    several: fc.option(fc.subarray(['x', 'y', 'z'], { minLength: 1 }), { nil: undefined }),
    number: fc.option(fc.integer({ min: 0, max: 5 }), { nil: undefined }),
    yes: fc.option(fc.constantFrom('yes', 'no'), { nil: undefined }),
  })
  .map(({ region, ...answers }) => characteristicsOf({ region, kind: 'municipality', category: 'L6', size: null }, answers))

test('no condition that some administration meets is ever refused as impossible', () => {
  fc.assert(
    fc.property(condition, known, (some, facts) => {
      if (evaluate(some, facts).holds) expect(canHold(some, all)).toBe(true)
    }),
  )
})

test('what is refused as impossible holds for no administration', () => {
  const everybody = fc.array(known, { minLength: 50, maxLength: 50 })
  fc.assert(
    fc.property(condition, everybody, (some, facts) => {
      if (!canHold(some, all)) expect(facts.filter((each) => evaluate(some, each).holds)).toEqual([])
    }),
  )
})

test('rules that are never reached change nothing when they go', () => {
  fc.assert(
    fc.property(rules, known, (some, facts) => {
      const hidden = neverReached(some, all)
      const reached = some.filter(({ id }) => !hidden.has(id))
      const chosen = (each: Rule[]) => ({ ruleId: undefined, ...recommend(each, facts) }).ruleId
      expect(chosen(reached)).toBe(chosen(some))
    }),
  )
})

test('two rules before a third can hide it together', () => {
  const some = [is('yes', 'yes'), { none: [is('yes', 'yes')] }, is('one', 'x')].map((each, index) => ({ id: index + 1, condition: each }))
  expect([...neverReached(some, all)]).toEqual([3])
})

test('the one changed answer that is shown really leads to that pathway', () => {
  fc.assert(
    fc.property(rules, known, (some, facts) => {
      for (const { pathwayId, characteristic, to } of changesThatLead(some, facts, questions).values()) {
        expect(recommend(some, { ...facts, [characteristic]: to ?? undefined })).toMatchObject({ pathwayId })
        expect(recommend(some, facts)).not.toMatchObject({ pathwayId })
      }
    }),
  )
})

test('only answers are changed, never a fact of the register', () => {
  const inCampania: Rule[] = [{ id: 1, title: 'Campania', pathwayId: 1, condition: is('region', '15') }]
  const facts = characteristicsOf({ region: '01', kind: 'municipality', category: 'L6', size: null }, {})
  expect(changesThatLead(inCampania, facts, questions).size).toBe(0)
  expect(roc).toContain('15')
})

test('the nearest number is shown', () => {
  const some: Rule[] = [{ id: 1, title: 'Almeno tre', pathwayId: 1, condition: atLeast(3) }]
  expect(changesThatLead(some, { number: 1 }, questions).get(1)).toEqual({ pathwayId: 1, characteristic: 'number', from: 1, to: 3 })
})

test('every addition that holds adds its module, and the same module once', () => {
  const additions = [
    { id: 1, title: 'Prima', moduleId: 7, condition: is('one', 'x') },
    { id: 2, title: 'Seconda', moduleId: 7, condition: { all: [] } },
    { id: 3, title: 'Terza', moduleId: 8, condition: is('one', 'y') },
    { id: 4, title: 'Quarta', moduleId: 9, condition: atLeast(2) },
  ]
  expect(addedModules(additions, { one: 'x', number: 2 }).map(({ additionId, moduleId }) => [additionId, moduleId])).toEqual([
    [1, 7],
    [4, 9],
  ])
})
