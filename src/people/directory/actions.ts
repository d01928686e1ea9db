import type { Database } from '../../database/schema.ts'
import { inTransaction } from '../../database/transaction.ts'
import { findOrCreatePerson, grantRole } from '../actions.ts'

type NewStaff = { name: string; email: string; role: 'trainer' | 'coordinator'; region: string | null }

/** Adds a trainer or coordinator; a person whom we know by this address keeps their name and gets the role. */
export async function addStaff(
  db: Database,
  { name, email, role, region }: NewStaff,
  { by, at }: { by: { id: number }; at: Temporal.Instant },
): Promise<{ id: number }> {
  return inTransaction(db, async (tx) => {
    const id = await findOrCreatePerson(tx, { name, email }, at)
    await grantRole(tx, id, { role, region }, { by, at })
    return { id }
  })
}
