import type { Block } from './blocks.ts'

/**
 * The blocks as a spreadsheet reads them: UTF-8 with a byte order mark, semicolons, one table below the other. A cell that a
 * spreadsheet would take for a formula is kept text (OWASP, CSV injection).
 */
export function blocksCsv(blocks: readonly Block[]): string {
  return `\uFEFF${blocks
    .flatMap(blockRows)
    .map((cells) => cells.map(cell).join(';'))
    .join('\r\n')}\r\n`
}

function blockRows(block: Block): (readonly string[])[] {
  if (block.kind === 'list') return [...block.items.map((item) => [item]), []]
  if (block.kind === 'facts') return [...block.rows, []]
  if (block.kind === 'table') return [[block.caption], block.columns, ...block.rows, []]
  return [[block.text], ...(block.kind === 'heading' ? [] : [[]])]
}

const cell = (text: string) => {
  const safe = /^[=+\-@\t\r]/.test(text) && !/^-?[\d.,]+$/.test(text) ? `'${text}` : text
  return /[";\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
