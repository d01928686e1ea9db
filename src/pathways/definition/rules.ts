import type { DueFrom, FieldKind, MetBy, ModuleKind, ToolName } from '../../database/schema.ts'
import type { Settings } from '../worksheets/fields.ts'

export const moduleKinds = [
  'webinar',
  'virtual_classroom',
  'seminar',
  'tool',
  'assignment',
  'reading',
] as const satisfies readonly ModuleKind[]

/** The tools that a coordinator can choose for a module; without one it is a worksheet of its own fields. */
export const toolNames = [
  'service_choice',
  'process_map',
  'sampling_plan',
  'questionnaire',
  'collection',
  'analysis',
  'improvement_plan',
  'communication_plan',
  'self_assessment',
] as const satisfies readonly ToolName[]
export type OfferedTool = (typeof toolNames)[number]

/** One module of a pathway, in its place. */
export type Step = {
  moduleId: number
  /** The phase, shown as a heading. */
  section: string
  optional: boolean
  /** Modules of the same pathway that must be done before it opens. */
  requires: readonly number[]
  /** Days after what `dueFrom` says; after enrolment where it says nothing. */
  dueAfterDays: number | null
  dueFrom?: DueFrom | null
  /** For `module` and `session`. */
  dueModuleId?: number | null
  /** For `fixed`. */
  dueOn?: Temporal.PlainDate | null
  notBefore?: Temporal.PlainDate | null
  metBy?: MetBy
  /** For `at_least`. */
  metByCount?: number | null
}

/** What its due date is counted from; days alone are counted from enrolment. */
export const dueFromOf = ({ dueFrom, dueAfterDays }: Pick<Step, 'dueFrom' | 'dueAfterDays'>): DueFrom | null =>
  dueFrom === undefined ? (dueAfterDays === null ? null : 'enrolment') : dueFrom

/** Kinds where persons take part: it can matter how many of the referents do. */
export const personKinds: readonly ModuleKind[] = ['webinar', 'virtual_classroom', 'seminar', 'reading']
export const meetingKinds: readonly ModuleKind[] = ['webinar', 'virtual_classroom', 'seminar']

export type RemovalRefusal = 'followed' | 'in_rules' | 'asked_for'
export type PathwayRefusal = 'module_unknown' | 'module_twice' | 'prerequisite_outside' | 'prerequisite_circle' | 'changed_meanwhile'
export type RefusedStep = { refusal: PathwayRefusal; moduleId: number }

/** Why these modules can't make a pathway, and at which one; null when they can. */
export function stepsRefusal(steps: readonly Step[], programmeModules: readonly number[]): RefusedStep | null {
  const unknown = steps.find(({ moduleId }) => !programmeModules.includes(moduleId))
  if (unknown) return { refusal: 'module_unknown', moduleId: unknown.moduleId }

  const twice = steps.find(({ moduleId }, index) => steps.findIndex((each) => each.moduleId === moduleId) < index)
  if (twice) return { refusal: 'module_twice', moduleId: twice.moduleId }

  const outside = steps.find(({ requires }) => requires.some((id) => !steps.some(({ moduleId }) => moduleId === id)))
  if (outside) return { refusal: 'prerequisite_outside', moduleId: outside.moduleId }

  const inCircle = firstThatNeverOpens(steps)
  return inCircle === null ? null : { refusal: 'prerequisite_circle', moduleId: inCircle }
}

export type Timing = 'due' | 'dueModule' | 'dueOn' | 'notBefore' | 'metByCount'
export type TimingRefusal =
  | 'due_days_missing'
  | 'due_day_missing'
  | 'due_module_missing'
  | 'due_itself'
  | 'due_outside'
  | 'due_circle'
  | 'due_not_a_meeting'
  | 'due_before_start'
  | 'due_before_opening'
  | 'not_before_after_end'
  | 'count_missing'
export type RefusedTiming = { refusal: TimingRefusal; moduleId: number; field: Timing }

type Programme = { startsOn: Temporal.PlainDate; endsOn: Temporal.PlainDate }

/** The modules whose dates or numbers make no sense, in order, each with the first field that is wrong. */
export function timingRefusals(
  steps: readonly Step[],
  modules: readonly { id: number; kind: ModuleKind }[],
  programme: Programme,
): RefusedTiming[] {
  const refused = steps.flatMap((step): RefusedTiming[] => {
    const found = dueRefusal(step, steps, modules, programme) ?? openingRefusal(step, programme) ?? countRefusal(step)
    return found ? [{ moduleId: step.moduleId, ...found }] : []
  })
  const circle = refused.length === 0 ? dueCircle(steps) : null
  return circle === null ? refused : [{ moduleId: circle, refusal: 'due_circle', field: 'dueModule' }]
}

type Refused = Omit<RefusedTiming, 'moduleId'> | null

