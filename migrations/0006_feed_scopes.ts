import type { Kysely } from 'kysely'

/** What a private feed holds: what concerns its owner, what they train, or all of one administration. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable('calendar_feed')
    .addColumn('scope', 'text', (each) => each.notNull().defaultTo('person'))
    .execute()
  await db.schema
    .alterTable('calendar_feed')
    .addColumn('administration_id', 'integer', (each) => each.references('administration.id'))
    .execute()
  await db.schema.createIndex('calendar_feed_administration').on('calendar_feed').column('administration_id').execute()
}
