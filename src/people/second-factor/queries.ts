import { fromMoment, fromMomentOrNull } from '../../database/moment.ts'
import type { Database } from '../../database/schema.ts'

export type SecondFactor = {
  id: number
  secret: string
  confirmedAt: Temporal.Instant | null
  lastStep: number
  wrong: number
  wrongSince: Temporal.Instant | null
}

export async function findSecondFactor(db: Database, personId: number): Promise<SecondFactor | null> {
  const row = await db
    .selectFrom('second_factor')
    .where('person_id', '=', personId)
    .select(['id', 'secret', 'confirmed_at', 'last_step', 'wrong', 'wrong_since'])
    .executeTakeFirst()
  return row
    ? {
        id: row.id,
        secret: row.secret,
        confirmedAt: fromMomentOrNull(row.confirmed_at),
        lastStep: row.last_step,
        wrong: row.wrong,
        wrongSince: fromMomentOrNull(row.wrong_since),
      }
    : null
}

/** Since when the person has a second factor, and how many recovery codes are left. */
export async function secondFactorOf(db: Database, personId: number): Promise<{ since: Temporal.Instant; codesLeft: number } | null> {
  const row = await db
    .selectFrom('second_factor')
    .where('person_id', '=', personId)
    .where('confirmed_at', 'is not', null)
    .select((eb) => [
      'confirmed_at',
      eb
        .selectFrom('recovery_code')
        .whereRef('recovery_code.person_id', '=', 'second_factor.person_id')
        .where('used_at', 'is', null)
        .select((inner) => inner.fn.countAll<number>().as('count'))
        .as('codes'),
    ])
    .executeTakeFirst()
  return row?.confirmed_at ? { since: fromMoment(row.confirmed_at), codesLeft: Number(row.codes ?? 0) } : null
}
