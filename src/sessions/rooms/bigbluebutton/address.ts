import { createHash, createHmac, timingSafeEqual } from 'node:crypto'

export const checksumAlgorithms = ['sha256', 'sha384', 'sha512', 'sha1'] as const
export type ChecksumAlgorithm = (typeof checksumAlgorithms)[number]

/** A BigBlueButton server: the address that `bbb-conf --secret` prints, its secret, and how calls are signed. */
export type Server = { url: string; secret: string; checksum: ChecksumAlgorithm }

/** A call's address, signed as the protocol asks: the hash of its name, its query and the secret, in that order. */
export function signedAddress({ url, secret, checksum }: Server, call: string, parameters: Record<string, string>): string {
  const query = new URLSearchParams(parameters).toString()
  const signature = createHash(checksum).update(`${call}${query}${secret}`).digest('hex')
  return `${apiOf(url)}/${call}?${query}${query && '&'}checksum=${signature}`
}

/** With or without `api` at the end: documents give both. */
const apiOf = (url: string) => `${url.replace(/\/+$/, '').replace(/\/api$/, '')}/api`

/** What the server must say when it calls us about a meeting; nobody without the secret can make it up. */
export const nonceFor = ({ secret }: Server, meetingId: string): string =>
  createHmac('sha256', secret).update(`percorsi ended ${meetingId}`).digest('hex')

export const isNonceFor = (server: Server, meetingId: string, nonce: string): boolean => isSame(nonceFor(server, meetingId), nonce)

/** The token that comes with a meeting's analytics: a JWT that the server has signed with HS512 and that has not expired. */
export function isTokenOf({ secret }: Server, authorization: string | undefined, now: Temporal.Instant): boolean {
  const [head = '', body = '', signature = ''] = (authorization ?? '').replace(/^Bearer /, '').split('.')
  if (!isSame(createHmac('sha512', secret).update(`${head}.${body}`).digest('base64url'), signature)) return false
  const { alg } = fromBase64(head)
  const { exp } = fromBase64(body)
  return alg === 'HS512' && typeof exp === 'number' && exp * 1000 > now.epochMilliseconds
}

function fromBase64(part: string): Record<string, unknown> {
  try {
    return Object(JSON.parse(Buffer.from(part, 'base64url').toString()))
  } catch {
    return {}
  }
}

function isSame(expected: string, given: string): boolean {
  const [a, b] = [Buffer.from(expected), Buffer.from(given)]
  return a.length === b.length && timingSafeEqual(a, b)
}
