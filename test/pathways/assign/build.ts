import { asMoment } from '#src/database/moment.ts'
import type { Database } from '#src/database/schema.ts'
import { liveOf, ruleSets } from '#src/pathways/rules/versions/queries.ts'
import { carla, noon } from '#test/cast.ts'

/** Municipalities of Campania and Piemonte, as many as wanted. */
export async function addAdministrations(db: Database, count: number) {
  const at = '2026-01-01T00:00:00.000Z'
  const rows = Array.from({ length: count }, (_, index) => ({
    code: `x${index}`,
    code_key: `x${index}`,
    name: `Comune ${index}`,
    search_text: `comune ${index}`,
    category: 'L6',
    kind: 'municipality',
    region_code: index % 2 === 0 ? '15' : '01',
    created_at: at,
    changed_at: at,
  }))
  for (let from = 0; from < count; from += 500)
    await db
      .insertInto('administration')
      .values(rows.slice(from, from + 500))
      .execute()
}

/** A run that a process began at noon and did not bring to its end. */
export async function insertRun(
  db: Database,
  programmeId: number,
  { total, claimedUntil = noon, processed = 0 }: { total: number; claimedUntil?: Temporal.Instant; processed?: number },
): Promise<number> {
  const live = liveOf(await ruleSets(db, programmeId))
  const { id } = await db
    .insertInto('assignment_run')
    .values({
      programme_id: programmeId,
      rule_set_id: live?.id ?? null,
      enrolled: processed,
      processed,
      total,
      claimed_until: asMoment(claimedUntil),
      created_at: asMoment(noon),
      created_by: carla.id,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

/** The pathway of everybody who follows one in this programme, by administration. */
export async function followed(db: Database, programmeId: number): Promise<Map<number, number>> {
  const rows = await db
    .selectFrom('enrolment')
    .where('programme_id', '=', programmeId)
    .where('ended_at', 'is', null)
    .select(['administration_id', 'pathway_id'])
    .execute()
  return new Map(rows.map(({ administration_id, pathway_id }) => [administration_id, pathway_id]))
}
