import { asMoment } from '../../database/moment.ts'
import type { Database, Tx } from '../../database/schema.ts'
import { inTransaction, lockRow } from '../../database/transaction.ts'
import { recordHistory } from '../../history/record.ts'
import type { WriteMail } from '../../web/env.ts'
import { digest, newCode, newToken } from '../secrets.ts'
import { signInMail } from './mail.ts'

/** A code and its link live this long. */
export const codeLifetime = Temporal.Duration.from({ minutes: 10 })
const attemptsPerCode = 5
const codesPerQuarterHour = 5
const signInLifetime = Temporal.Duration.from({ hours: 24 * 7 })

/** What the browser says of itself. */
type Browser = string | null

type Request = { email: string; baseUrl: string; next: string; writeMail: WriteMail; now: Temporal.Instant }

/**
 * Mails a link and a code to an address that we know. For one that we don't, or that asked too often, nothing is sent,
 * and the caller can't tell: a stranger must not learn who takes part.
 */
export async function requestSignIn(db: Database, { email, baseUrl, next, writeMail, now }: Request): Promise<void> {
  await inTransaction(db, async (tx) => {
    const person = await tx.selectFrom('person').where('email', '=', email).select(['id', 'email', 'language', 'name']).executeTakeFirst()
    // Requests for one person wait for each other, so that the limit holds; for a stranger nothing is sent anyway.
    if (person) await lockRow(tx, 'person', person.id)
    if (await askedTooOften(tx, email, now)) return
    const { link, code } = await makeCode(tx, email, now)
    if (!person) return

    const url = `${baseUrl}/sign-in/${link}${next === '/' ? '' : `?next=${encodeURIComponent(next)}`}`
    await writeMail(tx, signInMail(person, { url, code }), now)
  })
}

/** A sign-in link for the operator's command line and for the first start; unlike a mailed one it may live longer. */
export async function makeSignInLink(
  db: Database,
  email: string,
  baseUrl: string,
  now: Temporal.Instant,
  lifetime = codeLifetime,
): Promise<string> {
  const { link } = await inTransaction(db, (tx) => makeCode(tx, email.trim().toLowerCase(), now, lifetime))
  return `${baseUrl}/sign-in/${link}`
}

async function makeCode(tx: Tx, email: string, now: Temporal.Instant, lifetime = codeLifetime) {
  const link = newToken()
  const code = newCode()
  await tx
    .insertInto('sign_in_code')
    .values({
      email,
      link_hash: digest(link),
      code_hash: digest(`${email} ${code}`),
      created_at: asMoment(now),
      expires_at: asMoment(now.add(lifetime)),
      used_at: null,
    })
    .execute()
  return { link, code }
}

async function askedTooOften(tx: Tx, email: string, now: Temporal.Instant) {
  const { count } = await tx
    .selectFrom('sign_in_code')
    .where('email', '=', email)
    .where('created_at', '>', asMoment(now.subtract({ minutes: 15 })))
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  return count >= codesPerQuarterHour
}

/** Signs in with the six digits typed; null when they are wrong, used, too old, or were tried too often. */
export async function signInWithCode(
  db: Database,
  { email, code }: { email: string; code: string },
  now: Temporal.Instant,
  browser: Browser = null,
): Promise<string | null> {
  return inTransaction(db, async (tx) => {
    // Each try is counted before it is judged: many at once can't share one.
    const tried = await tx
      .updateTable('sign_in_code')
      .set((eb) => ({ attempts: eb('attempts', '+', 1) }))
      .where('email', '=', email)
      .where('used_at', 'is', null)
      .where('expires_at', '>', asMoment(now))
      .where('attempts', '<', attemptsPerCode)
      .returning(['id', 'email', 'code_hash'])
      .execute()
    const match = tried.find((each) => each.code_hash === digest(`${email} ${code}`))
    return match ? useCode(tx, match, now, browser) : null
  })
}

export async function signInWithLink(db: Database, link: string, now: Temporal.Instant, browser: Browser = null): Promise<string | null> {
  return inTransaction(db, async (tx) => {
    const match = await openCodes(tx, now).where('link_hash', '=', digest(link)).executeTakeFirst()
    return match ? useCode(tx, match, now, browser) : null
  })
}

const openCodes = (tx: Tx, now: Temporal.Instant) =>
  tx.selectFrom('sign_in_code').where('used_at', 'is', null).where('expires_at', '>', asMoment(now)).select(['id', 'email'])

async function useCode(
  tx: Tx,
  { id, email }: { id: number; email: string },
  now: Temporal.Instant,
  browser: Browser,
): Promise<string | null> {
  const used = await tx
    .updateTable('sign_in_code')
    .set({ used_at: asMoment(now) })
    .where('id', '=', id)
    .where('used_at', 'is', null)
    .executeTakeFirst()
  const person = await tx.selectFrom('person').where('email', '=', email).select('id').executeTakeFirst()
  return used.numUpdatedRows === 1n && person ? startSignIn(tx, person.id, now, browser) : null
}

/** Opens a sign-in for the person and returns the secret for the cookie. */
export async function startSignIn(tx: Tx, personId: number, now: Temporal.Instant, browser: Browser = null): Promise<string> {
  const token = newToken()
  await tx
    .insertInto('sign_in')
    .values({
      token_hash: digest(token),
      person_id: personId,
      created_at: asMoment(now),
      expires_at: asMoment(now.add(signInLifetime)),
      last_seen_at: asMoment(now),
      ended_at: null,
      browser: browser?.slice(0, 300) ?? null,
    })
    .execute()
  await recordHistory(tx, { happening: 'signed_in', subject: 'person', subjectId: personId, by: { id: personId }, at: now })
  return token
}

export async function endSignIn(db: Database, token: string, now: Temporal.Instant): Promise<void> {
  await db
    .updateTable('sign_in')
    .set({ ended_at: asMoment(now) })
    .where('token_hash', '=', digest(token))
    .where('ended_at', 'is', null)
    .execute()
}
