import type { Config } from '../config.ts'
import type { Database } from '../database/schema.ts'
import { inTransaction } from '../database/transaction.ts'
import { findOrCreatePerson, grantRole } from '../people/actions.ts'
import { makeSignInLink } from '../people/sign-in/actions.ts'
import { cast } from './cast.ts'
import { loadDemo } from './load.ts'

const untilTomorrow = Temporal.Duration.from({ hours: 24 })

/**
 * What the console says at the start. Outside production an empty database gets the demo, and each start prints a
 * sign-in link per role of it; in production a database without a national coordinator gets its first one (`COORDINATOR_EMAIL`).
 */
export async function firstStart(db: Database, config: Config, now: Temporal.Instant): Promise<string | null> {
  if (config.production) return (await hasCoordinator(db)) ? null : firstCoordinator(db, config, now)

  const peopled = await db.selectFrom('person').select('id').limit(1).executeTakeFirst()
  if (!peopled) await loadDemo(db, { stage: 'running', now, zone: config.zone, uploads: config.uploads, progress: () => {} })
  return demoLinks(db, config, now)
}

function hasCoordinator(db: Database) {
  return db
    .selectFrom('role_grant')
    .where('role', '=', 'coordinator')
    .where('region_code', 'is', null)
    .where('revoked_at', 'is', null)
    .select('id')
    .limit(1)
    .executeTakeFirst()
}

async function firstCoordinator(db: Database, { coordinatorEmail, baseUrl }: Config, now: Temporal.Instant) {
  if (!coordinatorEmail)
    throw new Error('There is no national coordinator yet: set COORDINATOR_EMAIL to the address of the first coordinator.')
  await inTransaction(db, async (tx) => {
    const id = await findOrCreatePerson(tx, { name: coordinatorEmail, email: coordinatorEmail }, now)
    await grantRole(tx, id, { role: 'coordinator', region: null }, { by: null, at: now })
  })
  return `First coordinator, valid once and for one day: ${await makeSignInLink(db, coordinatorEmail, baseUrl, now, untilTomorrow)}`
}

async function demoLinks(db: Database, { baseUrl }: Config, now: Temporal.Instant) {
  const roles = [
    ['referent', cast.rosa],
    ['trainer', cast.paolo],
    ['coordinator', cast.carla],
    ['coordinator of Calabria', cast.enzo],
  ] as const
  const known = await db
    .selectFrom('person')
    .where(
      'email',
      'in',
      roles.map(([, person]) => person.email),
    )
    .select('email')
    .execute()
  if (known.length < roles.length) return null

  const lines = [`Percorsi: ${baseUrl}`]
  for (const [role, person] of roles)
    lines.push(`  ${role} (${person.name}): ${await makeSignInLink(db, person.email, baseUrl, now, untilTomorrow)}`)
  return lines.join('\n')
}
