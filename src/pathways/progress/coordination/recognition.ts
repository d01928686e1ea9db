import { asMoment } from '../../../database/moment.ts'
import type { Database, Tx } from '../../../database/schema.ts'
import { inTransaction, lockRow } from '../../../database/transaction.ts'
import { recordHistory } from '../../../history/record.ts'
import { dayOf } from '../../../language/dates.ts'
import { holdModule, recordState } from '../actions.ts'
import { completePathwaysWhenDone } from '../completion.ts'
import { ageLimit } from './queries.ts'
import { type AskRefusal, askRefusal, type EvidenceRefusal, evidenceRefusal, type Wanted } from './rules.ts'

type Ids = { enrolmentId: number; moduleId: number }
type Who = { by: { id: number }; at: Temporal.Instant; zone: string }
export type Request = Ids & { wanted: Wanted; evidence: string; doneOn: Temporal.PlainDate | null }
type Refusal = AskRefusal | EvidenceRefusal | 'evidence_missing'

/** Asks to credit earlier work, or to set a module aside; a coordinator decides. One request waits at a time. */
export async function askRecognition(db: Database, request: Request, who: Who): Promise<{ id: number } | { refusal: Refusal }> {
  return inTransaction(db, (tx) => keepRequest(tx, request, who))
}

async function keepRequest(tx: Tx, request: Request, { by, at, zone }: Who): Promise<{ id: number } | { refusal: Refusal }> {
  const { enrolmentId, moduleId, wanted, evidence, doneOn } = request
  const module = await holdModule(tx, request)
  if (!module) return { refusal: 'not_found' }
  const waiting = await tx
    .selectFrom('recognition')
    .where('enrolment_id', '=', enrolmentId)
    .where('module_id', '=', moduleId)
    .where('decided_at', 'is', null)
    .select('id')
    .executeTakeFirst()
  const refusal =
    askRefusal(module, waiting !== undefined) ??
    (evidence.trim() === '' ? 'evidence_missing' : null) ??
    evidenceRefusal(request, { today: dayOf(at, zone), months: await ageLimit(tx, moduleId) })
  if (refusal) return { refusal }

  const { id } = await tx
    .insertInto('recognition')
    .values({
      enrolment_id: enrolmentId,
      module_id: moduleId,
      wanted,
      evidence: evidence.trim(),
      done_on: wanted === 'recognised' ? (doneOn?.toString() ?? null) : null,
      asked_at: asMoment(at),
      asked_by: by.id,
      verdict: null,
      decided_at: null,
      decided_by: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  const { administrationId } = module
  await recordHistory(tx, {
    happening: 'recognition_asked',
    subject: 'recognition',
    subjectId: id,
    administrationId,
    by,
    at,
    details: { moduleId, wanted },
  })
  return { id }
}

export type Decision = { verdict: 'granted' | 'refused'; comment: string }
export type DecisionRefusal = 'not_found' | 'already_decided' | 'comment_missing' | 'ended' | 'done' | EvidenceRefusal

/** Decides a request that waits; whoever refuses says why. Ask `coordinationRefusal` before. */
export async function decideRecognition(db: Database, id: number, decision: Decision, who: Who): Promise<DecisionRefusal | null> {
  return inTransaction(db, (tx) => decide(tx, id, decision, who))
}

async function decide(tx: Tx, id: number, { verdict, comment }: Decision, { by, at, zone }: Who): Promise<DecisionRefusal | null> {
  const enrolment = await tx.selectFrom('recognition').where('id', '=', id).select('enrolment_id').executeTakeFirst()
  if (!enrolment) return 'not_found'
  await lockRow(tx, 'enrolment', enrolment.enrolment_id)
  const row = await tx.selectFrom('recognition').where('id', '=', id).selectAll().executeTakeFirstOrThrow()
  if (row.decided_at !== null) return 'already_decided'
  if (verdict === 'refused' && comment.trim() === '') return 'comment_missing'
  const ids = { enrolmentId: row.enrolment_id, moduleId: row.module_id }
  const module = await holdModule(tx, ids)
  if (!module) return 'not_found'
  const asked = { wanted: row.wanted, doneOn: row.done_on === null ? null : Temporal.PlainDate.from(row.done_on) }
  const limits = { today: dayOf(at, zone), months: await ageLimit(tx, row.module_id) }
  const refusal = verdict === 'granted' && (askRefusal(module, false) ?? evidenceRefusal(asked, limits))
  if (refusal) return refusal === 'waiting' ? 'done' : refusal

  await tx
    .updateTable('recognition')
    .set({ verdict, comment: comment.trim(), decided_at: asMoment(at), decided_by: by.id })
    .where('id', '=', id)
    .execute()
  const { administrationId, pathwayId } = module
  await recordHistory(tx, {
    happening: 'recognition_decided',
    subject: 'recognition',
    subjectId: id,
    administrationId,
    by,
    at,
    reason: comment.trim() || null,
    details: { moduleId: row.module_id, wanted: row.wanted, verdict },
  })
  if (verdict === 'refused') return null
  await recordState(tx, { ...ids, state: row.wanted, by, at })
  await completePathwaysWhenDone(tx, [{ id: ids.enrolmentId, pathwayId, administrationId }], { by, at })
  return null
}

/** A coordinator credits or sets aside straight away: the request and its decision in one. Ask `coordinationRefusal` before. */
export async function recogniseStraightAway(db: Database, request: Request, who: Who): Promise<Refusal | DecisionRefusal | null> {
  return inTransaction(db, async (tx) => {
    const asked = await keepRequest(tx, request, who)
    return 'refusal' in asked ? asked.refusal : decide(tx, asked.id, { verdict: 'granted', comment: '' }, who)
  })
}
