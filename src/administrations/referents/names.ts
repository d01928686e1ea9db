import { type RawBuilder, sql } from 'kysely'
import type { Language } from '../../language/language.ts'
import { isStaff } from '../../people/rules.ts'
import type { Person } from '../../web/env.ts'
import { words } from './words.ts'

/**
 * The name of somebody who acted for an administration, as `viewer` may read it, for use in a query: whoever is its referent
 * no more is named to staff alone. Both are columns that hold ids, such as `question.asked_by`.
 */
export const nameFor = (viewer: Person | null, actor: string, administration: string): RawBuilder<string | null> => sql<string | null>`(
  select actor.name from person as actor
  where actor.id = ${sql.ref(actor)} ${isStaff(viewer) ? sql`` : sql`and ${namedToColleagues(administration)}`}
)`

/** Referents of today and staff. */
const namedToColleagues = (administration: string) => sql`(
  exists (select 1 from referent where referent.person_id = actor.id and referent.administration_id = ${sql.ref(administration)} and referent.until is null)
  or exists (select 1 from role_grant where role_grant.person_id = actor.id and role_grant.revoked_at is null)
)`

/** Where a sentence needs somebody. */
export const nameOrFormer = (name: string | null, language: Language): string => name ?? words[language].former
