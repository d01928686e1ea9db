import { describe, expect, test } from 'vitest'
import {
  doneStates,
  type ModuleState,
  type ProgressEvent,
  progressEvents,
  recordedBefore,
  recordedBy,
  takenBackTo,
  transitions,
} from '#src/pathways/progress/rules.ts'

const no = null
const kept = 'kept_work'

/** Written down once more, by hand: one row a state, one column an event in the order of `progressEvents`. */
// biome-ignore format: a table
const expected: Record<ModuleState, (ModuleState | 'kept_work' | null)[]> = {
  //             begin          hand_in      send_back      complete     recognise     set_aside       take_back
  locked:       ['in_progress', no,          no,            'completed', 'recognised', 'not_relevant', no],
  available:    ['in_progress', 'submitted', no,            'completed', 'recognised', 'not_relevant', no],
  in_progress:  [no,            'submitted', no,            'completed', 'recognised', 'not_relevant', no],
  submitted:    [no,            no,          'in_progress', 'completed', 'recognised', 'not_relevant', no],
  completed:    [no,            no,          no,            no,          no,           no,             kept],
  recognised:   [no,            no,          no,            no,          no,           no,             kept],
  not_relevant: [no,            no,          no,            no,          no,           no,             kept],
}

describe.each(Object.keys(expected) as ModuleState[])('from %s', (state) => {
  test.each(progressEvents.map((event, index) => [event, expected[state][index]] as const))('%s leads to %s', (event, to) => {
    expect(transitions[state][event]).toBe(to)
  })
})

test('what an event records is what the table says, from every state', () => {
  for (const [event, recorded] of Object.entries(recordedBy))
    for (const events of Object.values(transitions)) expect([recorded, null]).toContain(events[event as ProgressEvent])
})

test('only what has been handed in goes back to work by itself, and nothing done goes anywhere', () => {
  expect(recordedBefore('in_progress')).toEqual(['submitted'])
  expect(doneStates.flatMap((state) => recordedBefore(state)).filter((state) => doneStates.includes(state))).toEqual([])
})

test.each([
  ['tool', 'none', 'available'],
  ['tool', 'begun', 'in_progress'],
  ['assignment', 'begun', 'in_progress'],
  ['assignment', 'waiting', 'submitted'],
  ['webinar', 'begun', 'available'],
  ['reading', 'none', 'available'],
] as const)('a %s with work that is %s, taken back, is %s', (kind, work, state) => {
  expect(takenBackTo({ kind, work })).toBe(state)
})
