import { Secret, TOTP } from 'otpauth'
import type { Person } from '../../web/env.ts'
import { isCoordinator } from '../rules.ts'

/** Whether coordinators must have a second factor, or may. */
export type SecondFactorPolicy = 'required' | 'offered'

export type SecondFactorRefusal = 'wrong_code' | 'too_many_tries' | 'not_set_up' | 'already_set_up' | 'required'

const period = 30
/** A phone's clock may be half a minute off. */
const stepsAround = 1

export const recoveryCodes = 10
export const mostWrong = 5
/** Whoever has typed so many wrong codes waits; only somebody who has already proved their mailbox gets here. */
export const wrongAreForgottenAfter = { minutes: 15 }

/** Who must set one up before anything else. */
export const mustSetUp = (person: Person, policy: SecondFactorPolicy): boolean => policy === 'required' && isCoordinator(person)

export const newSecret = (): string => new Secret({ size: 20 }).base32

/** What an authenticator app reads, typed or from the QR code (RFC 6238, SHA-1, six digits, 30 seconds: what all apps know). */
export const addressFor = (secret: string, email: string): string => totp(secret, email).toString()

/** The step of time for which the code is right, or null; a step that was used is not taken again (RFC 6238, 5.2). */
export function stepOf(secret: string, code: string, lastStep: number, now: Temporal.Instant): number | null {
  if (!/^\d{6}$/.test(code)) return null
  const timestamp = now.epochMilliseconds
  const away = totp(secret, '').validate({ token: code, timestamp, window: stepsAround })
  if (away === null) return null
  const step = Math.floor(timestamp / 1000 / period) + away
  return step > lastStep ? step : null
}

function totp(secret: string, label: string) {
  return new TOTP({ issuer: 'Percorsi', label, secret: Secret.fromBase32(secret), period, digits: 6, algorithm: 'SHA1' })
}
