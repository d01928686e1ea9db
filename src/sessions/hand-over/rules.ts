import { covers, isReferentOf } from '../../people/rules.ts'
import type { Person } from '../../web/env.ts'

export type HandOverRefusal = 'not_found' | 'same_person' | 'closed' | 'nobody'

/** The referent themself, or a coordinator of the administration's region. */
export const mayHandOver = (
  person: Person,
  { personId, administrationId, region }: { personId: number; administrationId: number; region: string },
) => covers(person.coordinator, region) || (person.id === personId && isReferentOf(person, administrationId))
