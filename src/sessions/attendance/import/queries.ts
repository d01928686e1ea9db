import type { ExpressionBuilder } from 'kysely'
import { seenBy } from '../../../administrations/queries.ts'
import { fromMoment, fromMomentOrNull } from '../../../database/moment.ts'
import type { Database, ModuleKind, Schema } from '../../../database/schema.ts'
import type { Person } from '../../../web/env.ts'

/** What an import has to know of its session. */
export type ImportSession = {
  id: number
  title: string
  moduleId: number
  startsAt: Temporal.Instant
  endsAt: Temporal.Instant
  thresholdMinutes: number
  moduleKind: ModuleKind
  regionCode: string | null
  publishedAt: Temporal.Instant | null
  cancelledAt: Temporal.Instant | null
  /** A trainer decided that going in by our own link counts. */
  entriesCountedAt: Temporal.Instant | null
}

export async function findImportSession(db: Database, sessionId: number): Promise<ImportSession | undefined> {
  const row = await db
    .selectFrom('session')
    .innerJoin('module', 'module.id', 'session.module_id')
    .where('session.id', '=', sessionId)
    .select(['session.id', 'session.title', 'module_id', 'module.kind', 'starts_at', 'ends_at', 'threshold_minutes', 'region_code'])
    .select(['session.published_at', 'session.cancelled_at', 'session.entries_counted_at'])
    .executeTakeFirst()
  return (
    row && {
      id: row.id,
      title: row.title,
      moduleId: row.module_id,
      startsAt: fromMoment(row.starts_at),
      endsAt: fromMoment(row.ends_at),
      thresholdMinutes: row.threshold_minutes,
      moduleKind: row.kind,
      regionCode: row.region_code,
      publishedAt: fromMomentOrNull(row.published_at),
      cancelledAt: fromMomentOrNull(row.cancelled_at),
      entriesCountedAt: fromMomentOrNull(row.entries_counted_at),
    }
  )
}

export async function trainersOf(db: Database, sessionId: number): Promise<{ id: number }[]> {
  return db.selectFrom('session_trainer').where('session_id', '=', sessionId).select('person_id as id').execute()
}

export async function isImportOf(db: Database, importId: number, sessionId: number): Promise<boolean> {
  const row = await db
    .selectFrom('attendance_import')
    .where('id', '=', importId)
    .where('session_id', '=', sessionId)
    .select('id')
    .executeTakeFirst()
  return row !== undefined
}

export type PastImport = {
  id: number
  fileName: string
  provider: string
  participants: number
  importedAt: Temporal.Instant
  importedBy: string | null
  undoneAt: Temporal.Instant | null
}

/** The imports of a session, newest first. */
export async function importsOf(db: Database, sessionId: number): Promise<PastImport[]> {
  const rows = await db
    .selectFrom('attendance_import')
    .leftJoin('person', 'person.id', 'attendance_import.imported_by')
    .where('attendance_import.session_id', '=', sessionId)
    .orderBy('attendance_import.id', 'desc')
    .limit(50)
    .select((eb) => [
      'attendance_import.id',
      'file_name',
      'provider',
      'imported_at',
      'undone_at',
      'person.name as imported_by',
      eb
        .selectFrom('attendance_interval')
        .whereRef('attendance_interval.attendance_import_id', '=', 'attendance_import.id')
        .select(({ fn }) => fn.count<number>('attendance_interval.name').distinct().as('count'))
        .as('participants'),
    ])
    .execute()
  return rows.map((row) => ({
    id: row.id,
    fileName: row.file_name,
    provider: row.provider,
    participants: row.participants ?? 0,
    importedAt: fromMoment(row.imported_at),
    importedBy: row.imported_by,
    undoneAt: fromMomentOrNull(row.undone_at),
  }))
}

/** The import of exactly these bytes that still counts, if there is one. */
export async function findSameImport(db: Database, sessionId: number, hash: string): Promise<number | undefined> {
  const row = await db
    .selectFrom('attendance_import')
    .where('session_id', '=', sessionId)
    .where('content_hash', '=', hash)
    .where('undone_at', 'is', null)
    .select('id')
    .executeTakeFirst()
  return row?.id
}

