import { type Kysely, sql } from 'kysely'
import { column, onSqlite } from '#src/database/migration.ts'

export async function up(db: Kysely<unknown>): Promise<void> {
  await people(db)
  await administrations(db)
  await programmes(db)
  await enrolments(db)
  await sessions(db)
  await helpDesk(db)
  await rest(db)
}

async function people(db: Kysely<unknown>) {
  const { id, text, moment, ref, table } = column(db)

  await table('person', id, text('name'), text('email'), text('language').default('it'), moment('created_at'))
    .unique('person_email', 'email')
    .create()

  await table(
    'role_grant',
    id,
    ref('person_id', 'person'),
    text('role'),
    text('region_code').nullable(),
    moment('granted_at'),
    ref('granted_by', 'person').nullable(),
    moment('revoked_at').nullable(),
    ref('revoked_by', 'person').nullable(),
  )
    .index('role_grant_person', 'person_id')
    .create()

  await table(
    'sign_in_code',
    id,
    text('email'),
    text('link_hash'),
    text('code_hash'),
    column(db).integer('attempts').default(0),
    moment('created_at'),
    moment('expires_at'),
    moment('used_at').nullable(),
  )
    .unique('sign_in_code_link', 'link_hash')
    .index('sign_in_code_email', 'email', 'created_at')
    .create()

  await table(
    'sign_in',
    id,
    text('token_hash'),
    ref('person_id', 'person'),
    moment('created_at'),
    moment('expires_at'),
    moment('last_seen_at'),
    moment('ended_at').nullable(),
  )
    .unique('sign_in_token', 'token_hash')
    .index('sign_in_person', 'person_id')
    .create()
}

async function administrations(db: Kysely<unknown>) {
  const { id, text, moment, integer, ref, table } = column(db)

  await table(
    'administration',
    id,
    text('code'),
    text('code_key'),
    text('name'),
    text('search_text'),
    text('category'),
    text('kind'),
    text('municipality_code').nullable(),
    text('province').nullable(),
    text('region_code'),
    text('tax_code').nullable(),
    text('website').nullable(),
    text('email').nullable(),
    moment('created_at'),
    moment('changed_at'),
    moment('closed_at').nullable(),
  )
    .unique('administration_code', 'code_key')
    .index('administration_region', 'region_code', 'kind')
    .index('administration_name', 'name')
    .create()

  await table(
    'register_import',
    id,
    text('file_name'),
    text('stored_name'),
    text('state'),
    text('outcome'),
    integer('processed').default(0),
    integer('total').default(0),
    moment('created_at'),
    ref('created_by', 'person'),
    moment('finished_at').nullable(),
  ).create()

  await table(
    'referent',
    id,
    ref('administration_id', 'administration'),
    ref('person_id', 'person'),
    moment('since'),
    ref('invited_by', 'person').nullable(),
    moment('until').nullable(),
    ref('ended_by', 'person').nullable(),
  )
    .index('referent_administration', 'administration_id')
    .index('referent_person', 'person_id')
    .create()
  await sql`create unique index referent_once on referent (administration_id, person_id) where until is null`.execute(db)
}

