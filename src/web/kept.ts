import { readdir, readFile, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { withKeptFiles } from './uploads.ts'

/** What the random name of a kept file looks like, as a path pattern: anything else is not found. */
export const keptName = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}'
const exactly = new RegExp(`^${keptName}$`)

const keptFor = 24 * 60 * 60 * 1000

/**
 * Keeps a file between its preview and its confirmation, at most a day, and returns its random name. Give each person a folder
 * of their own, so that nobody can confirm another's.
 */
export async function keepFile(folder: string, bytes: Uint8Array, now: Temporal.Instant): Promise<string> {
  for (const name of await readdir(folder).catch(() => [])) {
    const { mtimeMs } = await stat(join(folder, name))
    if (mtimeMs < now.epochMilliseconds - keptFor) await rm(join(folder, name), { force: true })
  }
  const upload = { name: 'kept', mediaType: 'application/octet-stream', bytes }
  const { storedName } = await withKeptFiles(folder, [upload], async ([kept]) => ({ storedName: kept?.storedName ?? '' }))
  return storedName
}

export async function readKept(folder: string, name: string): Promise<Uint8Array | null> {
  return exactly.test(name) ? readFile(join(folder, name)).catch(() => null) : null
}

export async function forgetKept(folder: string, name: string): Promise<void> {
  if (exactly.test(name)) await rm(join(folder, name), { force: true })
}
