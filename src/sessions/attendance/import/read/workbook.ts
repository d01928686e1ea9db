import type { FileProblem } from '../../../../administrations/csv/decode.ts'

/** A workbook is told by its bytes, whatever the file is called. */
const isZip = (bytes: Uint8Array) => bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] === 0x03 && bytes[3] === 0x04

/** What a small file may unpack to: an attendance list is far below. */
const mostUnpacked = 60 * 1024 * 1024

export type WorkbookProblem = 'broken_workbook' | Extract<FileProblem, 'too_large'>

/** The bytes of a text file as they are; of an Excel workbook (XLSX) its sheets as one table between tabs, cells as they are shown. */
export async function asTextFile(bytes: Uint8Array): Promise<Uint8Array | { problem: WorkbookProblem }> {
  if (!isZip(bytes)) return bytes
  const unpacked = unpackedSize(bytes)
  if (unpacked === null) return { problem: 'broken_workbook' }
  if (unpacked > mostUnpacked) return { problem: 'too_large' }
  try {
    // Loaded where a workbook comes: it is seldom needed.
    const { default: readWorkbook } = await import('read-excel-file/node')
    const sheets = await readWorkbook(Buffer.from(bytes))
    const rows = sheets.flatMap(({ data }) => [...data.map((row) => row.map(asCell)), []])
    return new TextEncoder().encode(`${rows.map((row) => row.join('\t')).join('\n')}\n`)
  } catch {
    return { problem: 'broken_workbook' }
  }
}

/** A cell in one line of text; dates in the order that nobody can mistake, a time of day alone without its day. */
function asCell(value: unknown): string {
  if (value === null || value === undefined) return ''
  if (!(value instanceof Date)) return String(value).replace(/[\t\r\n]+/g, ' ')
  if (Number.isNaN(value.getTime())) return ''
  // Excel counts days without a zone, in fractions that are seldom whole seconds: what it shows is what is UTC here.
  const [day = '', time = ''] = new Date(Math.round(value.getTime() / 1000) * 1000).toISOString().split(/[T.]/)
  return value.getUTCFullYear() < 1901 ? time : time === '00:00:00' ? day : `${day} ${time}`
}

/** What the archive says of itself: the sum of all it holds; null when its list can't be read. */
function unpackedSize(bytes: Uint8Array): number | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const end = endOfList(view)
  if (end === null) return null
  const [count, start] = [view.getUint16(end + 10, true), view.getUint32(end + 16, true)]
  let [sum, at] = [0, start]
  for (let entry = 0; entry < count; entry += 1) {
    if (at + 46 > view.byteLength || view.getUint32(at, true) !== 0x02014b50) return null
    sum += view.getUint32(at + 24, true)
    at += 46 + view.getUint16(at + 28, true) + view.getUint16(at + 30, true) + view.getUint16(at + 32, true)
  }
  return sum
}

function endOfList(view: DataView): number | null {
  for (let at = view.byteLength - 22; at >= Math.max(0, view.byteLength - 22 - 65_535); at -= 1)
    if (view.getUint32(at, true) === 0x06054b50) return at
  return null
}
