import type { Database, ModuleKind } from '../../database/schema.ts'
import { countingEvidence, isPersonBound, type Met, metBy, type Requirement } from './met-by.ts'

type Ids = { enrolmentId: number; moduleId: number }
export type Referent = { id: number; name: string }

/** Who has done a module of those who are asked, as far as it counts; the referents are those of today. */
export async function metSoFar(
  db: Database,
  ids: Ids & { administrationId: number },
  requirement: Requirement,
): Promise<Met & { persons: readonly (number | null)[]; referents: readonly Referent[] }> {
  const rows = await evidenceOf(db, ids)
  const persons = countingEvidence(rows, await lastWithdrawal(db, ids)).map(({ personId }) => personId)
  const referents = await referentsOf(db, ids.administrationId)
  const present = referents.map(({ id }) => id)
  return { ...metBy(requirement, persons, present), persons, referents }
}

/** What the pathway asks for this module; a module added for one administration asks for any referent. */
export async function requirementOf(
  db: Database,
  { enrolmentId, moduleId }: Ids,
): Promise<Requirement & { administrationId: number; pathwayId: number; kind: ModuleKind }> {
  const row = await db
    .selectFrom('enrolment')
    .innerJoin('module', (join) => join.on('module.id', '=', moduleId))
    .leftJoin('pathway_module', (join) =>
      join.onRef('pathway_module.pathway_id', '=', 'enrolment.pathway_id').onRef('pathway_module.module_id', '=', 'module.id'),
    )
    .where('enrolment.id', '=', enrolmentId)
    .select(['enrolment.administration_id as administrationId', 'enrolment.pathway_id as pathwayId', 'module.kind'])
    .select(['pathway_module.met_by as metBy', 'pathway_module.met_by_count as metByCount'])
    .executeTakeFirstOrThrow()
  return { ...row, metBy: isPersonBound(row.kind) ? (row.metBy ?? 'any') : 'any' }
}

async function evidenceOf(db: Database, { enrolmentId, moduleId }: Ids) {
  return db
    .selectFrom('completion_evidence')
    .leftJoin('attendance', (join) =>
      join.onRef('attendance.id', '=', 'completion_evidence.source_id').on('completion_evidence.kind', '=', 'attendance'),
    )
    .leftJoin('session', 'session.id', 'attendance.session_id')
    .where('enrolment_id', '=', enrolmentId)
    .where('completion_evidence.module_id', '=', moduleId)
    .orderBy('completion_evidence.id')
    .select(['completion_evidence.kind', 'source_id as sourceId', 'completion_evidence.person_id as personId'])
    .select(['completion_evidence.recorded_at as recordedAt', 'session.starts_at as sessionStartsAt'])
    .execute()
}

async function lastWithdrawal(db: Database, { enrolmentId, moduleId }: Ids): Promise<string | null> {
  const row = await db
    .selectFrom('withdrawal')
    .where('enrolment_id', '=', enrolmentId)
    .where('module_id', '=', moduleId)
    .select((eb) => eb.fn.max('withdrawn_at').as('last'))
    .executeTakeFirst()
  return row?.last ?? null
}

async function referentsOf(db: Database, administrationId: number): Promise<Referent[]> {
  return db
    .selectFrom('referent')
    .innerJoin('person', 'person.id', 'referent.person_id')
    .where('referent.administration_id', '=', administrationId)
    .where('referent.until', 'is', null)
    .orderBy('person.name')
    .orderBy('person.id')
    .select(['person.id', 'person.name'])
    .execute()
}
