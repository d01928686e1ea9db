export type RevocationRefusal = 'not_found' | 'own_last' | 'last_coordinator'

type NationalGrant = { id: number; personId: number }

/** Why this grant can't be taken back, or null when it can: somebody must always be able to run the programme. */
export function revocationRefusal(
  grantId: number,
  nationalCoordinators: readonly NationalGrant[],
  by: { id: number } | null,
): Exclude<RevocationRefusal, 'not_found'> | null {
  const grant = nationalCoordinators.find(({ id }) => id === grantId)
  if (!grant) return null
  const others = nationalCoordinators.filter(({ id }) => id !== grantId)
  if (others.length === 0) return 'last_coordinator'
  return grant.personId === by?.id && !others.some(({ personId }) => personId === by.id) ? 'own_last' : null
}
