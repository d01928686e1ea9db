import type { ExpressionBuilder } from 'kysely'
import { fromMoment } from '../../../database/moment.ts'
import type { Database, Schema } from '../../../database/schema.ts'
import { inParts } from '../import/queries.ts'
import type { AttendanceStatus } from '../rules.ts'
import { type Counting, type Expected, type Outcome, outcomeOf, type Percentages, percentagesOf, usualCounting } from './rules.ts'

/** What each status counts as in a programme. */
export async function countingOf(db: Database, programmeId: number): Promise<Counting> {
  const rows = await db.selectFrom('attendance_counting').where('programme_id', '=', programmeId).select(['status', 'counts_as']).execute()
  return { ...usualCounting, ...Object.fromEntries(rows.map(({ status, counts_as }) => [status, counts_as])) }
}

export type ExpectedSession = Expected & { sessionId: number; title: string; module: string; startsAt: Temporal.Instant; outcome: Outcome }

type Of = { administrationId: number } | { personId: number }
type Wanted = { programmeId: number; moduleId?: number; of: Of; now: Temporal.Instant }

/**
 * The sessions of a programme, or of one module, at which somebody is expected: they, or anybody of the administration, are
 * registered or recorded. Published and not called off, the first to begin first; three queries.
 */
export async function expectedSessions(db: Database, { programmeId, moduleId, of, now }: Wanted): Promise<ExpectedSession[]> {
  const [column, id] = 'personId' in of ? (['person_id', of.personId] as const) : (['administration_id', of.administrationId] as const)
  const rows = await db
    .selectFrom('session')
    .innerJoin('module', 'module.id', 'session.module_id')
    .where('session.programme_id', '=', programmeId)
    .$if(moduleId !== undefined, (query) => query.where('session.module_id', '=', moduleId ?? 0))
    .where('session.published_at', 'is not', null)
    .where('session.cancelled_at', 'is', null)
    .where((eb) =>
      eb.or([
        eb('session.id', 'in', eb.selectFrom('registration').where(column, '=', id).where('cancelled_at', 'is', null).select('session_id')),
        eb('session.id', 'in', eb.selectFrom('attendance').where(column, '=', id).select('session_id')),
      ]),
    )
    .select(['session.id', 'session.title', 'module.title as module', 'starts_at', 'ends_at'])
    .select((eb) => wasTaken(eb).as('taken'))
    .orderBy('starts_at')
    .orderBy('session.id')
    .execute()
  const counting = await countingOf(db, programmeId)
  const statuses = await statusesOf(
    db,
    column,
    id,
    rows.map((row) => row.id),
  )
  return rows.map(({ id: sessionId, title, module, starts_at, ends_at, taken }) => {
    const expected = { endsAt: fromMoment(ends_at), taken: taken !== null, statuses: statuses.get(sessionId) ?? [] }
    return { sessionId, title, module, startsAt: fromMoment(starts_at), ...expected, outcome: outcomeOf(expected, counting, now) }
  })
}

const wasTaken = (eb: ExpressionBuilder<Schema, 'session'>) =>
  eb.selectFrom('attendance').whereRef('attendance.session_id', '=', 'session.id').select('attendance.id').limit(1)

async function statusesOf(db: Database, column: 'person_id' | 'administration_id', id: number, sessionIds: readonly number[]) {
  const rows = await inParts(sessionIds, (part) =>
    db.selectFrom('attendance').where(column, '=', id).where('session_id', 'in', part).select(['session_id', 'status']).execute(),
  )
  const found = new Map<number, AttendanceStatus[]>()
  for (const { session_id, status } of rows) found.set(session_id, [...(found.get(session_id) ?? []), status])
  return found
}

/** The percentages of each of these people in a programme; two queries however many they are, up to 500. */
export async function percentagesOfPeople(
  db: Database,
  { programmeId, personIds, now }: { programmeId: number; personIds: readonly number[]; now: Temporal.Instant },
): Promise<Map<number, Percentages>> {
  const counting = await countingOf(db, programmeId)
  const rows = await inParts(personIds, (part) =>
    db
      .selectFrom((eb) =>
        eb
          .selectFrom('registration')
          .where('person_id', 'in', part)
          .where('cancelled_at', 'is', null)
          .select(['person_id', 'session_id'])
          .union(eb.selectFrom('attendance').where('person_id', 'in', part).select(['person_id', 'session_id']))
          .as('expected'),
      )
      .innerJoin('session', 'session.id', 'expected.session_id')
      .leftJoin('attendance', (join) =>
        join.onRef('attendance.session_id', '=', 'expected.session_id').onRef('attendance.person_id', '=', 'expected.person_id'),
      )
      .where('session.programme_id', '=', programmeId)
      .where('session.published_at', 'is not', null)
      .where('session.cancelled_at', 'is', null)
      .select(['expected.person_id as personId', 'session.ends_at', 'attendance.status'])
      .select((eb) => wasTaken(eb).as('taken'))
      .execute(),
  )
  const outcomes = Map.groupBy(rows, ({ personId }) => personId)
  return new Map(
    [...outcomes].map(([personId, expected]) => [
      personId,
      percentagesOf(
        expected.map(({ ends_at, status, taken }) =>
          outcomeOf({ endsAt: fromMoment(ends_at), taken: taken !== null, statuses: status ? [status] : [] }, counting, now),
        ),
      ),
    ]),
  )
}
