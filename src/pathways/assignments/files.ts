import { cleanFileName, type Upload } from '../../web/uploads.ts'
import { mediaTypeOf } from './media-types.ts'

export const mostFiles = 5
export const mostMegabytes = 10
/** Below what the app takes in one request, so that the answer can be given beside the field. */
export const mostMegabytesTogether = 25
const megabyte = 1024 * 1024

export type FilesProblem = 'too_many' | 'too_big' | 'too_big_together' | 'empty' | 'kind'

/** Reads what was chosen and looks inside; the first thing wrong comes back with the name of the file. */
export async function checkFiles(files: readonly File[]): Promise<{ uploads: Upload[] } | { problem: FilesProblem; name: string }> {
  if (files.length > mostFiles) return { problem: 'too_many', name: '' }
  const together = files.reduce((sum, { size }) => sum + size, 0)
  const uploads: Upload[] = []
  for (const file of files) {
    const name = cleanFileName(file.name)
    if (file.size === 0) return { problem: 'empty', name }
    if (file.size > mostMegabytes * megabyte) return { problem: 'too_big', name }
    if (together > mostMegabytesTogether * megabyte) return { problem: 'too_big_together', name }
    const bytes = new Uint8Array(await file.arrayBuffer())
    const mediaType = mediaTypeOf(name, bytes)
    if (mediaType === null) return { problem: 'kind', name }
    uploads.push({ name, mediaType, bytes })
  }
  return { uploads }
}
