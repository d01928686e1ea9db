import fc from 'fast-check'
import { expect, test } from 'vitest'
import { intakeQuestions } from '#src/pathways/intake/queries.ts'
import { moveRule, removeRule, saveRule } from '#src/pathways/rules/actions.ts'
import { characteristicsFor } from '#src/pathways/rules/characteristics.ts'
import type { Condition } from '#src/pathways/rules/condition.ts'
import { formOf, isGroup, type LineGroup, readCondition, rearranged, typedGroup } from '#src/pathways/rules/form.ts'
import { liveRules } from '#src/pathways/rules/queries.ts'
import { conditionRefusal, neverReached } from '#src/pathways/rules/rules.ts'
import { rulesEdited } from '#src/pathways/rules/versions/queries.ts'
import { buildMiglioraPa, byCarla, made, newProgramme, refusalOf } from '#test/programmes/build.ts'
import { countQueries, newDatabase } from '#test/support.ts'

const characteristics = characteristicsFor('it', [
  {
    name: 'experience',
    kind: 'single',
    label: 'Indagini',
    options: [
      { value: 'one', label: 'Sì, una' },
      { value: 'many', label: 'Tante' },
    ],
  },
  { name: 'staff', kind: 'number', label: 'Persone', options: [] },
  { name: 'survey', kind: 'yes_no', label: 'Già fatto', options: [] },
  { name: 'notes', kind: 'text', label: 'Note', options: [] },
])

test.each<[string, Condition, string | null]>([
  ['the rule for everybody', { all: [] }, null],
  ['a group of any with nothing in it', { any: [] }, 'empty_group'],
  ['a group of none with nothing in it', { none: [] }, 'empty_group'],
  ['an empty group inside another', { all: [{ all: [] }] }, 'empty_group'],
  ['a characteristic that is none', { characteristic: 'budget', operator: 'is', value: 'x' }, 'unknown_characteristic'],
  ['one deep inside', { any: [{ none: [{ characteristic: 'budget', operator: 'unknown' }] }] }, 'unknown_characteristic'],
  ['at least without a number', { characteristic: 'staff', operator: 'at_least', value: 'tre' }, 'number_needed'],
  ['at least without anything', { characteristic: 'staff', operator: 'at_least' }, 'value_missing'],
  ['at least of a choice', { characteristic: 'experience', operator: 'at_least', value: 1 }, 'wrong_operator'],
  ['an answer that is not offered', { characteristic: 'experience', operator: 'is', value: 'never' }, 'unknown_value'],
  ['one of, with one that is not offered', { characteristic: 'experience', operator: 'one_of', value: ['one', 'x'] }, 'unknown_value'],
  ['one of nothing', { characteristic: 'experience', operator: 'one_of', value: [] }, 'value_missing'],
  ['is, with several', { characteristic: 'experience', operator: 'is', value: ['one'] }, 'unknown_value'],
  ['yes or no', { characteristic: 'survey', operator: 'is', value: 'yes' }, null],
  ['maybe', { characteristic: 'survey', operator: 'is', value: 'maybe' }, 'unknown_value'],
  ['free text compared', { characteristic: 'notes', operator: 'is', value: 'ciao' }, 'wrong_operator'],
  ['free text that is there or not', { none: [{ characteristic: 'notes', operator: 'unknown' }] }, null],
  ['a region that is none', { characteristic: 'region', operator: 'is', value: '99' }, 'unknown_value'],
  [
    'facts of the register',
    {
      all: [
        { characteristic: 'roc', operator: 'is', value: 'yes' },
        { characteristic: 'category', operator: 'is', value: 'L6' },
      ],
    },
    null,
  ],
])('a condition with %s', (_name, condition, refusal) => {
  expect(conditionRefusal(condition, characteristics)).toBe(refusal)
})

test('rules after one that holds for everybody are never reached', () => {
  const always: Condition = { all: [] }
  const some: Condition = { characteristic: 'roc', operator: 'is', value: 'yes' }
  expect([
    ...neverReached(
      [1, 2, 3].map((id) => ({ id, condition: id === 2 ? always : some })),
      characteristics,
    ),
  ]).toEqual([3])
})

