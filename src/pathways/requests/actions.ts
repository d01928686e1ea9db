import { asMoment } from '../../database/moment.ts'
import type { Database, Tx } from '../../database/schema.ts'
import { inTransaction, isDuplicate, lockRow } from '../../database/transaction.ts'
import { recordHistory } from '../../history/record.ts'
import { moveEnrolment } from '../assign/moves/actions.ts'
import { pathwaysOf } from '../definition/queries.ts'
import { enrol } from '../orientation/actions.ts'
import { recommendFor } from '../orientation/queries.ts'
import type { Trace } from '../orientation/trace.ts'
import { completeWhoIsDone } from '../progress/actions.ts'
import { type DecisionRefusal, type RequestRefusal, requestRefusal } from './rules.ts'

type Who = { by: { id: number }; at: Temporal.Instant }
type Place = { programmeId: number; administrationId: number }

/** Asks for another pathway than the one proposed or followed; one request at a time. */
export async function askForPathway(
  db: Database,
  { programmeId, administrationId, pathwayId, reason }: Place & { pathwayId: number; reason: string },
  { by, at }: Who,
): Promise<{ id: number } | { refusal: RequestRefusal }> {
  try {
    return await inTransaction(db, async (tx) => {
      await lockRow(tx, 'administration', administrationId)
      const following = await followedBy(tx, { programmeId, administrationId })
      const refusal = requestRefusal({
        wantedPathwayId: pathwayId,
        pathwayIds: (await pathwaysOf(tx, programmeId)).map(({ id }) => id),
        following,
        closed: await isClosed(tx, administrationId),
        waiting: false,
      })
      if (refusal) return { refusal }
      const asked = { reason, asked_at: asMoment(at), asked_by: by.id, verdict: null, decided_at: null, decided_by: null }
      const { id } = await tx
        .insertInto('pathway_request')
        .values({ programme_id: programmeId, administration_id: administrationId, pathway_id: pathwayId, ...asked })
        .returning('id')
        .executeTakeFirstOrThrow()
      await recordHistory(tx, {
        happening: 'pathway_requested',
        subject: 'pathway_request',
        subjectId: id,
        administrationId,
        by,
        at,
        reason,
      })
      return { id }
    })
  } catch (error) {
    if (isDuplicate(error)) return { refusal: 'waiting_already' }
    throw error
  }
}

/** Takes a waiting request back; one that was decided stays decided. */
export async function takeBackRequest(db: Database, place: Place, { by, at }: Who): Promise<void> {
  await inTransaction(db, async (tx) => {
    const taken = await tx
      .updateTable('pathway_request')
      .set({ decided_at: asMoment(at), decided_by: by.id })
      .where('programme_id', '=', place.programmeId)
      .where('administration_id', '=', place.administrationId)
      .where('decided_at', 'is', null)
      .returning('id')
      .executeTakeFirst()
    if (!taken) return
    const about = { subject: 'pathway_request', subjectId: taken.id, administrationId: place.administrationId } as const
    await recordHistory(tx, { happening: 'pathway_request_decided', ...about, by, at, details: { verdict: 'taken_back' } })
  })
}

type Decision = { verdict: 'granted' | 'refused'; comment: string }

/** Grants a request, by which the administration comes onto that pathway at once, or refuses it with a comment. */
export async function decideRequest(
  db: Database,
  id: number,
  { verdict, comment }: Decision,
  { by, at }: Who,
): Promise<DecisionRefusal | null> {
  if (verdict === 'refused' && comment === '') return 'comment_missing'
  return inTransaction(db, async (tx) => {
    await lockRow(tx, 'pathway_request', id)
    const request = await tx
      .selectFrom('pathway_request')
      .where('id', '=', id)
      .where('decided_at', 'is', null)
      .selectAll()
      .executeTakeFirst()
    if (!request) return 'decided_already'
    const place = { programmeId: request.programme_id, administrationId: request.administration_id }
    const refusal =
      verdict === 'granted' ? await give(tx, { ...place, pathwayId: request.pathway_id, reason: request.reason }, { by, at }) : null
    if (refusal) return refusal

    await tx
      .updateTable('pathway_request')
      .set({ verdict, comment, decided_at: asMoment(at), decided_by: by.id })
      .where('id', '=', id)
      .execute()
    const about = { subject: 'pathway_request', subjectId: id, administrationId: place.administrationId } as const
    await recordHistory(tx, { happening: 'pathway_request_decided', ...about, by, at, reason: comment || null, details: { verdict } })
    return null
  })
}

async function give(tx: Tx, wanted: Place & { pathwayId: number; reason: string }, who: Who): Promise<DecisionRefusal | null> {
  const trace: Trace = { held: [`Chiesto dall’amministrazione: «${wanted.reason}»`], checks: [], others: [] }
  const oriented = await recommendFor(tx, wanted.programmeId, wanted.administrationId)
  const ruleSetId = oriented?.ruleSetId ?? null
  const following = await followedBy(tx, wanted)
  if (!following) {
    const outcome = await enrol(tx, { ...wanted, ruleId: null, ruleSetId, added: oriented?.added ?? [], trace }, who)
    return 'refusal' in outcome ? (outcome.refusal === 'closed' ? 'closed' : 'unknown_pathway') : null
  }
  const to = { pathwayId: wanted.pathwayId, ruleId: null, ruleSetId, trace }
  if (!(await moveEnrolment(tx, following.enrolmentId, to, { ...who, runId: null, reason: wanted.reason }))) return 'same_pathway'
  await completeWhoIsDone(tx, wanted.pathwayId, who)
  return null
}

/** The root of the pathway that is followed: an earlier version counts as that pathway. */
async function followedBy(tx: Database, { programmeId, administrationId }: Place) {
  const row = await tx
    .selectFrom('enrolment')
    .innerJoin('pathway', 'pathway.id', 'enrolment.pathway_id')
    .where('enrolment.programme_id', '=', programmeId)
    .where('administration_id', '=', administrationId)
    .where('ended_at', 'is', null)
    .select(['enrolment.id', 'pathway.id as pathwayId', 'root_id', 'completed_at'])
    .executeTakeFirst()
  return row ? { enrolmentId: row.id, pathwayId: row.root_id ?? row.pathwayId, completed: row.completed_at !== null } : null
}

async function isClosed(tx: Tx, administrationId: number): Promise<boolean> {
  const row = await tx.selectFrom('administration').where('id', '=', administrationId).select('closed_at').executeTakeFirst()
  return row?.closed_at !== null
}
