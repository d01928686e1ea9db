import { covers } from '../../people/rules.ts'
import type { Person } from '../../web/env.ts'

export type InviteRefusal = 'not_found' | 'closed' | 'already_referent'

/** Coordinators invite and end referents, each in their own regions. */
export const mayManageReferents = (person: Person | null, administration: { region: string }): boolean =>
  covers(person?.coordinator ?? null, administration.region)
