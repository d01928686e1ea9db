import { describe, expect, test } from 'vitest'
import type { RecordedState } from '#src/database/schema.ts'
import { doneStates, workRefusal } from '#src/pathways/progress/rules.ts'
import { moduleStates } from '#src/pathways/progress/standing.ts'
import type { PathwayModule } from '#src/pathways/queries.ts'

const day = Temporal.PlainDate.from
const days = { enrolledOn: day('2026-03-02'), today: day('2026-03-10'), zone: 'Europe/Rome' }

function module(moduleId: number, details: Partial<PathwayModule> = {}): PathwayModule {
  const plain = { kind: 'reading', summary: '', section: '', optional: false, notBefore: null, metBy: 'any', metByCount: null } as const
  const due = { dueFrom: details.dueAfterDays ? ('enrolment' as const) : null, dueAfterDays: null, dueModuleId: null, dueOn: null }
  return { ...plain, ...due, requires: [], moduleId, position: moduleId, title: `Modulo ${moduleId}`, ...details }
}
const recorded = (moduleId: number, state: RecordedState) => ({ moduleId, state, completedAt: null })
const stateOf = (standing: ReturnType<typeof moduleStates>, moduleId: number) =>
  standing.modules.find((each) => each.moduleId === moduleId)?.state

describe('what is open', () => {
  test('a module without prerequisites is available', () => {
    expect(stateOf(moduleStates([module(1)], [], days), 1)).toBe('available')
  })

  test('a module is locked until what it requires is done, and says what that is', () => {
    const outline = [module(1), module(2), module(3, { requires: [1, 2] })]
    const before = moduleStates(outline, [recorded(1, 'completed')], days)
    expect(before.modules[2]).toMatchObject({ state: 'locked', lockReasons: [{ reason: 'after', titles: ['Modulo 2'] }] })
    const after = moduleStates(outline, [recorded(1, 'completed'), recorded(2, 'completed')], days)
    expect(after.modules[2]).toMatchObject({ state: 'available', lockReasons: [] })
  })

  test.each(doneStates)('a prerequisite that is %s opens what follows', (state) => {
    expect(stateOf(moduleStates([module(1), module(2, { requires: [1] })], [recorded(1, state)], days), 2)).toBe('available')
  })

  test.each(['in_progress', 'submitted'] as const)('a prerequisite that is %s does not open what follows', (state) => {
    expect(stateOf(moduleStates([module(1), module(2, { requires: [1] })], [recorded(1, state)], days), 2)).toBe('locked')
  })

  test('a prerequisite added later locks what nobody has begun, and nothing else', () => {
    const later = [module(1), module(2, { requires: [1] }), module(3, { requires: [1] })]
    const standing = moduleStates(later, [recorded(3, 'in_progress')], days)
    expect([stateOf(standing, 2), stateOf(standing, 3)]).toEqual(['locked', 'in_progress'])
  })

  test('a prerequisite that has left the pathway holds nobody up', () => {
    expect(stateOf(moduleStates([module(2, { requires: [99] })], [], days), 2)).toBe('available')
  })

  test('work is refused on a locked module and for an enrolment that has ended', () => {
    expect(workRefusal({ state: 'locked', ended: false })).toBe('locked')
    expect(workRefusal({ state: 'available', ended: true })).toBe('ended')
    expect(workRefusal({ state: 'in_progress', ended: false })).toBeNull()
  })
})

describe('due dates', () => {
  const due = (state: RecordedState | null, dueAfterDays: number) =>
    moduleStates([module(1, { dueAfterDays })], state ? [recorded(1, state)] : [], days).modules[0]

  test('they count from the day of enrolment', () => {
    expect(due(null, 30)?.due?.toString()).toBe('2026-04-01')
  })
  test('on its due day a module is not late, the day after it is', () => {
    expect([due(null, 8)?.late, due(null, 7)?.late]).toEqual([false, true])
  })
  test('what is begun can be late', () => {
    expect(due('in_progress', 7)?.late).toBe(true)
  })
  test.each(['submitted', ...doneStates] as const)('what is %s is not late', (state) => {
    expect(due(state, 7)?.late).toBe(false)
  })
})

describe('the next step', () => {
  const next = (outline: PathwayModule[], ...done: ReturnType<typeof recorded>[]) => moduleStates(outline, done, days).next?.moduleId

  test('is the first open module by position, whatever the order they come in', () => {
    expect(next([module(3), module(2), module(1)], recorded(1, 'completed'))).toBe(2)
  })
  test('is the mandatory one before an optional one that comes earlier', () => {
    expect(next([module(1, { optional: true }), module(2)])).toBe(2)
  })
  test('is an optional one when nothing mandatory is open', () => {
    expect(next([module(1, { optional: true }), module(2)], recorded(2, 'completed'))).toBe(1)
  })
  test('passes over what waits for review and what is locked', () => {
    expect(next([module(1), module(2, { requires: [1] }), module(3)], recorded(1, 'submitted'))).toBe(3)
  })
  test('is nothing when all is done', () => {
    expect(next([module(1)], recorded(1, 'recognised'))).toBeUndefined()
  })
})

describe('how much is done', () => {
  test('counts the mandatory modules', () => {
    const outline = [module(1), module(2), module(3), module(4, { optional: true })]
    const standing = moduleStates(outline, [recorded(1, 'completed'), recorded(2, 'not_relevant'), recorded(4, 'completed')], days)
    expect(standing).toMatchObject({ done: 2, total: 3, percent: 66 })
  })
  test('is a hundred per cent only at the end', () => {
    const outline = Array.from({ length: 201 }, (_, index) => module(index + 1))
    const almost = outline.slice(1).map(({ moduleId }) => recorded(moduleId, 'completed'))
    expect(moduleStates(outline, almost, days).percent).toBe(99)
    expect(moduleStates(outline, [...almost, recorded(1, 'completed')], days).percent).toBe(100)
  })
  test('a pathway without modules is not done', () => {
    expect(moduleStates([], [], days)).toMatchObject({ done: 0, total: 0, percent: 0, next: null })
  })
})
