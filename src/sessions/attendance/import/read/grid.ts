import { parse } from 'csv-parse/sync'
import { decode, type FileProblem } from '../../../../administrations/csv/decode.ts'

/** `line` is the physical line of the file where the row begins. */
export type Row = { line: number; cells: string[] }
export type Grid = { rows: Row[] } | { cut: number }

/** The file's rows under each delimiter it may have been written with, likeliest first; the right one is the one that makes a table. */
export function gridsOf(bytes: Uint8Array): Grid[] | { problem: FileProblem } {
  const decoded = decode(bytes)
  if ('problem' in decoded) return decoded

  const visible = decoded.text.replace(invisible, '')
  const text = visible.replace(/^sep=.(\r\n|\r|\n)/i, '')
  if (linesIn(text) > mostLines) return { problem: 'too_large' }
  const skipped = text.length === visible.length ? 0 : 1
  const start = text.slice(0, 100_000)
  return delimiters.filter((each) => start.includes(each)).map((each) => gridOf(text, each, { skipped, cut: decoded.cut }))
}

/** Marks of direction, joiners, soft hyphens: programs write them around dates, and nobody sees them. */
const invisible = /[\u00AD\u061C\u200B-\u200F\u202A-\u202E\u2060-\u2069\uFEFF]/g

/** No meeting has as many; millions of empty lines would take all memory. */
const mostLines = 200_000

/** Dates hold commas, names hold both commas and semicolons; tabs are hardly ever typed. */
const delimiters = ['\t', ';', ',', '|']

function gridOf(text: string, delimiter: string, { skipped, cut }: { skipped: number; cut: boolean }): Grid {
  const whole: string[][] = []
  const keep = (record: string[]) => {
    whole.push(record)
    return record
  }
  try {
    parse(text, { relax_column_count: true, relax_quotes: true, record_delimiter: ['\r\n', '\n', '\r'], delimiter, on_record: keep })
    const rows = numbered(whole, skipped)
    const last = rows.at(-1)
    return last && (cut || endsMidRow(text, rows)) ? { cut: last.line } : { rows }
  } catch {
    // Quotes are taken as they come, so the one thing that can't be read is a quoted cell without its end: after the last whole row.
    return { cut: skipped + 1 + whole.reduce((lines, record) => lines + linesOf(record), 0) }
  }
}

const lineEnds = /\r\n|\r|\n/g
const linesIn = (text: string) => (text.match(lineEnds)?.length ?? 0) + 1

/** A quoted cell may hold line breaks. */
const linesOf = (cells: readonly string[]) => cells.reduce((lines, cell) => lines + linesIn(cell) - 1, 1)

function numbered(records: string[][], skipped: number): Row[] {
  let line = skipped + 1
  return records.map((cells) => {
    const row = { line, cells: cells.map((cell) => cell.replace(/\s+/g, ' ').trim()) }
    line += linesOf(cells)
    return row
  })
}

/** The last row has no end of line and is shorter than any other of its block: guests may have a cell more than their header. */
function endsMidRow(text: string, rows: readonly Row[]) {
  if (/[\r\n]/.test(text.slice(text.trimEnd().length))) return false
  const start = rows.findLastIndex(({ cells }) => cells.every((cell) => cell === ''))
  const widths = rows.slice(start + 1).map(({ cells }) => cells.length)
  const last = widths.pop() ?? 0
  return widths.length > 0 && widths.every((width) => last < width)
}
