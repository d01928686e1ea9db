import type { Person, Scope } from '../web/env.ts'

/** True when the scope is the whole country or names the region. */
export const covers = (scope: Scope | null, region: string | null): boolean =>
  scope === 'national' || (scope !== null && region !== null && scope.includes(region))

export const isStaff = (person: Person | null): person is Person =>
  person !== null && (person.coordinator !== null || person.trainer !== null)
export const isCoordinator = (person: Person | null): person is Person => person !== null && person.coordinator !== null
export const isNationalCoordinator = (person: Person | null): person is Person => person?.coordinator === 'national'
export const isTrainer = (person: Person | null): person is Person => person !== null && person.trainer !== null
export const isReferent = (person: Person | null): person is Person => person !== null && person.administrations.length > 0
export const isReferentOf = (person: Person | null, administrationId: number): boolean =>
  person?.administrations.includes(administrationId) ?? false

/** Where staff may look: a coordinator's and a trainer's regions together; null for others. */
export function staffScope(person: Person | null): Scope | null {
  if (!isStaff(person)) return null
  if (person.coordinator === 'national' || person.trainer === 'national') return 'national'
  return [...new Set([...(person.coordinator ?? []), ...(person.trainer ?? [])])]
}

/** A path of this site to go on to after signing in; anything else leads home. */
export const safePath = (next: unknown): string => (typeof next === 'string' && /^\/(?![/\\])[^\s\\\p{Cc}]*$/u.test(next) ? next : '/')