function dueRefusal(
  step: Step,
  steps: readonly Step[],
  modules: readonly { id: number; kind: ModuleKind }[],
  programme: Programme,
): Refused {
  const { dueModuleId, dueOn, dueAfterDays, notBefore } = step
  const from = dueFromOf(step)
  if (from === null) return null
  if (from === 'fixed') {
    if (!dueOn) return { refusal: 'due_day_missing', field: 'dueOn' }
    if (isBefore(dueOn, programme.startsOn)) return { refusal: 'due_before_start', field: 'dueOn' }
    return notBefore && isBefore(dueOn, notBefore) ? { refusal: 'due_before_opening', field: 'dueOn' } : null
  }
  if (dueAfterDays === null) return { refusal: 'due_days_missing', field: 'due' }
  if (from === 'enrolment') return null
  if (!dueModuleId) return { refusal: 'due_module_missing', field: 'dueModule' }
  if (!steps.some(({ moduleId }) => moduleId === dueModuleId)) return { refusal: 'due_outside', field: 'dueModule' }
  if (from === 'module') return dueModuleId === step.moduleId ? { refusal: 'due_itself', field: 'dueModule' } : null
  const kind = modules.find(({ id }) => id === dueModuleId)?.kind
  return kind && meetingKinds.includes(kind) ? null : { refusal: 'due_not_a_meeting', field: 'dueModule' }
}

function openingRefusal({ notBefore }: Step, { endsOn }: Programme): Refused {
  return notBefore && isBefore(endsOn, notBefore) ? { refusal: 'not_before_after_end', field: 'notBefore' } : null
}

const countRefusal = ({ metBy, metByCount }: Step): Refused =>
  metBy === 'at_least' && !(metByCount && metByCount > 0) ? { refusal: 'count_missing', field: 'metByCount' } : null

const isBefore = (one: Temporal.PlainDate, other: Temporal.PlainDate) => Temporal.PlainDate.compare(one, other) < 0

/** Following from module to module what due dates are counted from, one comes back to itself. */
function dueCircle(steps: readonly Step[]): number | null {
  const next = new Map(
    steps.filter((step) => dueFromOf(step) === 'module').map(({ moduleId, dueModuleId }) => [moduleId, dueModuleId ?? 0]),
  )
  for (const { moduleId } of steps) {
    let here = next.get(moduleId)
    for (let count = 0; here !== undefined && count <= steps.length; count += 1) {
      if (here === moduleId) return moduleId
      here = next.get(here)
    }
  }
  return null
}

/** How many modules of a section are needed; a section that isn't here needs all that are not optional. */
export type Section = { title: string; needed: number }
export type SectionRefusal = 'needs_too_many' | 'needs_none' | 'section_gone'
export type RefusedSection = { refusal: SectionRefusal; section: string }

/** The sections that ask for what they can't have. */
export const sectionRefusals = (sections: readonly Section[], steps: readonly Step[]): RefusedSection[] =>
  sections.flatMap((section) => {
    const refusal = sectionRefusal(section, steps)
    return refusal ? [{ refusal, section: section.title }] : []
  })

function sectionRefusal({ title, needed }: Section, steps: readonly Step[]): SectionRefusal | null {
  const inside = steps.filter(({ section }) => section === title)
  if (inside.length === 0) return 'section_gone'
  if (needed < 1) return 'needs_none'
  return needed > inside.filter(({ optional }) => !optional).length ? 'needs_too_many' : null
}

/** Opens modules as far as their prerequisites allow; of those that stay shut, one that waits for itself. */
function firstThatNeverOpens(steps: readonly Step[]): number | null {
  let shut = [...steps]
  for (;;) {
    const isShut = (id: number) => shut.some(({ moduleId }) => moduleId === id)
    const still = shut.filter(({ requires }) => requires.some(isShut))
    if (still.length === 0) return null
    if (still.length === shut.length) return backInCircle(still)
    shut = still
  }
}

/** Going back from prerequisite to prerequisite among modules that never open, one comes twice. */
function backInCircle(shut: readonly Step[]): number | null {
  const passed = new Set<number>()
  let here = shut[0]
  while (here && !passed.has(here.moduleId)) {
    passed.add(here.moduleId)
    const waitsFor = here.requires
    here = shut.find(({ moduleId }) => waitsFor.includes(moduleId))
  }
  return here?.moduleId ?? null
}

/** A field of a worksheet; of what isn't said, the field it continues decides. */
export type Field = { label: string; help: string; kind?: FieldKind; required?: boolean; settings?: Settings }

/** A worksheet's fields as they are typed, one a line: `Label | help`. */
export const readWorksheet = (text: string): { label: string; help: string }[] =>
  text
    .split('\n')
    .map((line) => line.split('|').map((part) => part.trim()))
    .map(([label = '', ...help]) => ({ label, help: help.join(' | ') }))
    .filter(({ label }) => label !== '')

export const writeWorksheet = (fields: readonly Field[]): string =>
  fields.map(({ label, help }) => (help ? `${label} | ${help}` : label)).join('\n')

/**
 * Which kept field each new one continues: the one with the same label, else, in order, one whose label is gone (it was
 * reworded). What administrations wrote stays with its field.
 */
export function continuedFields(
  kept: readonly { id: number; label: string }[],
  wanted: readonly Field[],
): (Field & { id: number | null })[] {
  const free = [...kept]
  const take = (found: (field: { label: string }) => boolean) => {
    const index = free.findIndex(found)
    return index === -1 ? null : (free.splice(index, 1)[0]?.id ?? null)
  }
  const sameLabel = wanted.map((field) => ({ ...field, id: take(({ label }) => label === field.label) }))
  return sameLabel.map((field) => ({ ...field, id: field.id ?? take(() => true) }))
}
