import { revokeUnattended } from '../../../certificates/sessions/actions.ts'
import { asMoment } from '../../../database/moment.ts'
import type { Tx } from '../../../database/schema.ts'
import { completeForAdministration } from '../../../pathways/progress/actions.ts'
import { hasPassed, isAttended } from '../../rules.ts'
import { ownStaysOf } from '../own-evidence.ts'
import { minutesIn } from './minutes.ts'
import { type ImportSession, inParts, type Snapshot, type Stay, snapshotsFor, staysOf } from './queries.ts'

export type Who = { by: { id: number } | null; at: Temporal.Instant }
type Source = 'import' | 'check_in'
type Existing = { id: number; person_id: number; status: string; minutes: number; source: Source | 'manual' }

/**
 * Makes the attendance of a session what its evidence says, all together: the files, and once the session is over the
 * check-ins of those whom no file knows. Rows that a trainer wrote by hand stay; the others go when no evidence of a
 * minute is left. What was completed stays completed. Hold the session's row before.
 */
export async function recomputeAttendance(tx: Tx, session: ImportSession, who: Who): Promise<void> {
  const fromFiles = presencesIn(await staysOf(tx, session.id), session, 'import')
  const own = hasPassed(session.endsAt, who.at) ? presencesIn(await ownStaysOf(tx, session), session, 'check_in') : []
  // What a file says of somebody is when they really came and went: it wins over what their check-in lets suppose.
  const presences = new Map([...own, ...fromFiles])
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

  const without = existing.filter(({ source, person_id }) => source !== 'manual' && !presences.has(person_id))
  await inParts(without, async (part) => {
    const ids = part.map(({ id }) => id)
    await tx.deleteFrom('attendance').where('id', 'in', ids).where('source', '<>', 'manual').execute()
    return []
  })
  await revokeUnattended(tx, session.id, who)
}

/** How long each person was there, less those who never were during the session. */
function presencesIn(stays: readonly Stay[], session: ImportSession, source: Source) {
  const presences = new Map<number, Pick<Presence, 'minutes' | 'status' | 'source'>>()
  for (const [personId, intervals] of Map.groupBy(stays, (stay) => stay.personId)) {
    const minutes = minutesIn(intervals, session)
    const status = statusFor(minutes, session)
    if (status) presences.set(personId, { minutes, status, source })
  }
  return presences
}

type Presence = {
  personId: number
  minutes: number
  status: 'present' | 'partial'
  source: Source
  row: Existing | undefined
  snapshot: Snapshot | undefined
}

async function recordPresence(tx: Tx, session: ImportSession, presence: Presence, { by, at }: Who) {
  const { personId, minutes, status, source, row, snapshot } = presence
  if (row?.source === 'manual' || (row?.minutes === minutes && row.status === status && row.source === source)) return

  const fact = { status, minutes, source, recorded_at: asMoment(at), recorded_by: by?.id ?? null }
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

type Fact = { status: 'present' | 'partial'; minutes: number; source: Source; recorded_at: string; recorded_by: number | null }

async function changeRow(tx: Tx, id: number, fact: Fact) {
  return tx
    .updateTable('attendance')
    .set(fact)
    .where('id', '=', id)
    .where('source', '<>', 'manual')
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
    .values({ session_id: session.id, person_id: personId, ...snapshot, ...fact, reason: null })
    .onConflict((conflict) => conflict.columns(['session_id', 'person_id']).doNothing())
    .returning(['id', 'administration_id'])
    .executeTakeFirst()
}
