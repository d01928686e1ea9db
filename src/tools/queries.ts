import { nameFor } from '../administrations/referents/names.ts'
import { fromMoment } from '../database/moment.ts'
import type { Database } from '../database/schema.ts'
import { worksheetFields } from '../pathways/queries.ts'
import type { Person } from '../web/env.ts'
import { type Answers, noteField, type WorksheetField } from './rules.ts'

export type Worksheet = {
  id: number
  answers: Answers
  /** Goes up with every save; 0 when nobody has saved yet. */
  revision: number
  savedAt: Temporal.Instant
  /** Null where this viewer may not read the name. */
  savedBy: string | null
}

/** What is to be filled in for a tool, in order; the note of one that is only a link has no label of its own. */
export async function fieldsToFill(db: Database, moduleId: number): Promise<WorksheetField[]> {
  const fields = await worksheetFields(db, moduleId)
  if (fields.length === 0) return [{ name: noteField, label: '', help: '' }]
  return fields.map(({ id, label, help }) => ({ name: `field-${id}`, label, help }))
}

export async function findWorksheet(
  db: Database,
  { enrolmentId, moduleId }: { enrolmentId: number; moduleId: number },
  viewer: Person | null = null,
): Promise<Worksheet | undefined> {
  const row = await db
    .selectFrom('worksheet')
    .innerJoin('enrolment', 'enrolment.id', 'worksheet.enrolment_id')
    .where('enrolment_id', '=', enrolmentId)
    .where('module_id', '=', moduleId)
    .select(['worksheet.id', 'answers', 'revision', 'saved_at'])
    .select(nameFor(viewer, 'worksheet.saved_by', 'enrolment.administration_id').as('savedBy'))
    .executeTakeFirst()
  return (
    row && {
      id: row.id,
      answers: JSON.parse(row.answers) as Answers,
      revision: row.revision,
      savedAt: fromMoment(row.saved_at),
      savedBy: row.savedBy,
    }
  )
}
