import { asMoment } from '../../database/moment.ts'
import type { Database } from '../../database/schema.ts'
import { inTransaction } from '../../database/transaction.ts'
import { digest } from '../secrets.ts'
import { startSignIn } from '../sign-in/actions.ts'
import type { Proof } from './provider.ts'

const lifetime = { minutes: 15 }

/** Remembers who is on the way to the provider; clears away those who never came back. */
export async function rememberRequest(db: Database, proof: Proof, next: string, at: Temporal.Instant): Promise<void> {
  await inTransaction(db, async (tx) => {
    await tx
      .deleteFrom('oidc_request')
      .where('created_at', '<', asMoment(at.subtract({ hours: 24 })))
      .execute()
    await tx
      .insertInto('oidc_request')
      .values({
        state_hash: digest(proof.state),
        nonce: proof.nonce,
        verifier: proof.verifier,
        next,
        created_at: asMoment(at),
        used_at: null,
      })
      .execute()
  })
}

/** The request of this state, once, while it is fresh. */
export async function takeRequest(db: Database, state: string, at: Temporal.Instant): Promise<(Proof & { next: string }) | null> {
  const row = await db
    .updateTable('oidc_request')
    .set({ used_at: asMoment(at) })
    .where('state_hash', '=', digest(state))
    .where('used_at', 'is', null)
    .where('created_at', '>', asMoment(at.subtract(lifetime)))
    .returning(['nonce', 'verifier', 'next'])
    .executeTakeFirst()
  return row ? { ...row, state } : null
}

/** Signs in the person with this verified address; null when we know nobody by it. Roles are ours, never the token's. */
export async function signInByEmail(db: Database, email: string, at: Temporal.Instant, browser: string | null): Promise<string | null> {
  return inTransaction(db, async (tx) => {
    const person = await tx.selectFrom('person').where('email', '=', email).select('id').executeTakeFirst()
    return person ? startSignIn(tx, person.id, at, browser) : null
  })
}
