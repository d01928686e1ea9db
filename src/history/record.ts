import { asMoment } from '../database/moment.ts'
import type { Schema, Tx } from '../database/schema.ts'
import type { Happening } from './happenings.ts'

type Entry = {
  happening: Happening
  subject: keyof Schema
  subjectId: number
  /** The administration whose story this belongs to, if one. */
  administrationId?: number | null
  /** Who did it; null when the clock or the operator's command line did. */
  by: { id: number } | null
  at: Temporal.Instant
  reason?: string | null
  details?: Record<string, unknown>
}

/** Call it in the transaction that makes the change: both are kept or neither. */
export async function recordHistory(tx: Tx, entry: Entry): Promise<void> {
  await tx
    .insertInto('history')
    .values({
      happening: entry.happening,
      subject: entry.subject,
      subject_id: entry.subjectId,
      administration_id: entry.administrationId ?? null,
      person_id: entry.by?.id ?? null,
      at: asMoment(entry.at),
      reason: entry.reason ?? null,
      details: entry.details ? JSON.stringify(entry.details) : null,
      told_at: null,
    })
    .execute()
}
