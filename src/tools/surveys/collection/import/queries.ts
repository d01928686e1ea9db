import { nameFor } from '../../../../administrations/referents/names.ts'
import { fromMoment, fromMomentOrNull } from '../../../../database/moment.ts'
import type { Database } from '../../../../database/schema.ts'
import type { Person } from '../../../../web/env.ts'
import { rowsPerPage } from '../../../../web/lists.ts'
import type { Layout } from './read.ts'

export type PastImport = {
  id: number
  fileName: string
  layout: Layout
  answers: number
  importedAt: Temporal.Instant
  importedBy: string | null
  undoneAt: Temporal.Instant | null
}

/** The files imported so far, newest first, as many as a page shows. */
export async function importsOf(db: Database, surveyId: number, viewer: Person): Promise<PastImport[]> {
  const rows = await db
    .selectFrom('survey_import')
    .innerJoin('survey', 'survey.id', 'survey_import.survey_id')
    .innerJoin('enrolment', 'enrolment.id', 'survey.enrolment_id')
    .where('survey_id', '=', surveyId)
    .orderBy('survey_import.id', 'desc')
    .limit(rowsPerPage)
    .select(['survey_import.id', 'file_name', 'layout', 'answers', 'imported_at', 'undone_at'])
    .select(nameFor(viewer, 'survey_import.imported_by', 'enrolment.administration_id').as('by'))
    .execute()
  return rows.map((row) => ({
    id: row.id,
    fileName: row.file_name,
    layout: row.layout,
    answers: row.answers,
    importedAt: fromMoment(row.imported_at),
    importedBy: row.by,
    undoneAt: fromMomentOrNull(row.undone_at),
  }))
}
