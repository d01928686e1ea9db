import { randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import type { Context } from 'hono'
import { readBody } from './body.ts'
import type { WebEnv } from './env.ts'

export type Upload = { name: string; mediaType: string; bytes: Uint8Array }
/** A file in the uploads folder, under a random name that says nothing. */
export type KeptFile = { name: string; storedName: string; mediaType: string; bytes: number }

/** The files chosen in a form's field; an empty file field sends a nameless file, which is none. */
export async function readFiles(c: Context, field: string): Promise<File[]> {
  const sent = (await readBody(c))[field]
  return (Array.isArray(sent) ? sent : [sent]).filter((each) => each instanceof File).filter(({ name, size }) => name !== '' || size > 0)
}

/** Writes the files, then does the work that refers to them; when it refuses or fails, no file stays behind. */
export async function withKeptFiles<T extends object>(
  folder: string,
  uploads: readonly Upload[],
  work: (files: KeptFile[]) => Promise<T>,
): Promise<T> {
  const files = uploads.map(({ name, mediaType, bytes }) => ({ name, mediaType, bytes: bytes.length, storedName: randomUUID() }))
  const discard = () => Promise.all(files.map(({ storedName }) => rm(join(folder, storedName), { force: true })))
  try {
    await mkdir(folder, { recursive: true })
    for (const [index, { storedName }] of files.entries())
      await writeFile(join(folder, storedName), uploads[index]?.bytes ?? '', { flag: 'wx', mode: 0o600 })
    const outcome = await work(files)
    if ('refusal' in outcome) await discard()
    return outcome
  } catch (error) {
    await discard()
    throw error
  }
}

/** Always a download, never a page of ours: whatever is inside, the browser doesn't run it. */
export async function sendFile(c: Context<WebEnv>, { name, storedName, mediaType }: Omit<KeptFile, 'bytes'>) {
  const path = join(c.var.uploads, storedName)
  const found = await stat(path).catch(() => null)
  if (!found) return c.notFound()
  c.header('Content-Type', mediaType)
  c.header('Content-Length', String(found.size))
  c.header('Content-Disposition', attachment(name))
  c.header('X-Content-Type-Options', 'nosniff')
  c.header('Cache-Control', 'private, no-store')
  // An answer to HEAD has no body: a file opened for it would never be closed.
  if (c.req.method === 'HEAD') return c.body(null)
  return c.body(Readable.toWeb(createReadStream(path)) as ReadableStream)
}

/** RFC 6266, with the name as RFC 5987 has it and in plain ASCII for old browsers. */
export function attachment(name: string): string {
  const ascii = name
    .normalize('NFKD')
    .replace(/\p{Diacritic}/gu, '')
    .replace(/[^ -~]|["\\%]/g, '_')
  const encoded = encodeURIComponent(name.toWellFormed()).replace(/['()*]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`)
  return `attachment; filename="${ascii}"; filename*=UTF-8''${encoded}`
}

const longestName = 120

/** A file's name as it can be shown and saved: no folders, no invisible or reserved characters, its ending kept. */
export function cleanFileName(name: string): string {
  const cleaned = (name.toWellFormed().split(/[/\\]/).at(-1) ?? '')
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Cf}\p{Co}]/gu, '')
    .replace(/[<>:"|?*]/g, '_')
    .replace(/\s+/g, ' ')
    .replace(/^[. ]+|[. ]+$/g, '')
  const ending = /\.[^. ]{1,10}$/.exec(cleaned)?.[0] ?? ''
  const stem = cleaned.slice(0, cleaned.length - ending.length)
  return `${[...stem].slice(0, longestName).join('') || 'file'}${ending}`
}
