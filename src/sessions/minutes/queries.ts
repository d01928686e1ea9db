import { fromMoment, fromMomentOrNull } from '../../database/moment.ts'
import type { Database, SessionKind } from '../../database/schema.ts'

export type Minutes = {
  id: number
  sessionId: number
  /** The newest version, published or not. */
  version: number
  /** The one that everybody reads; null while none is published. */
  publishedVersion: number | null
  publishedAt: Temporal.Instant | null
}

export type Version = { version: number; body: string; savedAt: Temporal.Instant; savedBy: string }

export async function findMinutes(db: Database, sessionId: number): Promise<Minutes | undefined> {
  const row = await db
    .selectFrom('session_minutes')
    .innerJoin('session_minutes_version', 'session_minutes_version.session_minutes_id', 'session_minutes.id')
    .where('session_id', '=', sessionId)
    .orderBy('version', 'desc')
    .limit(1)
    .select(['session_minutes.id', 'session_id as sessionId', 'version', 'published_version as publishedVersion', 'published_at'])
    .executeTakeFirst()
  if (!row) return undefined
  const { published_at, ...rest } = row
  return { ...rest, publishedAt: fromMomentOrNull(published_at) }
}

export async function findVersion(db: Database, minutesId: number, version: number): Promise<Version | undefined> {
  const row = await versions(db, minutesId).where('version', '=', version).executeTakeFirst()
  return row && asVersion(row)
}

const versionsShown = 100

/** The newest first, without their texts. */
export async function versionsOf(db: Database, minutesId: number): Promise<Omit<Version, 'body'>[]> {
  const rows = await versions(db, minutesId).orderBy('version', 'desc').limit(versionsShown).execute()
  return rows.map((row) => {
    const { body: _, ...rest } = asVersion(row)
    return rest
  })
}

const versions = (db: Database, minutesId: number) =>
  db
    .selectFrom('session_minutes_version')
    .innerJoin('person', 'person.id', 'session_minutes_version.saved_by')
    .where('session_minutes_id', '=', minutesId)
    .select(['version', 'body', 'saved_at', 'person.name as savedBy'])

const asVersion = ({ saved_at, ...row }: { version: number; body: string; saved_at: string; savedBy: string }): Version => ({
  ...row,
  savedAt: fromMoment(saved_at),
})

/** The names of the administrations that took part, each once; never a person's. */
export async function contributorsOf(db: Database, sessionIds: readonly number[]): Promise<Map<number, string[]>> {
  if (sessionIds.length === 0) return new Map()
  const rows = await db
    .selectFrom('attendance')
    .innerJoin('administration', 'administration.id', 'attendance.administration_id')
    .where('session_id', 'in', [...sessionIds])
    .where('status', 'in', ['present', 'partial'])
    .distinct()
    .orderBy('administration.search_text')
    .select(['session_id as sessionId', 'administration.name', 'administration.search_text'])
    .execute()
  return new Map([...Map.groupBy(rows, (row) => row.sessionId)].map(([id, group]) => [id, group.map(({ name }) => name)]))
}

export type Documentation = { sessionId: number; kind: SessionKind; title: string; startsAt: Temporal.Instant; body: string }

/** What the meetings of a module came to, the latest meeting first. */
export async function documentationOf(db: Database, moduleId: number, limit: number): Promise<Documentation[]> {
  const rows = await db
    .selectFrom('session_minutes')
    .innerJoin('session', 'session.id', 'session_minutes.session_id')
    .innerJoin('session_minutes_version', (join) =>
      join
        .onRef('session_minutes_version.session_minutes_id', '=', 'session_minutes.id')
        .onRef('session_minutes_version.version', '=', 'session_minutes.published_version'),
    )
    .where('session.module_id', '=', moduleId)
    .orderBy('session.starts_at', 'desc')
    .orderBy('session.id', 'desc')
    .limit(limit)
    .select(['session.id as sessionId', 'session.kind', 'session.title', 'session.starts_at', 'session_minutes_version.body'])
    .execute()
  return rows.map(({ starts_at, ...row }) => ({ ...row, startsAt: fromMoment(starts_at) }))
}
