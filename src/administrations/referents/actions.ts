import { asMoment } from '../../database/moment.ts'
import type { Database } from '../../database/schema.ts'
import { inTransaction } from '../../database/transaction.ts'
import { recordHistory } from '../../history/record.ts'
import { findOrCreatePerson } from '../../people/actions.ts'
import { findPerson } from '../../people/queries.ts'
import { covers } from '../../people/rules.ts'
import type { Person, Scope } from '../../web/env.ts'
import { administrationsByCode, currentReferents, referentKey } from './queries.ts'
import { type ReferentRefusal, type RejectedReferent, readReferents } from './read.ts'
import type { InviteRefusal } from './rules.ts'

type Who = { by: { id: number } | null; at: Temporal.Instant }

/** Makes a person referent of an administration; the person is added when nobody has this address yet. */
export async function inviteReferent(
  db: Database,
  { administrationId, name, email }: { administrationId: number; name: string; email: string },
  { by, at }: Who,
): Promise<{ referentId: number } | { refusal: InviteRefusal }> {
  return inTransaction(db, async (tx) => {
    const administration = await tx.selectFrom('administration').where('id', '=', administrationId).select('closed_at').executeTakeFirst()
    if (!administration) return { refusal: 'not_found' }
    if (administration.closed_at !== null) return { refusal: 'closed' }

    const personId = await findOrCreatePerson(tx, { name, email }, at)
    const made = await tx
      .insertInto('referent')
      .values({
        administration_id: administrationId,
        person_id: personId,
        since: asMoment(at),
        invited_by: by?.id ?? null,
        until: null,
        ended_by: null,
      })
      .onConflict((conflict) => conflict.columns(['administration_id', 'person_id']).where('until', 'is', null).doNothing())
      .returning('id')
      .executeTakeFirst()
    if (!made) return { refusal: 'already_referent' }

    await recordHistory(tx, { happening: 'referent_invited', subject: 'referent', subjectId: made.id, administrationId, by, at })
    return { referentId: made.id }
  })
}

/** Ends it today; what the person has done stays. False when it had ended already. */
export async function endReferent(db: Database, referentId: number, { by, at }: Who): Promise<boolean> {
  return inTransaction(db, async (tx) => {
    const ended = await tx
      .updateTable('referent')
      .set({ until: asMoment(at), ended_by: by?.id ?? null })
      .where('id', '=', referentId)
      .where('until', 'is', null)
      .returning('administration_id')
      .executeTakeFirst()
    if (!ended) return false
    await recordHistory(tx, {
      happening: 'referent_ended',
      subject: 'referent',
      subjectId: referentId,
      administrationId: ended.administration_id,
      by,
      at,
    })
    return true
  })
}

/** `read` is always `created + unchanged + refused`. */
export type ReferentsOutcome = { read: number; created: number; unchanged: number; refused: number; rejected: RejectedReferent[] }
export type ReferentsPreview = ReferentsOutcome & { invited: { name: string; email: string; administration: string }[] }

/** What an import of this list would do, as far as the person may; null is the operator, who may everything. Writes nothing. */
export async function previewReferents(
  db: Database,
  bytes: Uint8Array,
  person: Person | null,
): Promise<{ refusal: ReferentRefusal } | ReferentsPreview> {
  const plan = await planReferents(db, bytes, person === null ? 'national' : (person.coordinator ?? []))
  if ('refusal' in plan) return plan
  const { invitations, unchanged, rejected } = plan
  return {
    ...outcome(invitations.length, unchanged, rejected),
    invited: invitations.map(({ name, email, administration }) => ({ name, email, administration })),
  }
}

/** Invites everybody in the list who is not a referent yet: all of them, or, when something fails, nobody. */
export async function importReferents(
  db: Database,
  bytes: Uint8Array,
  { by, at }: Who,
): Promise<{ refusal: ReferentRefusal } | ReferentsOutcome> {
  return inTransaction(db, async (tx) => {
    const scope = by === null ? 'national' : ((await findPerson(tx, by.id))?.coordinator ?? [])
    const plan = await planReferents(tx, bytes, scope)
    if ('refusal' in plan) return plan

    let created = 0
    for (const invitation of plan.invitations) if ('referentId' in (await inviteReferent(tx, invitation, { by, at }))) created += 1
    const counts = outcome(created, plan.unchanged + plan.invitations.length - created, plan.rejected)
    const { rejected: _, ...details } = counts
    await recordHistory(tx, { happening: 'referents_imported', subject: 'person', subjectId: by?.id ?? 0, by, at, details })
    return counts
  })
}

const outcome = (created: number, unchanged: number, rejected: RejectedReferent[]): ReferentsOutcome => ({
  read: created + unchanged + rejected.length,
  created,
  unchanged,
  refused: rejected.length,
  rejected,
})

type Invitation = { administrationId: number; administration: string; name: string; email: string }
type Plan = { invitations: Invitation[]; unchanged: number; rejected: RejectedReferent[] }

/** An administration of another region is unknown to a regional coordinator, as on every page. */
async function planReferents(db: Database, bytes: Uint8Array, scope: Scope): Promise<{ refusal: ReferentRefusal } | Plan> {
  const reading = readReferents(bytes)
  if ('refusal' in reading) return reading

  const known = await administrationsByCode(db, [...new Set(reading.rows.map(({ key }) => key))])
  const current = await currentReferents(
    db,
    [...known.values()].map(({ id }) => id),
  )
  const plan: Plan = { invitations: [], unchanged: 0, rejected: [...reading.rejected] }
  for (const { line, name, email, key } of reading.rows) {
    const administration = known.get(key)
    if (!administration || !covers(scope, administration.region)) plan.rejected.push({ line, email, reason: 'unknown_administration' })
    else if (administration.closed) plan.rejected.push({ line, email, reason: 'closed_administration' })
    else if (current.has(referentKey(administration.id, email))) plan.unchanged += 1
    else plan.invitations.push({ administrationId: administration.id, administration: administration.name, name, email })
  }
  plan.rejected.sort((a, b) => a.line - b.line)
  return plan
}
