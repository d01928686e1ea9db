import type { Kysely } from 'kysely'
import { column } from '../src/database/migration.ts'

/** Sessions that were planned together; each is a session of its own. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const { id, text, moment, ref, table } = column(db)
  await table('session_series', id, text('repetition'), moment('created_at'), ref('created_by', 'person')).create()
  await db.schema
    .alterTable('session')
    .addColumn('series_id', 'integer', (each) => each.references('session_series.id'))
    .execute()
  await db.schema.createIndex('session_series_id').on('session').column('series_id').execute()
}
