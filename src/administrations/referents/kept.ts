import { readdir, readFile, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { withKeptFiles } from '../../web/uploads.ts'

/** What the random name of a kept list looks like, as a path pattern: anything else is not found. */
export const listName = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}'
const exactly = new RegExp(`^${listName}$`)

/** Each coordinator's lists lie in a folder of their own, so nobody can confirm another's. */
const folderOf = (uploads: string, personId: number) => join(uploads, 'referents', String(personId))

/** Keeps an uploaded list until it is confirmed, and returns its random name. */
export async function keepList(uploads: string, personId: number, bytes: Uint8Array, now: Temporal.Instant): Promise<string> {
  const folder = folderOf(uploads, personId)
  await forgetOldLists(folder, now)
  const upload = { name: 'referents.csv', mediaType: 'text/csv', bytes }
  const { storedName } = await withKeptFiles(folder, [upload], async ([kept]) => ({ storedName: kept?.storedName ?? '' }))
  return storedName
}

export async function readKeptList(uploads: string, personId: number, name: string): Promise<Uint8Array | null> {
  return exactly.test(name) ? readFile(join(folderOf(uploads, personId), name)).catch(() => null) : null
}

export async function forgetList(uploads: string, personId: number, name: string): Promise<void> {
  if (exactly.test(name)) await rm(join(folderOf(uploads, personId), name), { force: true })
}

const keptFor = 24 * 60 * 60 * 1000

/** Names and addresses that nobody confirmed don't stay longer than a day. */
async function forgetOldLists(folder: string, now: Temporal.Instant) {
  for (const name of await readdir(folder).catch(() => [])) {
    const { mtimeMs } = await stat(join(folder, name))
    if (mtimeMs < now.epochMilliseconds - keptFor) await rm(join(folder, name), { force: true })
  }
}
