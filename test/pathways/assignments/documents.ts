import { crc32 } from 'node:zlib'

/** A ZIP of uncompressed files, as every unpacker reads it. */
export function zip(files: Record<string, string>): Uint8Array<ArrayBuffer> {
  const locals: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const [name, text] of Object.entries(files)) {
    const [nameBytes, content] = [Buffer.from(name), Buffer.from(text)]
    const common = Buffer.alloc(26)
    common.writeUInt16LE(20, 0)
    common.writeUInt32LE(crc32(content), 10)
    common.writeUInt32LE(content.length, 14)
    common.writeUInt32LE(content.length, 18)
    common.writeUInt16LE(nameBytes.length, 22)
    const place = Buffer.alloc(14)
    place.writeUInt32LE(offset, 10)
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), common, nameBytes, content])
    locals.push(local)
    directory.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x00'), common, place, nameBytes]))
    offset += local.length
  }
  const entries = Buffer.concat(directory)
  const end = Buffer.alloc(18)
  end.writeUInt16LE(locals.length, 4)
  end.writeUInt16LE(locals.length, 6)
  end.writeUInt32LE(entries.length, 8)
  end.writeUInt32LE(offset, 12)
  return new Uint8Array(Buffer.concat([...locals, entries, Buffer.from('PK\x05\x06'), end]))
}

const bytes = (text: string) => new Uint8Array(Buffer.from(text, 'latin1'))
const types = { '[Content_Types].xml': '<Types/>', '_rels/.rels': '<Relationships/>' }

export const pdf = bytes('%PDF-1.7\n%âãÏÓ\n1 0 obj\n<<>>\nendobj\n%%EOF')
export const png = bytes('\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR')
export const jpeg = bytes('\xff\xd8\xff\xe0\x00\x10JFIF\x00')
export const docx = zip({ ...types, 'word/document.xml': '<w:document/>' })
export const docxWithMacro = zip({ ...types, 'word/document.xml': '<w:document/>', 'word/vbaProject.bin': 'x' })
export const xlsx = zip({ ...types, 'xl/workbook.xml': '<workbook/>' })
export const pptx = zip({ ...types, 'ppt/presentation.xml': '<p:presentation/>' })
export const odp = zip({ mimetype: 'application/vnd.oasis.opendocument.presentation', 'content.xml': '<office/>' })
export const odt = zip({ mimetype: 'application/vnd.oasis.opendocument.text', 'content.xml': '<office/>' })
export const ods = zip({ mimetype: 'application/vnd.oasis.opendocument.spreadsheet', 'content.xml': '<office/>' })
export const page = bytes('<!doctype html><html><script>alert(document.cookie)</script></html>')

export const file = (name: string, content: Uint8Array<ArrayBuffer> | string, type = '') => new File([content], name, { type })
