import { type Kysely, sql } from 'kysely'
import { column } from '../src/database/migration.ts'

/** Sessions by invitation, materials and the mail that follows a session; where a place is and how many its room holds. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const { id, text, integer, moment, ref, table } = column(db)
  await db.schema
    .alterTable('session')
    .addColumn('admission', 'text', (each) => each.notNull().defaultTo('open'))
    .execute()
  for (const [name, type] of [
    ['map_url', 'text'],
    ['room_capacity', 'integer'],
    ['follow_up_hours', 'integer'],
    ['follow_up_asked_at', 'text'],
  ] as const)
    await db.schema.alterTable('session').addColumn(name, type).execute()
  await db.schema
    .alterTable('session')
    .addColumn('follow_up_note', 'text', (each) => each.notNull().defaultTo(''))
    .execute()
  await db.schema
    .alterTable('session')
    .addColumn('follow_up_asked_by', 'integer', (each) => each.references('person.id'))
    .execute()

  await table(
    'invitation',
    id,
    ref('session_id', 'session'),
    ref('administration_id', 'administration'),
    ref('person_id', 'person').nullable(),
    text('role'),
    integer('places'),
    integer('places_kept'),
    moment('lapses_at'),
    moment('invited_at'),
    ref('invited_by', 'person'),
    moment('accepted_at').nullable(),
    ref('accepted_by', 'person').nullable(),
    moment('declined_at').nullable(),
    ref('declined_by', 'person').nullable(),
    moment('withdrawn_at').nullable(),
    ref('withdrawn_by', 'person').nullable(),
    moment('lapsed_at').nullable(),
  )
    .index('invitation_session', 'session_id')
    .index('invitation_administration', 'administration_id')
    .index('invitation_person', 'person_id')
    .create()
  const open = sql`declined_at is null and withdrawn_at is null and lapsed_at is null`
  await sql`create unique index invitation_once_a_person on invitation (session_id, person_id) where person_id is not null and ${open}`.execute(
    db,
  )
  await sql`create unique index invitation_once_an_administration on invitation (session_id, administration_id) where person_id is null and ${open}`.execute(
    db,
  )
  await sql`create index invitation_to_lapse on invitation (lapses_at) where ${open}`.execute(db)
  await db.schema
    .alterTable('registration')
    .addColumn('invitation_id', 'integer', (each) => each.references('invitation.id'))
    .execute()
  await db.schema.createIndex('registration_invitation').on('registration').column('invitation_id').execute()

  await table(
    'session_material',
    id,
    ref('session_id', 'session'),
    text('phase'),
    text('audience'),
    text('title'),
    text('link').nullable(),
    text('file_name').nullable(),
    text('stored_name').nullable(),
    text('media_type').nullable(),
    integer('bytes').nullable(),
    moment('added_at'),
    ref('added_by', 'person'),
    moment('removed_at').nullable(),
    ref('removed_by', 'person').nullable(),
  )
    .index('session_material_session', 'session_id')
    .create()
  await table('session_follow_up', id, ref('session_id', 'session'), ref('person_id', 'person'), moment('written_at'))
    .unique('session_follow_up_once', 'session_id', 'person_id')
    .index('session_follow_up_person', 'person_id')
    .create()
}