async function programmes(db: Kysely<unknown>) {
  const { id, text, day, moment, integer, ref, table } = column(db)

  await table(
    'programme',
    id,
    text('title'),
    text('summary').default(''),
    day('starts_on'),
    day('ends_on'),
    moment('created_at'),
    ref('created_by', 'person').nullable(),
    moment('published_at').nullable(),
  ).create()

  await table(
    'module',
    id,
    ref('programme_id', 'programme'),
    text('kind'),
    text('title'),
    text('summary').default(''),
    text('body').default(''),
    text('link').nullable(),
    moment('created_at'),
    ref('created_by', 'person').nullable(),
  )
    .index('module_programme', 'programme_id')
    .create()

  await table('worksheet_field', id, ref('module_id', 'module'), integer('position'), text('label'), text('help').default(''))
    .unique('worksheet_field_position', 'module_id', 'position')
    .create()

  await table(
    'pathway',
    id,
    ref('programme_id', 'programme'),
    integer('position'),
    text('title'),
    text('summary').default(''),
    moment('created_at'),
    ref('created_by', 'person').nullable(),
  )
    .index('pathway_programme', 'programme_id')
    .create()

  await table(
    'pathway_module',
    id,
    ref('pathway_id', 'pathway'),
    ref('module_id', 'module'),
    integer('position'),
    text('section').default(''),
    integer('due_after_days').nullable(),
    moment('optional_at').nullable(),
  )
    .unique('pathway_module_once', 'pathway_id', 'module_id')
    .index('pathway_module_module', 'module_id')
    .create()

  await table('prerequisite', ref('pathway_id', 'pathway'), ref('module_id', 'module'), ref('required_module_id', 'module'))
    .unique('prerequisite_once', 'pathway_id', 'module_id', 'required_module_id')
    .create()

  await table(
    'intake_question',
    id,
    ref('programme_id', 'programme'),
    integer('position'),
    text('name'),
    text('kind'),
    text('label'),
    text('help').default(''),
    integer('required').default(1),
    moment('removed_at').nullable(),
  ).create()
  await sql`create unique index intake_question_name on intake_question (programme_id, name) where removed_at is null`.execute(db)

  await table('intake_option', id, ref('intake_question_id', 'intake_question'), integer('position'), text('value'), text('label'))
    .unique('intake_option_value', 'intake_question_id', 'value')
    .create()

  await table(
    'intake_answer',
    id,
    ref('intake_question_id', 'intake_question'),
    ref('administration_id', 'administration'),
    text('value'),
    moment('answered_at'),
    ref('answered_by', 'person').nullable(),
    moment('replaced_at').nullable(),
  )
    .index('intake_answer_administration', 'administration_id', 'intake_question_id')
    .create()
  await sql`create unique index intake_answer_current on intake_answer (intake_question_id, administration_id) where replaced_at is null`.execute(
    db,
  )

  await table(
    'rule',
    id,
    ref('programme_id', 'programme'),
    integer('position'),
    text('title'),
    ref('pathway_id', 'pathway'),
    text('condition'),
    moment('created_at'),
    ref('created_by', 'person').nullable(),
    moment('removed_at').nullable(),
  )
    .index('rule_programme', 'programme_id')
    .create()

  await table(
    'assignment_run',
    id,
    ref('programme_id', 'programme'),
    integer('enrolled'),
    moment('created_at'),
    ref('created_by', 'person').nullable(),
  ).create()
}

async function enrolments(db: Kysely<unknown>) {
  const { id, text, moment, integer, ref, table } = column(db)

  await table(
    'enrolment',
    id,
    ref('programme_id', 'programme'),
    ref('administration_id', 'administration'),
    ref('pathway_id', 'pathway'),
    ref('rule_id', 'rule').nullable(),
    ref('assignment_run_id', 'assignment_run').nullable(),
    text('trace'),
    text('region_code'),
    text('category'),
    text('kind'),
    moment('enrolled_at'),
    ref('enrolled_by', 'person').nullable(),
    moment('completed_at').nullable(),
    moment('ended_at').nullable(),
    ref('ended_by', 'person').nullable(),
  )
    .index('enrolment_administration', 'administration_id')
    .index('enrolment_programme_region', 'programme_id', 'region_code')
    .create()
  await sql`create unique index enrolment_current on enrolment (programme_id, administration_id) where ended_at is null`.execute(db)

  await table(
    'progress',
    id,
    ref('enrolment_id', 'enrolment'),
    ref('module_id', 'module'),
    text('state'),
    moment('changed_at'),
    ref('changed_by', 'person').nullable(),
    moment('completed_at').nullable(),
  )
    .unique('progress_once', 'enrolment_id', 'module_id')
    .create()

  await table(
    'completion_evidence',
    id,
    ref('enrolment_id', 'enrolment'),
    ref('module_id', 'module'),
    text('kind'),
    integer('source_id').nullable(),
    ref('person_id', 'person').nullable(),
    moment('recorded_at'),
    ref('recorded_by', 'person').nullable(),
  )
    .index('completion_evidence_enrolment', 'enrolment_id', 'module_id')
    .create()

  await table(
    'worksheet',
    id,
    ref('enrolment_id', 'enrolment'),
    ref('module_id', 'module'),
    text('answers'),
    integer('revision'),
    moment('saved_at'),
    ref('saved_by', 'person'),
  )
    .unique('worksheet_once', 'enrolment_id', 'module_id')
    .create()

  await table(
    'submission',
    id,
    ref('enrolment_id', 'enrolment'),
    ref('module_id', 'module'),
    integer('version'),
    text('text'),
    moment('handed_in_at'),
    ref('handed_in_by', 'person'),
    text('verdict').nullable(),
    text('comment').default(''),
    moment('reviewed_at').nullable(),
    ref('reviewed_by', 'person').nullable(),
  )
    .unique('submission_version', 'enrolment_id', 'module_id', 'version')
    .create()
  await sql`create index submission_waiting on submission (handed_in_at) where verdict is null`.execute(db)

  await table(
    'submission_file',
    id,
    ref('submission_id', 'submission'),
    text('name'),
    text('stored_name'),
    text('media_type'),
    integer('bytes'),
  )
    .index('submission_file_submission', 'submission_id')
    .create()
}

