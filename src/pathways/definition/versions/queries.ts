import type { Database } from '../../../database/schema.ts'
import { howFar, isComplete } from '../../progress/standing.ts'
import { type PathwayOutline, pathwayOutline } from '../../queries.ts'

/** The next version while it is being written; undefined when there is none. */
export async function draftOf(db: Database, pathwayId: number): Promise<PathwayOutline | undefined> {
  const row = await db
    .selectFrom('pathway')
    .where('root_id', '=', pathwayId)
    .where('archived_at', 'is', null)
    .select('id')
    .executeTakeFirst()
  return row && pathwayOutline(db, row.id)
}

/** A version with how many follow it today; today's own has `archivedAt` null. */
export type PathwayVersion = { id: number; version: number; archivedAt: string | null; followers: number }

/** Today's version and the earlier ones, the newest first. */
export async function pathwayVersions(db: Database, pathwayId: number): Promise<PathwayVersion[]> {
  return db
    .selectFrom('pathway')
    .where((eb) => eb.or([eb('pathway.id', '=', pathwayId), eb.and([eb('root_id', '=', pathwayId), eb('archived_at', 'is not', null)])]))
    .select(['pathway.id', 'version', 'archived_at as archivedAt'])
    .select((eb) =>
      eb
        .selectFrom('enrolment')
        .whereRef('enrolment.pathway_id', '=', 'pathway.id')
        .where('ended_at', 'is', null)
        .select((inner) => inner.fn.countAll<number>().as('count'))
        .as('followers'),
    )
    .orderBy('version', 'desc')
    .execute()
    .then((rows) => rows.map((row) => ({ ...row, followers: Number(row.followers ?? 0) })))
}

/** Those who follow a version: all of them, those who have begun, and those whom another plan would make complete at once. */
export type Followers = { all: number; begun: number; completeAtOnce: number }

export async function followersOf(db: Database, pathwayId: number, plan: Pick<PathwayOutline, 'modules' | 'sections'>): Promise<Followers> {
  const following = await db
    .selectFrom('enrolment')
    .where('pathway_id', '=', pathwayId)
    .where('ended_at', 'is', null)
    .select(['id', 'completed_at'])
    .execute()
  const records = await db
    .selectFrom('progress')
    .innerJoin('enrolment', 'enrolment.id', 'progress.enrolment_id')
    .where('pathway_id', '=', pathwayId)
    .where('ended_at', 'is', null)
    .select(['enrolment_id', 'module_id as moduleId', 'state'])
    .execute()
  const recordsOf = Map.groupBy(records, ({ enrolment_id }) => enrolment_id)
  const completeAtOnce = following.filter(
    ({ id, completed_at }) => completed_at === null && isComplete(howFar(plan, recordsOf.get(id) ?? [])),
  )
  return { all: following.length, begun: recordsOf.size, completeAtOnce: completeAtOnce.length }
}
