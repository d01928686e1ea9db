import type { Kysely } from 'kysely'
import { column } from '../src/database/migration.ts'

/** Surveys of citizens: a questionnaire, the answers it collects, and the files they came from. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const { id, text, moment, day, integer, ref, table } = column(db)
  const made = [moment('created_at'), ref('created_by', 'person')]

  await table(
    'survey',
    id,
    ref('enrolment_id', 'enrolment'),
    ref('repeats_id', 'survey').nullable(),
    text('code'),
    text('title'),
    text('service'),
    text('family'),
    integer('points'),
    text('introduction').default(''),
    text('introduction_en').default(''),
    integer('reached').nullable(),
    integer('minimum_cell').default(10),
    day('closes_on').nullable(),
    integer('most_answers').nullable(),
    text('form_secret'),
    integer('revision').default(1),
    ...made,
    moment('published_at').nullable(),
    ref('published_by', 'person').nullable(),
    moment('closed_at').nullable(),
    ref('closed_by', 'person').nullable(),
  )
    .unique('survey_code', 'code')
    .index('survey_enrolment_id', 'enrolment_id')
    .index('survey_repeats_id', 'repeats_id')
    .create()

  await table(
    'survey_item',
    id,
    ref('survey_id', 'survey'),
    integer('position'),
    text('code'),
    text('kind'),
    text('dimension').nullable(),
    text('bank_key').nullable(),
    text('text_it'),
    text('text_en').default(''),
    text('options').default('[]'),
  )
    .unique('survey_item_code', 'survey_id', 'code')
    .create()

  await table(
    'survey_import',
    id,
    ref('survey_id', 'survey'),
    text('file_name'),
    text('layout'),
    text('content_hash'),
    text('standing_hash').nullable(),
    integer('answers'),
    moment('imported_at'),
    ref('imported_by', 'person'),
    moment('undone_at').nullable(),
    ref('undone_by', 'person').nullable(),
  )
    .unique('survey_import_standing', 'survey_id', 'standing_hash')
    .create()

  await table(
    'survey_response',
    id,
    ref('survey_id', 'survey'),
    text('source'),
    text('form_key'),
    text('answers'),
    day('received_on'),
    ref('keyed_by', 'person').nullable(),
    ref('survey_import_id', 'survey_import').nullable(),
  )
    .unique('survey_response_form', 'survey_id', 'form_key')
    .index('survey_response_import_id', 'survey_import_id')
    .create()

  await table(
    'survey_hidden_text',
    id,
    ref('survey_response_id', 'survey_response'),
    text('item_code'),
    text('reason'),
    moment('hidden_at'),
    ref('hidden_by', 'person'),
  )
    .unique('survey_hidden_text_once', 'survey_response_id', 'item_code')
    .create()
}
