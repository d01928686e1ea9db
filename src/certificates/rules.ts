import type { RecordedState } from '../database/schema.ts'

/** A meeting module of the followed pathway: how it stands, and its sessions that were held. */
export type MeetingModule = {
  title: string
  state: RecordedState | null
  /** Minutes each session lasted, and was attended at best. */
  held: readonly { minutes: number; attended: number }[]
}

export type ModuleHours = { title: string; offered: number; attended: number }
export type Hours = { modules: readonly ModuleHours[]; offered: number; attended: number; percent: number }

/**
 * Minutes offered and attended, module by module. Each counts once, however often it was held: offered is its longest
 * session, attended the best attendance. What was never held, was recognised or isn't relevant counts on neither side.
 */
export function hoursOf(meetings: readonly MeetingModule[]): Hours {
  const modules = meetings
    .filter(({ state, held }) => held.length > 0 && state !== 'recognised' && state !== 'not_relevant')
    .map(({ title, held }) => ({
      title,
      offered: Math.max(...held.map(({ minutes }) => minutes)),
      attended: Math.max(...held.map(({ minutes, attended }) => Math.min(minutes, attended))),
    }))
  const offered = sum(modules.map((module) => module.offered))
  const attended = sum(modules.map((module) => module.attended))
  return { modules, offered, attended, percent: offered === 0 ? 100 : Math.floor((100 * attended) / offered) }
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, each) => total + each, 0)

/** Whom a certificate would be for: the administration, or somebody who is or was its referent. */
export type Holder = 'administration' | { staff: boolean; referent: boolean; evidence: boolean }
export type CertificateRefusal = 'not_completed' | 'below_threshold' | 'staff' | 'not_a_participant' | 'ended'

type Claim = { completed: boolean; ended: boolean; holder: Holder; hours: Hours; threshold: number }

/** Why no certificate may be issued, or null. */
export function certificateRefusal({ completed, ended, holder, hours, threshold }: Claim): CertificateRefusal | null {
  if (holder !== 'administration' && holder.staff) return 'staff'
  if (holder !== 'administration' && !tookPart(holder, hours)) return 'not_a_participant'
  // An enrolment may end after it was completed; what was completed stays so.
  if (!completed) return ended ? 'ended' : 'not_completed'
  if (hours.percent < threshold) return 'below_threshold'
  return null
}

/** Where nothing was held, other work for the pathway is what counts. */
const tookPart = ({ referent, evidence }: Exclude<Holder, 'administration'>, { offered, attended }: Hours) =>
  referent && (offered === 0 ? evidence : attended > 0)
