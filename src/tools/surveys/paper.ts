import { fileURLToPath } from 'node:url'

const font = (weight: '400' | '600' | '700') =>
  fileURLToPath(
    import.meta.resolve(
      `bootstrap-italia/dist/fonts/Titillium_Web/titillium-web-v10-latin-ext_latin-${weight === '400' ? 'regular' : weight}.ttf`,
    ),
  )

const ink = '#17324d'
const line = '#8a9bab'

/** Parts that the types of the library don't know yet. */
const accessible: object = { subset: 'PDF/UA' }

export type Box = { left: number; top: number; width: number; height: number }
type Cell = string | { text: string; right?: boolean }
type Table = { head: readonly string[]; rows: readonly (readonly Cell[])[]; widths: readonly (number | '*')[] }
export type Pen = PDFKit.PDFDocument
export type Paper = Awaited<ReturnType<typeof openPaper>>

/**
 * A document of headings, paragraphs, lists, tables and figures on A4, tagged for screen readers (PDF/UA-1), in Italian, its
 * fonts inside it. The library that draws it is loaded when the first one is drawn.
 */
export async function openPaper({ title, author, at }: { title: string; author: string; at: Temporal.Instant }) {
  const { default: Document } = await import('pdfkit')
  const document = new Document({
    size: 'A4',
    margins: { top: 56, bottom: 56, left: 56, right: 56 },
    pdfVersion: '1.7',
    ...accessible,
    tagged: true,
    lang: 'it-IT',
    displayTitle: true,
    font: font('400'),
    info: { Title: title, Author: author, Creator: 'Percorsi', CreationDate: new Date(at.epochMilliseconds) },
  })
  const bytes = collected(document)
  const root = document.struct('Document')
  document.addStructure(root)
  const width = document.page.width - 112

  const write = (
    type: string,
    text: string,
    { weight = '400', size = 11, after = 0.5 }: { weight?: '400' | '600' | '700'; size?: number; after?: number } = {},
  ) => {
    root.add(
      document.struct(type, {}, () => {
        document.font(font(weight)).fontSize(size).fillColor(ink).text(text, 56, document.y, { width })
        document.moveDown(after)
      }),
    )
  }
  const room = (height: number) => {
    if (document.y + height > document.page.height - 56) document.addPage()
  }

  return {
    width,
    title: (text: string) => write('H1', text, { weight: '700', size: 22, after: 0.6 }),
    /** A heading never stands alone at the foot of a page. */
    heading: (text: string) => {
      room(90)
      document.moveDown(0.4)
      write('H2', text, { weight: '600', size: 14, after: 0.3 })
    },
    paragraph: (text: string, { strong = false, small = false } = {}) =>
      write('P', text, { ...(strong && { weight: '600' }), ...(small && { size: 9 }) }),
    list: (items: readonly string[]) => {
      const entries = items.map((text) =>
        document.struct('LI', {}, [
          document.struct('LBody', {}, () => {
            document
              .font(font('400'))
              .fontSize(10.5)
              .fillColor(ink)
              .text(`– ${text}`, 64, document.y, { width: width - 8 })
            document.moveDown(0.2)
          }),
        ]),
      )
      root.add(document.struct('L', {}, entries))
      document.moveDown(0.4)
    },
    /** The first column names the row. */
    table: ({ head, rows, widths }: Table) => {
      document.font(font('400')).fontSize(9).fillColor(ink)
      const cell = (value: Cell, index: number) => {
        const { text, right = false } = typeof value === 'string' ? { text: value } : value
        const named = index === 0 ? { type: 'TH', scope: 'Row' } : { type: 'TD' }
        return { ...named, text, align: { x: right ? 'right' : 'left', y: 'center' } }
      }
      const header = head.map((text) => ({
        type: 'TH',
        scope: 'Column',
        text,
        font: { src: font('600'), size: 9 },
        align: { x: 'left', y: 'center' },
      }))
      const options = {
        structParent: root,
        position: { x: 56, y: document.y },
        maxWidth: width,
        columnStyles: [...widths],
        rowStyles: (row: number) => ({
          border: { top: row === 0 ? 0 : 0.5, bottom: 0.5, left: 0, right: 0 },
          borderColor: line,
          padding: 3,
        }),
        data: [header, ...rows.map((row) => row.map(cell))],
      }
      document.table(options as never)
      document.x = 56
      document.moveDown(0.8)
    },
    /** A drawing with the words that stand for it. */
    figure: (alt: string, height: number, draw: (pen: Pen, box: Box) => void) => {
      room(height + 10)
      const box = { left: 56, top: document.y, width, height }
      const placed: { alt: string } = { alt, ...{ bbox: [box.left, box.top, box.left + width, box.top + height] } }
      root.add(document.struct('Figure', placed, () => draw(document, box)))
      document.x = 56
      document.y = box.top + height + 10
    },
    /** Lines to write on; decoration that a screen reader passes over. */
    lines: (count: number) => {
      room(count * 22)
      document.markContent('Artifact')
      for (let index = 1; index <= count; index += 1)
        document
          .moveTo(56, document.y + index * 20)
          .lineTo(56 + width, document.y + index * 20)
          .lineWidth(0.5)
          .stroke(line)
      document.endMarkedContent()
      document.y += count * 20 + 10
    },
    close: () => {
      root.end()
      document.end()
      return bytes
    },
  }
}

function collected(document: PDFKit.PDFDocument): Promise<Buffer> {
  const parts: Buffer[] = []
  return new Promise((resolve, reject) => {
    document.on('data', (part: Buffer) => parts.push(part))
    document.on('end', () => resolve(Buffer.concat(parts)))
    document.on('error', reject)
  })
}
