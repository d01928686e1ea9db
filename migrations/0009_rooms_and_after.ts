import { type Kysely, sql } from 'kysely'
import { column, onSqlite } from '../src/database/migration.ts'

/** Rooms that we open ourselves and who was seen in them; surveys, attestations and minutes of single sessions. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await rooms(db)
  await feedback(db)
  await minutes(db)
  await certificates(db)
}

async function rooms(db: Kysely<unknown>) {
  const { id, text, moment, ref, table } = column(db)

  await db.schema
    .alterTable('session')
    .addColumn('room', 'text', (each) => each.notNull().defaultTo('link'))
    .execute()
  await table(
    'session_room',
    id,
    ref('session_id', 'session'),
    text('meeting_id'),
    moment('opened_at').nullable(),
    ref('opened_by', 'person').nullable(),
    moment('looked_at').nullable(),
    moment('ended_at').nullable(),
    moment('failed_at').nullable(),
    text('failure').nullable(),
  )
    .unique('session_room_session', 'session_id')
    .unique('session_room_meeting', 'meeting_id')
    .create()
  await sql`create index session_room_open on session_room (looked_at) where opened_at is not null and ended_at is null`.execute(db)
  await table(
    'room_stay',
    id,
    ref('session_room_id', 'session_room'),
    ref('person_id', 'person').nullable(),
    text('name'),
    moment('first_seen_at'),
    moment('last_seen_at'),
  )
    .index('room_stay_room', 'session_room_id', 'last_seen_at')
    .create()
}

async function feedback(db: Kysely<unknown>) {
  const { id, text, moment, integer, ref, table } = column(db)

  await table(
    'feedback_question',
    id,
    ref('session_id', 'session'),
    text('kind'),
    text('label'),
    moment('added_at'),
    ref('added_by', 'person'),
    moment('removed_at').nullable(),
    ref('removed_by', 'person').nullable(),
  )
    .index('feedback_question_session', 'session_id')
    .create()
  await table('feedback_given', ref('session_id', 'session'), ref('person_id', 'person'), moment('given_at'))
    .unique('feedback_given_once', 'session_id', 'person_id')
    .index('feedback_given_person', 'person_id')
    .create()
  await table('feedback_answer', id, ref('session_id', 'session')).index('feedback_answer_session', 'session_id').create()
  await table(
    'feedback_reply',
    ref('feedback_answer_id', 'feedback_answer'),
    text('question'),
    integer('rating').nullable(),
    text('text').nullable(),
  )
    .unique('feedback_reply_once', 'feedback_answer_id', 'question')
    .create()
}

async function minutes(db: Kysely<unknown>) {
  const { id, text, moment, integer, ref, table } = column(db)

  await table(
    'session_minutes',
    id,
    ref('session_id', 'session'),
    integer('published_version').nullable(),
    moment('published_at').nullable(),
    ref('published_by', 'person').nullable(),
  )
    .unique('session_minutes_session', 'session_id')
    .create()
  await table(
    'session_minutes_version',
    id,
    ref('session_minutes_id', 'session_minutes'),
    integer('version'),
    text('body'),
    moment('saved_at'),
    ref('saved_by', 'person'),
  )
    .unique('session_minutes_version_once', 'session_minutes_id', 'version')
    .create()
}

/** A certificate is of a pathway, as before, or of a single session: SQLite can only drop "not null" with a new table. */
async function certificates(db: Kysely<unknown>) {
  await db.schema
    .alterTable('certificate')
    .addColumn('session_id', 'integer', (each) => each.references('session.id'))
    .execute()
  await db.schema
    .alterTable('certificate')
    .addColumn('administration_id', 'integer', (each) => each.references('administration.id'))
    .execute()
  await sql`update certificate set administration_id = (select administration_id from enrolment where enrolment.id = certificate.enrolment_id)`.execute(
    db,
  )
  if (onSqlite(db)) await withoutNotNull(db)
  else await sql`alter table certificate alter column enrolment_id drop not null`.execute(db)
  await sql`create index certificate_session on certificate (session_id)`.execute(db)
  await sql`create unique index certificate_of_session on certificate (session_id, person_id) where session_id is not null and revoked_at is null`.execute(
    db,
  )
}

async function withoutNotNull(db: Kysely<unknown>) {
  const { id, text, moment, integer, ref, table } = column(db)
  const columns =
    'id, code, enrolment_id, session_id, administration_id, person_id, minutes_offered, minutes_attended, percent, threshold_percent, content, issued_at, issued_by, revoked_at, revoked_by, revocation_reason'

  for (const index of ['certificate_code', 'certificate_enrolment', 'certificate_of_administration', 'certificate_of_person'])
    await db.schema.dropIndex(index).execute()
  await db.schema.alterTable('certificate').renameTo('certificate_before').execute()
  await table(
    'certificate',
    id,
    text('code'),
    ref('enrolment_id', 'enrolment').nullable(),
    ref('session_id', 'session').nullable(),
    ref('administration_id', 'administration').nullable(),
    ref('person_id', 'person').nullable(),
    integer('minutes_offered'),
    integer('minutes_attended'),
    integer('percent'),
    integer('threshold_percent'),
    text('content'),
    moment('issued_at'),
    ref('issued_by', 'person').nullable(),
    moment('revoked_at').nullable(),
    ref('revoked_by', 'person').nullable(),
    text('revocation_reason').nullable(),
  )
    .unique('certificate_code', 'code')
    .index('certificate_enrolment', 'enrolment_id')
    .create()
  await sql`insert into certificate (${sql.raw(columns)}) select ${sql.raw(columns)} from certificate_before`.execute(db)
  await db.schema.dropTable('certificate_before').execute()
  await sql`create unique index certificate_of_administration on certificate (enrolment_id) where person_id is null and revoked_at is null`.execute(
    db,
  )
  await sql`create unique index certificate_of_person on certificate (enrolment_id, person_id) where person_id is not null and revoked_at is null`.execute(
    db,
  )
}
