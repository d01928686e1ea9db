import { nameFor } from '../../../administrations/referents/names.ts'
import { fromMoment } from '../../../database/moment.ts'
import type { Database } from '../../../database/schema.ts'
import type { Person } from '../../../web/env.ts'

/** A text that an administration works on and has not handed in. */
export type Draft = { text: string; revision: number; savedAt: Temporal.Instant; savedBy: string | null }

export async function findDraft(
  db: Database,
  { enrolmentId, moduleId }: { enrolmentId: number; moduleId: number },
  viewer: Person | null,
): Promise<Draft | undefined> {
  const row = await db
    .selectFrom('submission_draft')
    .innerJoin('enrolment', 'enrolment.id', 'submission_draft.enrolment_id')
    .where('enrolment_id', '=', enrolmentId)
    .where('module_id', '=', moduleId)
    .select(['text', 'revision', 'saved_at'])
    .select(nameFor(viewer, 'submission_draft.saved_by', 'enrolment.administration_id').as('savedBy'))
    .executeTakeFirst()
  return row && { text: row.text, revision: row.revision, savedAt: fromMoment(row.saved_at), savedBy: row.savedBy }
}
