import type { Language } from '../../language/language.ts'
import { type Answers, type Column, type Field, mostRows, type Row } from '../../pathways/worksheets/fields.ts'
import { asDay, optionalText, type Problems, type Typed } from '../../web/forms.ts'
import { readNumber, writtenNumber } from './numbers.ts'
import { pastedCells } from './paste.ts'
import { words } from './words.ts'

export const mostCharacters = 10_000
const mostInCell = { line: 200, text: 1000, number: 40, choice: 200, date: 40 } as const

export const cellName = (field: string, row: number, column: string) => `${field}-${row}-${column}`
export const pasteName = (field: string) => `${field}-paste`

type Read = { answers: Answers; problems: Problems | null }

/** What was typed in a form of these fields; what is wrong beside each. Nothing has to be filled in yet. */
export function readAnswers(fields: readonly Field[], typed: Typed, language: Language): Read {
  const problems: Record<string, string> = {}
  const answers = Object.fromEntries(
    fields.map((field) => {
      if (field.kind === 'table') return [field.name, readTable(field, typed, { language, problems })]
      const value = readValue({ ...field, kind: field.kind }, oneOf(typed[field.name]), {
        language,
        most: field.kind === 'text' ? mostCharacters : 500,
      })
      if ('problem' in value) problems[field.name] = value.problem
      return [field.name, 'value' in value ? value.value : '']
    }),
  )
  return { answers, problems: Object.keys(problems).length > 0 ? problems : null }
}

const oneOf = (typed: string | string[] | undefined) => (Array.isArray(typed) ? (typed[0] ?? '') : (typed ?? ''))

type Table = Extract<Field, { kind: unknown }>
type Reading = { language: Language; problems: Record<string, string> }

function readTable(field: Table, typed: Typed, { language, problems }: Reading): Row[] {
  const t = words[language]
  const columns = field.columns ?? []
  const indexes = rowIndexes(field.name, typed)
  const pasted = pastedCells(oneOf(typed[pasteName(field.name)]))
  const most = field.most ?? mostRows
  if (indexes.length + pasted.length > most) {
    const problem = t.tooManyRows(most, indexes.length + pasted.length)
    problems[pasted.length > 0 ? pasteName(field.name) : field.name] = problem
    return []
  }

  const rows: Row[] = []
  for (const index of indexes) {
    const row = readRow(columns, (column) => oneOf(typed[cellName(field.name, index, column)]), language)
    for (const [column, problem] of row.problems) problems[cellName(field.name, index, column.name)] = problem
    rows.push(row.cells)
  }
  for (const [index, cells] of pasted.entries()) {
    const row = readRow(columns, (_, position) => cells[position] ?? '', language)
    const [first] = row.problems
    if (first) problems[pasteName(field.name)] ??= t.pastedRow(index + 1, first[0].label, first[1])
    rows.push(row.cells)
  }
  return rows.filter((row) => Object.values(row).some((cell) => cell !== ''))
}

/** Which rows were sent with something in them, in order. */
function rowIndexes(field: string, typed: Typed): number[] {
  const pattern = new RegExp(`^${field}-(\\d{1,6})-`)
  const found = new Set<number>()
  for (const [name, value] of Object.entries(typed)) {
    const index = pattern.exec(name)?.[1]
    if (index !== undefined && oneOf(value).trim() !== '') found.add(Number(index))
  }
  return [...found].toSorted((a, b) => a - b)
}

function readRow(columns: readonly Column[], cellOf: (name: string, position: number) => string, language: Language) {
  const problems: [Column, string][] = []
  const cells = Object.fromEntries(
    columns.map((column, position) => {
      const read = readValue(column, cellOf(column.name, position), { language, most: mostInCell[column.kind] })
      if ('problem' in read) problems.push([column, read.problem])
      return [column.name, 'value' in read ? read.value : '']
    }),
  )
  const isEmpty = Object.values(cells).every((cell) => cell === '') && problems.length === 0
  for (const column of columns)
    if (!isEmpty && column.required && cells[column.name] === '' && !problems.some(([each]) => each === column))
      problems.push([column, words[language].neededInRow])
  return { cells, problems }
}

type Value = { value: string } | { problem: string }
type Fillable = Pick<Column, 'options' | 'least' | 'most' | 'decimals'> & { kind: Exclude<Field['kind'], 'table'> }

function readValue(field: Fillable, typed: string, { language, most }: { language: Language; most: number }): Value {
  const t = words[language]
  const { success, data: text = '' } = optionalText(most).safeParse(typed)
  if (!success) return { problem: t.tooLong(most) }
  if (text === '') return { value: '' }
  if (field.kind === 'number') return readBounded(field, text, language)
  if (field.kind === 'date') return asDay(text) ? { value: text } : { problem: t.noDay }
  if (field.kind === 'choice') {
    const option = field.options?.find(({ value, label }) => value === text || label.toLowerCase() === text.toLowerCase())
    return option ? { value: option.value } : { problem: t.noOption }
  }
  return { value: field.kind === 'line' ? text.replace(/\s*\n\s*/g, ' ') : text }
}

function readBounded({ least = 0, most = 1_000_000_000, decimals }: Fillable, text: string, language: Language): Value {
  const t = words[language]
  const value = readNumber(text, language)
  if (value === null || (!decimals && !Number.isInteger(Number(value)))) return { problem: decimals ? t.noNumber : t.noWhole }
  if (Number(value) < least) return { problem: t.atLeast(writtenNumber(String(least), language)) }
  return Number(value) > most ? { problem: t.atMost(writtenNumber(String(most), language)) } : { value }
}
