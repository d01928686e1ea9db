import * as z from 'zod'
import {
  checkForm,
  type FormResult,
  manyField,
  optionalIdField,
  optionalNumber,
  optionalText,
  requiredText,
  type Typed,
} from '../../../web/forms.ts'
import type { PathwayDetails } from '../actions.ts'
import type { Step } from '../rules.ts'

export const pathwayDetails = { title: requiredText(200), summary: optionalText(1000) }
const section = optionalText(120)
const due = optionalNumber({ least: 0, most: 3650 })

/** The words of a pathway and the module to add; each step has its own fields, named by its module: `section-12`, `due-12`. */
export function checkPathwayForm(typed: Typed): FormResult<PathwayDetails & { added: number | null }> {
  const steps = Object.fromEntries(
    ids(typed.module).flatMap((id) => [
      [`section-${id}`, section],
      [`due-${id}`, due],
    ]),
  )
  const { problems } = checkForm(z.object(steps), typed)
  const details = checkForm(z.object({ ...pathwayDetails, added: optionalIdField }), typed)
  return problems ? { value: null, problems: { ...details.problems, ...problems }, typed } : details
}

/** The steps in their order, as far as they can be read. */
export const typedSteps = (typed: Typed): Step[] =>
  ids(typed.module).map((id) => ({
    moduleId: id,
    section: section.safeParse(typed[`section-${id}`]).data ?? '',
    dueAfterDays: due.safeParse(typed[`due-${id}`]).data ?? null,
    optional: typed[`optional-${id}`] !== undefined,
    requires: ids(typed[`requires-${id}`]),
  }))

/** The modules that the form was opened with. */
export const seenModules = (typed: Typed): number[] => ids(typed.seen)

/** What a button asks for: `up-12`, `down-12`, `remove-12`, `add`; anything else only saves. */
export function rearranged(steps: readonly Step[], { button, added }: { button: string; added: number | null }): Step[] {
  const [verb, id = ''] = button.split('-')
  const at = steps.findIndex(({ moduleId }) => moduleId === Number(id))
  if (verb === 'add' && added !== null) return [...steps, newStep(added, steps.at(-1)?.section ?? '')]
  if (at === -1) return [...steps]
  if (verb === 'up') return exchanged(steps, at, at - 1)
  if (verb === 'down') return exchanged(steps, at, at + 1)
  return verb === 'remove' ? without(steps, Number(id)) : [...steps]
}

const newStep = (moduleId: number, section: string): Step => ({ moduleId, section, dueAfterDays: null, optional: false, requires: [] })

function exchanged(steps: readonly Step[], one: number, other: number): Step[] {
  const [first, second] = [steps[one], steps[other]]
  return first && second ? steps.map((step, index) => (index === one ? second : index === other ? first : step)) : [...steps]
}

/** Those that waited for it wait no longer. */
const without = (steps: readonly Step[], moduleId: number): Step[] =>
  steps
    .filter((step) => step.moduleId !== moduleId)
    .map((step) => ({ ...step, requires: step.requires.filter((required) => required !== moduleId) }))

const ids = (typed: Typed[string]): number[] =>
  manyField
    .parse(typed)
    .filter((text) => /^\d{1,9}$/.test(text))
    .map(Number)
