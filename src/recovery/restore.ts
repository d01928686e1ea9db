import { appendFile, mkdir, rename, rm } from 'node:fs/promises'
import { dirname, join, relative, resolve } from 'node:path'
import type { Database } from '../database/schema.ts'
import { BrokenArchive, type Head, type Line, readArchive } from './archive.ts'
import { type LoadRefusal, load, type Rows } from './load.ts'

export type Restored = { at: string; rows: number; uploads: number }

/**
 * Puts a backup of either engine in the place of what is there, all of it or nothing: the file is read to its end first.
 * Refuses a database with rows in it, unless told to overwrite.
 */
export async function restore(
  db: Database,
  file: string,
  { uploads, overwrite }: { uploads: string; overwrite: boolean },
): Promise<{ refusal: LoadRefusal } | Restored> {
  const { head, uploads: count } = await inspect(file)
  const outcome = await load(db, head, rowsIn(file), { overwrite })
  if ('refusal' in outcome) return outcome
  await putUploads(file, uploads)
  return { at: head.at, rows: outcome.rows, uploads: count }
}

/** Reads the whole file, so that one that is cut off changes nothing. */
async function inspect(file: string): Promise<{ head: Head; uploads: number }> {
  let head: Head | null = null
  let uploads = 0
  for await (const line of readArchive(file)) {
    if ('head' in line) head = line.head
    if ('tail' in line) uploads = line.tail.uploads
  }
  if (head?.percorsi !== 1) throw new BrokenArchive('The file is no backup of this version of Percorsi.')
  return { head, uploads }
}

async function* rowsIn(file: string): Rows {
  for await (const line of readArchive(file)) if ('rows' in line) yield line
}

async function putUploads(file: string, folder: string) {
  let open: string | null = null
  const close = async (path: string | null) => path && rename(`${path}.unfinished`, path)
  for await (const line of readArchive(file)) {
    if (!('upload' in line)) continue
    const path = pathOf(folder, line)
    if (path !== open) {
      await close(open)
      await mkdir(dirname(path), { recursive: true })
      await rm(`${path}.unfinished`, { force: true })
      open = path
    }
    await appendFile(`${path}.unfinished`, Buffer.from(line.piece, 'base64'), { mode: 0o600 })
  }
  await close(open)
}

function pathOf(folder: string, { upload }: Extract<Line, { upload: string }>): string {
  const path = resolve(folder, upload)
  if (relative(folder, path).startsWith('..') || path === resolve(folder))
    throw new BrokenArchive('A file of the backup lies outside its folder.')
  return join(path)
}