/** Today's referents. */
export const isReferentNow = (eb: ExpressionBuilder<Schema, 'person'>) =>
  eb.exists(
    eb.selectFrom('referent').whereRef('referent.person_id', '=', 'person.id').where('referent.until', 'is', null).select('referent.id'),
  )

/** Today's referent with this address, of an administration that the person asking may see. */
export async function findReferentFor(db: Database, email: string, person: Person): Promise<{ id: number; name: string } | undefined> {
  return db
    .selectFrom('person')
    .innerJoin('referent', 'referent.person_id', 'person.id')
    .innerJoin('administration', 'administration.id', 'referent.administration_id')
    .where('person.email', '=', email)
    .where('referent.until', 'is', null)
    .where((eb) => seenBy(eb, person))
    .select(['person.id', 'person.name'])
    .executeTakeFirst()
}

/** Of these people, those whose name the person asking may see: referents, now or then, of their administrations. */
export async function seenPeople(db: Database, ids: readonly number[], person: Person): Promise<Set<number>> {
  const rows = await inParts(ids, (part) =>
    db
      .selectFrom('referent')
      .innerJoin('administration', 'administration.id', 'referent.administration_id')
      .where('referent.person_id', 'in', part)
      .where((eb) => seenBy(eb, person))
      .select('referent.person_id as id')
      .execute(),
  )
  return new Set(rows.map(({ id }) => id))
}

export type Stay = { personId: number; from: Temporal.Instant; until: Temporal.Instant }

/** All evidence of matched people in a session's imports that were not undone. */
export async function staysOf(db: Database, sessionId: number): Promise<Stay[]> {
  const rows = await db
    .selectFrom('attendance_interval')
    .innerJoin('attendance_import', 'attendance_import.id', 'attendance_interval.attendance_import_id')
    .where('attendance_interval.session_id', '=', sessionId)
    .where('attendance_import.undone_at', 'is', null)
    .where('attendance_interval.person_id', 'is not', null)
    .select(['attendance_interval.person_id', 'joined_at', 'left_at'])
    .execute()
  return rows.map(({ person_id, joined_at, left_at }) => ({
    personId: person_id ?? 0,
    from: fromMoment(joined_at),
    until: fromMoment(left_at),
  }))
}

export type Snapshot = { administration_id: number; region_code: string; category: string; kind: string }

/** For whom each person counts: the administration they registered for, else the first they are referent of. */
export async function snapshotsFor(db: Database, sessionId: number, personIds: readonly number[]): Promise<Map<number, Snapshot>> {
  const columns = ['person_id', 'administration.id as administration_id', 'region_code', 'category', 'administration.kind as kind'] as const
  const referents = await inParts(personIds, (part) =>
    db
      .selectFrom('referent')
      .innerJoin('administration', 'administration.id', 'referent.administration_id')
      .where('referent.until', 'is', null)
      .where('person_id', 'in', part)
      .orderBy('referent.id', 'desc')
      .select(columns)
      .execute(),
  )
  const registrations = await inParts(personIds, (part) =>
    db
      .selectFrom('registration')
      .innerJoin('administration', 'administration.id', 'registration.administration_id')
      .where('session_id', '=', sessionId)
      .where('person_id', 'in', part)
      .where('cancelled_at', 'is', null)
      .select(columns)
      .execute(),
  )
  return new Map([...referents, ...registrations].map(({ person_id, ...snapshot }) => [person_id, snapshot]))
}

/** Long lists go to the database in parts: it takes only so many values at once. */
export async function inParts<V, R>(values: readonly V[], query: (part: V[]) => Promise<R[]>): Promise<R[]> {
  const rows: R[] = []
  for (let start = 0; start < values.length; start += 500) rows.push(...(await query(values.slice(start, start + 500))))
  return rows
}
