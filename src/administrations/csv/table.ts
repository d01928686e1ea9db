import { CsvError, parse } from 'csv-parse/sync'
import { decode, type FileProblem } from './decode.ts'

export type TableRow = { line: number; cells: string[]; problem?: RowProblem }
export type RowProblem = 'wrong_columns' | 'broken_quotes'
export type Table = { header: string[]; rows: TableRow[] }
/** A key for a sentence; what follows a colon is a figure or a list in it. */
export type TableRefusal = FileProblem | 'no_rows' | `truncated:${number}`

/**
 * Reads a CSV of any common make: comma, semicolon, tab or bar; any encoding that `decode` knows; quotes and line breaks
 * inside quotes. `line` is the physical line of the file where the row begins. A row that can't be trusted keeps what could
 * be read of it and carries its problem; a file that ends in the middle of a row is refused as a whole.
 * `headerRefusal` says first why these are not the columns that are wanted.
 */
export function readTable<R extends string>(
  bytes: Uint8Array,
  headerRefusal: (header: string[]) => R | null,
): Table | { refusal: TableRefusal | R } {
  const decoded = decode(bytes)
  if ('problem' in decoded) return { refusal: decoded.problem }

  const text = decoded.text.replace(/^sep=.(\r\n|\r|\n)/i, '')
  const firstLine = text.length === decoded.text.length ? 1 : 2
  const [header, ...rows] = splitRecords(text, delimiterOf(text), firstLine)
  const refusal = headerRefusal(header?.cells ?? [])
  if (refusal) return { refusal }

  const width = header?.cells.length ?? 0
  const last = rows.at(-1)
  if (!last) return { refusal: 'no_rows' }
  if (decoded.cut || last.cells.length < width || last.problem) return { refusal: `truncated:${last.line}` }
  return { header: header?.cells ?? [], rows: rows.map((row) => ({ ...row, ...problemOf(row, width) })) }
}

function problemOf({ cells, problem }: TableRow, width: number): { problem?: RowProblem } {
  if (problem) return { problem }
  const surplus = cells.slice(width)
  return cells.length < width || !isBlank(surplus) ? { problem: 'wrong_columns' } : {}
}

/** The position of the first column with one of these names, however they are spelled; undefined when there is none. */
export function columnOf(header: readonly string[], names: readonly string[]): number | undefined {
  const found = header.map(plain)
  const index = names.map((name) => found.indexOf(name)).find((position) => position !== -1)
  return index
}

const plain = (name: string) =>
  name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '')

const delimiters = [',', ';', '\t', '|'] as const

/** Headers hold no delimiters in their names, so the one that occurs most is it. */
function delimiterOf(text: string): string {
  const header = text.trimStart().split(/[\r\n]/, 1)[0] ?? ''
  const counted = delimiters.map((each) => ({ each, count: header.split(each).length }))
  return counted.reduce((best, next) => (next.count > best.count ? next : best)).each
}

const lineEnds = ['\r\n', '\n', '\r']
const options = { relax_column_count: true, record_delimiter: lineEnds }

function splitRecords(text: string, delimiter: string, firstLine: number): TableRow[] {
  try {
    const records = parse(text, { ...options, delimiter })
    const width = records[0]?.length ?? 0
    const swallowed = records.some((cells) => swallowedLines(cells, delimiter, width))
    return swallowed ? lineByLine(text, delimiter, firstLine) : numbered(records, firstLine)
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    return lineByLine(text, delimiter, firstLine)
  }
}

/** A row of several lines that doesn't fit the header, or a cell that holds a whole row: some quote was opened by mistake. */
function swallowedLines(cells: string[], delimiter: string, width: number): boolean {
  const long = cells.filter((cell) => breaksIn(cell) > 0)
  return long.length > 0 && (cells.length !== width || long.some((cell) => cell.split(delimiter).length >= width))
}

function numbered(records: string[][], firstLine: number): TableRow[] {
  let line = firstLine
  return records.flatMap((cells) => {
    const row = { line, cells }
    line += 1 + cells.reduce((breaks, cell) => breaks + breaksIn(cell), 0)
    return isBlank(cells) ? [] : [row]
  })
}

const breaksIn = (cell: string) => (cell.includes('\n') || cell.includes('\r') ? (cell.match(/\r\n|\r|\n/g)?.length ?? 0) : 0)
const isBlank = (cells: string[]) => cells.every((cell) => cell.trim() === '')

/**
 * For files whose quotes don't match, as those that were never meant as quotes (`BACINO "BRENTA"` between tabs): each line
 * stands alone, so that one stray quote never swallows the lines below it.
 */
function lineByLine(text: string, delimiter: string, firstLine: number): TableRow[] {
  return text.split(/\r\n|\r|\n/).flatMap((content, index) => {
    const row = { line: firstLine + index, ...cellsOf(content, delimiter) }
    return isBlank(row.cells) ? [] : [row]
  })
}

function cellsOf(content: string, delimiter: string): Omit<TableRow, 'line'> {
  if (!content.includes('"')) return { cells: content.split(delimiter) }
  try {
    return { cells: parse(content, { ...options, delimiter })[0] ?? [] }
  } catch {
    return { cells: content.split(delimiter), ...(opensQuote(content, delimiter) && { problem: 'broken_quotes' as const }) }
  }
}

/** Between tabs a quote is often just a character; elsewhere one that opens a cell and never closes means a damaged line. */
const opensQuote = (content: string, delimiter: string) => delimiter !== '\t' && (content.match(/"/g)?.length ?? 0) % 2 === 1
