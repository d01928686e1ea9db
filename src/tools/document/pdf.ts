import { fileURLToPath } from 'node:url'
import type { Language } from '../../language/language.ts'
import type { Block } from './blocks.ts'

const font = (weight: string) =>
  fileURLToPath(import.meta.resolve(`bootstrap-italia/dist/fonts/Titillium_Web/titillium-web-v10-latin-ext_latin-${weight}.ttf`))

/** The types of the library don't know this subset yet. */
const accessible: object = { subset: 'PDF/UA' }

export type Chapter = { title: string; blocks: readonly Block[] }
type Paper = { title: string; lines: readonly string[]; chapters: readonly Chapter[]; language: Language; at: Temporal.Instant }

/** A4, tagged for screen readers (PDF/UA-1, ISO 14289-1), its fonts inside it; each chapter but the first begins a page. */
export async function drawPaper({ title, lines, chapters, language, at }: Paper): Promise<Uint8Array<ArrayBuffer>> {
  const { default: Document } = await import('pdfkit')
  const document = new Document({
    size: 'A4',
    margins: { top: 56, bottom: 56, left: 56, right: 56 },
    pdfVersion: '1.7',
    ...accessible,
    tagged: true,
    lang: language === 'it' ? 'it-IT' : 'en-GB',
    displayTitle: true,
    font: font('regular'),
    info: { Title: title, Author: 'Percorsi', CreationDate: new Date(at.epochMilliseconds) },
  })
  const bytes = collected(document)
  const root = document.struct('Document')
  document.addStructure(root)

  const write = (type: string, text: string, { weight = 'regular', size = 11, after = 0.5, parent = root } = {}) =>
    parent.add(
      document.struct(type, {}, () => {
        document.font(font(weight)).fontSize(size).fillColor('#17324d').text(drawable(text), document.page.margins.left)
        document.moveDown(after)
      }),
    )

  write('P', 'Percorsi', { weight: '600', size: 12, after: 1 })
  write('H1', title, { weight: '700', size: 22, after: 0.4 })
  for (const line of lines) write('P', line)
  for (const [index, chapter] of chapters.entries()) {
    if (index > 0) document.addPage()
    write('H2', chapter.title, { weight: '700', size: 16, after: 0.4 })
    for (const block of chapter.blocks) draw(block)
  }
  root.end()
  document.end()
  return new Uint8Array(await bytes)

  function draw(block: Block) {
    if (block.kind === 'heading') return write('H3', block.text, { weight: '600', size: 13, after: 0.3 })
    if (block.kind === 'result') return write('P', block.text, { weight: '600', size: 13 })
    if (block.kind === 'text') return block.text.split(/\n{2,}/).map((paragraph) => write('P', paragraph))
    if (block.kind === 'facts') return block.rows.map(([label, value]) => write('P', `${label}: ${value}`, { after: 0.2 }))
    if (block.kind === 'list') return drawList(block.items)
    return drawTable(block)
  }

  function drawList(items: readonly string[]) {
    const list = document.struct('L')
    root.add(list)
    for (const item of items) {
      const line = document.struct('LI')
      list.add(line)
      write('LBody', `• ${item}`, { after: 0.2, parent: line })
      line.end()
    }
    list.end()
    document.moveDown(0.4)
  }

  function drawTable({ caption, columns, rows, numeric = [] }: Extract<Block, { kind: 'table' }>) {
    write('P', caption, { weight: '600', after: 0.2 })
    if (columns.length === 0) return
    const cell = (text: string, index: number, head: object = {}) => ({
      text: drawable(text),
      ...(numeric.includes(index) && { align: { x: 'right' as const, y: 'top' as const } }),
      ...head,
    })
    const heading = (scope: 'Column' | 'Row') => ({ type: 'TH' as const, scope, font: { src: font('600') } })
    document.font(font('regular')).fontSize(9)
    const structured: object = { structParent: root }
    document.table({
      ...structured,
      position: { x: document.page.margins.left },
      defaultStyle: { padding: 3, borderColor: '#8a99a8', border: 0.5 },
      data: [
        columns.map((column, index) => cell(column, index, heading('Column'))),
        ...rows.map((cells) => columns.map((_, index) => cell(cells[index] ?? '', index, index === 0 ? heading('Row') : {}))),
      ],
    })
    document.moveDown(0.8)
  }
}

/** The font knows Latin letters: what it can't draw is shown as a question mark instead of an empty box. */
const drawable = (text: string) => text.replace(/\r/g, '').replace(/[^\n\t\u0020-\u024F\u1E00-\u1EFF‐-•…‰′″‹›€™−]/gu, '?') || ' '

function collected(document: PDFKit.PDFDocument): Promise<Buffer> {
  const parts: Buffer[] = []
  return new Promise((resolve, reject) => {
    document.on('data', (part: Buffer) => parts.push(part))
    document.on('end', () => resolve(Buffer.concat(parts)))
    document.on('error', reject)
  })
}
