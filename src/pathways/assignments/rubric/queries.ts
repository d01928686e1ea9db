import type { Database } from '../../../database/schema.ts'
import type { Criterion, Score } from './rules.ts'

export async function rubricOf(db: Database, moduleId: number): Promise<Criterion[]> {
  return db.selectFrom('rubric_criterion').where('module_id', '=', moduleId).orderBy('position').select(['label', 'points']).execute()
}

/** What the versions handed in for a module earned, as the rubric was that day; by submission, one query. */
export async function scoresFor(
  db: Database,
  { enrolmentId, moduleId }: { enrolmentId: number; moduleId: number },
): Promise<Map<number, Score[]>> {
  const rows = await db
    .selectFrom('submission_score')
    .innerJoin('submission', 'submission.id', 'submission_score.submission_id')
    .where('enrolment_id', '=', enrolmentId)
    .where('module_id', '=', moduleId)
    .orderBy('submission_score.position')
    .select(['submission_id', 'label', 'points', 'of'])
    .execute()
  const bySubmission = Map.groupBy(rows, ({ submission_id }) => submission_id)
  return new Map([...bySubmission].map(([id, scores]) => [id, scores.map(({ label, points, of }) => ({ label, points, of }))] as const))
}
