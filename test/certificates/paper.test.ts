import { extractText, getDocumentProxy } from 'unpdf'
import { expect, test } from 'vitest'
import { drawCertificate } from '#src/certificates/paper.ts'
import type { Certificate } from '#src/certificates/queries.ts'
import { zone } from '#test/support.ts'

const baseUrl = 'https://percorsi.example'
const certificate: Certificate = {
  id: 1,
  code: '7KQM-2XWA-9PTD',
  enrolmentId: 1,
  sessionId: null,
  personId: null,
  region: '15',
  administrationId: 1,
  minutesOffered: 480,
  minutesAttended: 390,
  percent: 81,
  threshold: 75,
  content: {
    administration: 'Comune di Sant’Angelo Lodigiano',
    person: null,
    programme: 'MiglioraPA, seconda fase',
    pathway: 'Percorso Standard',
    completedOn: '2026-06-16',
    modules: [{ title: 'Webinar: perché ascoltare', offered: 90, attended: 60 }],
  },
  issuedAt: Temporal.Instant.from('2026-06-17T08:00:00Z'),
  revokedAt: null,
}

const paper = (changes: Partial<Certificate> = {}) => drawCertificate({ ...certificate, ...changes }, { baseUrl, zone })
const textOf = async (bytes: Buffer) => (await extractText(new Uint8Array(bytes), { mergePages: true })).text.replace(/\s+/g, ' ')

test('a reader finds the sentences in their order, with accents and apostrophes', async () => {
  const text = await textOf(await paper())
  const parts = [
    'Attestato di completamento',
    'Comune di Sant’Angelo Lodigiano',
    '16 giugno 2026',
    'Ore di incontri offerte: 8 ore. Ore frequentate: 6 ore e 30 minuti.',
    'Frequenza: 81%, a fronte di un minimo richiesto del 75%.',
    'Webinar: perché ascoltare: 1 ora di 1 ora e 30 minuti',
    'Codice 7KQM-2XWA-9PTD',
    'https://percorsi.example/verify/7KQM-2XWA-9PTD',
  ]
  expect(parts.filter((part) => !text.includes(part))).toEqual([])
  const places = parts.map((part) => text.indexOf(part))
  expect(places).toEqual(places.toSorted((a, b) => a - b))
})

test('it is tagged, Italian, titled, and says that it is PDF/UA', async () => {
  const bytes = await paper()
  const source = bytes.toString('latin1')
  for (const part of ['/Lang (it-IT)', '/Marked true', '/StructTreeRoot', '/DisplayDocTitle true', '<pdfuaid:part>1</pdfuaid:part>'])
    expect([part, source.includes(part)]).toEqual([part, true])
  const { info } = (await (await getDocumentProxy(new Uint8Array(bytes))).getMetadata()) as unknown as { info: Record<string, string> }
  expect(info.Title).toBe('Attestato di completamento: Comune di Sant’Angelo Lodigiano')
})

test('a screen reader gets headings, paragraphs, a list and a figure with its words, in this order', async () => {
  const document = await getDocumentProxy(new Uint8Array(await paper()))
  const tree = await (await document.getPage(1)).getStructTree()
  const roles: string[] = []
  const walk = (node: { role?: string; alt?: string; children?: unknown[] }) => {
    if (node.role) roles.push(node.alt ? `${node.role}: ${node.alt}` : node.role)
    for (const child of (node.children ?? []) as { role?: string }[]) walk(child)
  }
  walk(tree as { role?: string })
  expect(roles.filter((role) => ['H1', 'H2', 'L', 'LI', 'LBody'].includes(role) || role.startsWith('Figure'))).toEqual([
    'H1',
    'H2',
    'L',
    'LI',
    'LBody',
    'H2',
    'Figure: Codice QR che apre la pagina di verifica',
  ])
})

test('every font is inside the file', async () => {
  const source = (await paper()).toString('latin1')
  const fonts = source.match(/\/Type \/FontDescriptor/g) ?? []
  expect(fonts.length).toBeGreaterThan(0)
  expect(source.match(/\/FontFile2 /g)).toHaveLength(fonts.length)
  expect(source).not.toMatch(/\/BaseFont \/Helvetica/)
})

test('a person’s certificate names the person and the administration', async () => {
  const text = await textOf(await paper({ personId: 1, content: { ...certificate.content, person: 'Rosa Esposito' } }))
  expect(text).toContain('Attestato di partecipazione')
  expect(text.indexOf('Rosa Esposito')).toBeLessThan(text.indexOf('Comune di Sant’Angelo'))
})

test('sixty sessions and a long name flow over pages, and all of it can be read', async () => {
  const modules = Array.from({ length: 60 }, (_, index) => ({ title: `Incontro numero ${index + 1}`, offered: 90, attended: 90 }))
  const bytes = await paper({ content: { ...certificate.content, administration: 'Unione '.repeat(40).trim(), modules } })
  const { totalPages } = await extractText(new Uint8Array(bytes))
  expect(totalPages).toBeGreaterThan(1)
  expect(await textOf(bytes)).toContain('Incontro numero 60')
})

test('a pathway without sessions says nothing of hours', async () => {
  const text = await textOf(
    await paper({ minutesOffered: 0, minutesAttended: 0, percent: 100, content: { ...certificate.content, modules: [] } }),
  )
  expect(text).not.toContain('Ore di incontri')
})
