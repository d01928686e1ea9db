import { existsSync, readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { checkFiles } from '#src/pathways/assignments/files.ts'
import { mediaTypeOf } from '#src/pathways/assignments/media-types.ts'
import { attachment, cleanFileName } from '#src/web/uploads.ts'
import { docx, docxWithMacro, file, jpeg, odp, ods, odt, page, pdf, png, pptx, xlsx, zip } from './documents.ts'

const text = (content: string, encoding: BufferEncoding = 'utf8') => new Uint8Array(Buffer.from(content, encoding))

describe('what is taken', () => {
  test.each([
    ['relazione.pdf', pdf, 'application/pdf'],
    ['RELAZIONE.PDF', pdf, 'application/pdf'],
    ['piano.docx', docx, 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'],
    ['dati.xlsx', xlsx, 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
    ['lezione.pptx', pptx, 'application/vnd.openxmlformats-officedocument.presentationml.presentation'],
    ['lezione.odp', odp, 'application/vnd.oasis.opendocument.presentation'],
    ['piano.odt', odt, 'application/vnd.oasis.opendocument.text'],
    ['dati.ods', ods, 'application/vnd.oasis.opendocument.spreadsheet'],
    ['grafico.png', png, 'image/png'],
    ['foto.jpg', jpeg, 'image/jpeg'],
    ['foto.jpeg', jpeg, 'image/jpeg'],
    ['note.txt', text('Perché no? È così.\r\n'), 'text/plain'],
    ['dati.csv', text('età;voto\n44;4\n'), 'text/csv'],
    ['dati-windows.csv', text('et\xe0;voto \x80\n', 'latin1'), 'text/csv'],
    ['dati-excel.csv', text('\ufeffet\u00e0\tvoto\n', 'utf16le'), 'text/csv'],
  ])('%s', (name, content, mediaType) => {
    expect(mediaTypeOf(name, content)).toBe(mediaType)
  })
})

describe('what is refused', () => {
  test.each([
    ['a page renamed to pdf', 'relazione.pdf', page],
    ['a page renamed to txt', 'note.txt', page],
    ['a page under its own name', 'index.html', page],
    ['a drawing with script', 'logo.txt', text(' \n<svg onload="alert(1)">')],
    ['a pdf behind a page', 'relazione.pdf', text('<html>%PDF-1.7')],
    ['a pdf called png', 'grafico.png', pdf],
    ['a Word file with macros', 'piano.docx', docxWithMacro],
    ['Word called Excel', 'dati.xlsx', docx],
    ['OpenDocument text called spreadsheet', 'dati.ods', odt],
    ['any other archive', 'piano.docx', zip({ 'setup.exe': 'MZ' })],
    ['an archive under its own name', 'piano.zip', docx],
    ['a truncated archive', 'piano.docx', docx.slice(0, -30)],
    ['an archive whose directory points outside', 'piano.docx', docx.map((byte, index) => (index > docx.length - 8 ? 0xff : byte))],
    ['OpenDocument that doesn’t say so first', 'a.odt', zip({ 'content.xml': '', mimetype: 'application/vnd.oasis.opendocument.text' })],
    ['a program', 'setup.exe', text('MZ\x90\x00')],
    ['binary called text', 'note.txt', text('abc\x00\x01\x02', 'latin1')],
    ['a name without ending', 'relazione', pdf],
    ['an ending that every object has', 'x.constructor', pdf],
  ])('%s', (_what, name, content) => {
    expect(mediaTypeOf(name, content)).toBeNull()
  })

  test('whatever bytes come, the answer is a kind or none', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.constantFrom('docx', 'odt', 'xlsx', 'txt', 'pdf'), (noise, ending) => {
        for (const content of [noise, Buffer.concat([docx.slice(0, 40), noise, docx.slice(40)])])
          expect(['string', 'object']).toContain(typeof mediaTypeOf(`x.${ending}`, content))
      }),
    )
  })
})

describe('a form’s files', () => {
  const problemOf = async (...files: File[]) => {
    const checked = await checkFiles(files)
    return 'problem' in checked ? [checked.problem, checked.name] : []
  }
  const megabytes = (count: number) => {
    const content = new Uint8Array(count * 1024 * 1024)
    content.set(pdf)
    return content
  }

  test('five are taken, six are not', async () => {
    const five = Array.from({ length: 5 }, () => file('a.pdf', pdf))
    expect(await problemOf(...five)).toEqual([])
    expect(await problemOf(...five, file('b.pdf', pdf))).toEqual(['too_many', ''])
  })
  test('one of ten megabytes is taken, one of eleven is not', async () => {
    expect(await problemOf(file('dieci.pdf', megabytes(10)))).toEqual([])
    expect(await problemOf(file('undici.pdf', megabytes(11)))).toEqual(['too_big', 'undici.pdf'])
  })
  test('together they may be twenty-five megabytes', async () => {
    expect((await problemOf(...[9, 9, 9].map((size) => file('a.pdf', megabytes(size)))))[0]).toBe('too_big_together')
  })
  test('an empty one is refused by name', async () => {
    expect(await problemOf(file('a.pdf', pdf), file('vuoto.pdf', ''))).toEqual(['empty', 'vuoto.pdf'])
  })
  test('the media type is ours, whatever the browser says', async () => {
    const checked = await checkFiles([file('a.pdf', pdf, 'text/html')])
    expect('uploads' in checked && checked.uploads[0]?.mediaType).toBe('application/pdf')
  })
})

describe('names', () => {
  test.each([
    ['../../etc/passwd', 'passwd'],
    ['C:\\Documenti\\piano.pdf', 'piano.pdf'],
    ['/etc/cron.d/x.txt', 'x.txt'],
    ['..', 'file'],
    ['', 'file'],
    ['.htaccess', 'htaccess'],
    ['relazione\u202efdp.exe', 'relazionefdp.exe'],
    ['a\r\nSet-Cookie: x.pdf', 'aSet-Cookie_ x.pdf'],
    ['piano "finale"?.pdf', 'piano _finale__.pdf'],
    ['Citta\u0300 di Salerno.pdf', 'Città di Salerno.pdf'],
    ['a\ud800b.pdf', 'a\ufffdb.pdf'],
  ])('%j is kept as %j', (given, kept) => {
    expect(cleanFileName(given)).toBe(kept)
  })
  test('a long one keeps its ending', () => {
    expect(cleanFileName(`${'à'.repeat(500)}.pdf`)).toBe(`${'à'.repeat(120)}.pdf`)
  })
  test('a download carries the name for new browsers and for old ones', () => {
    expect(attachment('Città "di" 100%.pdf')).toBe(
      `attachment; filename="Citta _di_ 100_.pdf"; filename*=UTF-8''Citt%C3%A0%20%22di%22%20100%25.pdf`,
    )
    expect(attachment("l'(a)*.pdf")).toContain("filename*=UTF-8''l%27%28a%29%2A.pdf")
  })
  test('whatever the name, the header is one line of ASCII', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (name) => {
        expect(attachment(name)).toMatch(/^[ -~]*$/)
        expect(cleanFileName(name)).not.toMatch(/[/\\\p{Cc}]|^$/u)
      }),
    )
  })
})

const samples = new URL('../../../../shared/data/attendance/', import.meta.url)
test.skipIf(!existsSync(samples))('real exports of meetings are taken as CSV', () => {
  const names = readdirSync(samples).filter((name) => name.endsWith('.csv'))
  expect(names.filter((name) => mediaTypeOf(name, readFileSync(new URL(name, samples))) !== 'text/csv')).toEqual([])
})
