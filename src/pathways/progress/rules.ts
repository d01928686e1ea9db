import type { ModuleKind, RecordedState } from '../../database/schema.ts'

/** `locked` and `available` follow from the pathway; the others were made by facts and are recorded. */
export type ModuleState = 'locked' | 'available' | RecordedState

/** What can happen to a module of an administration. */
export const progressEvents = ['begin', 'hand_in', 'send_back', 'complete', 'recognise', 'set_aside', 'take_back'] as const
export type ProgressEvent = (typeof progressEvents)[number]

/**
 * What each state becomes by each event; null where the event changes nothing. `begin` is work saved, or evidence of some
 * referents where more are needed; `complete` is enough evidence; `recognise` and `set_aside` are a coordinator's (earlier
 * work credited, found not relevant). What is done falls back by `take_back` alone, which needs a coordinator and a reason:
 * to where the work that is kept stands, as `takenBackTo` says. Between `locked` and `available` the pathway decides.
 */
export const transitions: Record<ModuleState, Record<ProgressEvent, ModuleState | 'kept_work' | null>> = {
  // A meeting may be attended, and earlier work credited, before the pathway gets there; nothing is handed in.
  locked: {
    begin: 'in_progress',
    hand_in: null,
    send_back: null,
    complete: 'completed',
    recognise: 'recognised',
    set_aside: 'not_relevant',
    take_back: null,
  },
  available: {
    begin: 'in_progress',
    hand_in: 'submitted',
    send_back: null,
    complete: 'completed',
    recognise: 'recognised',
    set_aside: 'not_relevant',
    take_back: null,
  },
  in_progress: {
    begin: null,
    hand_in: 'submitted',
    send_back: null,
    complete: 'completed',
    recognise: 'recognised',
    set_aside: 'not_relevant',
    take_back: null,
  },
  submitted: {
    begin: null,
    hand_in: null,
    send_back: 'in_progress',
    complete: 'completed',
    recognise: 'recognised',
    set_aside: 'not_relevant',
    take_back: null,
  },
  completed: { begin: null, hand_in: null, send_back: null, complete: null, recognise: null, set_aside: null, take_back: 'kept_work' },
  recognised: { begin: null, hand_in: null, send_back: null, complete: null, recognise: null, set_aside: null, take_back: 'kept_work' },
  not_relevant: { begin: null, hand_in: null, send_back: null, complete: null, recognise: null, set_aside: null, take_back: 'kept_work' },
}

/** The state that each event records; taking back is decided by the work that is kept. */
export const recordedBy = {
  begin: 'in_progress',
  hand_in: 'submitted',
  send_back: 'in_progress',
  complete: 'completed',
  recognise: 'recognised',
  set_aside: 'not_relevant',
} as const satisfies Record<Exclude<ProgressEvent, 'take_back'>, RecordedState>

/** States in which a module counts as done for the pathway. */
export const doneStates: readonly RecordedState[] = ['completed', 'recognised', 'not_relevant']
export const isDone = (state: ModuleState): boolean => doneStates.some((done) => done === state)

/** From which recorded states a fact may lead to this one. */
export const recordedBefore = (state: RecordedState): RecordedState[] =>
  recordedStates.filter((earlier) => progressEvents.some((event) => transitions[earlier][event] === state))

const recordedStates: readonly RecordedState[] = ['in_progress', 'submitted', ...doneStates]

/** Where a module stands that is taken back: what was begun in a tool or handed in is still there. */
export function takenBackTo({ kind, work }: { kind: ModuleKind; work: 'none' | 'begun' | 'waiting' }): 'available' | RecordedState {
  if (work === 'none' || (kind !== 'tool' && kind !== 'assignment')) return 'available'
  return work === 'waiting' ? 'submitted' : 'in_progress'
}

export type WorkRefusal = 'ended' | 'locked'

/** Why nobody can work on this module now, or null. */
export function workRefusal({ state, ended }: { state: ModuleState; ended: boolean }): WorkRefusal | null {
  if (ended) return 'ended'
  if (state === 'locked') return 'locked'
  return null
}
