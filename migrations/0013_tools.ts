import { type Kysely, sql } from 'kysely'
import { column } from '../src/database/migration.ts'

/** Tools that do the work: which one a module is, fields of several kinds, every version of what was written. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const { id, text, moment, day, integer, ref, table } = column(db)

  await db.schema.alterTable('module').addColumn('tool', 'text').execute()
  await db.schema
    .alterTable('worksheet_field')
    .addColumn('kind', 'text', (each) => each.notNull().defaultTo('text'))
    .execute()
  await db.schema
    .alterTable('worksheet_field')
    .addColumn('required', 'integer', (each) => each.notNull().defaultTo(1))
    .execute()
  await db.schema
    .alterTable('worksheet_field')
    .addColumn('settings', 'text', (each) => each.notNull().defaultTo('{}'))
    .execute()
  await db.schema.alterTable('worksheet').addColumn('form_key', 'text').execute()

  await table(
    'worksheet_version',
    id,
    ref('worksheet_id', 'worksheet'),
    integer('revision'),
    text('answers'),
    text('saving').default('by_hand'),
    moment('saved_at'),
    ref('saved_by', 'person'),
  )
    .unique('worksheet_version_once', 'worksheet_id', 'revision')
    .create()
  await table(
    'maturity_assessment',
    id,
    ref('administration_id', 'administration'),
    text('level'),
    integer('score'),
    moment('assessed_at'),
    ref('assessed_by', 'person'),
    moment('replaced_at').nullable(),
  ).create()
  await sql`create unique index maturity_current on maturity_assessment (administration_id) where replaced_at is null`.execute(db)

  await table(
    'improvement_action',
    id,
    ref('enrolment_id', 'enrolment'),
    ref('module_id', 'module'),
    integer('position'),
    text('title'),
    day('ends_on'),
    text('status'),
    moment('soon_told_at').nullable(),
    moment('late_told_at').nullable(),
  )
    .index('improvement_action_plan', 'enrolment_id', 'module_id')
    .create()
  await sql`create index improvement_action_waiting on improvement_action (ends_on) where late_told_at is null`.execute(db)

  await table(
    'results_page',
    id,
    ref('enrolment_id', 'enrolment'),
    ref('module_id', 'module'),
    text('content'),
    moment('published_at'),
    ref('published_by', 'person'),
    moment('withdrawn_at').nullable(),
    ref('withdrawn_by', 'person').nullable(),
  )
    .unique('results_page_once', 'enrolment_id', 'module_id')
    .create()

  await db.schema
    .alterTable('submission')
    .addColumn('claimed_by', 'integer', (each) => each.references('person.id'))
    .execute()
  await db.schema.alterTable('submission').addColumn('claimed_at', 'text').execute()
  await table(
    'submission_draft',
    id,
    ref('enrolment_id', 'enrolment'),
    ref('module_id', 'module'),
    text('text'),
    integer('revision'),
    moment('saved_at'),
    ref('saved_by', 'person'),
  )
    .unique('submission_draft_once', 'enrolment_id', 'module_id')
    .create()

  await table('rubric_criterion', id, ref('module_id', 'module'), integer('position'), text('label'), integer('points'))
    .unique('rubric_criterion_position', 'module_id', 'position')
    .create()
  await table(
    'submission_score',
    id,
    ref('submission_id', 'submission'),
    integer('position'),
    text('label'),
    integer('points'),
    integer('of'),
  )
    .unique('submission_score_position', 'submission_id', 'position')
    .create()
  await table('submission_link', id, ref('submission_id', 'submission'), ref('module_id', 'module'), integer('revision').nullable())
    .unique('submission_link_once', 'submission_id', 'module_id')
    .create()

  await sql`insert into worksheet_version (worksheet_id, revision, answers, saved_at, saved_by)
    select id, revision, answers, saved_at, saved_by from worksheet`.execute(db)
}
