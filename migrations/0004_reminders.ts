import type { Kysely } from 'kysely'
import { column } from '../src/database/migration.ts'

/** When people are reminded of a session, and who has been. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const { id, integer, moment, ref, table } = column(db)
  await db.schema
    .alterTable('session')
    .addColumn('reminder_hours', 'text', (each) => each.notNull().defaultTo('24'))
    .execute()
  await table('session_reminder', id, ref('registration_id', 'registration'), integer('hours'), moment('starts_at'), moment('written_at'))
    .unique('session_reminder_once', 'registration_id', 'hours', 'starts_at')
    .create()
}
