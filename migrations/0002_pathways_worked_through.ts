import { type Kysely, sql } from 'kysely'
import { column } from '../src/database/migration.ts'

/** Rules and pathways in versions, sections, due dates, recognition, hand-over, certificates. Nothing of the version before is taken away. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await rules(db)
  await pathways(db)
  await progress(db)
  await assignment(db)
  await certificates(db)
}

async function rules(db: Kysely<unknown>) {
  const { id, text, moment, integer, ref, table } = column(db)

  await table(
    'rule_set',
    id,
    ref('programme_id', 'programme'),
    integer('version'),
    moment('created_at'),
    ref('created_by', 'person').nullable(),
    moment('changed_at'),
    moment('previewed_at').nullable(),
    ref('previewed_by', 'person').nullable(),
    moment('live_at').nullable(),
    ref('live_by', 'person').nullable(),
    moment('replaced_at').nullable(),
  )
    .unique('rule_set_version', 'programme_id', 'version')
    .create()
  await sql`create unique index rule_set_draft on rule_set (programme_id) where live_at is null`.execute(db)
  await sql`create unique index rule_set_live on rule_set (programme_id) where live_at is not null and replaced_at is null`.execute(db)

  await table(
    'addition',
    id,
    ref('rule_set_id', 'rule_set'),
    integer('position'),
    text('title'),
    ref('module_id', 'module'),
    text('condition'),
    moment('created_at'),
    ref('created_by', 'person').nullable(),
  )
    .index('addition_rule_set', 'rule_set_id')
    .create()

  await addReference(db, 'rule', 'rule_set_id', 'rule_set')
  await sql`insert into rule_set (programme_id, version, created_at, created_by, changed_at, live_at)
    select programme_id, 1, min(created_at), min(created_by), max(created_at), min(created_at) from rule group by programme_id`.execute(db)
  await sql`update rule set rule_set_id = (select rule_set.id from rule_set where rule_set.programme_id = rule.programme_id)`.execute(db)
  await sql`create index rule_rule_set on rule (rule_set_id)`.execute(db)
}

async function pathways(db: Kysely<unknown>) {
  const { id, text, integer, ref, table } = column(db)

  await db.schema.alterTable('administration').addColumn('size_class', 'text').execute()

  await addReference(db, 'pathway', 'root_id', 'pathway')
  await db.schema
    .alterTable('pathway')
    .addColumn('version', 'integer', (definition) => definition.notNull().defaultTo(1))
    .execute()
  await db.schema.alterTable('pathway').addColumn('archived_at', 'text').execute()
  await db.schema
    .alterTable('pathway')
    .addColumn('certificate_percent', 'integer', (definition) => definition.notNull().defaultTo(75))
    .execute()
  await sql`create index pathway_root on pathway (root_id)`.execute(db)
  await sql`create unique index pathway_draft on pathway (root_id) where root_id is not null and archived_at is null`.execute(db)

  await table('pathway_section', id, ref('pathway_id', 'pathway'), text('title'), integer('needed'))
    .unique('pathway_section_title', 'pathway_id', 'title')
    .create()

  await db.schema.alterTable('pathway_module').addColumn('not_before', 'text').execute()
  await db.schema.alterTable('pathway_module').addColumn('due_from', 'text').execute()
  await addReference(db, 'pathway_module', 'due_module_id', 'module')
  await db.schema.alterTable('pathway_module').addColumn('due_on', 'text').execute()
  await db.schema
    .alterTable('pathway_module')
    .addColumn('met_by', 'text', (definition) => definition.notNull().defaultTo('any'))
    .execute()
  await db.schema.alterTable('pathway_module').addColumn('met_by_count', 'integer').execute()
  await sql`update pathway_module set due_from = 'enrolment' where due_after_days is not null`.execute(db)

  await db.schema.alterTable('module').addColumn('recognition_months', 'integer').execute()
}

async function progress(db: Kysely<unknown>) {
  const { id, text, moment, day, ref, table } = column(db)

  await table(
    'enrolment_module',
    id,
    ref('enrolment_id', 'enrolment'),
    ref('module_id', 'module'),
    ref('addition_id', 'addition').nullable(),
    text('reason'),
    moment('added_at'),
    ref('added_by', 'person').nullable(),
    moment('removed_at').nullable(),
  )
    .index('enrolment_module_enrolment', 'enrolment_id')
    .create()
  await sql`create unique index enrolment_module_once on enrolment_module (enrolment_id, module_id) where removed_at is null`.execute(db)

  await table(
    'extension',
    id,
    ref('enrolment_id', 'enrolment'),
    ref('module_id', 'module'),
    day('due_on'),
    text('reason'),
    moment('granted_at'),
    ref('granted_by', 'person').nullable(),
  )
    .index('extension_module', 'enrolment_id', 'module_id')
    .create()

  await table(
    'recognition',
    id,
    ref('enrolment_id', 'enrolment'),
    ref('module_id', 'module'),
    text('wanted'),
    text('evidence'),
    day('done_on').nullable(),
    moment('asked_at'),
    ref('asked_by', 'person').nullable(),
    text('verdict').nullable(),
    text('comment').default(''),
    moment('decided_at').nullable(),
    ref('decided_by', 'person').nullable(),
  )
    .index('recognition_module', 'enrolment_id', 'module_id')
    .create()
  await sql`create unique index recognition_waiting on recognition (enrolment_id, module_id) where decided_at is null`.execute(db)

  await table(
    'withdrawal',
    id,
    ref('enrolment_id', 'enrolment'),
    ref('module_id', 'module'),
    text('state'),
    text('reason'),
    moment('withdrawn_at'),
    ref('withdrawn_by', 'person'),
  )
    .index('withdrawal_module', 'enrolment_id', 'module_id')
    .create()
}

async function assignment(db: Kysely<unknown>) {
  const { id, text, moment, ref, table } = column(db)

  await addReference(db, 'enrolment', 'rule_set_id', 'rule_set')
  await sql`update enrolment set rule_set_id = (select rule.rule_set_id from rule where rule.id = enrolment.rule_id)`.execute(db)

  await addReference(db, 'assignment_run', 'rule_set_id', 'rule_set')
  await db.schema
    .alterTable('assignment_run')
    .addColumn('scope', 'text', (definition) => definition.notNull().defaultTo('"national"'))
    .execute()
  for (const name of ['moving', 'moved', 'processed', 'total'])
    await db.schema
      .alterTable('assignment_run')
      .addColumn(name, 'integer', (definition) => definition.notNull().defaultTo(0))
      .execute()
  await db.schema.alterTable('assignment_run').addColumn('claimed_until', 'text').execute()
  await db.schema.alterTable('assignment_run').addColumn('finished_at', 'text').execute()
  await db.schema.alterTable('assignment_run').addColumn('undone_at', 'text').execute()
  await addReference(db, 'assignment_run', 'undone_by', 'person')
  await sql`update assignment_run set finished_at = created_at, processed = enrolled, total = enrolled`.execute(db)
  await sql`create index enrolment_assignment_run on enrolment (assignment_run_id)`.execute(db)

  await table(
    'enrolment_move',
    id,
    ref('enrolment_id', 'enrolment'),
    ref('from_pathway_id', 'pathway'),
    ref('to_pathway_id', 'pathway'),
    ref('from_rule_id', 'rule').nullable(),
    ref('from_rule_set_id', 'rule_set').nullable(),
    text('from_trace'),
    ref('assignment_run_id', 'assignment_run').nullable(),
    text('reason').nullable(),
    moment('moved_at'),
    ref('moved_by', 'person').nullable(),
  )
    .index('enrolment_move_enrolment', 'enrolment_id')
    .index('enrolment_move_run', 'assignment_run_id')
    .create()

  await table(
    'pathway_request',
    id,
    ref('programme_id', 'programme'),
    ref('administration_id', 'administration'),
    ref('pathway_id', 'pathway'),
    text('reason'),
    moment('asked_at'),
    ref('asked_by', 'person'),
    text('verdict').nullable(),
    text('comment').default(''),
    moment('decided_at').nullable(),
    ref('decided_by', 'person').nullable(),
  )
    .index('pathway_request_programme', 'programme_id')
    .create()
  await sql`create unique index pathway_request_waiting on pathway_request (programme_id, administration_id) where decided_at is null`.execute(
    db,
  )
}

async function certificates(db: Kysely<unknown>) {
  const { id, text, moment, integer, ref, table } = column(db)

  await table(
    'certificate',
    id,
    text('code'),
    ref('enrolment_id', 'enrolment'),
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
  await sql`create unique index certificate_of_administration on certificate (enrolment_id) where person_id is null and revoked_at is null`.execute(
    db,
  )
  await sql`create unique index certificate_of_person on certificate (enrolment_id, person_id) where person_id is not null and revoked_at is null`.execute(
    db,
  )
}

/** A reference that an older process, which doesn't know it, leaves empty. */
const addReference = (db: Kysely<unknown>, table: string, name: string, target: string) =>
  db.schema
    .alterTable(table)
    .addColumn(name, 'integer', (definition) => definition.references(`${target}.id`))
    .execute()
