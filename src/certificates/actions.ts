import { asMoment, fromMoment } from '../database/moment.ts'
import type { Database, Tx } from '../database/schema.ts'
import { inTransaction, isDuplicate, lockRow } from '../database/transaction.ts'
import { recordHistory } from '../history/record.ts'
import { dayOf } from '../language/dates.ts'
import { newCode } from './code.ts'
import { holderOf, hoursFor, type OfPathway } from './queries.ts'
import { type CertificateRefusal, certificateRefusal } from './rules.ts'

type Who = { by: { id: number }; at: Temporal.Instant; zone: string }
type Issued = { id: number } | { refusal: CertificateRefusal | 'not_found' }

/**
 * Issues the certificate of an administration (`personId` null) or of one of its people; one that stands already is
 * returned as it is. What it says is kept word for word, so nothing later changes it.
 */
export async function issueCertificate(
  db: Database,
  { enrolmentId, personId }: { enrolmentId: number; personId: number | null },
  { by, at, zone }: Who,
  code: string = newCode(),
): Promise<Issued> {
  try {
    return await inTransaction(db, async (tx) => {
      await lockRow(tx, 'enrolment', enrolmentId)
      const standing = await findStanding(tx, enrolmentId, personId)
      if (standing) return standing
      const enrolment = await findEnrolment(tx, enrolmentId)
      if (!enrolment) return { refusal: 'not_found' }

      const hours = await hoursFor(tx, enrolment, personId, at)
      const holder = personId === null ? ('administration' as const) : await holderOf(tx, enrolment, personId)
      const { completedAt, threshold } = enrolment
      const refusal = certificateRefusal({ completed: completedAt !== null, ended: enrolment.ended, holder, hours, threshold })
      if (refusal || !completedAt) return { refusal: refusal ?? 'not_completed' }

      const content: OfPathway = {
        administration: enrolment.administration,
        person: personId === null ? null : await nameOf(tx, personId),
        programme: enrolment.programme,
        pathway: enrolment.pathway,
        completedOn: dayOf(fromMoment(completedAt), zone).toString(),
        modules: hours.modules.map((module) => ({ ...module })),
      }
      const figures = {
        minutes_offered: hours.offered,
        minutes_attended: hours.attended,
        percent: hours.percent,
        threshold_percent: threshold,
      }
      const issued = { issued_at: asMoment(at), issued_by: by.id, revoked_at: null, revoked_by: null, revocation_reason: null }
      const { id } = await tx
        .insertInto('certificate')
        .values({
          ...figures,
          ...issued,
          code,
          enrolment_id: enrolmentId,
          administration_id: enrolment.administrationId,
          person_id: personId,
          content: JSON.stringify(content),
        })
        .returning('id')
        .executeTakeFirstOrThrow()
      const about = { subject: 'certificate', subjectId: id, administrationId: enrolment.administrationId } as const
      await recordHistory(tx, { happening: 'certificate_issued', ...about, by, at })
      return { id }
    })
  } catch (error) {
    // Somebody else was issuing the same one.
    const standing = isDuplicate(error) ? await findStanding(db, enrolmentId, personId) : undefined
    if (standing) return standing
    throw error
  }
}

const findStanding = (db: Database, enrolmentId: number, personId: number | null) =>
  db
    .selectFrom('certificate')
    .where('enrolment_id', '=', enrolmentId)
    .where('person_id', personId === null ? 'is' : '=', personId)
    .where('revoked_at', 'is', null)
    .select('id')
    .executeTakeFirst()

async function findEnrolment(tx: Tx, id: number) {
  const row = await tx
    .selectFrom('enrolment')
    .innerJoin('administration', 'administration.id', 'enrolment.administration_id')
    .innerJoin('programme', 'programme.id', 'enrolment.programme_id')
    .innerJoin('pathway', 'pathway.id', 'enrolment.pathway_id')
    .where('enrolment.id', '=', id)
    .select(['enrolment.id', 'pathway_id as pathwayId', 'administration_id as administrationId', 'administration.region_code as region'])
    .select(['administration.name as administration', 'programme.title as programme', 'pathway.title as pathway'])
    .select(['enrolment.completed_at as completedAt', 'enrolment.ended_at', 'pathway.certificate_percent as threshold'])
    .executeTakeFirst()
  return row && { ...row, ended: row.ended_at !== null }
}

async function nameOf(tx: Tx, personId: number): Promise<string> {
  return (await tx.selectFrom('person').where('id', '=', personId).select('name').executeTakeFirstOrThrow()).name
}

/** From now on it is worth nothing; whoever verifies it reads so. False when it was revoked already. */
export async function revokeCertificate(db: Database, id: number, reason: string, who: Revoker): Promise<boolean> {
  return inTransaction(db, async (tx) => {
    return (await revoke(tx, [id], reason, who)) > 0
  })
}

type Revoker = { by: { id: number } | null; at: Temporal.Instant }

/** All certificates that stand on an enrolment, once its pathway is complete no more. */
export async function revokeCertificatesOf(tx: Tx, enrolmentId: number, reason: string, who: Revoker): Promise<void> {
  const standing = await tx
    .selectFrom('certificate')
    .where('enrolment_id', '=', enrolmentId)
    .where('revoked_at', 'is', null)
    .select('id')
    .execute()
  const ids = standing.map(({ id }) => id)
  await revoke(tx, ids, reason, who)
}

/** Those of these that stand; returns how many. */
export async function revoke(tx: Tx, ids: readonly number[], reason: string, { by, at }: Revoker): Promise<number> {
  if (ids.length === 0) return 0
  const revoked = await tx
    .updateTable('certificate')
    .set({ revoked_at: asMoment(at), revoked_by: by?.id ?? null, revocation_reason: reason })
    .where('id', 'in', [...ids])
    .where('revoked_at', 'is', null)
    .returning(['id', 'enrolment_id', 'administration_id'])
    .execute()
  for (const { id, enrolment_id, administration_id } of revoked) {
    const administrationId = administration_id ?? (await administrationOf(tx, enrolment_id))
    await recordHistory(tx, { happening: 'certificate_revoked', subject: 'certificate', subjectId: id, administrationId, by, at, reason })
  }
  return revoked.length
}

async function administrationOf(tx: Tx, enrolmentId: number | null): Promise<number | null> {
  if (enrolmentId === null) return null
  return (
    (await tx.selectFrom('enrolment').where('id', '=', enrolmentId).select('administration_id').executeTakeFirst())?.administration_id ??
    null
  )
}
