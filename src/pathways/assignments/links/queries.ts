import type { Database, Tx } from '../../../database/schema.ts'

/** A result of a tool of the same pathway; `revision` is the version of it, null where the tool keeps none. */
export type ToolResult = { moduleId: number; title: string; revision: number | null }

type Ids = { enrolmentId: number; moduleId: number }

/** The tools that an administration has begun on this pathway, in the order in which they were defined. */
export async function toolResultsOf(db: Database | Tx, enrolmentId: number): Promise<ToolResult[]> {
  return db
    .selectFrom('progress')
    .innerJoin('module', 'module.id', 'progress.module_id')
    .leftJoin('worksheet', (join) =>
      join.onRef('worksheet.module_id', '=', 'progress.module_id').onRef('worksheet.enrolment_id', '=', 'progress.enrolment_id'),
    )
    .where('progress.enrolment_id', '=', enrolmentId)
    .where('module.kind', '=', 'tool')
    .where('progress.state', 'in', ['in_progress', 'completed'])
    .orderBy('module.id')
    .select(['module.id as moduleId', 'module.title', 'worksheet.revision'])
    .execute()
}

/** What the versions handed in for a module refer to; by submission, one query. */
export async function linkedResultsFor(db: Database, { enrolmentId, moduleId }: Ids): Promise<Map<number, ToolResult[]>> {
  const rows = await db
    .selectFrom('submission_link')
    .innerJoin('submission', 'submission.id', 'submission_link.submission_id')
    .innerJoin('module', 'module.id', 'submission_link.module_id')
    .where('submission.enrolment_id', '=', enrolmentId)
    .where('submission.module_id', '=', moduleId)
    .orderBy('submission_link.module_id')
    .select(['submission_id', 'submission_link.module_id as moduleId', 'module.title', 'revision'])
    .execute()
  const bySubmission = Map.groupBy(rows, ({ submission_id }) => submission_id)
  return new Map([...bySubmission].map(([id, links]) => [id, links.map(({ submission_id, ...link }) => link)] as const))
}