async function sessions(db: Kysely<unknown>) {
  const { id, text, moment, integer, ref, table } = column(db)

  await table(
    'session',
    id,
    ref('programme_id', 'programme'),
    ref('module_id', 'module'),
    text('kind'),
    text('title'),
    text('description').default(''),
    moment('starts_at'),
    moment('ends_at'),
    text('place').nullable(),
    text('join_url').nullable(),
    integer('capacity').nullable(),
    integer('threshold_minutes'),
    text('region_code').nullable(),
    text('uid'),
    integer('revision').default(0),
    moment('revised_at'),
    moment('created_at'),
    ref('created_by', 'person'),
    moment('published_at').nullable(),
    moment('cancelled_at').nullable(),
    ref('cancelled_by', 'person').nullable(),
    text('cancellation_reason').nullable(),
  )
    .unique('session_uid', 'uid')
    .index('session_starts', 'starts_at')
    .index('session_module', 'module_id')
    .create()

  await table('session_trainer', ref('session_id', 'session'), ref('person_id', 'person'))
    .unique('session_trainer_once', 'session_id', 'person_id')
    .index('session_trainer_person', 'person_id')
    .create()

  await table(
    'registration',
    id,
    ref('session_id', 'session'),
    ref('person_id', 'person'),
    ref('administration_id', 'administration'),
    moment('registered_at'),
    ref('registered_by', 'person'),
    moment('cancelled_at').nullable(),
    ref('cancelled_by', 'person').nullable(),
  )
    .index('registration_session', 'session_id')
    .index('registration_person', 'person_id')
    .index('registration_administration', 'administration_id')
    .create()
  await sql`create unique index registration_once on registration (session_id, person_id) where cancelled_at is null`.execute(db)

  await table(
    'attendance',
    id,
    ref('session_id', 'session'),
    ref('person_id', 'person'),
    ref('administration_id', 'administration'),
    text('region_code'),
    text('category'),
    text('kind'),
    text('status'),
    integer('minutes'),
    text('source'),
    text('reason').nullable(),
    moment('recorded_at'),
    ref('recorded_by', 'person').nullable(),
  )
    .unique('attendance_once', 'session_id', 'person_id')
    .index('attendance_person', 'person_id')
    .index('attendance_administration', 'administration_id')
    .create()

  await table(
    'attendance_import',
    id,
    ref('session_id', 'session'),
    text('file_name'),
    text('content_hash'),
    text('provider'),
    moment('imported_at'),
    ref('imported_by', 'person').nullable(),
    moment('undone_at').nullable(),
  ).create()
  await sql`create unique index attendance_import_once on attendance_import (session_id, content_hash) where undone_at is null`.execute(db)

  await table(
    'attendance_interval',
    id,
    ref('attendance_import_id', 'attendance_import'),
    ref('session_id', 'session'),
    text('name'),
    text('email').nullable(),
    ref('person_id', 'person').nullable(),
    moment('joined_at'),
    moment('left_at'),
  )
    .index('attendance_interval_session', 'session_id', 'person_id')
    .index('attendance_interval_import', 'attendance_import_id')
    .create()

  await table('attendance_name', id, text('name_key'), ref('person_id', 'person'), moment('learned_at'), ref('learned_by', 'person'))
    .unique('attendance_name_once', 'name_key', 'person_id')
    .create()
}

