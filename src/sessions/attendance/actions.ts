import { revokeUnattended } from '../../certificates/sessions/actions.ts'
import { asMoment } from '../../database/moment.ts'
import type { Database, Tx } from '../../database/schema.ts'
import { inTransaction, lockRow } from '../../database/transaction.ts'
import { recordHistory } from '../../history/record.ts'
import { completeForAdministration } from '../../pathways/progress/actions.ts'
import { findAnySession, type Session } from '../queries.ts'
import { isAttended } from '../rules.ts'
import { recordedIn } from './queries.ts'
import { type AttendanceRefusal, type AttendanceRow, differs, isEnough, rowRefusal, takingRefusal } from './rules.ts'

/** Who does it and when; nobody when the operator's command line imports. */
type Who = { by: { id: number } | null; at: Temporal.Instant }
type Outcome = { recorded: number } | { refusal: AttendanceRefusal; personId?: number }

/**
 * Records who was there, all rows or none; rows that say what is known already change nothing. Enough minutes of presence
 * complete the module for the administration. A refused row names its person.
 */
export async function recordAttendance(
  db: Database,
  sessionId: number,
  rows: readonly AttendanceRow[],
  { by, at }: Who,
  source: 'manual' | 'import' = 'manual',
): Promise<Outcome> {
  return inTransaction(db, async (tx) => {
    await lockRow(tx, 'session', sessionId)
    const session = await findAnySession(tx, sessionId)
    const refusal = session ? takingRefusal(session, at) : 'not_found'
    if (refusal || !session) return { refusal: refusal ?? 'not_found' }

    const known = await recordedIn(tx, sessionId)
    const changed = rows.filter((row) => differs(row, known.get(row.personId)))
    const administrations = await administrationsOfRows(tx, sessionId, changed)
    for (const row of changed) {
      const refusal = administrations.has(keyOf(row)) ? rowRefusal(session, row, known.get(row.personId)) : 'not_a_referent'
      if (refusal) return { refusal, personId: row.personId }
    }

    for (const row of inOrderOfLocks(changed)) {
      const id = await keep(tx, session, row, { by, at, source, snapshot: administrations.get(keyOf(row)) })
      const before = known.get(row.personId)
      const isNews = !before || before.administrationId !== row.administrationId || !isEnough(before, session)
      if (isNews && isEnough(row, session) && isAttended(session.moduleKind)) await complete(tx, session, row, id, { by, at })
    }
    if (changed.length > 0) await revokeUnattended(tx, sessionId, { by, at })
    if (changed.length > 0) await note(tx, session, changed, known, { by, at, source })
    return { recorded: changed.length }
  })
}

/** Completing holds enrolments: always in the same order, or two sessions saved at once would wait for each other. */
const inOrderOfLocks = (rows: readonly AttendanceRow[]) => rows.toSorted((a, b) => a.administrationId - b.administrationId)

type Snapshot = { region_code: string; category: string; kind: string }
type Keeping = Who & { source: 'manual' | 'import'; snapshot: Snapshot | undefined }

async function keep(tx: Tx, session: Session, row: AttendanceRow, { by, at, source, snapshot }: Keeping): Promise<number> {
  if (!snapshot) throw new Error('Attendance without an administration')
  const fact = {
    administration_id: row.administrationId,
    ...snapshot,
    status: row.status,
    minutes: row.minutes,
    source,
    reason: row.reason?.trim() || null,
    recorded_at: asMoment(at),
    recorded_by: by?.id ?? null,
  }
  const { id } = await tx
    .insertInto('attendance')
    .values({ session_id: session.id, person_id: row.personId, ...fact })
    .onConflict((conflict) => conflict.columns(['session_id', 'person_id']).doUpdateSet(fact))
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

async function complete(tx: Tx, session: Session, { personId, administrationId }: AttendanceRow, attendanceId: number, who: Who) {
  const evidence = { kind: 'attendance' as const, sourceId: attendanceId, personId }
  await completeForAdministration(tx, { administrationId, moduleId: session.moduleId, evidence, ...who })
}

/** Once for all rows; what was changed stands there with its reason. */
async function note(
  tx: Tx,
  session: Session,
  rows: readonly AttendanceRow[],
  known: Awaited<ReturnType<typeof recordedIn>>,
  { by, at, source }: Who & { source: string },
) {
  const corrected = rows.flatMap(({ personId, status, minutes, reason }) => {
    const before = known.get(personId)
    if (!before) return []
    return [{ personId, from: [before.status, before.minutes], to: [status, minutes], reason: reason?.trim() || null }]
  })
  const details = { source, recorded: rows.length, corrected }
  await recordHistory(tx, { happening: 'attendance_recorded', subject: 'session', subjectId: session.id, by, at, details })
}

/** As they are today, of those rows whose person registered for the administration or is or was its referent. */
async function administrationsOfRows(tx: Tx, sessionId: number, rows: readonly AttendanceRow[]): Promise<Map<string, Snapshot>> {
  if (rows.length === 0) return new Map()
  const people = rows.map(({ personId }) => personId)
  const found = await tx
    .selectFrom((eb) =>
      eb
        .selectFrom('registration')
        .where('session_id', '=', sessionId)
        .where('person_id', 'in', people)
        .select(['person_id', 'administration_id'])
        .union(eb.selectFrom('referent').where('person_id', 'in', people).select(['person_id', 'administration_id']))
        .as('concerned'),
    )
    .innerJoin('administration', 'administration.id', 'concerned.administration_id')
    .select(['concerned.person_id as personId', 'administration.id as administrationId'])
    .select(['administration.region_code', 'administration.category', 'administration.kind'])
    .execute()
  return new Map(found.map(({ personId, administrationId, ...snapshot }) => [keyOf({ personId, administrationId }), snapshot]))
}

const keyOf = ({ personId, administrationId }: { personId: number; administrationId: number }) => `${personId} ${administrationId}`
