import { type Generated, type Kysely, sql } from 'kysely'
import { column, onSqlite } from '../src/database/migration.ts'

/** The help desk: who may see a question, its way through the queue, followers, merged duplicates, what was found without asking. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await questions(db)
  await answers(db)
  await aroundQuestions(db)
  await searching(db)
  await faq(db)
  await figures(db)
}

type Added = [name: string, type: 'text' | 'integer', more?: { reference?: string; value?: string | number }]

async function add(db: Kysely<unknown>, table: string, columns: readonly Added[]) {
  for (const [name, type, { reference, value } = {}] of columns)
    await db.schema
      .alterTable(table)
      .addColumn(name, type, (each) => {
        const referring = reference ? each.references(`${reference}.id`) : each
        return value === undefined ? referring : referring.notNull().defaultTo(value)
      })
      .execute()
}

async function questions(db: Kysely<unknown>) {
  await add(db, 'question', [
    ['visibility', 'text', { value: 'private' }],
    ['channel', 'text', { value: 'web' }],
    ['entered_by', 'integer', { reference: 'person' }],
    ['state', 'text', { value: 'waiting' }],
    ['priority', 'text', { value: 'normal' }],
    ['assigned_to', 'integer', { reference: 'person' }],
    ['assigned_at', 'text'],
    ['assigned_by', 'integer', { reference: 'person' }],
    ['due_at', 'text'],
    ['first_answered_at', 'text'],
    ['first_answer_minutes', 'integer'],
    ['solution_minutes', 'integer'],
    ['solved_by', 'integer', { reference: 'person' }],
    ['solving_answer_id', 'integer', { reference: 'answer' }],
    ['merged_into_id', 'integer', { reference: 'question' }],
    ['merged_at', 'text'],
    ['merged_by', 'integer', { reference: 'person' }],
  ])
  // Until now the state was worked out from the answers: the last word by whoever had a role then is an answer.
  await sql`update question set state = case when solved_at is not null then 'solved' when exists (
    select 1 from answer join role_grant on role_grant.person_id = answer.answered_by and role_grant.granted_at <= answer.answered_at
      and (role_grant.revoked_at is null or role_grant.revoked_at > answer.answered_at)
    where answer.question_id = question.id and answer.answered_by <> question.asked_by
      and not exists (select 1 from answer later where later.question_id = answer.question_id and later.id > answer.id)
  ) then 'answered' else 'waiting' end`.execute(db)
  await db.schema.createIndex('question_state').on('question').columns(['state', 'asked_at']).execute()
  await db.schema.createIndex('question_programme').on('question').columns(['programme_id', 'visibility', 'state']).execute()
  await db.schema.createIndex('question_asked_by').on('question').columns(['asked_by', 'asked_at']).execute()
  await db.schema.createIndex('question_assigned').on('question').columns(['assigned_to', 'state']).execute()
  await db.schema.createIndex('question_merged').on('question').column('merged_into_id').execute()
}

async function answers(db: Kysely<unknown>) {
  await add(db, 'answer', [
    ['verified_at', 'text'],
    ['verified_by', 'integer', { reference: 'person' }],
  ])
  await db.schema.createIndex('answer_author').on('answer').columns(['answered_by', 'answered_at']).execute()
}

async function aroundQuestions(db: Kysely<unknown>) {
  const { id, text, moment, day, integer, ref, table } = column(db)
  await table(
    'question_file',
    id,
    ref('question_id', 'question'),
    ref('answer_id', 'answer').nullable(),
    text('name'),
    text('stored_name'),
    text('media_type'),
    integer('bytes'),
  )
    .index('question_file_question', 'question_id')
    .create()

  await table(
    'question_follower',
    id,
    ref('question_id', 'question'),
    ref('person_id', 'person'),
    text('delivery'),
    moment('followed_at'),
    moment('changed_at'),
  )
    .unique('question_follower_once', 'question_id', 'person_id')
    .index('question_follower_person', 'person_id', 'delivery')
    .create()

  await table('question_digest', id, ref('person_id', 'person'), day('day'), moment('until'))
    .unique('question_digest_once', 'person_id', 'day')
    .create()

  await table('question_note', id, ref('question_id', 'question'), text('body'), moment('written_at'), ref('written_by', 'person'))
    .index('question_note_question', 'question_id')
    .create()

  await table(
    'saved_reply',
    id,
    text('title'),
    text('body'),
    moment('saved_at'),
    ref('saved_by', 'person'),
    moment('removed_at').nullable(),
    ref('removed_by', 'person').nullable(),
  ).create()

  await table('kept_draft', id, text('token_hash'), ref('person_id', 'person'), text('path'), text('fields'), moment('kept_at'))
    .unique('kept_draft_token', 'token_hash')
    .index('kept_draft_kept', 'kept_at')
    .create()
}

async function searching(db: Kysely<unknown>) {
  const { id, text, integer, ref, table } = column(db)
  await table('stem', id, text('stem'), integer('uses')).unique('stem_once', 'stem').create()
  await table('stem_variant', id, text('variant'), ref('stem_id', 'stem')).unique('stem_variant_once', 'variant', 'stem_id').create()

  // Only what others may be shown while they type: public questions that have an answer.
  await db.schema
    .createTable('question_index')
    .addColumn('question_id', 'integer', (each) => each.primaryKey().references('question.id'))
    .addColumn('subject', 'text', (each) => each.notNull())
    .addColumn('body', 'text', (each) => each.notNull())
    .execute()
  if (onSqlite(db)) {
    await sql`create virtual table question_words using fts5(subject, body, content='question_index', content_rowid='question_id', detail='none')`.execute(
      db,
    )
    await sql`create trigger question_index_added after insert on question_index begin
      insert into question_words(rowid, subject, body) values (new.question_id, new.subject, new.body); end`.execute(db)
    await sql`create trigger question_index_removed after delete on question_index begin
      insert into question_words(question_words, rowid, subject, body) values ('delete', old.question_id, old.subject, old.body); end`.execute(
      db,
    )
  } else {
    await sql`alter table question_index add column words tsvector generated always as (to_tsvector('simple', subject || ' ' || body)) stored`.execute(
      db,
    )
    await sql`create index question_words on question_index using gin (words)`.execute(db)
  }
  await learnPublishedEntries(db as Kysely<Tables>)
}

type Tables = {
  faq_entry: { id: number; stems: string }
  stem: { id: Generated<number>; stem: string; uses: number }
  stem_variant: { variant: string; stem_id: number }
}

/** The words of the entries that are there, with what is left of each when a letter is missing. */
async function learnPublishedEntries(db: Kysely<Tables>) {
  const uses = new Map<string, number>()
  for (const { stems } of await db.selectFrom('faq_entry').select('stems').execute())
    for (const stem of new Set(stems.split(' ').filter(Boolean))) uses.set(stem, (uses.get(stem) ?? 0) + 1)
  for (const [stem, count] of uses) {
    const { id } = await db.insertInto('stem').values({ stem, uses: count }).returning('id').executeTakeFirstOrThrow()
    const shorter = stem.length < 4 ? [] : Array.from(stem, (_, index) => stem.slice(0, index) + stem.slice(index + 1))
    await db
      .insertInto('stem_variant')
      .values([...new Set([stem, ...shorter])].map((variant) => ({ variant, stem_id: id })))
      .execute()
  }
}

