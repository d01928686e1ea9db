import { createReadStream, createWriteStream } from 'node:fs'
import { readFile, rename, rm } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip, createGzip } from 'node:zlib'
import { type Fingerprint, fingerprinting, isSame } from './fingerprint.ts'
import type { Table, Value } from './tables.ts'

/** A backup is lines of JSON, compressed with gzip: the head, then rows and pieces of uploads, then the tail that vouches for them. */
export type Head = { percorsi: 1; at: string; migrations: string[]; tables: Table[] }
export type Line =
  | { head: Head }
  | { table: string; rows: Value[][] }
  | { upload: string; piece: string }
  | { tail: { tables: Record<string, Fingerprint>; uploads: number } }

/** Not a backup, cut off, or not what its tail says. */
export class BrokenArchive extends Error {}

/** Writes beside the file and moves it into place when it is whole: a backup that is there is a finished one. */
export async function writeArchive(file: string, lines: AsyncIterable<Line>): Promise<void> {
  const unfinished = `${file}.unfinished`
  try {
    await pipeline(Readable.from(texts(lines)), createGzip({ level: 6 }), createWriteStream(unfinished, { mode: 0o600, flush: true }))
    await rename(unfinished, file)
  } catch (error) {
    await rm(unfinished, { force: true })
    throw error
  }
}

async function* texts(lines: AsyncIterable<Line>) {
  for await (const line of lines) yield `${JSON.stringify(line)}\n`
}

/** The lines of a backup, checked on the way: what comes after the last one has been read was whole. */
export async function* readArchive(file: string): AsyncGenerator<Line> {
  const source = createReadStream(file)
  const unpacked = createGunzip()
  // Errors of the two streams come out of the loop below, whichever fails.
  const piped = pipeline(source, unpacked).catch((error: Error) => void unpacked.destroy(error))
  const prints = new Map<string, ReturnType<typeof fingerprinting>>()
  const uploads = new Set<string>()
  let whole = false
  try {
    for await (const text of linesOf(unpacked)) {
      const line = asLine(text)
      if ('rows' in line) {
        const print = prints.get(line.table) ?? fingerprinting()
        prints.set(line.table, print)
        print.add(line.rows)
      }
      if ('upload' in line) uploads.add(line.upload)
      if ('tail' in line) whole = matches(line.tail, prints, uploads.size)
      yield line
    }
  } catch (error) {
    if ((error as { code?: string }).code?.startsWith('Z_')) throw new BrokenArchive('The file is no backup of Percorsi, or it is damaged.')
    throw error
  } finally {
    source.destroy()
    await piped
  }
  if (!whole) throw new BrokenArchive('The backup is cut off or damaged.')
}

async function* linesOf(source: Readable): AsyncGenerator<string> {
  let rest = ''
  for await (const chunk of source.setEncoding('utf8')) {
    const lines = (rest + chunk).split('\n')
    rest = lines.pop() ?? ''
    yield* lines
  }
}

function asLine(text: string): Line {
  try {
    const line = JSON.parse(text)
    if (line !== null && typeof line === 'object') return line
  } catch {
    // Said below.
  }
  throw new BrokenArchive('The file is no backup of Percorsi, or it is damaged.')
}

function matches(
  tail: { tables: Record<string, Fingerprint>; uploads: number },
  prints: ReadonlyMap<string, { value: () => Fingerprint }>,
  uploads: number,
): boolean {
  const tables = Object.entries(tail.tables).filter(([, { rows }]) => rows > 0)
  return (
    uploads === tail.uploads && tables.length === prints.size && tables.every(([name, print]) => isSame(print, prints.get(name)?.value()))
  )
}

const bytesAtOnce = 1024 * 1024

export async function* piecesOf(path: string, upload: string): AsyncGenerator<Line> {
  const bytes = await readFile(path)
  for (let from = 0; from < Math.max(1, bytes.length); from += bytesAtOnce)
    yield { upload, piece: bytes.subarray(from, from + bytesAtOnce).toString('base64') }
}
