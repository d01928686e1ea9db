import { createHash, randomBytes, randomInt } from 'node:crypto'

/** 256 random bits for an address or a cookie. */
export const newToken = (): string => randomBytes(32).toString('base64url')

/** Six digits, first ones may be zero. */
export const newCode = (): string => String(randomInt(1_000_000)).padStart(6, '0')

/** What the database keeps of a secret. */
export const digest = (secret: string): string => createHash('sha256').update(secret).digest('hex')
