import type { PathwayModule } from '../queries.ts'

type DueRule = Pick<PathwayModule, 'moduleId' | 'dueFrom' | 'dueAfterDays' | 'dueModuleId' | 'dueOn'>

/** What due dates of one enrolment are counted from, by module; all days are of the programme's zone. */
export type DueFacts = {
  enrolledOn: Temporal.PlainDate
  completedOn: ReadonlyMap<number, Temporal.PlainDate>
  /** The last session that is published and not cancelled. */
  lastSessionOn: ReadonlyMap<number, Temporal.PlainDate>
  /** By the newest extension. */
  extendedTo: ReadonlyMap<number, Temporal.PlainDate>
}

/** The due date that counts, with what was extended; null when there is none, or none yet. */
export function effectiveDue(module: DueRule, facts: DueFacts): Temporal.PlainDate | null {
  return facts.extendedTo.get(module.moduleId) ?? plannedDue(module, facts)
}

function plannedDue({ dueFrom, dueAfterDays, dueModuleId, dueOn }: DueRule, facts: DueFacts): Temporal.PlainDate | null {
  if (dueFrom === null) return null
  if (dueFrom === 'fixed') return dueOn
  const from = {
    enrolment: () => facts.enrolledOn,
    module: () => facts.completedOn.get(dueModuleId ?? 0),
    session: () => facts.lastSessionOn.get(dueModuleId ?? 0),
  }[dueFrom]()
  return from?.add({ days: dueAfterDays ?? 0 }) ?? null
}

export type Due = {
  day: Temporal.PlainDate | null
  extended: boolean
  /** How many days after what, while that hasn't happened. */
  later: { from: 'module' | 'session'; days: number; title: string } | null
}

export function dueOf(module: DueRule, facts: DueFacts, all: readonly Pick<PathwayModule, 'moduleId' | 'title'>[]): Due {
  const day = effectiveDue(module, facts)
  const extended = facts.extendedTo.has(module.moduleId)
  if (day !== null || (module.dueFrom !== 'module' && module.dueFrom !== 'session')) return { day, extended, later: null }
  const title = all.find(({ moduleId }) => moduleId === module.dueModuleId)?.title
  // What has left the pathway can't happen any more: then there is no due date.
  return { day, extended, later: title === undefined ? null : { from: module.dueFrom, days: module.dueAfterDays ?? 0, title } }
}
