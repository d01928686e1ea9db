import { asMoment } from '../../database/moment.ts'
import type { Database, Tx } from '../../database/schema.ts'
import { inTransaction, lockRow } from '../../database/transaction.ts'
import { recordHistory } from '../../history/record.ts'
import type { KeptFile } from '../../web/uploads.ts'
import { completeModule, holdModule, recordState } from '../progress/actions.ts'
import { toolResultsOf } from './links/queries.ts'
import { claimOf } from './queries.ts'
import { rubricOf } from './rubric/queries.ts'
import { allScored, type Score } from './rubric/rules.ts'
import { type HandInRefusal, handInRefusal, isClaimedByOther, type ReviewRefusal, type Verdict, verdictRefusal } from './rules.ts'

type Work = {
  enrolmentId: number
  moduleId: number
  text: string
  files: readonly KeptFile[]
  /** Modules of tools whose results the work refers to; others than the administration's own count for nothing. */
  tools?: readonly number[]
  today?: Temporal.PlainDate
}
type Who = { by: { id: number }; at: Temporal.Instant }

/** Hands in a new version for an assignment; it waits for a trainer's verdict. The files are in the uploads folder already. */
export async function handIn(db: Database, work: Work, { by, at }: Who): Promise<{ version: number } | { refusal: HandInRefusal }> {
  const { enrolmentId, moduleId, text, files, tools = [] } = work
  if (text.trim() === '' && files.length === 0) return { refusal: 'nothing' }

  return inTransaction(db, async (tx) => {
    const module = await holdModule(tx, work)
    if (!module) return { refusal: 'not_an_assignment' }
    const last = await lastVersion(tx, work)
    const refusal = handInRefusal({ ...module, waiting: last !== undefined && last.verdict === null })
    if (refusal) return { refusal }

    const version = (last?.version ?? 0) + 1
    const submission = { enrolment_id: enrolmentId, module_id: moduleId, version, text: text.trim() }
    const { id } = await tx
      .insertInto('submission')
      .values({ ...submission, handed_in_at: asMoment(at), handed_in_by: by.id, verdict: null, reviewed_at: null, reviewed_by: null })
      .returning('id')
      .executeTakeFirstOrThrow()
    await addFiles(tx, id, files)
    await addLinks(tx, id, { enrolmentId, tools })
    await tx.deleteFrom('submission_draft').where('enrolment_id', '=', enrolmentId).where('module_id', '=', moduleId).execute()
    await recordState(tx, { enrolmentId, moduleId, state: 'submitted', by, at })
    await recordHistory(tx, {
      happening: 'submission_handed_in',
      subject: 'submission',
      subjectId: id,
      administrationId: module.administrationId,
      by,
      at,
      details: { version, files: files.length },
    })
    return { version }
  })
}

const lastVersion = (tx: Tx, { enrolmentId, moduleId }: { enrolmentId: number; moduleId: number }) =>
  tx
    .selectFrom('submission')
    .where('enrolment_id', '=', enrolmentId)
    .where('module_id', '=', moduleId)
    .orderBy('version', 'desc')
    .select(['version', 'verdict'])
    .limit(1)
    .executeTakeFirst()

async function addFiles(tx: Tx, submissionId: number, files: readonly KeptFile[]) {
  if (files.length === 0) return
  await tx
    .insertInto('submission_file')
    .values(
      files.map(({ name, storedName, mediaType, bytes }) => ({
        submission_id: submissionId,
        name,
        stored_name: storedName,
        media_type: mediaType,
        bytes,
      })),
    )
    .execute()
}

async function addLinks(tx: Tx, submissionId: number, { enrolmentId, tools }: { enrolmentId: number; tools: readonly number[] }) {
  if (tools.length === 0) return
  const results = (await toolResultsOf(tx, enrolmentId)).filter(({ moduleId }) => tools.includes(moduleId))
  const rows = results.map(({ moduleId, revision }) => ({ submission_id: submissionId, module_id: moduleId, revision }))
  if (rows.length > 0) await tx.insertInto('submission_link').values(rows).execute()
}