test('saving refuses a pathway of another programme and keeps nothing', async () => {
  const db = await newDatabase()
  const { programmeId } = await buildMiglioraPa(db)
  const other = await buildMiglioraPa(db)
  const rule = { title: 'Sbagliata', pathwayId: other.standard, condition: { all: [] } }
  expect(refusalOf(await saveRule(db, programmeId, rule, byCarla))).toBe('unknown_pathway')
  expect(await liveRules(db, programmeId)).toHaveLength(3)
})

test('saving refuses a question that was never asked', async () => {
  const db = await newDatabase()
  const { programmeId, standard } = await buildMiglioraPa(db)
  const condition: Condition = { characteristic: 'budget', operator: 'unknown' }
  expect(refusalOf(await saveRule(db, programmeId, { title: 'x', pathwayId: standard, condition }, byCarla))).toBe('unknown_characteristic')
})

test('a rule of another programme cannot be changed from here', async () => {
  const db = await newDatabase()
  const { rules } = await buildMiglioraPa(db)
  const here = await buildMiglioraPa(db)
  const rule = { id: rules.expert, title: 'x', pathwayId: here.standard, condition: { all: [] } }
  expect(refusalOf(await saveRule(db, here.programmeId, rule, byCarla))).toBe('rule_removed')
})

test('a changed rule keeps its place', async () => {
  const db = await newDatabase()
  const { programmeId, rules, standard } = await buildMiglioraPa(db)
  const condition: Condition = { characteristic: 'roc', operator: 'is', value: 'yes' }
  const id = made(await saveRule(db, programmeId, { id: rules.advanced, title: 'Nuovo nome', pathwayId: standard, condition }, byCarla))
  expect((await rulesEdited(db, programmeId)).rules[0]).toEqual({ id, title: 'Nuovo nome', pathwayId: standard, condition })
})

test('moving exchanges a rule with its neighbour and stops at the ends', async () => {
  const db = await newDatabase()
  const { programmeId, rules } = await buildMiglioraPa(db)
  const edited = async () => (await rulesEdited(db, programmeId)).rules
  const order = async () => (await edited()).map(({ title }) => title)
  const moved = ['Chi rileva con regolarità', 'Tutti gli altri', 'Chi ha già rilevato']
  await moveRule(db, programmeId, rules.standard ?? 0, 'up', byCarla)
  expect(await order()).toEqual(moved)
  const [first, , last] = await edited()
  await moveRule(db, programmeId, first?.id ?? 0, 'up', byCarla)
  await moveRule(db, programmeId, last?.id ?? 0, 'down', byCarla)
  expect(await order()).toEqual(moved)
})

test('a rule removed twice is gone from the draft, and remembered once', async () => {
  const db = await newDatabase()
  const { programmeId, rules } = await buildMiglioraPa(db)
  await removeRule(db, programmeId, rules.expert, byCarla)
  await removeRule(db, programmeId, rules.expert, byCarla)
  expect((await rulesEdited(db, programmeId)).rules.map(({ title }) => title)).not.toContain('Chi ha già rilevato')
  const removals = await db.selectFrom('history').where('happening', '=', 'rule_removed').select('details').execute()
  expect(removals).toEqual([{ details: JSON.stringify({ title: 'Chi ha già rilevato' }) }])
})

test('a removed rule cannot be saved again', async () => {
  const db = await newDatabase()
  const { programmeId, rules, standard } = await buildMiglioraPa(db)
  await removeRule(db, programmeId, rules.expert, byCarla)
  const again = { id: rules.expert, title: 'x', pathwayId: standard, condition: { all: [] } }
  expect(refusalOf(await saveRule(db, programmeId, again, byCarla))).toBe('rule_removed')
})

test('rules and questions take the same queries however many there are', async () => {
  const db = await newDatabase()
  const { programmeId } = await buildMiglioraPa(db)
  const empty = await newProgramme(db)
  for (const read of [liveRules, intakeQuestions])
    expect(await countQueries(db, (counted) => read(counted, programmeId))).toBe(await countQueries(db, (counted) => read(counted, empty)))
})

// The form -----------------------------------------------------------------------------------------------------------

