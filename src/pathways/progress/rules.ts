import type { RecordedState } from '../../database/schema.ts'
import type { PathwayModule } from '../queries.ts'

/** `locked` and `available` follow from the pathway; the others were made by facts and are recorded. */
export type ModuleState = 'locked' | 'available' | RecordedState

/** What each state may become: the first two move with the pathway, the others by facts; what is done never falls back by itself. */
export const transitions: Record<ModuleState, readonly ModuleState[]> = {
  // A meeting may be attended, and earlier work credited, before the pathway gets there.
  locked: ['available', 'in_progress', 'completed', 'recognised', 'not_relevant'],
  // A prerequisite that is added later locks what nobody has begun.
  available: ['locked', 'in_progress', 'submitted', 'completed', 'recognised', 'not_relevant'],
  in_progress: ['submitted', 'completed', 'recognised', 'not_relevant'],
  submitted: ['in_progress', 'completed', 'recognised', 'not_relevant'],
  completed: [],
  recognised: [],
  not_relevant: [],
}

/** States in which a module counts as done for the pathway. */
export const doneStates: readonly RecordedState[] = ['completed', 'recognised', 'not_relevant']
export const isDone = (state: ModuleState): boolean => doneStates.some((done) => done === state)

/** From which recorded states a fact may lead to this one. */
export const recordedBefore = (state: RecordedState): RecordedState[] =>
  recordedStates.filter((earlier) => transitions[earlier].includes(state))

const recordedStates: readonly RecordedState[] = ['in_progress', 'submitted', ...doneStates]

export type Recorded = { moduleId: number; state: RecordedState; completedAt: Temporal.Instant | null }

export type ModuleStanding = PathwayModule & {
  state: ModuleState
  /** While it is locked: the titles of the modules that open it. */
  opensAfter: readonly string[]
  due: Temporal.PlainDate | null
  late: boolean
  completedAt: Temporal.Instant | null
}

/** How a whole pathway stands; `done` and `total` count what is mandatory. */
export type PathwayStanding = {
  modules: readonly ModuleStanding[]
  next: ModuleStanding | null
  done: number
  total: number
  percent: number
}

type Days = { enrolledOn: Temporal.PlainDate; today: Temporal.PlainDate }

export function moduleStates(outline: readonly PathwayModule[], recorded: readonly Recorded[], days: Days): PathwayStanding {
  const recordOf = new Map(recorded.map((record) => [record.moduleId, record]))
  const modules = outline
    .toSorted((a, b) => a.position - b.position)
    .map((module): ModuleStanding => {
      const record = recordOf.get(module.moduleId)
      const opensAfter = record ? [] : missingFor(module, outline, recordOf)
      const state = record?.state ?? (opensAfter.length > 0 ? 'locked' : 'available')
      const due = module.dueAfterDays === null ? null : days.enrolledOn.add({ days: module.dueAfterDays })
      return {
        ...module,
        state,
        opensAfter,
        due,
        late: !module.optional && isLate(state, due, days.today),
        completedAt: record?.completedAt ?? null,
      }
    })

  const mandatory = modules.filter(({ optional }) => !optional)
  const done = mandatory.filter(({ state }) => isDone(state)).length
  const total = mandatory.length
  return { modules, next: nextOf(modules), done, total, percent: total === 0 ? 0 : Math.floor((100 * done) / total) }
}

/** A required module that has left the pathway since holds nobody up. */
function missingFor(module: PathwayModule, outline: readonly PathwayModule[], recordOf: ReadonlyMap<number, Recorded>): string[] {
  return outline
    .filter(({ moduleId }) => module.requires.includes(moduleId))
    .filter(({ moduleId }) => !isDone(recordOf.get(moduleId)?.state ?? 'available'))
    .map(({ title }) => title)
}

/** What has been handed in waits for the trainer: it is no longer the administration that is late. */
function isLate(state: ModuleState, due: Temporal.PlainDate | null, today: Temporal.PlainDate): boolean {
  return due !== null && !isDone(state) && state !== 'submitted' && Temporal.PlainDate.compare(due, today) < 0
}

/** The first that can be worked on, what is mandatory before what is not. */
function nextOf(modules: readonly ModuleStanding[]): ModuleStanding | null {
  const open = modules.filter(({ state }) => state === 'available' || state === 'in_progress')
  return open.find(({ optional }) => !optional) ?? open[0] ?? null
}

export type WorkRefusal = 'ended' | 'locked'

/** Why nobody can work on this module now, or null. */
export function workRefusal({ state, ended }: { state: ModuleState; ended: boolean }): WorkRefusal | null {
  if (ended) return 'ended'
  if (state === 'locked') return 'locked'
  return null
}
