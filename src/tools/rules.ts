import { isDone, type ModuleState, type WorkRefusal, workRefusal } from '../pathways/progress/rules.ts'

/** What was written in a worksheet, by the name of its field. */
export type Answers = Readonly<Record<string, string>>
export type WorksheetField = { name: string; label: string; help: string }

/** A tool that is only a link has one field: what the administration did with it. */
export const noteField = 'note'

export type SaveRefusal = WorkRefusal | 'not_a_tool'

/** Why the worksheet of this module cannot be saved now, or null. What is completed may still be improved. */
export function saveRefusal({ kind, state, ended }: { kind: string; state: ModuleState; ended: boolean }): SaveRefusal | null {
  if (kind !== 'tool') return 'not_a_tool'
  return workRefusal({ state, ended })
}

/** The fields that are still empty, of those that must be filled: all, when the worksheet counts as completed. */
export function missingFields(
  fields: readonly WorksheetField[],
  answers: Answers,
  { complete, state }: { complete: boolean; state: ModuleState },
): string[] {
  if (!complete && !isDone(state)) return []
  return fields.filter(({ name }) => !answers[name]?.trim()).map(({ name }) => name)
}

/** Two versions that say the same are no conflict: a form sent twice, or two colleagues of one mind. */
export const sameAnswers = (fields: readonly WorksheetField[], a: Answers, b: Answers): boolean =>
  fields.every(({ name }) => (a[name] ?? '') === (b[name] ?? ''))
