import { type Kysely, sql } from 'kysely'
import { column } from '../src/database/migration.ts'

/** Check-in by code, going in by our own link, columns of unknown lists, what each status counts as, a threshold in percent. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const { id, text, moment, integer, ref, table } = column(db)
  for (const [name, type] of [
    ['threshold_percent', 'integer'],
    ['entries_counted_at', 'text'],
  ] as const)
    await db.schema.alterTable('session').addColumn(name, type).execute()
  await db.schema
    .alterTable('session')
    .addColumn('entries_counted_by', 'integer', (each) => each.references('person.id'))
    .execute()

  await table(
    'check_in_desk',
    id,
    ref('session_id', 'session'),
    text('secret'),
    integer('grace_minutes'),
    moment('opened_at'),
    ref('opened_by', 'person'),
    moment('closed_at').nullable(),
  )
    .unique('check_in_desk_once', 'session_id')
    .create()

  await table(
    'check_in',
    id,
    ref('session_id', 'session'),
    ref('person_id', 'person'),
    text('way'),
    moment('scanned_at'),
    moment('recorded_at'),
    text('ticket').nullable(),
    moment('counted_at').nullable(),
  )
    .unique('check_in_once', 'session_id', 'person_id')
    .unique('check_in_ticket', 'ticket')
    .index('check_in_person', 'person_id')
    .create()
  await sql`create index check_in_uncounted on check_in (session_id) where counted_at is null`.execute(db)

  await table('check_in_try', id, ref('session_id', 'session'), ref('person_id', 'person'), integer('wrong'))
    .unique('check_in_try_once', 'session_id', 'person_id')
    .create()

  await table('room_entry', id, ref('session_id', 'session'), ref('person_id', 'person'), moment('entered_at'))
    .unique('room_entry_once', 'session_id', 'person_id')
    .index('room_entry_person', 'person_id')
    .create()

  await table('attendance_columns', id, text('shape'), text('columns'), moment('learned_at'), ref('learned_by', 'person'))
    .unique('attendance_columns_once', 'shape')
    .create()

  await table(
    'attendance_counting',
    id,
    ref('programme_id', 'programme'),
    text('status'),
    text('counts_as'),
    moment('set_at'),
    ref('set_by', 'person'),
  )
    .unique('attendance_counting_once', 'programme_id', 'status')
    .create()
}
