import type { Channel } from '../../../database/schema.ts'
import { isReferentOf } from '../../../people/rules.ts'
import type { Person } from '../../../web/env.ts'
import { looksAfter } from '../../rules.ts'

/** How a question comes that staff write down. */
export const spokenChannels = ['call', 'chat', 'web'] as const satisfies readonly Channel[]

export type BehalfRefusal = 'not_theirs' | 'not_a_referent' | 'no_such_module'

/** Staff enter questions of their regions, for somebody who is a referent of the administration today. */
export function behalfRefusal(
  staff: Person | null,
  {
    region,
    administrationId,
    asker,
    hasModule,
  }: { region: string | null; administrationId: number; asker: Person | null; hasModule: boolean },
): BehalfRefusal | null {
  if (region === null || !looksAfter({ region }, staff)) return 'not_theirs'
  if (!isReferentOf(asker, administrationId)) return 'not_a_referent'
  return hasModule ? null : 'no_such_module'
}
