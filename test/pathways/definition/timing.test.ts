import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { ModuleKind } from '#src/database/schema.ts'
import { type Step, sectionRefusals, stepsRefusal, timingRefusals } from '#src/pathways/definition/rules.ts'

const day = Temporal.PlainDate.from
const programme = { startsOn: day('2026-03-01'), endsOn: day('2026-12-31') }
const kinds: ModuleKind[] = ['reading', 'webinar', 'tool', 'assignment']
const modules = kinds.map((kind, index) => ({ id: index + 1, kind }))

/** Module 1 is a reading, 2 a webinar, 3 a tool, 4 an assignment. */
const plan = (changed: Partial<Step>, of = 1): Step[] =>
  modules.map(({ id }) => ({
    moduleId: id,
    section: id < 3 ? 'Prima' : 'Dopo',
    optional: false,
    requires: [],
    dueAfterDays: null,
    ...(id === of && changed),
  }))

test.each<[string, Partial<Step>, number, string | null]>([
  ['days alone', { dueAfterDays: 30 }, 1, null],
  ['days from enrolment that are missing', { dueFrom: 'enrolment' }, 1, 'due_days_missing'],
  ['the day it opens to the day it is due', { dueFrom: 'fixed', dueOn: day('2026-05-01'), notBefore: day('2026-05-01') }, 1, null],
  ['a fixed day that is missing', { dueFrom: 'fixed' }, 1, 'due_day_missing'],
  ['due before the programme begins', { dueFrom: 'fixed', dueOn: day('2026-02-28') }, 1, 'due_before_start'],
  ['due before it opens', { dueFrom: 'fixed', dueOn: day('2026-05-01'), notBefore: day('2026-05-02') }, 1, 'due_before_opening'],
  ['opening after the programme has ended', { notBefore: day('2027-01-01') }, 1, 'not_before_after_end'],
  ['after another module', { dueFrom: 'module', dueAfterDays: 7, dueModuleId: 3 }, 1, null],
  ['after a module that is missing', { dueFrom: 'module', dueAfterDays: 7 }, 1, 'due_module_missing'],
  ['after itself', { dueFrom: 'module', dueAfterDays: 7, dueModuleId: 1 }, 1, 'due_itself'],
  ['after a module of another pathway', { dueFrom: 'module', dueAfterDays: 7, dueModuleId: 99 }, 1, 'due_outside'],
  ['after its own last session', { dueFrom: 'session', dueAfterDays: 7, dueModuleId: 2 }, 2, null],
  ['after the session of a tool', { dueFrom: 'session', dueAfterDays: 7, dueModuleId: 3 }, 1, 'due_not_a_meeting'],
  ['at least some referents', { metBy: 'at_least', metByCount: 2 }, 2, null],
  ['at least nobody', { metBy: 'at_least', metByCount: null }, 2, 'count_missing'],
])('%s', (_name, changed, of, refusal) => {
  expect(timingRefusals(plan(changed, of), modules, programme)[0]?.refusal ?? null).toBe(refusal)
})

test('due dates that depend on each other are refused at the module', () => {
  const after = (id: number) => ({ dueFrom: 'module' as const, dueAfterDays: 7, dueModuleId: id })
  const [first, second, third, fourth] = plan({})
  if (!first || !second || !third || !fourth) throw new Error('four modules')
  const circle = [{ ...first, ...after(4) }, { ...second, ...after(1) }, third, { ...fourth, ...after(2) }]
  expect(timingRefusals(circle, modules, programme)).toEqual([{ refusal: 'due_circle', moduleId: 1, field: 'dueModule' }])
  const chain = [first, { ...second, ...after(1) }, third, { ...fourth, ...after(2) }]
  expect(timingRefusals(chain, modules, programme)).toEqual([])
})

test.each<[string, number, Partial<Step>, string | null]>([
  ['any one of two', 1, {}, null],
  ['both of two', 2, {}, null],
  ['three of two', 3, {}, 'needs_too_many'],
  ['two of two, one of them optional', 2, { optional: true }, 'needs_too_many'],
  ['none', 0, {}, 'needs_none'],
])('a section that needs %s', (_name, needed, changed, refusal) => {
  expect(sectionRefusals([{ title: 'Prima', needed }], plan(changed))[0]?.refusal ?? null).toBe(refusal)
})

test('a section that no module has any more is refused by its name', () => {
  expect(sectionRefusals([{ title: 'Altra', needed: 1 }], plan({}))).toEqual([{ refusal: 'section_gone', section: 'Altra' }])
})

test('whatever list is accepted, every module of it can be reached', () => {
  const anyPlan = fc
    .array(fc.array(fc.integer({ min: 1, max: 6 }), { maxLength: 3 }), { minLength: 6, maxLength: 6 })
    .map((requirements) =>
      requirements.map((requires, index): Step => ({ moduleId: index + 1, section: '', optional: false, requires, dueAfterDays: null })),
    )
  fc.assert(
    fc.property(anyPlan, (steps) => {
      fc.pre(stepsRefusal(steps, [1, 2, 3, 4, 5, 6]) === null)
      const done = new Set<number>()
      for (let round = 0; round < steps.length; round += 1)
        for (const { moduleId, requires } of steps) if (requires.every((id) => done.has(id))) done.add(moduleId)
      expect(done.size).toBe(6)
    }),
  )
})
