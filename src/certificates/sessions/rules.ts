/** How somebody attended a session that was held; minutes are whole. */
export type Attended = {
  status: 'present' | 'partial' | 'absent' | 'excused'
  attended: number
  offered: number
  /** Minutes asked for, as stamped on the session. */
  threshold: number
  over: boolean
  cancelled: boolean
  /** Has a role of trainer or coordinator today, or trained this session. */
  staff: boolean
}

export type AttestationRefusal = 'not_over' | 'cancelled' | 'staff' | 'below_threshold'

/** Why nothing is attested, or null. */
export function attestationRefusal(attended: Attended): AttestationRefusal | null {
  if (attended.cancelled) return 'cancelled'
  if (!attended.over) return 'not_over'
  if (attended.staff) return 'staff'
  return reachesThreshold(attended) ? null : 'below_threshold'
}

const reachesThreshold = ({ status, attended, threshold }: Attended) => status === 'present' && attended >= threshold

/** Whole percents, rounded down on both sides: whoever reaches the threshold reads so. */
export const percentOf = (minutes: number, offered: number): number => (offered === 0 ? 100 : Math.floor((100 * minutes) / offered))
