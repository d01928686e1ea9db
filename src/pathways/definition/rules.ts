import type { ModuleKind } from '../../database/schema.ts'

export const moduleKinds = [
  'webinar',
  'virtual_classroom',
  'seminar',
  'tool',
  'assignment',
  'reading',
] as const satisfies readonly ModuleKind[]

/** One module of a pathway, in its place. */
export type Step = {
  moduleId: number
  /** The phase, shown as a heading. */
  section: string
  dueAfterDays: number | null
  optional: boolean
  /** Modules of the same pathway that must be done before it opens. */
  requires: readonly number[]
}

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

export type Field = { label: string; help: string }

/** A worksheet's fields as they are typed, one a line: `Label | help`. */
export const readWorksheet = (text: string): Field[] =>
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
export function continuedFields(kept: readonly (Field & { id: number })[], wanted: readonly Field[]): (Field & { id: number | null })[] {
  const free = [...kept]
  const take = (found: (field: Field) => boolean) => {
    const index = free.findIndex(found)
    return index === -1 ? null : (free.splice(index, 1)[0]?.id ?? null)
  }
  const sameLabel = wanted.map((field) => ({ ...field, id: take(({ label }) => label === field.label) }))
  return sameLabel.map((field) => ({ ...field, id: field.id ?? take(() => true) }))
}
