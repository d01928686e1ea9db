import type { Database } from '../../database/schema.ts'

/** Whether it is on record that this person was there, for however long. */
export async function hasAttended(db: Database, { sessionId, personId }: { sessionId: number; personId: number }): Promise<boolean> {
  const row = await db
    .selectFrom('attendance')
    .where('session_id', '=', sessionId)
    .where('person_id', '=', personId)
    .where('status', 'in', ['present', 'partial'])
    .select('id')
    .executeTakeFirst()
  return row !== undefined
}
