import type { PathwayModule, PathwayOutline } from '../../queries.ts'

export type PlanChange = { change: 'added' | 'removed' | 'changed'; title: string } | { change: 'reordered' | 'sections' }

type Plan = Pick<PathwayOutline, 'modules' | 'sections'>

/** What another plan changes for those who follow this one, module by module. */
export function planChanges(now: Plan, next: Plan): PlanChange[] {
  const before = new Map(now.modules.map((module) => [module.moduleId, module]))
  const after = new Map(next.modules.map((module) => [module.moduleId, module]))
  const added = next.modules.filter(({ moduleId }) => !before.has(moduleId)).map(({ title }) => ({ change: 'added' as const, title }))
  const removed = now.modules.filter(({ moduleId }) => !after.has(moduleId)).map(({ title }) => ({ change: 'removed' as const, title }))
  const changed = next.modules
    .filter((module) => before.has(module.moduleId) && asked(module) !== asked(before.get(module.moduleId) ?? module))
    .map(({ title }) => ({ change: 'changed' as const, title }))
  const stay = (plan: Plan, other: ReadonlyMap<number, unknown>) =>
    plan.modules.map(({ moduleId }) => moduleId).filter((id) => other.has(id))
  const reordered = stay(now, after).join() !== stay(next, before).join() ? [{ change: 'reordered' as const }] : []
  const sections = said(now) !== said(next) ? [{ change: 'sections' as const }] : []
  return [...added, ...removed, ...changed, ...reordered, ...sections]
}

/** What a pathway asks of a module, as one text. */
const asked = ({ section, optional, requires, dueFrom, dueAfterDays, dueModuleId, dueOn, notBefore, metBy, metByCount }: PathwayModule) =>
  JSON.stringify([section, optional, requires.toSorted(), dueFrom, dueAfterDays, dueModuleId, dueOn, notBefore, metBy, metByCount])

const said = ({ sections }: Plan) => JSON.stringify(sections.map(({ title, needed }) => [title, needed]).toSorted())
