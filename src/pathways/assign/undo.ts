import type { ExpressionBuilder } from 'kysely'
import { asMoment } from '../../database/moment.ts'
import type { Database, Schema, Tx } from '../../database/schema.ts'
import { inTransaction, lockRow } from '../../database/transaction.ts'
import { recordHistory } from '../../history/record.ts'
import type { Who } from '../../programmes/actions.ts'
import { recordMove } from './moves/actions.ts'
import { findRun } from './queries.ts'
import type { UndoRefusal } from './rules.ts'

/** How many enrolments went, how many moves were taken back, and how many stay because work has begun since. */
export type Undone = { removed: number; movedBack: number; kept: number }

/**
 * Takes a run back: the enrolments it made are gone as if it had never been, those it moved are where they were. Whoever
 * has begun to work since keeps the pathway.
 */
export async function undoRun(db: Database, runId: number, { by, at }: Who): Promise<Undone | { refusal: UndoRefusal }> {
  return inTransaction(db, async (tx) => {
    await lockRow(tx, 'assignment_run', runId)
    const run = await findRun(tx, runId)
    if (!run) return { refusal: 'not_found' }
    if (!run.finishedAt) return { refusal: 'still_running' }
    if (run.undoneAt) return { refusal: 'undone_already' }

    const made = await countOfRun(tx, runId)
    const removed = await removeUntouched(tx, runId)
    const movedBack = await moveBack(tx, runId, { by, at })
    await tx
      .updateTable('assignment_run')
      .set({ undone_at: asMoment(at), undone_by: by?.id ?? null })
      .where('id', '=', runId)
      .execute()
    const undone = { removed, movedBack, kept: made - removed + (run.moved - movedBack) }
    await recordHistory(tx, { happening: 'assignment_undone', subject: 'assignment_run', subjectId: runId, by, at, details: undone })
    return undone
  })
}

async function countOfRun(tx: Tx, runId: number): Promise<number> {
  const { count } = await tx
    .selectFrom('enrolment')
    .where('assignment_run_id', '=', runId)
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  return Number(count)
}

type Work = 'worksheet' | 'submission' | 'recognition' | 'extension' | 'certificate' | 'withdrawal'
const work: readonly Work[] = ['worksheet', 'submission', 'recognition', 'extension', 'certificate', 'withdrawal']

async function removeUntouched(tx: Tx, runId: number): Promise<number> {
  const untouched = tx
    .selectFrom('enrolment')
    .where('assignment_run_id', '=', runId)
    .where('ended_at', 'is', null)
    .where((eb) =>
      eb.and(
        work.map((table) =>
          eb.not(eb.exists(eb.selectFrom(table).whereRef(`${table}.enrolment_id`, '=', 'enrolment.id').select(`${table}.id`))),
        ),
      ),
    )
    // A move that was undone, or a decision to leave it where it is, doesn't hold it.
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('enrolment_move')
            .leftJoin('assignment_run', 'assignment_run.id', 'enrolment_move.assignment_run_id')
            .whereRef('enrolment_move.enrolment_id', '=', 'enrolment.id')
            .whereRef('from_pathway_id', '!=', 'to_pathway_id')
            .where('assignment_run.undone_at', 'is', null)
            .select('enrolment_move.id'),
        ),
      ),
    )
    // Attendance credited when it began is not work that came after.
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('completion_evidence')
            .whereRef('completion_evidence.enrolment_id', '=', 'enrolment.id')
            .whereRef('completion_evidence.recorded_at', '>', 'enrolment.enrolled_at')
            .select('completion_evidence.id'),
        ),
      ),
    )
    .select('enrolment.id')
  // Held as a list: the moves that are deleted on the way are part of the question.
  const ids = (await untouched.execute()).map(({ id }) => id)
  for (let from = 0; from < ids.length; from += 5_000) {
    const some = ids.slice(from, from + 5_000)
    for (const table of [
      'completion_evidence',
      'progress',
      'enrolment_module',
      'enrolment_move',
    ] as const satisfies readonly (keyof Schema)[])
      await tx.deleteFrom(table).where('enrolment_id', 'in', some).execute()
    await tx.deleteFrom('enrolment').where('id', 'in', some).execute()
  }
  return ids.length
}

const workSinceMoved = [
  ['completion_evidence', 'recorded_at'],
  ['worksheet', 'saved_at'],
  ['submission', 'handed_in_at'],
] as const

const hasSince = (
  eb: ExpressionBuilder<Schema, 'enrolment_move' | 'enrolment'>,
  table: (typeof workSinceMoved)[number][0],
  moment: (typeof workSinceMoved)[number][1],
) =>
  eb.exists(
    eb
      .selectFrom(table)
      .whereRef(`${table}.enrolment_id` as 'submission.enrolment_id', '=', 'enrolment.id')
      .whereRef(`${table}.${moment}` as 'submission.handed_in_at', '>', 'enrolment_move.moved_at')
      .select(`${table}.id` as 'submission.id'),
  )

/** Only those who have done nothing since and are still where the run put them; the move stays written down, and so does the way back. */
async function moveBack(tx: Tx, runId: number, who: Who): Promise<number> {
  const moves = await tx
    .selectFrom('enrolment_move')
    .innerJoin('enrolment', 'enrolment.id', 'enrolment_move.enrolment_id')
    .where('enrolment_move.assignment_run_id', '=', runId)
    .whereRef('enrolment.pathway_id', '=', 'enrolment_move.to_pathway_id')
    .where('enrolment.ended_at', 'is', null)
    .where('enrolment.completed_at', 'is', null)
    .where((eb) => eb.not(eb.or(workSinceMoved.map(([table, moment]) => hasSince(eb, table, moment)))))
    .select(['enrolment.id', 'administration_id', 'from_pathway_id', 'from_rule_id', 'from_rule_set_id', 'from_trace'])
    .execute()
  for (const { id, administration_id, from_pathway_id, from_rule_id, from_rule_set_id, from_trace } of moves) {
    await tx
      .updateTable('enrolment')
      .set({ pathway_id: from_pathway_id, rule_id: from_rule_id, rule_set_id: from_rule_set_id, trace: from_trace })
      .where('id', '=', id)
      .execute()
    await recordMove(tx, { enrolmentId: id, administrationId: administration_id, pathwayId: from_pathway_id }, who)
  }
  return moves.length
}
