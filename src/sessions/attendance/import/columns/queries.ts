import type { Database } from '../../../../database/schema.ts'
import type { LearnedColumns } from '../read/told.ts'

const mostShapes = 500

/** What trainers have told about lists that we didn't know, by shape. */
export async function learnedColumns(db: Database): Promise<Map<string, LearnedColumns>> {
  const rows = await db.selectFrom('attendance_columns').orderBy('id', 'desc').limit(mostShapes).select(['shape', 'columns']).execute()
  return new Map(rows.map(({ shape, columns }) => [shape, JSON.parse(columns) as LearnedColumns]))
}