async function faq(db: Kysely<unknown>) {
  const { id, text, moment, integer, ref, table } = column(db)
  await add(db, 'faq_entry', [
    ['question_en', 'text', { value: '' }],
    ['answer_en', 'text', { value: '' }],
    ['proposed_at', 'text'],
    ['proposed_by', 'integer', { reference: 'person' }],
    ['decided_at', 'text'],
    ['decided_by', 'integer', { reference: 'person' }],
    ['read_at', 'text'],
    ['review_told_for', 'text'],
  ])
  await sql`update faq_entry set read_at = published_at where published_at is not null`.execute(db)
  await db.schema.createIndex('faq_entry_answer').on('faq_entry').column('answer_id').execute()
  await db.schema.createIndex('faq_entry_review').on('faq_entry').column('review_on').execute()
  await db.schema.createIndex('faq_entry_owner').on('faq_entry').column('owner_id').execute()

  await table(
    'faq_version',
    id,
    ref('faq_entry_id', 'faq_entry'),
    integer('version'),
    text('question'),
    text('answer'),
    text('question_en').default(''),
    text('answer_en').default(''),
    moment('written_at'),
    ref('written_by', 'person'),
  )
    .unique('faq_version_once', 'faq_entry_id', 'version')
    .create()
  await sql`insert into faq_version (faq_entry_id, version, question, answer, written_at, written_by)
    select id, 1, question, answer, published_at, published_by from faq_entry where published_at is not null and published_by is not null`.execute(
    db,
  )

  await table('faq_vote', id, ref('faq_entry_id', 'faq_entry'), ref('person_id', 'person'), text('vote'), moment('voted_at'))
    .unique('faq_vote_once', 'faq_entry_id', 'person_id')
    .create()
}

async function figures(db: Kysely<unknown>) {
  const { id, text, moment, ref, table } = column(db)
  await table(
    'help_search',
    id,
    text('text'),
    text('outcome'),
    ref('faq_entry_id', 'faq_entry').nullable(),
    ref('question_id', 'question').nullable(),
    ref('programme_id', 'programme').nullable(),
    ref('module_id', 'module').nullable(),
    ref('administration_id', 'administration').nullable(),
    text('region_code').nullable(),
    ref('person_id', 'person').nullable(),
    moment('searched_at'),
  )
    .index('help_search_outcome', 'outcome', 'searched_at')
    .index('help_search_module', 'module_id')
    .index('help_search_person', 'person_id')
    .create()
}