async function helpDesk(db: Kysely<unknown>) {
  const { id, text, day, moment, ref, table } = column(db)

  await table(
    'question',
    id,
    ref('programme_id', 'programme'),
    ref('module_id', 'module').nullable(),
    ref('administration_id', 'administration'),
    ref('asked_by', 'person'),
    text('subject'),
    text('body'),
    moment('asked_at'),
    moment('solved_at').nullable(),
  )
    .index('question_administration', 'administration_id')
    .index('question_module', 'module_id')
    .index('question_asked', 'asked_at')
    .create()

  await table('answer', id, ref('question_id', 'question'), text('body'), moment('answered_at'), ref('answered_by', 'person'))
    .index('answer_question', 'question_id')
    .create()

  await table(
    'faq_entry',
    id,
    ref('programme_id', 'programme'),
    ref('module_id', 'module').nullable(),
    text('question'),
    text('answer'),
    text('stems'),
    ref('answer_id', 'answer').nullable(),
    ref('owner_id', 'person'),
    moment('published_at').nullable(),
    ref('published_by', 'person').nullable(),
    day('review_on'),
  )
    .index('faq_entry_module', 'module_id')
    .create()

  // Both engines index the same stems, so that a search finds the same entries on either.
  if (onSqlite(db)) {
    await sql`create virtual table faq_entry_index using fts5(stems, content='faq_entry', content_rowid='id')`.execute(db)
    await sql`create trigger faq_entry_added after insert on faq_entry begin
      insert into faq_entry_index(rowid, stems) values (new.id, new.stems); end`.execute(db)
    await sql`create trigger faq_entry_changed after update of stems on faq_entry begin
      insert into faq_entry_index(faq_entry_index, rowid, stems) values ('delete', old.id, old.stems);
      insert into faq_entry_index(rowid, stems) values (new.id, new.stems); end`.execute(db)
    await sql`create trigger faq_entry_removed after delete on faq_entry begin
      insert into faq_entry_index(faq_entry_index, rowid, stems) values ('delete', old.id, old.stems); end`.execute(db)
  } else {
    await sql`create index faq_entry_index on faq_entry using gin (to_tsvector('simple', stems))`.execute(db)
  }
}

async function rest(db: Kysely<unknown>) {
  const { id, text, moment, integer, ref, table } = column(db)

  await table(
    'calendar_feed',
    id,
    ref('person_id', 'person'),
    text('token_hash'),
    text('label'),
    moment('created_at'),
    moment('last_used_at').nullable(),
    moment('revoked_at').nullable(),
  )
    .unique('calendar_feed_token', 'token_hash')
    .index('calendar_feed_person', 'person_id')
    .create()

  await table(
    'outbox',
    id,
    text('message_id'),
    ref('person_id', 'person').nullable(),
    text('recipient'),
    text('subject'),
    text('text'),
    text('html'),
    text('calendar').nullable(),
    text('calendar_method').nullable(),
    moment('created_at'),
    moment('claimed_until').nullable(),
    integer('attempts').default(0),
    text('last_error').nullable(),
    moment('sent_at').nullable(),
  )
    .unique('outbox_message', 'message_id')
    .create()
  await sql`create index outbox_waiting on outbox (created_at) where sent_at is null`.execute(db)

  await table(
    'history',
    id,
    text('happening'),
    text('subject'),
    integer('subject_id'),
    ref('administration_id', 'administration').nullable(),
    ref('person_id', 'person').nullable(),
    moment('at'),
    text('reason').nullable(),
    text('details').nullable(),
    moment('told_at').nullable(),
  )
    .index('history_subject', 'subject', 'subject_id')
    .index('history_administration', 'administration_id', 'at')
    .create()
  await sql`create index history_untold on history (id) where told_at is null`.execute(db)
}
