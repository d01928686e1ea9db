import type { Cell } from '../../../web/csv.ts'

type Sheet = { name: string; rows: readonly (readonly Cell[])[] }

/** An Excel workbook, the first row of each sheet in bold. Texts are kept as texts, never as formulas. The library is loaded when the first one is asked for. */
export async function workbook(sheets: readonly Sheet[]): Promise<Uint8Array> {
  const { default: write } = await import('write-excel-file/node')
  const written = sheets.map(({ name, rows }) => ({
    sheet: name,
    data: rows.map((cells, row) => cells.map((value) => cellOf(value, row === 0))),
  }))
  return new Uint8Array(await write(written as never).toBuffer())
}

function cellOf(value: Cell, bold: boolean) {
  if (value === null) return null
  if (typeof value === 'number') return { value, type: Number }
  return { value, type: String, ...(bold && { fontWeight: 'bold' as const }) }
}
