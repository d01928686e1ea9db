import { asMoment } from '../database/moment.ts'
import type { Database, Tx } from '../database/schema.ts'
import { inTransaction, lockRow } from '../database/transaction.ts'
import { recordHistory } from '../history/record.ts'
import type { Language } from '../language/language.ts'
import { preferredLanguage } from '../language/language.ts'
import { type RevocationRefusal, revocationRefusal } from './directory/rules.ts'

type NewPerson = { name: string; email: string; language?: Language }

/** The id of the person with this address; made when there is none yet. An existing name is kept. */
export async function findOrCreatePerson(tx: Tx, { name, email, language }: NewPerson, at: Temporal.Instant): Promise<number> {
  const key = email.trim().toLowerCase()
  const made = await tx
    .insertInto('person')
    .values({ name: name.trim(), email: key, language: language ?? preferredLanguage(undefined), created_at: asMoment(at) })
    .onConflict((conflict) => conflict.column('email').doNothing())
    .returning('id')
    .executeTakeFirst()
  if (made) {
    await recordHistory(tx, { happening: 'person_created', subject: 'person', subjectId: made.id, by: null, at })
    return made.id
  }
  const { id } = await tx.selectFrom('person').where('email', '=', key).select('id').executeTakeFirstOrThrow()
  return id
}

type Grant = { role: 'trainer' | 'coordinator'; region: string | null }

/** Makes a person trainer or coordinator, of the country (`region` null) or of a region. Granting twice changes nothing. */
export async function grantRole(
  db: Database,
  personId: number,
  { role, region }: Grant,
  { by, at }: { by: { id: number } | null; at: Temporal.Instant },
): Promise<void> {
  await inTransaction(db, async (tx) => {
    await lockRow(tx, 'person', personId)
    const held = await tx
      .selectFrom('role_grant')
      .where('person_id', '=', personId)
      .where('role', '=', role)
      .where('region_code', region === null ? 'is' : '=', region)
      .where('revoked_at', 'is', null)
      .select('id')
      .executeTakeFirst()
    if (held) return

    await tx
      .insertInto('role_grant')
      .values({
        person_id: personId,
        role,
        region_code: region,
        granted_at: asMoment(at),
        granted_by: by?.id ?? null,
        revoked_at: null,
        revoked_by: null,
      })
      .execute()
    await recordHistory(tx, { happening: 'role_granted', subject: 'person', subjectId: personId, by, at, details: { role, region } })
  })
}

/** A person's own name and language. */
export async function changeProfile(
  db: Database,
  person: { id: number },
  { name, language }: { name: string; language: Language },
  at: Temporal.Instant,
): Promise<void> {
  await inTransaction(db, async (tx) => {
    await tx.updateTable('person').set({ name, language }).where('id', '=', person.id).execute()
    await recordHistory(tx, { happening: 'profile_changed', subject: 'person', subjectId: person.id, by: person, at })
  })
}

/** Takes a role back; what the person did with it stays. Refuses what would leave the programme without a national coordinator. */
export async function revokeRole(
  db: Database,
  grantId: number,
  { by, at }: { by: { id: number } | null; at: Temporal.Instant },
): Promise<RevocationRefusal | null> {
  return inTransaction(db, async (tx) => {
    // Two coordinators may want to take back each other's role at the same moment: one after the other.
    const nationalCoordinators = await tx
      .updateTable('role_grant')
      .set((eb) => ({ id: eb.ref('id') }))
      .where('role', '=', 'coordinator')
      .where('region_code', 'is', null)
      .where('revoked_at', 'is', null)
      .returning(['id', 'person_id as personId'])
      .execute()
    const refusal = revocationRefusal(grantId, nationalCoordinators, by)
    if (refusal) return refusal

    const revoked = await tx
      .updateTable('role_grant')
      .set({ revoked_at: asMoment(at), revoked_by: by?.id ?? null })
      .where('id', '=', grantId)
      .where('revoked_at', 'is', null)
      .returning(['person_id', 'role', 'region_code'])
      .executeTakeFirst()
    if (!revoked) return 'not_found'
    const { person_id, role, region_code } = revoked
    await recordHistory(tx, {
      happening: 'role_revoked',
      subject: 'person',
      subjectId: person_id,
      by,
      at,
      details: { role, region: region_code },
    })
    return null
  })
}
