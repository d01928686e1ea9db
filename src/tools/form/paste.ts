/** Rows copied from a spreadsheet: cells parted by tabs, else by semicolons; a quoted cell may hold either, and line ends. */
export function pastedCells(text: string): string[][] {
  const separator = text.includes('\t') ? '\t' : ';'
  const rows: string[][] = []
  let row: string[] = []
  let cell = ''
  let quoted = false
  const endCell = () => {
    row.push(cell.trim())
    cell = ''
  }
  const endRow = () => {
    endCell()
    if (row.some((each) => each !== '')) rows.push(row)
    row = []
  }
  for (let at = 0; at < text.length; at += 1) {
    const mark = text[at] ?? ''
    if (quoted && mark === '"' && text[at + 1] === '"') {
      cell += '"'
      at += 1
    } else if (mark === '"' && (quoted || cell.trim() === '')) quoted = !quoted
    else if (!quoted && mark === separator) endCell()
    else if (!quoted && mark === '\n') endRow()
    else if (mark !== '\r') cell += mark
  }
  endRow()
  return rows
}
