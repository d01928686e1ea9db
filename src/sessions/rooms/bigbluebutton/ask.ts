import { RoomFailure } from '../provider.ts'
import { type Server, signedAddress } from './address.ts'
import { type Element, readAnswer, textIn } from './answer.ts'

const patience = 4_000
const mostBytes = 2 * 1024 * 1024

/** Asks the server, which answers SUCCESS or FAILED with the key of a message. Rejects with a `RoomFailure` when it doesn't. */
export async function ask(server: Server, call: string, parameters: Record<string, string>): Promise<Element> {
  const answer = readAnswer(await fetchText(signedAddress(server, call, parameters)))
  const code = textIn(answer, 'returncode')
  if (code !== 'SUCCESS' && code !== 'FAILED') throw new RoomFailure('unreadable', 'neither success nor failure')
  if (textIn(answer, 'messageKey') === 'checksumError') throw new RoomFailure('not_authorised', call)
  return answer
}

/** Never elsewhere than at this address, never for long, never more than so much. */
async function fetchText(address: string): Promise<string> {
  try {
    const response = await fetch(address, { redirect: 'error', signal: AbortSignal.timeout(patience) })
    const bytes = await readSome(response)
    if (response.status >= 500) throw new RoomFailure('unreachable', `status ${response.status}`)
    return bytes.toString('utf8')
  } catch (error) {
    if (error instanceof RoomFailure) throw error
    const isLate = error instanceof Error && error.name === 'TimeoutError'
    throw new RoomFailure(isLate ? 'too_slow' : 'unreachable', 'no answer', { cause: error })
  }
}

async function readSome({ body }: Response): Promise<Buffer> {
  const parts: Uint8Array[] = []
  let length = 0
  for await (const part of body ?? []) {
    length += part.length
    if (length > mostBytes) throw new RoomFailure('unreadable', 'too long an answer')
    parts.push(part)
  }
  return Buffer.concat(parts)
}
