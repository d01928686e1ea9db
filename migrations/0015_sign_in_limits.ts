import type { Kysely } from 'kysely'
import { column } from '../src/database/migration.ts'

/** Sign-ins can be told apart and ended; coordinators have a second factor; others sign in elsewhere (OpenID Connect). */
export async function up(db: Kysely<unknown>): Promise<void> {
  const { id, text, moment, integer, ref, table } = column(db)

  await db.schema.alterTable('sign_in').addColumn('browser', 'text').execute()
  await db.schema.alterTable('sign_in').addColumn('second_factor_at', 'text').execute()

  await table(
    'second_factor',
    id,
    ref('person_id', 'person'),
    text('secret'),
    moment('created_at'),
    moment('confirmed_at').nullable(),
    integer('last_step').default(0),
    integer('wrong').default(0),
    moment('wrong_since').nullable(),
  )
    .unique('second_factor_person', 'person_id')
    .create()

  await table('recovery_code', id, ref('person_id', 'person'), text('code_hash'), moment('created_at'), moment('used_at').nullable())
    .unique('recovery_code_hash', 'person_id', 'code_hash')
    .create()

  await table(
    'oidc_request',
    id,
    text('state_hash'),
    text('nonce'),
    text('verifier'),
    text('next'),
    moment('created_at'),
    moment('used_at').nullable(),
  )
    .unique('oidc_request_state', 'state_hash')
    .create()
}
