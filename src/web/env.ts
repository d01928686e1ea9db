import type { HtmlEscapedString } from 'hono/utils/html'
import type { Database, Tx } from '../database/schema.ts'
import type { Dates } from '../language/dates.ts'
import type { Language } from '../language/language.ts'

/** Where a trainer or coordinator may look: everywhere, or in these regions (ISTAT codes). */
export type Scope = 'national' | readonly string[]

/** Somebody who is signed in, with all that decides what they may see. */
export type Person = {
  id: number
  name: string
  email: string
  language: Language
  coordinator: Scope | null
  trainer: Scope | null
  /** Ids of the administrations of which the person is a referent today. */
  administrations: readonly number[]
}

/** A mail to be: kept in the outbox by the transaction that causes it, sent by a job. */
export type Mail = {
  to: { id: number | null; email: string }
  subject: string
  text: string
  html: string
  calendar?: { method: 'REQUEST' | 'CANCEL'; content: string }
}
export type WriteMail = (tx: Tx, mail: Mail, at: Temporal.Instant) => Promise<void>

/** A server that lends rooms for meetings online, and how calls to it are signed. */
export type RoomServer = { url: string; secret: string; checksum: 'sha256' | 'sha384' | 'sha512' | 'sha1' }

export type NavigationLink = { href: string; label: string }

export type Html = HtmlEscapedString | Promise<HtmlEscapedString>

export type WebEnv = {
  Variables: {
    db: Database
    now: Temporal.Instant
    /** The programme's time zone. */
    zone: string
    baseUrl: string
    /** The folder that keeps uploads. */
    uploads: string
    writeMail: WriteMail
    roomServer: RoomServer | null
    language: Language
    dates: Dates
    person: Person | null
    /** The browser's sign-in, also one that still lacks its second factor and opens nothing yet. */
    signIn: { id: number; personId: number; lacks: 'second_factor' | 'setting_up' | null } | null
    secondFactor: 'required' | 'offered'
    /** There is an identity provider to sign in with. */
    signInElsewhere: boolean
    /** The same person, behind the guards of people/require; never there without one. */
    signedIn: Person
    navigation: readonly NavigationLink[]
  }
}
