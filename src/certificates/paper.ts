import { fileURLToPath } from 'node:url'
import { encode } from 'uqr'
import { datesIn, dayOf } from '../language/dates.ts'
import { hoursInWords } from './hours.ts'
import type { Certificate, OfPathway } from './queries.ts'
import { words } from './words.ts'

const font = (weight: string) =>
  fileURLToPath(import.meta.resolve(`bootstrap-italia/dist/fonts/Titillium_Web/titillium-web-v10-latin-ext_latin-${weight}.ttf`))

/** The types of the library don't know this subset yet. */
const accessible: object = { subset: 'PDF/UA' }

type Setting = { baseUrl: string; zone: string }

export const verifyAddress = (baseUrl: string, code: string) => `${baseUrl}/verify/${code}`

/**
 * The paper, in Italian whoever asks for it: A4, tagged for screen readers (PDF/UA-1, ISO 14289-1), its fonts inside it. The
 * library that draws it is loaded when the first paper is drawn.
 */
export async function drawCertificate(certificate: Certificate, { baseUrl, zone }: Setting): Promise<Buffer> {
  const { default: Document } = await import('pdfkit')
  const t = words.it.paper
  const { content, code } = certificate
  const title = content.person === null ? t.titleOfAdministration : t.titleOfPerson
  const document = new Document({
    size: 'A4',
    margins: { top: 72, bottom: 72, left: 72, right: 72 },
    pdfVersion: '1.7',
    ...accessible,
    tagged: true,
    lang: 'it-IT',
    displayTitle: true,
    font: font('regular'),
    info: {
      Title: `${title}: ${content.person ?? content.administration}`,
      Author: 'Percorsi',
      CreationDate: new Date(certificate.issuedAt.epochMilliseconds),
    },
  })
  const bytes = collected(document)
  const root = document.struct('Document')
  document.addStructure(root)

  const write = (type: string, text: string, { weight = 'regular', size = 12, after = 0.6 } = {}) =>
    root.add(
      document.struct(type, {}, () => {
        document.font(font(weight)).fontSize(size).fillColor('#17324d').text(text)
        document.moveDown(after)
      }),
    )

  write('P', 'Percorsi', { weight: '600', size: 14, after: 2 })
  write('H1', title, { weight: '700', size: 26, after: 1 })
  for (const { text, strong } of sentences(certificate, zone)) write('P', text, strong ? { weight: '600', size: 18 } : {})
  const modules = 'modules' in content ? content.modules : []
  if (modules.length > 0) {
    write('H2', t.modules, { weight: '600', size: 14, after: 0.4 })
    const items = modules.map((module) => item(module))
    root.add(document.struct('L', {}, items))
    document.moveDown(0.6)
  }
  write('H2', t.verifyTitle, { weight: '600', size: 14, after: 0.4 })
  write('P', t.verify(code))
  write('P', verifyAddress(baseUrl, code), { weight: '600' })
  const box = roomForQr()
  root.add(document.struct('Figure', figure(box), () => drawQr(box)))
  root.end()
  document.end()
  return bytes

  function item({ title: of, offered, attended }: OfPathway['modules'][number]) {
    return document.struct('LI', {}, [
      document.struct('LBody', {}, () => {
        document
          .font(font('regular'))
          .fontSize(11)
          .text(t.module(of, hoursInWords(attended, 'it'), hoursInWords(offered, 'it')))
        document.moveDown(0.3)
      }),
    ])
  }

  /** The types of the library don't know the box yet, which PDF/UA asks of figures. */
  function figure({ left, top }: { left: number; top: number }): { alt: string } {
    const placed = { alt: t.qr, bbox: [left, top, left + qrSide, top + qrSide] }
    return placed
  }

  /** Where the code goes: below what is written, on a new page when this one is full. */
  function roomForQr() {
    if (document.y + qrSide > document.page.height - document.page.margins.bottom) document.addPage()
    return { left: document.page.margins.left, top: document.y }
  }

  function drawQr({ left, top }: { left: number; top: number }) {
    const { data, size } = encode(verifyAddress(baseUrl, code), { border: 2 })
    const cell = qrSide / size
    document.rect(left, top, qrSide, qrSide).fill('#ffffff')
    for (const [row, cells] of data.entries())
      for (const [column, dark] of cells.entries())
        if (dark) document.rect(left + column * cell, top + row * cell, cell, cell).fill('#000000')
  }
}

/** In points: four centimetres. */
const qrSide = 113

/** What the paper says, and what verifying it shows: sentence by sentence, in Italian. */
export function sentences({ content, ...figures }: Certificate, zone: string): { text: string; strong: boolean }[] {
  const t = words.it.paper
  const dates = datesIn('it', zone)
  const plain = (text: string) => ({ text, strong: false })
  const day = (written: string) => dates.plainDay(Temporal.PlainDate.from(written))
  const [attended, offered] = [hoursInWords(figures.minutesAttended, 'it'), hoursInWords(figures.minutesOffered, 'it')]
  if ('session' in content)
    return [
      plain(t.certifiesPerson),
      { text: content.person, strong: true },
      plain(t.referentOf(content.administration)),
      plain(t.attended(content.session, content.programme, day(content.heldOn))),
      plain(t.duration(attended, offered)),
      plain(t.share(figures.percent, figures.threshold)),
      plain(t.issued(dates.plainDay(dayOf(figures.issuedAt, zone)))),
    ]
  const completed = day(content.completedOn)
  return [
    ...(content.person === null ? [plain(t.certifiesAdministration)] : [plain(t.certifiesPerson)]),
    { text: content.person ?? content.administration, strong: true },
    ...(content.person === null ? [] : [plain(t.referentOf(content.administration))]),
    plain(
      content.person === null
        ? t.hasCompleted(content.pathway, content.programme, completed)
        : t.tookPart(content.pathway, content.programme, completed),
    ),
    ...(figures.minutesOffered === 0 ? [] : [plain(t.hours(attended, offered)), plain(t.share(figures.percent, figures.threshold))]),
    plain(t.issued(dates.plainDay(dayOf(figures.issuedAt, zone)))),
  ]
}

function collected(document: PDFKit.PDFDocument): Promise<Buffer> {
  const parts: Buffer[] = []
  return new Promise((resolve, reject) => {
    document.on('data', (part: Buffer) => parts.push(part))
    document.on('end', () => resolve(Buffer.concat(parts)))
    document.on('error', reject)
  })
}