/** Gives the verdict that a version waits for: accepted completes the module, otherwise it goes back with the comment. One verdict only. */
export async function reviewSubmission(
  db: Database,
  id: number,
  { verdict, comment, scores = [] }: { verdict: Verdict; comment: string; scores?: readonly Score[] },
  { by, at }: Who,
): Promise<ReviewRefusal | null> {
  const refusal = verdictRefusal({ verdict, comment })
  if (refusal) return refusal

  return inTransaction(db, async (tx) => {
    await lockRow(tx, 'submission', id)
    const submission = await findForReview(tx, id)
    if (!submission) return 'not_found'
    const { enrolmentId, moduleId, administrationId } = submission
    await lockRow(tx, 'enrolment', enrolmentId)
    if (verdict === 'accepted' && !allScored(await rubricOf(tx, moduleId), scores)) return 'scores_missing'

    if (isClaimedByOther(submission.claim, by, at)) return 'claimed'

    const reviewed = await tx
      .updateTable('submission')
      .set({ verdict, comment: comment.trim(), reviewed_at: asMoment(at), reviewed_by: by.id })
      .where('id', '=', id)
      .where('verdict', 'is', null)
      .executeTakeFirst()
    if (reviewed.numUpdatedRows === 0n) return 'already_reviewed'
    const rows = scores.map((score, index) => ({ ...score, submission_id: id, position: index + 1 }))
    if (rows.length > 0) await tx.insertInto('submission_score').values(rows).execute()

    await recordHistory(tx, {
      happening: happenings[verdict],
      subject: 'submission',
      subjectId: id,
      administrationId,
      by,
      at,
      reason: comment.trim() || null,
    })
    if (verdict === 'accepted')
      await completeModule(tx, {
        enrolmentId,
        moduleId,
        evidence: { kind: 'submission', sourceId: id, personId: submission.handedInBy },
        by,
        at,
      })
    else await recordState(tx, { enrolmentId, moduleId, state: 'in_progress', by, at })
    return null
  })
}

const happenings = { accepted: 'submission_accepted', to_revise: 'submission_returned', refused: 'submission_refused' } as const

/** Takes a version on, so that nobody else reviews it meanwhile; what somebody else has taken on is refused. */
export async function claimSubmission(db: Database, id: number, { by, at }: Who): Promise<ReviewRefusal | null> {
  return changeClaim(db, id, { by, at }, 'submission_claimed')
}

/** Leaves it to others; only what is one's own. */
export async function releaseSubmission(db: Database, id: number, { by, at }: Who): Promise<ReviewRefusal | null> {
  return changeClaim(db, id, { by, at }, 'submission_released')
}

async function changeClaim(db: Database, id: number, { by, at }: Who, happening: 'submission_claimed' | 'submission_released') {
  return inTransaction(db, async (tx): Promise<ReviewRefusal | null> => {
    await lockRow(tx, 'submission', id)
    const submission = await findForReview(tx, id)
    if (!submission) return 'not_found'
    const { administrationId, verdict, claim } = submission
    if (verdict !== null) return 'already_reviewed'
    const mine = claim?.by === by.id
    if (isClaimedByOther(claim, by, at) || (happening === 'submission_released' && !mine)) return 'claimed'
    if (happening === 'submission_claimed' && mine) return null
    const claimed =
      happening === 'submission_claimed' ? { claimed_by: by.id, claimed_at: asMoment(at) } : { claimed_by: null, claimed_at: null }
    await tx.updateTable('submission').set(claimed).where('id', '=', id).execute()
    await recordHistory(tx, { happening, subject: 'submission', subjectId: id, administrationId, by, at })
    return null
  })
}

async function findForReview(tx: Tx, id: number) {
  const row = await tx
    .selectFrom('submission')
    .innerJoin('enrolment', 'enrolment.id', 'submission.enrolment_id')
    .where('submission.id', '=', id)
    .select([
      'submission.enrolment_id as enrolmentId',
      'submission.module_id as moduleId',
      'submission.handed_in_by as handedInBy',
      'enrolment.administration_id as administrationId',
      'submission.verdict',
      'submission.claimed_by',
      'submission.claimed_at',
    ])
    .executeTakeFirst()
  return row && { ...row, claim: claimOf(row) }
}
