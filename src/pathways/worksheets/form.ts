import * as z from 'zod'
import type { Language } from '../../language/language.ts'
import { choiceField, optionalNumber, optionalText, type Problems, requiredText } from '../../web/forms.ts'
import type { WorksheetField } from '../queries.ts'
import { fieldKinds, mostRows, type Settings } from './fields.ts'
import { readColumns, readOptions } from './typed.ts'
import { words } from './words.ts'

export const fieldForm = z.object({
  label: requiredText(500),
  help: optionalText(2000),
  kind: choiceField(fieldKinds),
  required: choiceField(['yes', 'no']),
  options: optionalText(5000),
  columns: optionalText(5000),
  least: optionalNumber({ least: -1_000_000, most: 1_000_000 }),
  most: optionalNumber({ least: -1_000_000, most: 1_000_000 }),
})

export type FieldDetails = Pick<WorksheetField, 'label' | 'help' | 'kind' | 'required' | 'settings'>

/** What was typed as a field, with the settings that its kind has; or what is wrong, beside the part that is. */
export function readField(
  typed: z.output<typeof fieldForm>,
  kept: WorksheetField | undefined,
  language: Language,
): { field: FieldDetails } | { problems: Problems } {
  const t = words[language]
  const { label, help, kind, required, least, most } = typed
  const read = (settings: Settings) => ({ field: { label, help, kind, required: required === 'yes', settings } })
  const bounds = { ...(least !== null && { least }), ...(most !== null && { most }) }
  if (kind === 'number') return least !== null && most !== null && most <= least ? { problems: { most: t.problem.bounds } } : read(bounds)
  if (kind === 'choice') {
    const options = readOptions(typed.options)
    return options.length < 2 ? { problems: { options: t.problem.options } } : read({ options })
  }
  if (kind !== 'table') return read({})

  const columns = readColumns(typed.columns, kept?.settings.columns ?? [], language)
  if ('problem' in columns) return { problems: { columns: t.columnsProblem[columns.problem](columns.line) } }
  if (columns.columns.length === 0) return { problems: { columns: t.problem.columns } }
  const inRange = (rows: number | null) => rows === null || (rows >= 1 && rows <= mostRows)
  if (!inRange(least)) return { problems: { least: t.problem.rows } }
  if (!inRange(most) || (least ?? 0) > (most ?? mostRows)) return { problems: { most: t.problem.rows } }
  return read({ ...bounds, columns: columns.columns })
}
