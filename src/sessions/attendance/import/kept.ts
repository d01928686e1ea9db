import { readdir, readFile, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { withKeptFiles } from '../../../web/uploads.ts'

/** What the random name of a kept file looks like, as a path pattern: anything else is not found. */
export const uploadName = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}'
const exactly = new RegExp(`^${uploadName}$`)

/** Each person's files lie in a folder of their own, one a session, so nobody can confirm another's or for another session. */
export type Place = { uploads: string; personId: number; sessionId: number }
const folderOf = ({ uploads, personId, sessionId }: Place) => join(uploads, 'attendance', String(personId), String(sessionId))

/** Keeps an uploaded file until it is confirmed, and returns its random name. */
export async function keepUpload(place: Place, bytes: Uint8Array, now: Temporal.Instant): Promise<string> {
  const folder = folderOf(place)
  await forgetOldUploads(folder, now)
  const upload = { name: 'attendance.csv', mediaType: 'text/csv', bytes }
  const { storedName } = await withKeptFiles(folder, [upload], async ([kept]) => ({ storedName: kept?.storedName ?? '' }))
  return storedName
}

export async function readUpload(place: Place, name: string): Promise<Uint8Array | null> {
  return exactly.test(name) ? readFile(join(folderOf(place), name)).catch(() => null) : null
}

export async function forgetUpload(place: Place, name: string): Promise<void> {
  if (exactly.test(name)) await rm(join(folderOf(place), name), { force: true })
}

const keptFor = 24 * 60 * 60 * 1000

/** Names and addresses that nobody confirmed don't stay longer than a day. */
async function forgetOldUploads(folder: string, now: Temporal.Instant) {
  for (const name of await readdir(folder).catch(() => [])) {
    const { mtimeMs } = await stat(join(folder, name))
    if (mtimeMs < now.epochMilliseconds - keptFor) await rm(join(folder, name), { force: true })
  }
}
