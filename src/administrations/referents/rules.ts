import type { Language } from '../../language/language.ts'
import { covers } from '../../people/rules.ts'
import type { Person } from '../../web/env.ts'
import { words } from './words.ts'

/** Whoever is no longer a referent is named to staff alone: to colleagues it is a former referent. */
export const nameOfReferent = (
  { name, present }: { name: string; present: boolean },
  { language, asStaff }: { language: Language; asStaff: boolean },
): string => (present || asStaff ? name : words[language].former)

export type InviteRefusal = 'not_found' | 'closed' | 'already_referent'

/** Coordinators invite and end referents, each in their own regions. */
export const mayManageReferents = (person: Person | null, administration: { region: string }): boolean =>
  covers(person?.coordinator ?? null, administration.region)
