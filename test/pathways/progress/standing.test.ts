import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { effectiveDue } from '#src/pathways/progress/due.ts'
import { metBy } from '#src/pathways/progress/met-by.ts'
import { howFar, moduleStates } from '#src/pathways/progress/standing.ts'
import type { PathwayModule } from '#src/pathways/queries.ts'

const day = Temporal.PlainDate.from
const days = { enrolledOn: day('2026-03-02'), today: day('2026-03-10'), zone: 'Europe/Rome' }
const module = (moduleId: number, details: Partial<PathwayModule> = {}): PathwayModule => ({
  moduleId,
  position: moduleId,
  title: `Modulo ${moduleId}`,
  kind: 'reading',
  summary: '',
  section: '',
  optional: false,
  notBefore: null,
  metBy: 'any',
  metByCount: null,
  dueFrom: null,
  dueAfterDays: null,
  dueModuleId: null,
  dueOn: null,
  requires: [],
  ...details,
})
const completed = (moduleId: number) => ({ moduleId, state: 'completed' as const, completedAt: null })

describe('a section', () => {
  const three = [1, 2, 3].map((id) => module(id, { section: 'A', dueFrom: 'fixed', dueOn: day('2026-03-05') }))
  test.each([
    [undefined, [1, 2], { done: 2, total: 3 }],
    [1, [2], { done: 1, total: 1 }],
    [2, [1, 2, 3], { done: 2, total: 2, extra: 1 }],
    [9, [1], { done: 1, total: 3 }],
  ])('that needs %s with %j done', (needed, done, expected) => {
    const sections = needed === undefined ? [] : [{ title: 'A', needed }]
    expect(moduleStates(three, done.map(completed), days, { sections })).toMatchObject(expected)
  })

  test('that has enough leaves the rest optional and never late', () => {
    const standing = moduleStates(three, [completed(1)], days, { sections: [{ title: 'A', needed: 1 }] })
    expect(standing.modules.map(({ optional, late }) => [optional, late])).toEqual([
      [false, false],
      [true, false],
      [true, false],
    ])
  })
})

test('before its day a module is locked and says so, on the day it opens', () => {
  const standing = (notBefore: string) => moduleStates([module(1, { notBefore: day(notBefore) })], [], days).modules[0]
  expect(standing('2026-03-11')).toMatchObject({ state: 'locked', lockReasons: [{ reason: 'not_before' }] })
  expect(standing('2026-03-10')).toMatchObject({ state: 'available', lockReasons: [] })
})

describe('a due date', () => {
  const facts = {
    enrolledOn: days.enrolledOn,
    completedOn: new Map([[2, day('2026-03-20')]]),
    lastSessionOn: new Map([[3, day('2026-04-10')]]),
    extendedTo: new Map<number, Temporal.PlainDate>(),
  }
  test.each([
    [{ dueFrom: 'enrolment', dueAfterDays: 30 }, '2026-04-01'],
    [{ dueFrom: 'module', dueModuleId: 2, dueAfterDays: 7 }, '2026-03-27'],
    [{ dueFrom: 'session', dueModuleId: 3, dueAfterDays: 5 }, '2026-04-15'],
    [{ dueFrom: 'fixed', dueOn: day('2026-06-30') }, '2026-06-30'],
    [{ dueFrom: 'module', dueModuleId: 4, dueAfterDays: 7 }, undefined],
    [{}, undefined],
  ] as const)('%j', (rule, expected) => {
    expect(effectiveDue(module(1, rule), facts)?.toString()).toBe(expected)
  })
  test('that was extended is the extension', () => {
    const extended = { ...facts, extendedTo: new Map([[1, day('2026-09-01')]]) }
    expect(effectiveDue(module(1, { dueFrom: 'fixed', dueOn: day('2026-06-30') }), extended)?.toString()).toBe('2026-09-01')
  })
  test('that can’t be known yet says what it waits for', () => {
    const outline = [module(1), module(2, { dueFrom: 'module', dueModuleId: 1, dueAfterDays: 7 })]
    expect(moduleStates(outline, [], days).modules[1]?.dueLater).toEqual({ from: 'module', days: 7, title: 'Modulo 1' })
  })
})

describe('whatever the pathway', () => {
  const outlines = fc.array(fc.record({ section: fc.constantFrom('A', 'B'), optional: fc.boolean() }), { minLength: 1, maxLength: 8 })
  const needs = fc.record({ A: fc.option(fc.nat(9)), B: fc.option(fc.nat(9)) })
  const doneIds = fc.uniqueArray(fc.integer({ min: 1, max: 8 }))

  test('more done never lowers what is done, and it never passes the total', () => {
    fc.assert(
      fc.property(outlines, needs, doneIds, fc.integer({ min: 1, max: 8 }), (outline, needed, done, one) => {
        const modules = outline.map((each, index) => module(index + 1, each))
        const sections = (['A', 'B'] as const).flatMap((title) => (needed[title] === null ? [] : [{ title, needed: needed[title] }]))
        const before = howFar({ modules, sections }, done.map(completed))
        const after = howFar({ modules, sections }, [...done, one].map(completed))
        expect(after.done).toBeGreaterThanOrEqual(before.done)
        expect(after.done).toBeLessThanOrEqual(after.total)
      }),
    )
  })

  test('more evidence never undoes enough, and its order doesn’t matter', () => {
    const people = fc.array(fc.integer({ min: 1, max: 6 }), { maxLength: 8 })
    const asked = fc.record({ metBy: fc.constantFrom('any', 'all', 'at_least'), metByCount: fc.option(fc.integer({ min: 1, max: 5 })) })
    fc.assert(
      fc.property(asked, people, people, fc.uniqueArray(fc.integer({ min: 1, max: 6 })), (requirement, first, more, present) => {
        const before = metBy(requirement, first, present)
        const after = metBy(requirement, [...first, ...more], present)
        if (before.enough) expect(after.enough).toBe(true)
        expect(metBy(requirement, [...more, ...first], present)).toEqual(after)
      }),
    )
  })
})
