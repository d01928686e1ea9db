import type { RecordedState } from '../../database/schema.ts'
import { dayOf } from '../../language/dates.ts'
import type { PathwayModule, Section } from '../queries.ts'
import { type Due, type DueFacts, dueOf } from './due.ts'
import { isDone, type ModuleState } from './rules.ts'

/** A module that an enrolment asks for: of its pathway, or added for this administration and why. */
export type AskedModule = PathwayModule & { addedFor?: string | null }
export type Recorded = { moduleId: number; state: RecordedState; completedAt: Temporal.Instant | null }

/** What a locked module waits for: other modules, a day, or both. */
export type LockReason = { reason: 'after'; titles: readonly string[] } | { reason: 'not_before'; day: Temporal.PlainDate }

export type ModuleStanding = PathwayModule & {
  state: ModuleState
  /** Why it is in the pathway of this administration alone; null for the pathway's own. */
  addedFor: string | null
  /** While it is locked: what opens it. */
  lockReasons: readonly LockReason[]
  /** The effective one, with what was extended. */
  due: Temporal.PlainDate | null
  /** The due date was set by an extension. */
  extended: boolean
  /** What the due date waits for, while it can't be known. */
  dueLater: Due['later']
  late: boolean
  completedAt: Temporal.Instant | null
}

/** A section and how much of it is needed. */
export type SectionStanding<M = ModuleStanding> = {
  title: string
  /** The modules added for this administration. */
  added: boolean
  needed: number
  /** Never more than needed. */
  done: number
  /** How many of its modules are not optional from the start; where fewer are needed, some are enough. */
  of: number
  modules: readonly M[]
}

/** How a whole pathway stands; `done` and `total` count what the sections need, `extra` what was done besides. */
export type PathwayStanding = {
  modules: readonly ModuleStanding[]
  sections: readonly SectionStanding[]
  next: ModuleStanding | null
  done: number
  total: number
  extra: number
  percent: number
}

type Days = { enrolledOn: Temporal.PlainDate; today: Temporal.PlainDate; zone: string }
type More = { sections?: readonly Section[]; extendedTo?: DueFacts['extendedTo']; lastSessionOn?: DueFacts['lastSessionOn'] }

export function moduleStates(
  outline: readonly AskedModule[],
  recorded: readonly Recorded[],
  days: Days,
  { sections = [], extendedTo = new Map(), lastSessionOn = new Map() }: More = {},
): PathwayStanding {
  const recordOf = new Map(recorded.map((record) => [record.moduleId, record]))
  const facts: DueFacts = { enrolledOn: days.enrolledOn, completedOn: completionDays(recorded, days.zone), extendedTo, lastSessionOn }
  const ordered = outline.toSorted((a, b) => Number(isAdded(a)) - Number(isAdded(b)) || a.position - b.position)
  const standing = ordered.map((module) => standingOf(module, ordered, recordOf, facts, days))

  const inSections = sectionsOf(standing, sections, doneIn(recorded)).map((section) => ({ ...section, modules: freed(section) }))
  const modules = inOrder(
    ordered,
    inSections.flatMap((section) => section.modules),
  )
  const { done, total } = sumOf(inSections)
  const extra = modules.filter(({ state }) => isDone(state)).length - done
  const percent = total === 0 ? 0 : Math.floor((100 * done) / total)
  return { modules, sections: inSections, next: nextOf(modules), done, total, extra, percent }
}

/** How much of what a pathway needs is done: the same sums as in its standing, for whoever needs no more. */
export function howFar(
  { modules, sections }: { modules: readonly AskedModule[]; sections: readonly Section[] },
  recorded: readonly Pick<Recorded, 'moduleId' | 'state'>[],
): { done: number; total: number } {
  return sumOf(sectionsOf(modules, sections, doneIn(recorded)))
}

/** Nothing is left of what it needs. */
export const isComplete = ({ done, total }: { done: number; total: number }): boolean => done >= total

