import { type Kysely, sql } from 'kysely'
import { column } from '../src/database/migration.ts'

/** When registration opens and closes, places an administration may take, and the waiting list. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const { id, moment, ref, table } = column(db)
  for (const [name, type] of [
    ['registration_opens_at', 'text'],
    ['registration_closes_at', 'text'],
    ['administration_cap', 'integer'],
  ] as const)
    await db.schema.alterTable('session').addColumn(name, type).execute()
  await db.schema
    .alterTable('session')
    .addColumn('promotion_stops_hours', 'integer', (each) => each.notNull().defaultTo(2))
    .execute()

  await table(
    'waiting_entry',
    id,
    ref('session_id', 'session'),
    ref('person_id', 'person'),
    ref('administration_id', 'administration'),
    moment('asked_at'),
    ref('asked_by', 'person'),
    moment('promoted_at').nullable(),
    moment('left_at').nullable(),
    ref('left_by', 'person').nullable(),
  )
    .index('waiting_entry_session', 'session_id')
    .index('waiting_entry_person', 'person_id')
    .index('waiting_entry_administration', 'administration_id')
    .create()
  await sql`create unique index waiting_entry_once on waiting_entry (session_id, person_id) where promoted_at is null and left_at is null`.execute(
    db,
  )
}
