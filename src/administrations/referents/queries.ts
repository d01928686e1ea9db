import { fromMoment } from '../../database/moment.ts'
import type { Database } from '../../database/schema.ts'

export type Referent = { id: number; personId: number; administrationId: number; name: string; email: string; since: Temporal.Instant }

/** Who speaks for the administration today; ask only for one that the person may see. */
export async function referentsOf(db: Database, administrationId: number): Promise<Referent[]> {
  const rows = await referents(db).where('referent.administration_id', '=', administrationId).orderBy('person.name').execute()
  return rows.map((row) => ({ ...row, since: fromMoment(row.since) }))
}

const referents = (db: Database) =>
  db
    .selectFrom('referent')
    .innerJoin('person', 'person.id', 'referent.person_id')
    .where('referent.until', 'is', null)
    .select([
      'referent.id',
      'referent.person_id as personId',
      'referent.administration_id as administrationId',
      'referent.since',
      'person.name',
      'person.email',
    ])

export type CodedAdministration = { id: number; key: string; name: string; region: string; closed: boolean }

const most = 1000

/** The administrations with these codes (in lower case), by code. */
export async function administrationsByCode(db: Database, keys: readonly string[]): Promise<Map<string, CodedAdministration>> {
  const found = new Map<string, CodedAdministration>()
  for (let from = 0; from < keys.length; from += most) {
    const rows = await db
      .selectFrom('administration')
      .where('code_key', 'in', keys.slice(from, from + most))
      .select(['id', 'code_key', 'name', 'region_code', 'closed_at'])
      .execute()
    for (const row of rows)
      found.set(row.code_key, { id: row.id, key: row.code_key, name: row.name, region: row.region_code, closed: row.closed_at !== null })
  }
  return found
}

/** Who is a referent of one of these administrations today, as `id e-mail`. */
export async function currentReferents(db: Database, administrationIds: readonly number[]): Promise<Set<string>> {
  const found = new Set<string>()
  for (let from = 0; from < administrationIds.length; from += most) {
    const rows = await referents(db)
      .where('referent.administration_id', 'in', administrationIds.slice(from, from + most))
      .execute()
    for (const row of rows) found.add(referentKey(row.administrationId, row.email))
  }
  return found
}

export const referentKey = (administrationId: number, email: string): string => `${administrationId} ${email}`