const isAdded = ({ addedFor }: AskedModule) => (addedFor ?? null) !== null

const doneIn = (recorded: readonly Pick<Recorded, 'moduleId' | 'state'>[]) =>
  new Set(recorded.filter(({ state }) => isDone(state)).map(({ moduleId }) => moduleId))

/** In the order in which they begin. What is optional never counts towards what a section needs; what was added is needed whole. */
function sectionsOf<M extends AskedModule>(
  modules: readonly M[],
  sections: readonly Section[],
  done: ReadonlySet<number>,
): SectionStanding<M>[] {
  const neededIn = new Map(sections.map(({ title, needed }) => [title, needed]))
  const grouped = Map.groupBy(modules, (module) => (isAdded(module) ? '+' : `=${module.section}`))
  return [...grouped].map(([key, inside]) => {
    const title = key.slice(1)
    const mandatory = inside.filter(({ optional }) => !optional)
    const asked = key === '+' ? undefined : neededIn.get(title)
    const needed = Math.min(asked ?? mandatory.length, mandatory.length)
    const count = mandatory.filter(({ moduleId }) => done.has(moduleId)).length
    return { title, added: key === '+', needed, done: Math.min(needed, count), of: mandatory.length, modules: inside }
  })
}

function sumOf(sections: readonly { done: number; needed: number }[]) {
  const sum = (numbers: number[]) => numbers.reduce((all, each) => all + each, 0)
  return { done: sum(sections.map(({ done }) => done)), total: sum(sections.map(({ needed }) => needed)) }
}

/** When enough of a section is done, the rest of it is optional and can't be late. */
function freed({ modules, done, needed, of }: SectionStanding): ModuleStanding[] {
  if (needed === of || done < needed) return [...modules]
  return modules.map((module) => (isDone(module.state) ? module : { ...module, optional: true, late: false }))
}

const inOrder = (ordered: readonly AskedModule[], modules: readonly ModuleStanding[]) => {
  const byId = new Map(modules.map((module) => [module.moduleId, module]))
  return ordered.flatMap(({ moduleId }) => byId.get(moduleId) ?? [])
}

type Records = ReadonlyMap<number, Recorded>

function standingOf(module: AskedModule, all: readonly AskedModule[], recordOf: Records, facts: DueFacts, days: Days): ModuleStanding {
  const record = recordOf.get(module.moduleId)
  const lockReasons = record ? [] : lockReasonsOf(module, all, recordOf, days.today)
  const state = record?.state ?? (lockReasons.length > 0 ? 'locked' : 'available')
  const { day, later, extended } = dueOf(module, facts, all)
  return {
    ...module,
    addedFor: module.addedFor ?? null,
    state,
    lockReasons,
    due: day,
    extended,
    dueLater: later,
    late: !module.optional && isLate(state, day, days.today),
    completedAt: record?.completedAt ?? null,
  }
}

function lockReasonsOf(module: AskedModule, all: readonly AskedModule[], recordOf: Records, today: Temporal.PlainDate): LockReason[] {
  const titles = missingFor(module, all, recordOf)
  const { notBefore } = module
  const tooEarly = notBefore !== null && Temporal.PlainDate.compare(today, notBefore) < 0
  return [
    ...(titles.length > 0 ? [{ reason: 'after' as const, titles }] : []),
    ...(tooEarly ? [{ reason: 'not_before' as const, day: notBefore }] : []),
  ]
}

/** A required module that has left the pathway since holds nobody up. */
function missingFor(module: AskedModule, all: readonly AskedModule[], recordOf: Records): string[] {
  return all
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

const completionDays = (recorded: readonly Recorded[], zone: string) =>
  new Map(recorded.flatMap(({ moduleId, completedAt }) => (completedAt ? [[moduleId, dayOf(completedAt, zone)] as const] : [])))
