import { randomInt } from 'node:crypto'
import { asMoment } from '../../database/moment.ts'
import type { Database, Tx } from '../../database/schema.ts'
import { inTransaction, lockRow } from '../../database/transaction.ts'
import { recordHistory } from '../../history/record.ts'
import { digest } from '../secrets.ts'
import { findSecondFactor, type SecondFactor } from './queries.ts'
import { mostWrong, newSecret, recoveryCodes, type SecondFactorRefusal, stepOf, wrongAreForgottenAfter } from './rules.ts'

type Who = { by: { id: number }; at: Temporal.Instant }

/** The secret to show while it is being set up: the same until it is confirmed, so that reloading the page loses nothing. */
export async function prepareSecondFactor(db: Database, personId: number, at: Temporal.Instant): Promise<string | null> {
  return inTransaction(db, async (tx) => {
    await lockRow(tx, 'person', personId)
    const found = await findSecondFactor(tx, personId)
    if (found) return found.confirmedAt ? null : found.secret
    const secret = newSecret()
    await tx
      .insertInto('second_factor')
      .values({ person_id: personId, secret, created_at: asMoment(at), confirmed_at: null, wrong_since: null })
      .execute()
    return secret
  })
}

/** The app shows the right code: from now on it is asked for. Returns the recovery codes, which are shown this once. */
export async function confirmSecondFactor(
  db: Database,
  { code, signInId }: { code: string; signInId: number },
  { by, at }: Who,
): Promise<{ codes: string[] } | { refusal: SecondFactorRefusal }> {
  return inTransaction(db, async (tx) => {
    await lockRow(tx, 'person', by.id)
    const factor = await findSecondFactor(tx, by.id)
    if (!factor) return { refusal: 'not_set_up' as const }
    if (factor.confirmedAt) return { refusal: 'already_set_up' as const }
    const step = stepOf(factor.secret, code, factor.lastStep, at)
    if (step === null) return { refusal: 'wrong_code' as const }

    await tx
      .updateTable('second_factor')
      .set({ confirmed_at: asMoment(at), last_step: step })
      .where('id', '=', factor.id)
      .execute()
    await passSignIn(tx, signInId, at)
    await recordHistory(tx, { happening: 'second_factor_set', subject: 'person', subjectId: by.id, by, at })
    return { codes: await newRecoveryCodes(tx, by.id, at) }
  })
}

/** Lets a sign-in through that waits for its second factor: a code of the app, or one of the recovery codes, each once. */
export async function passSecondFactor(
  db: Database,
  { code, signInId }: { code: string; signInId: number },
  { by, at }: Who,
): Promise<{ refusal: SecondFactorRefusal } | null> {
  return inTransaction(db, async (tx) => {
    await lockRow(tx, 'person', by.id)
    const factor = await findSecondFactor(tx, by.id)
    if (!factor?.confirmedAt) return { refusal: 'not_set_up' as const }
    if (isBlocked(factor, at)) return { refusal: 'too_many_tries' as const }

    const typed = code.replace(/[\s-]/g, '').toLowerCase()
    const step = stepOf(factor.secret, typed, factor.lastStep, at)
    if (step === null && !(await takeRecoveryCode(tx, by, typed, at))) {
      await countWrong(tx, factor, at)
      return { refusal: 'wrong_code' as const }
    }
    await tx
      .updateTable('second_factor')
      .set({ wrong: 0, wrong_since: null, ...(step !== null && { last_step: step }) })
      .where('id', '=', factor.id)
      .execute()
    await passSignIn(tx, signInId, at)
    return null
  })
}

/** Takes the second factor away, one's own or, for who has lost the phone, somebody's; their other sign-ins end. */
export async function removeSecondFactor(
  db: Database,
  personId: number,
  { by, at, keepSignIn = null }: { by: { id: number } | null; at: Temporal.Instant; keepSignIn?: number | null },
): Promise<{ refusal: SecondFactorRefusal } | null> {
  return inTransaction(db, async (tx) => {
    await lockRow(tx, 'person', personId)
    const { numDeletedRows } = await tx.deleteFrom('second_factor').where('person_id', '=', personId).executeTakeFirst()
    if (numDeletedRows === 0n) return { refusal: 'not_set_up' as const }
    await tx.deleteFrom('recovery_code').where('person_id', '=', personId).execute()
    await tx
      .updateTable('sign_in')
      .set({ ended_at: asMoment(at) })
      .where('person_id', '=', personId)
      .where('ended_at', 'is', null)
      .$if(keepSignIn !== null, (query) => query.where('id', '!=', keepSignIn ?? 0))
      .execute()
    await recordHistory(tx, { happening: 'second_factor_removed', subject: 'person', subjectId: personId, by, at })
    return null
  })
}

/** Codes for a day without the phone; those of before no longer count. */
export async function renewRecoveryCodes(db: Database, { by, at }: Who): Promise<{ codes: string[] } | { refusal: SecondFactorRefusal }> {
  return inTransaction(db, async (tx) => {
    await lockRow(tx, 'person', by.id)
    if (!(await findSecondFactor(tx, by.id))?.confirmedAt) return { refusal: 'not_set_up' as const }
    await recordHistory(tx, { happening: 'recovery_codes_renewed', subject: 'person', subjectId: by.id, by, at })
    return { codes: await newRecoveryCodes(tx, by.id, at) }
  })
}

/** Without letters and digits that are mistaken for one another; 50 bits each. */
const alphabet = 'abcdefghjkmnpqrstuvwxyz23456789'

async function newRecoveryCodes(tx: Tx, personId: number, at: Temporal.Instant): Promise<string[]> {
  const codes = Array.from({ length: recoveryCodes }, () => Array.from({ length: 10 }, () => alphabet[randomInt(alphabet.length)]).join(''))
  await tx.deleteFrom('recovery_code').where('person_id', '=', personId).execute()
  await tx
    .insertInto('recovery_code')
    .values(codes.map((code) => ({ person_id: personId, code_hash: digest(code), created_at: asMoment(at), used_at: null })))
    .execute()
  return codes.map((code) => `${code.slice(0, 5)}-${code.slice(5)}`)
}

async function takeRecoveryCode(tx: Tx, by: { id: number }, typed: string, at: Temporal.Instant): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('recovery_code')
    .set({ used_at: asMoment(at) })
    .where('person_id', '=', by.id)
    .where('code_hash', '=', digest(typed))
    .where('used_at', 'is', null)
    .executeTakeFirst()
  if (numUpdatedRows === 0n) return false
  await recordHistory(tx, { happening: 'recovery_code_used', subject: 'person', subjectId: by.id, by, at })
  return true
}

const isBlocked = ({ wrong, wrongSince }: SecondFactor, at: Temporal.Instant) =>
  wrong >= mostWrong && wrongSince !== null && !forgotten(wrongSince, at)

const forgotten = (since: Temporal.Instant, at: Temporal.Instant) => Temporal.Instant.compare(since.add(wrongAreForgottenAfter), at) <= 0

async function countWrong(tx: Tx, { id, wrong, wrongSince }: SecondFactor, at: Temporal.Instant) {
  const fresh = wrongSince === null || forgotten(wrongSince, at)
  await tx
    .updateTable('second_factor')
    .set(fresh ? { wrong: 1, wrong_since: asMoment(at) } : { wrong: wrong + 1 })
    .where('id', '=', id)
    .execute()
}

async function passSignIn(tx: Tx, signInId: number, at: Temporal.Instant) {
  await tx
    .updateTable('sign_in')
    .set({ second_factor_at: asMoment(at) })
    .where('id', '=', signInId)
    .execute()
}
