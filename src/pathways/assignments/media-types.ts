/** What an assignment takes, by the ending of its name; the content must be what the ending says. */
const kinds: Record<string, { mediaType: string; is: (bytes: Buffer) => boolean }> = {
  pdf: { mediaType: 'application/pdf', is: (bytes) => startsWith(bytes, '%PDF-') },
  png: { mediaType: 'image/png', is: (bytes) => startsWith(bytes, '\x89PNG\r\n\x1a\n') },
  jpg: { mediaType: 'image/jpeg', is: isJpeg },
  jpeg: { mediaType: 'image/jpeg', is: isJpeg },
  docx: {
    mediaType: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    is: (bytes) => isOfficeXml(bytes, /^word\/document\d*\.xml$/),
  },
  xlsx: {
    mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    is: (bytes) => isOfficeXml(bytes, /^xl\/workbook\d*\.xml$/),
  },
  pptx: {
    mediaType: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
    is: (bytes) => isOfficeXml(bytes, /^ppt\/presentation\d*\.xml$/),
  },
  odp: openDocument('application/vnd.oasis.opendocument.presentation'),
  odt: openDocument('application/vnd.oasis.opendocument.text'),
  ods: openDocument('application/vnd.oasis.opendocument.spreadsheet'),
  txt: { mediaType: 'text/plain', is: isPlainText },
  csv: { mediaType: 'text/csv', is: isPlainText },
}

/** For a form's `accept`. */
export const acceptedEndings = Object.keys(kinds)
  .map((ending) => `.${ending}`)
  .join(',')

/** The media type when the content is what the name says and we take it; null otherwise. What the browser says is not asked. */
export function mediaTypeOf(name: string, content: Uint8Array): string | null {
  const ending = name.slice(name.lastIndexOf('.') + 1).toLowerCase()
  const kind = Object.hasOwn(kinds, ending) ? kinds[ending] : undefined
  return kind?.is(Buffer.from(content.buffer, content.byteOffset, content.byteLength)) ? kind.mediaType : null
}

const startsWith = (bytes: Buffer, text: string) => bytes.subarray(0, text.length).equals(Buffer.from(text, 'latin1'))

function isJpeg(bytes: Buffer) {
  return startsWith(bytes, '\xff\xd8\xff')
}

/** Word, Excel and PowerPoint without macros. */
function isOfficeXml(bytes: Buffer, main: RegExp) {
  const names = namesInZip(bytes)
  return names.includes('[Content_Types].xml') && names.some((name) => main.test(name)) && !names.some((name) => /vbaProject/i.test(name))
}

/** OpenDocument begins with an uncompressed file `mimetype` that says what it is (OASIS ODF 1.3 part 2, 3.3). */
function openDocument(mediaType: string) {
  const first = `mimetype${mediaType}`
  return {
    mediaType,
    is: (bytes: Buffer) =>
      startsWith(bytes, 'PK\x03\x04') &&
      bytes.length > 30 + first.length &&
      bytes.readUInt16LE(8) === 0 &&
      bytes.readUInt32LE(18) === mediaType.length &&
      bytes.toString('latin1', 30, 30 + first.length) === first &&
      namesInZip(bytes).includes('content.xml'),
  }
}

/** Names in a ZIP's central directory (PKWARE APPNOTE 4.3.12 and 4.3.16); none when it isn't one. */
function namesInZip(bytes: Buffer): string[] {
  const end = bytes.lastIndexOf('PK\x05\x06')
  if (!startsWith(bytes, 'PK\x03\x04') || end === -1) return []
  try {
    const names: string[] = []
    let at = bytes.readUInt32LE(end + 16)
    for (let count = bytes.readUInt16LE(end + 10); count > 0; count -= 1) {
      if (bytes.readUInt32LE(at) !== 0x02014b50) return []
      const length = bytes.readUInt16LE(at + 28)
      names.push(bytes.toString('utf8', at + 46, at + 46 + length).replaceAll('\\', '/'))
      at += 46 + length + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32)
    }
    return names
  } catch {
    return []
  }
}

/** Text in UTF-8, UTF-16 with its mark, or windows-1252; neither binary nor a page for browsers. */
function isPlainText(bytes: Buffer) {
  const text = decoded(bytes)
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what tells binary from text.
  return !/[\x00-\x08\x0e-\x1f\x7f]/.test(text) && !/^\s*<(!doctype|html|head|body|script|svg|\?xml)/i.test(text)
}

function decoded(bytes: Buffer): string {
  const encoding = startsWith(bytes, '\xff\xfe') ? 'utf-16le' : startsWith(bytes, '\xfe\xff') ? 'utf-16be' : 'utf-8'
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('windows-1252').decode(bytes)
  }
}
