import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'

/**
 * What a form is handed out with. The survey's secret signs it, so it holds after a restart and in every process; it says
 * nothing about who got it. The same form sent twice counts once.
 */
export function newFormToken(secret: string): string {
  const key = randomBytes(15).toString('base64url')
  return `${key}.${signatureOf(key, secret)}`
}

/** The key of a form that was handed out for this survey, or null. */
export function formKeyOf(token: unknown, secret: string): string | null {
  const [, key, signature] = (typeof token === 'string' && /^([\w-]{20})\.([\w-]{22})$/.exec(token)) || []
  if (!key || !signature) return null
  return timingSafeEqual(Buffer.from(signature), Buffer.from(signatureOf(key, secret))) ? key : null
}

const signatureOf = (key: string, secret: string) => createHmac('sha256', secret).update(key).digest('base64url').slice(0, 22)
