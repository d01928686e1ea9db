import * as z from 'zod'
import type { DueFrom, MetBy } from '../../../database/schema.ts'
import {
  asDay,
  checkForm,
  type FormResult,
  manyField,
  optionalDay,
  optionalIdField,
  optionalNumber,
  optionalText,
  requiredText,
  type Typed,
} from '../../../web/forms.ts'
import type { PathwayDetails } from '../actions.ts'
import type { Section, Step } from '../rules.ts'

export const pathwayDetails = {
  title: requiredText(200),
  summary: optionalText(1000),
  certificatePercent: optionalNumber({ least: 0, most: 100 }).transform((percent) => percent ?? undefined),
}
const section = optionalText(120)
const due = optionalNumber({ least: 0, most: 3650 })
const count = optionalNumber({ least: 1, most: 100 })

export const dueChoices = ['enrolment', 'module', 'session', 'fixed'] as const satisfies readonly DueFrom[]
export const metByChoices = ['any', 'all', 'at_least'] as const satisfies readonly MetBy[]

/** The words of a pathway and the module to add; each step has its own fields, named by its module: `section-12`, `due-12`. */
export function checkPathwayForm(typed: Typed): FormResult<PathwayDetails & { added: number | null }> {
  const steps = Object.fromEntries(
    ids(typed.module).flatMap((id) => [
      [`section-${id}`, section],
      [`due-${id}`, due],
      [`dueOn-${id}`, optionalDay],
      [`notBefore-${id}`, optionalDay],
      [`metByCount-${id}`, count],
    ]),
  )
  const needed = Object.fromEntries(sectionTitles(typed).map((_, index) => [`needed-${index}`, count]))
  const { problems } = checkForm(z.object({ ...steps, ...needed }), typed)
  const details = checkForm(z.object({ ...pathwayDetails, added: optionalIdField }), typed)
  return problems ? { value: null, problems: { ...details.problems, ...problems }, typed } : details
}

/** The steps in their order, as far as they can be read. */
export const typedSteps = (typed: Typed): Step[] =>
  ids(typed.module).map((id) => {
    const dueAfterDays = due.safeParse(typed[`due-${id}`]).data ?? null
    const from = dueChoices.find((each) => each === typed[`dueFrom-${id}`]) ?? 'enrolment'
    return {
      moduleId: id,
      section: section.safeParse(typed[`section-${id}`]).data ?? '',
      dueAfterDays,
      // Counted from enrolment without days: there is no due date.
      dueFrom: from === 'enrolment' && dueAfterDays === null ? null : from,
      dueModuleId: ids(typed[`dueModule-${id}`])[0] ?? null,
      dueOn: asDay(String(typed[`dueOn-${id}`] ?? '')),
      notBefore: asDay(String(typed[`notBefore-${id}`] ?? '')),
      optional: typed[`optional-${id}`] !== undefined,
      requires: ids(typed[`requires-${id}`]),
      metBy: metByChoices.find((each) => each === typed[`metBy-${id}`]) ?? 'any',
      metByCount: count.safeParse(typed[`metByCount-${id}`]).data ?? null,
    }
  })

/** The titles to which the fields `needed-0`, `needed-1`… belong. */
const sectionTitles = (typed: Typed): string[] => manyField.parse(typed['section-title'])

/** How many modules each section needs; an empty field is all of them. */
export const typedSections = (typed: Typed): Section[] =>
  sectionTitles(typed).flatMap((title, index) => {
    const needed = count.safeParse(typed[`needed-${index}`]).data ?? null
    return needed === null ? [] : [{ title, needed }]
  })

/** The field where a section's number stands. */
export const sectionField = (typed: Typed, title: string) => `needed-${sectionTitles(typed).indexOf(title)}`

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

const newStep = (moduleId: number, inSection: string): Step => ({
  moduleId,
  section: inSection,
  dueAfterDays: null,
  optional: false,
  requires: [],
})

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
