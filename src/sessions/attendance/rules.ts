import type { Schema } from '../../database/schema.ts'
import { hasPassed, minutesOf } from '../rules.ts'

export type AttendanceStatus = Schema['attendance']['status']
export const attendanceStatuses = ['present', 'partial', 'absent', 'excused'] as const satisfies readonly AttendanceStatus[]

export type AttendanceRow = { personId: number; administrationId: number; status: AttendanceStatus; minutes: number; reason?: string }

export type AttendanceRefusal =
  | 'not_found'
  | 'not_published'
  | 'cancelled'
  | 'not_started'
  | 'minutes_out_of_range'
  | 'not_a_referent'
  | 'reason_missing'

type Meeting = {
  startsAt: Temporal.Instant
  endsAt: Temporal.Instant
  publishedAt: Temporal.Instant | null
  cancelledAt: Temporal.Instant | null
}

/** Why nobody's presence can be recorded, or null when it can. */
export function takingRefusal(session: Meeting, now: Temporal.Instant): AttendanceRefusal | null {
  if (session.cancelledAt) return 'cancelled'
  if (!session.publishedAt) return 'not_published'
  return hasPassed(session.startsAt, now) ? null : 'not_started'
}

export type AttendanceSource = Schema['attendance']['source']
export type Recorded = Pick<AttendanceRow, 'administrationId' | 'status' | 'minutes'> & { source: AttendanceSource }

/** What is recorded, by hand or from evidence, is changed by hand only with a reason. */
export function rowRefusal(session: Meeting, row: AttendanceRow, recorded: Recorded | undefined): AttendanceRefusal | null {
  if (!Number.isInteger(row.minutes) || row.minutes < 0 || row.minutes > Math.ceil(minutesOf(session))) return 'minutes_out_of_range'
  if (recorded && differs(row, recorded) && !row.reason?.trim()) return 'reason_missing'
  return null
}

export const differs = (row: AttendanceRow, recorded: Recorded | undefined): boolean =>
  recorded?.status !== row.status || recorded.minutes !== row.minutes || recorded.administrationId !== row.administrationId

/** Present for long enough to complete the module. */
export const isEnough = (
  { status, minutes }: Pick<AttendanceRow, 'status' | 'minutes'>,
  { thresholdMinutes }: { thresholdMinutes: number },
): boolean => status === 'present' && minutes >= thresholdMinutes
