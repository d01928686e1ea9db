import type { Schema } from '../../database/schema.ts'
import { hasPassed } from '../rules.ts'

export type Phase = Schema['session_material']['phase']
export type Audience = Schema['session_material']['audience']
export const phases = ['before', 'after', 'recording'] as const satisfies readonly Phase[]
export const audiences = ['registered', 'attended', 'everybody'] as const satisfies readonly Audience[]

/** A session has so many at most, removed ones left out. */
export const mostMaterials = 60

export type NewMaterial = { phase: Phase; audience: Audience; title: string }
export type MaterialRefusal = 'not_found' | 'cancelled' | 'nothing' | 'attended_before' | 'too_many'

/** Why this can't be added, or null when it can. Nobody has attended what is still to come. */
export function materialRefusal(
  session: { cancelledAt: Temporal.Instant | null },
  { phase, audience, things, count }: NewMaterial & { things: number; count: number },
): MaterialRefusal | null {
  if (session.cancelledAt) return 'cancelled'
  if (things === 0) return 'nothing'
  if (phase === 'before' && audience === 'attended') return 'attended_before'
  return count + things > mostMaterials ? 'too_many' : null
}

export type Reader = { inCharge: boolean; registered: boolean; attended: boolean }

/** Whether somebody finds it now: what is for afterwards from the end on, each by whom it is for; whoever is in charge at once. */
export function isShown(
  { phase, audience }: Pick<NewMaterial, 'phase' | 'audience'>,
  session: { endsAt: Temporal.Instant },
  { reader, now }: { reader: Reader; now: Temporal.Instant },
): boolean {
  if (reader.inCharge) return true
  if (phase !== 'before' && !hasPassed(session.endsAt, now)) return false
  if (audience === 'everybody') return true
  return audience === 'registered' ? reader.registered || reader.attended : reader.attended
}