test('what the form shows of a simple condition reads back as the same condition', () => {
  const condition: Condition = {
    none: [
      { characteristic: 'experience', operator: 'one_of', value: ['one', 'many'] },
      { characteristic: 'staff', operator: 'at_most', value: 2 },
      { characteristic: 'notes', operator: 'unknown' },
    ],
  }
  expect(readCondition(formOf(condition), characteristics, 'it').condition).toEqual(condition)
})

/** The fields that a browser sends back for a form. */
function fieldsOf({ group, children }: LineGroup, path = ''): Record<string, string | string[]> {
  const own = { [path === '' ? 'group' : `group-${path}`]: group }
  const inside = children.map((child, index) => {
    const place = path === '' ? String(index) : `${path}-${index}`
    if (isGroup(child)) return fieldsOf(child, place)
    const { characteristic, operator, values } = child
    return { [`characteristic-${place}`]: characteristic, [`operator-${place}`]: operator, [`value-${place}`]: [...values] }
  })
  return Object.assign(own, ...inside)
}

const comparison = fc.constantFrom<Condition>(
  { characteristic: 'experience', operator: 'one_of', value: ['one', 'many'] },
  { characteristic: 'experience', operator: 'is', value: 'one' },
  { characteristic: 'staff', operator: 'at_least', value: 3 },
  { characteristic: 'survey', operator: 'unknown' },
  { characteristic: 'region', operator: 'is', value: '15' },
)
const groupOf = (inside: fc.Arbitrary<Condition>) =>
  fc
    .tuple(fc.constantFrom('all', 'any', 'none'), fc.array(inside, { minLength: 1, maxLength: 3 }))
    .map(([group, some]) => ({ [group]: some }) as Condition)

test('groups inside groups come back from the form as they were', () => {
  const nested = groupOf(fc.oneof(comparison, groupOf(fc.oneof(comparison, groupOf(comparison)))))
  fc.assert(
    fc.property(nested, (condition) => {
      expect(readCondition(typedGroup(fieldsOf(formOf(condition))), characteristics, 'it').condition).toEqual(condition)
    }),
  )
})

test('buttons add a line, put in a group, and take either away again', () => {
  const form = formOf({ all: [{ characteristic: 'survey', operator: 'is', value: 'yes' }] })
  const nested = rearranged(form, 'nest')
  expect(nested.children.map(isGroup)).toEqual([false, true])
  const longer = rearranged(nested, 'add-1').children[1]
  expect(longer && isGroup(longer) && longer.children.length).toBe(3)
  expect(rearranged(nested, 'remove-1')).toEqual(form)
  expect(rearranged(nested, 'anything')).toEqual(nested)
})

test('where the page could not offer the choices, their labels may be typed', () => {
  const typed = { 'characteristic-0': 'region', 'operator-0': 'one_of', 'value-0': 'campania, Puglia' }
  expect(readCondition(typedGroup({ group: 'all', ...typed }), characteristics, 'it').condition).toEqual({
    all: [{ characteristic: 'region', operator: 'one_of', value: ['15', '16'] }],
  })
})

test('a label with a comma in it is one answer', () => {
  const typed = { 'characteristic-0': 'experience', 'operator-0': 'is', 'value-0': 'Sì, una' }
  expect(readCondition(typedGroup({ group: 'all', ...typed }), characteristics, 'it').condition).toEqual({
    all: [{ characteristic: 'experience', operator: 'is', value: 'one' }],
  })
})

test('empty lines do not count, and problems are named by their line', () => {
  const typed = {
    'characteristic-0': '',
    'operator-0': 'is',
    'value-0': '',
    'characteristic-1': 'staff',
    'operator-1': 'at_least',
    'value-1': 'tre',
    'characteristic-2': 'tolta',
    'operator-2': 'unknown',
  }
  expect(readCondition(typedGroup({ group: 'any', ...typed }), characteristics, 'it').problems).toEqual({
    'value-1': 'number_needed',
    'characteristic-2': 'unknown_characteristic',
  })
})

test('no condition at all is a rule for everybody only as an all-group', () => {
  expect(readCondition({ group: 'all', children: [] }, characteristics, 'it').condition).toEqual({ all: [] })
  expect(readCondition({ group: 'any', children: [] }, characteristics, 'it').problems).toEqual({ group: 'empty_group' })
})
