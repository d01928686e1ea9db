import type { FieldKind } from '../../database/schema.ts'

export const fieldKinds = ['text', 'line', 'number', 'choice', 'table', 'date'] as const satisfies readonly FieldKind[]
export const columnKinds = ['line', 'text', 'number', 'choice', 'date'] as const satisfies readonly FieldKind[]

export type Option = { value: string; label: string }

/** What the kinds need: options of a choice, bounds of a number, columns of a table and how many rows make it complete. */
export type Settings = {
  options?: readonly Option[]
  columns?: readonly Column[]
  /** Of a number: the smallest; of a table: the rows that it takes to count as complete. */
  least?: number
  /** Of a number: the largest; of a table: the rows that fit. */
  most?: number
  /** Numbers are whole unless said. */
  decimals?: boolean
}

/** A column of a table; its cells are fields of their own. */
export type Column = Pick<Settings, 'options' | 'least' | 'most' | 'decimals'> & {
  name: string
  label: string
  kind: (typeof columnKinds)[number]
  /** A row counts only with it. */
  required?: boolean
}

/** Something to fill in. */
export type Field = Settings & {
  name: string
  label: string
  help: string
  kind: FieldKind
  /** The worksheet counts as complete only when it is filled in. */
  required: boolean
}

/** Rows of a table: cells by the name of their column. */
export type Row = Readonly<Record<string, string>>

/** What was written, by the name of its field: numbers with a point, days as `YYYY-MM-DD`, choices by their value. */
export type Answers = Readonly<Record<string, string | readonly Row[]>>

export const mostRows = 200

export const textOf = (answers: Answers, name: string): string => {
  const value = answers[name]
  return typeof value === 'string' ? value : ''
}

export const rowsOf = (answers: Answers, name: string): readonly Row[] => {
  const value = answers[name]
  return typeof value === 'object' ? value : []
}

/** Null when nothing, or no number, was written. */
export const numberOf = (text: string | undefined): number | null =>
  text === undefined || text === '' || Number.isNaN(Number(text)) ? null : Number(text)
