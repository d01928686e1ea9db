import { asMoment } from '../../../database/moment.ts'
import type { Tx } from '../../../database/schema.ts'
import { completeForAdministration } from '../../../pathways/progress/actions.ts'
import { isAttended } from '../../rules.ts'
import { minutesIn } from './minutes.ts'
import { type ImportSession, inParts, type Snapshot, type Stay, snapshotsFor, staysOf } from './queries.ts'

export type Who = { by: { id: number } | null; at: Temporal.Instant }
type Existing = { id: number; person_id: number; status: string; minutes: number; source: string }

/**
 * Makes the attendance of a session what its imports say, all together. Rows that a trainer wrote by hand stay; those that
 * only an import made go when no evidence of a minute is left. What was completed stays completed. Hold the session's row before.
 */
export async function recomputeAttendance(tx: Tx, session: ImportSession, who: Who): Promise<void> {
  const presences = presencesIn(await staysOf(tx, session.id), session)
  const existing = await tx
    .selectFrom('attendance')
    .where('session_id', '=', session.id)
    .select(['id', 'person_id', 'status', 'minutes', 'source'])
    .execute()
  const rows = new Map(existing.map((row) => [row.person_id, row]))

  const snapshots = await snapshotsFor(tx, session.id, [...presences.keys()])
  // Completing holds enrolments: always in the same order, or two sessions imported at once would wait for each other.
  const administrationOf = (personId: number) => snapshots.get(personId)?.administration_id ?? 0
  const ordered = [...presences].toSorted(([a], [b]) => administrationOf(a) - administrationOf(b))
  for (const [personId, presence] of ordered)
    await recordPresence(tx, session, { personId, ...presence, row: rows.get(personId), snapshot: snapshots.get(personId) }, who)

  const without = existing.filter(({ source, person_id }) => source === 'import' && !presences.has(person_id))
  await inParts(without, async (part) => {
    const ids = part.map(({ id }) => id)
    await tx.deleteFrom('attendance').where('id', 'in', ids).where('source', '=', 'import').execute()
    return []
  })
}

/** How long each person was there, less those who never were during the session. */
function presencesIn(stays: readonly Stay[], session: ImportSession) {
  const presences = new Map<number, Pick<Presence, 'minutes' | 'status'>>()
  for (const [personId, intervals] of Map.groupBy(stays, (stay) => stay.personId)) {
    const minutes = minutesIn(intervals, session)
    const status = statusFor(minutes, session)
    if (status) presences.set(personId, { minutes, status })
  }
  return presences
}

type Presence = {
  personId: number
  minutes: number
  status: 'present' | 'partial'
  row: Existing | undefined
  snapshot: Snapshot | undefined
}

async function recordPresence(tx: Tx, session: ImportSession, { personId, minutes, status, row, snapshot }: Presence, { by, at }: Who) {
  if (row?.source === 'manual' || (row?.minutes === minutes && row.status === status)) return

  const fact = { status, minutes, recorded_at: asMoment(at), recorded_by: by?.id ?? null }
  const attendance = row ? await changeRow(tx, row.id, fact) : await addRow(tx, { session, personId, snapshot, fact })
  if (!attendance || status !== 'present' || row?.status === 'present' || !isAttended(session.moduleKind)) return
  await completeForAdministration(tx, {
    administrationId: attendance.administration_id,
    moduleId: session.moduleId,
    evidence: { kind: 'attendance', sourceId: attendance.id, personId },
    by,
    at,
  })
}

/** Null for whoever was not there for a minute. */
export function statusFor(minutes: number, { thresholdMinutes }: { thresholdMinutes: number }): 'present' | 'partial' | null {
  if (minutes === 0) return null
  return minutes >= thresholdMinutes ? 'present' : 'partial'
}

type Fact = { status: 'present' | 'partial'; minutes: number; recorded_at: string; recorded_by: number | null }

async function changeRow(tx: Tx, id: number, fact: Fact) {
  return tx
    .updateTable('attendance')
    .set(fact)
    .where('id', '=', id)
    .where('source', '=', 'import')
    .returning(['id', 'administration_id'])
    .executeTakeFirst()
}

/** Whoever belongs to no administration, as a trainer, attends for none: the evidence is kept, no attendance is. */
async function addRow(
  tx: Tx,
  { session, personId, snapshot, fact }: { session: ImportSession; personId: number; snapshot: Snapshot | undefined; fact: Fact },
) {
  if (!snapshot) return undefined
  return tx
    .insertInto('attendance')
    .values({ session_id: session.id, person_id: personId, ...snapshot, ...fact, source: 'import', reason: null })
    .onConflict((conflict) => conflict.columns(['session_id', 'person_id']).doNothing())
    .returning(['id', 'administration_id'])
    .executeTakeFirst()
}
