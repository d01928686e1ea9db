import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'

/** A code is shown for half a minute and taken for a minute more: somebody is always still typing. */
const shownSeconds = 30
const takenAfterwards = 2

export type Code = {
  /** Six digits to type. */
  digits: string
  /** What the QR code's address ends with. */
  token: string
}

const windowOf = (at: Temporal.Instant) => Math.floor(at.epochMilliseconds / 1000 / shownSeconds)

/** The code shown at this moment. */
export const codeAt = (secret: string, at: Temporal.Instant): Code => codeOf(secret, windowOf(at))

function codeOf(secret: string, window: number): Code {
  const digits = (keyed(secret, `digits ${window}`).readUInt32BE(0) % 1_000_000).toString().padStart(6, '0')
  return { digits, token: keyed(secret, `token ${window}`).toString('base64url').slice(0, 22) }
}

/** Whether the digits or the token were shown just now. */
export function isShown(secret: string, typed: string, at: Temporal.Instant): boolean {
  const newest = windowOf(at)
  const recent = Array.from({ length: takenAfterwards + 1 }, (_, age) => codeOf(secret, newest - age))
  return recent.some(({ digits, token }) => same(typed, digits) || same(typed, token))
}

export type Ticket = { scannedAt: Temporal.Instant; serial: string }

/** What carries the moment of a scan through signing in: it can't be made up, and is kept nowhere. */
export function newTicket(secret: string, scannedAt: Temporal.Instant): string {
  const content = `${scannedAt.epochMilliseconds.toString(36)}.${randomBytes(9).toString('base64url')}`
  return `${content}.${seal(secret, content)}`
}

/** The moment in a ticket of ours; null for any other. */
export function readTicket(secret: string, ticket: string): Ticket | null {
  const [moment = '', serial = '', mark = ''] = ticket.split('.')
  const milliseconds = Number.parseInt(moment, 36)
  if (!Number.isSafeInteger(milliseconds) || !same(mark, seal(secret, `${moment}.${serial}`))) return null
  return { scannedAt: Temporal.Instant.fromEpochMilliseconds(milliseconds), serial }
}

const seal = (secret: string, content: string) => keyed(secret, `ticket ${content}`).toString('base64url').slice(0, 22)
const keyed = (secret: string, content: string) => createHmac('sha256', secret).update(content).digest()

function same(a: string, b: string) {
  const [left, right] = [Buffer.from(a), Buffer.from(b)]
  return left.length === right.length && timingSafeEqual(left, right)
}
