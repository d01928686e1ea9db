import type { Language } from '../../language/language.ts'
import { type Answers, type Column, type Field, rowsOf, textOf } from '../../pathways/worksheets/fields.ts'
import type { Block } from '../document/blocks.ts'
import type { Showing } from '../tool.ts'
import { words } from './words.ts'

/** What was written, field by field. */
export const answerBlocks = (fields: readonly Field[], answers: Answers, showing: Showing): Block[] =>
  fields.flatMap((field) => [{ kind: 'heading' as const, text: field.label }, fieldBlock(field, answers, showing)])

export function fieldBlock(field: Field, answers: Answers, showing: Showing): Block {
  const t = words[showing.language]
  if (field.kind !== 'table') {
    const text = shown({ ...field, kind: field.kind }, textOf(answers, field.name), showing)
    return { kind: 'text', text: text || t.nothing }
  }
  const columns = field.columns ?? []
  const rows = rowsOf(answers, field.name)
  if (rows.length === 0) return { kind: 'text', text: t.noRows }
  return {
    kind: 'table',
    caption: field.label,
    columns: columns.map(({ label }) => label),
    rows: rows.map((row) => columns.map((column) => shown(column, row[column.name] ?? '', showing))),
    numeric: columns.flatMap(({ kind }, index) => (kind === 'number' ? [index] : [])),
  }
}

type Shown = Pick<Column, 'options'> & { kind: Exclude<Field['kind'], 'table'> }

function shown({ kind, options }: Shown, text: string, { language, dates }: Showing): string {
  if (text === '') return ''
  if (kind === 'number') return grouped(text, language)
  if (kind === 'date') return dates.plainDay(Temporal.PlainDate.from(text))
  if (kind === 'choice') return options?.find(({ value }) => value === text)?.label ?? text
  return text
}

const grouped = (text: string, language: Language) =>
  new Intl.NumberFormat(language === 'it' ? 'it-IT' : 'en-GB', { useGrouping: 'always', maximumFractionDigits: 6 }).format(Number(text))
