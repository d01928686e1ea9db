import { isDone, type ModuleState, type WorkRefusal, workRefusal } from '../pathways/progress/rules.ts'
import { type Answers, type Field, rowsOf, textOf } from '../pathways/worksheets/fields.ts'

/** A tool that is only a link has one field: what the administration did with it. */
export const noteField = 'note'

export type SaveRefusal = WorkRefusal | 'not_a_tool'

/** Why the worksheet of this module cannot be saved now, or null. What is completed may still be improved. */
export function saveRefusal({ kind, state, ended }: { kind: string; state: ModuleState; ended: boolean }): SaveRefusal | null {
  if (kind !== 'tool') return 'not_a_tool'
  return workRefusal({ state, ended })
}

type Standing = { complete: boolean; state: ModuleState }

/** Whether it has to be complete: when somebody says so, and once it is, for good. */
export const mustBeComplete = ({ complete, state }: Standing): boolean => complete || isDone(state)

/** The fields that are still empty, of those that must be filled: all required ones, when the worksheet counts as completed. */
export function missingFields(fields: readonly Field[], answers: Answers, standing: Standing): string[] {
  if (!mustBeComplete(standing)) return []
  return fields.filter((field) => !isFilled(field, answers)).map(({ name }) => name)
}

/** A table that isn't required may still say how many rows it takes once it is begun. */
function isFilled({ name, kind, required, least = 1 }: Field, answers: Answers): boolean {
  if (!required) return true
  return kind === 'table' ? rowsOf(answers, name).length >= Math.max(1, least) : textOf(answers, name).trim() !== ''
}

/** Two versions that say the same are no conflict: a form sent twice, or two colleagues of one mind. */
export const sameAnswers = (fields: readonly { name: string }[], a: Answers, b: Answers): boolean =>
  fields.every(({ name }) => sameValue(a[name], b[name]))

export const sameValue = (a: Answers[string] | undefined, b: Answers[string] | undefined): boolean =>
  JSON.stringify(written(a)) === JSON.stringify(written(b))

/** An empty field or table is as good as none; an empty cell as one that isn't there. */
const written = (value: Answers[string] | undefined) =>
  typeof value === 'object'
    ? value.length === 0
      ? ''
      : value.map((row) =>
          Object.entries(row)
            .filter(([, cell]) => cell !== '')
            .toSorted(([a], [b]) => (a < b ? -1 : 1)),
        )
    : (value ?? '')

/** Whether a saving meets what a colleague saved in between; an open page that saves as it goes doesn't meet itself. */
export const isConflict = (
  kept: { revision: number; formKey: string | null },
  save: { revision: number; formKey?: string | null },
): boolean => kept.revision !== save.revision && !(kept.formKey !== null && kept.formKey === save.formKey)
