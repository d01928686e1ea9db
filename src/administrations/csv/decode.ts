/** The web takes no larger body either. */
export const largestFile = 30 * 1024 * 1024

export type FileProblem = 'empty' | 'binary' | 'too_large'
/** `cut`: the file ends in the middle of a character. */
export type Decoded = { text: string; cut: boolean } | { problem: FileProblem }

/**
 * The text of a file that office programs write: UTF-8 with or without BOM, UTF-16 with BOM (or recognisable by its zeros),
 * Windows-1252 where it is no valid UTF-8. Spreadsheets, PDFs and other binary files are not read.
 */
export function decode(bytes: Uint8Array): Decoded {
  if (bytes.length > largestFile) return { problem: 'too_large' }
  if (signatures.some((signature) => signature.every((byte, index) => bytes[index] === byte))) return { problem: 'binary' }

  const decoded = decodeAs(encodingOf(bytes), bytes)
  if (decoded.text.includes('\0')) return { problem: 'binary' }
  return decoded.text.trim() === '' ? { problem: 'empty' } : decoded
}

/** ZIP (and so XLSX, ODS), PDF, the older XLS, gzip. */
const signatures = [
  [0x50, 0x4b, 0x03, 0x04],
  [0x25, 0x50, 0x44, 0x46],
  [0xd0, 0xcf, 0x11, 0xe0],
  [0x1f, 0x8b],
]

type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be'

function encodingOf(bytes: Uint8Array): Encoding {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le'
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be'
  const start = bytes.subarray(0, 1000)
  const zeros = (parity: number) => start.filter((byte, index) => byte === 0 && index % 2 === parity).length
  if (zeros(1) > start.length * 0.3 && zeros(0) === 0) return 'utf-16le'
  if (zeros(0) > start.length * 0.3 && zeros(1) === 0) return 'utf-16be'
  return 'utf-8'
}

function decodeAs(encoding: Encoding, bytes: Uint8Array): { text: string; cut: boolean } {
  if (encoding !== 'utf-8') return { text: new TextDecoder(encoding).decode(bytes), cut: bytes.length % 2 === 1 }
  try {
    // As a stream: a last character that is cut in two is no reason to take the whole file for another encoding.
    const decoder = new TextDecoder('utf-8', { fatal: true })
    const text = decoder.decode(bytes, { stream: true })
    return { text, cut: endsMidCharacter(decoder) }
  } catch {
    return { text: new TextDecoder('windows-1252').decode(bytes).replace(/^ï»¿/, ''), cut: false }
  }
}

function endsMidCharacter(decoder: TextDecoder) {
  try {
    decoder.decode()
    return false
  } catch {
    return true
  }
}
