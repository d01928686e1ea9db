import { type ExpressionBuilder, type RawBuilder, sql } from 'kysely'
import { seenBy } from '../administrations/queries.ts'
import { nameFor } from '../administrations/referents/names.ts'
import type { Schema } from '../database/schema.ts'
import { isStaff } from '../people/rules.ts'
import type { Person } from '../web/env.ts'

type Joined = ExpressionBuilder<Schema, 'question' | 'administration'>

/**
 * Which questions a person may read, for every query that joins `question` and `administration`: those of the
 * administrations they see, and the public ones of a programme they take part in. Visitors read none.
 */
export const questionSeenBy = (eb: Joined, person: Person | null) => eb.or([seenBy(eb, person), sharedWith(eb, person)])

function sharedWith(eb: Joined, person: Person | null) {
  const shared = eb('question.visibility', '<>', 'private')
  const administrations = person?.administrations ?? []
  if (isStaff(person)) return shared
  if (administrations.length === 0) return eb.or([])
  const followed = eb
    .selectFrom('enrolment')
    .where('enrolment.administration_id', 'in', [...administrations])
    .where('enrolment.ended_at', 'is', null)
    .select('enrolment.programme_id')
  return eb.and([shared, eb('question.programme_id', 'in', followed)])
}

/** The same predicate over `person`, `question` and `administration`: who among many people may read which question today. */
export function seenByReader(eb: ExpressionBuilder<Schema, 'person' | 'question' | 'administration'>) {
  const shared = eb('question.visibility', '<>', 'private')
  const referent = eb.selectFrom('referent').whereRef('referent.person_id', '=', 'person.id').where('referent.until', 'is', null)
  const own = referent.whereRef('referent.administration_id', '=', 'question.administration_id').select('referent.id')
  const takesPart = referent
    .innerJoin('enrolment', 'enrolment.administration_id', 'referent.administration_id')
    .whereRef('enrolment.programme_id', '=', 'question.programme_id')
    .where('enrolment.ended_at', 'is', null)
    .select('referent.id')
  const staff = eb
    .selectFrom('role_grant')
    .whereRef('role_grant.person_id', '=', 'person.id')
    .where('role_grant.revoked_at', 'is', null)
    .where((grant) =>
      grant.or([
        grant('role_grant.region_code', 'is', null),
        grant('role_grant.region_code', '=', grant.ref('administration.region_code')),
        grant(grant.ref('question.visibility'), '<>', 'private'),
      ]),
    )
    .select('role_grant.id')
  return eb.or([eb.exists(own), eb.exists(staff), eb.and([shared, eb.exists(takesPart)])])
}

/** 1 for a reader of the administration or of its region's staff, who also reads who asked. */
export const readsNames = (eb: Joined, person: Person | null) => eb.case().when(seenBy(eb, person)).then(1).else(0).end()

/** The administration's name, or null where this reader may not know it. */
export const administrationShownTo = (eb: Joined, person: Person | null) =>
  eb
    .case()
    .when(eb.or([seenBy(eb, person), eb('question.visibility', '=', 'named')]))
    .then(eb.ref('administration.name'))
    .else(null)
    .end()

/** The name of whoever acted for the asking administration, such as `question.asked_by`: nobody's for readers from outside. */
export const actorShownTo = (eb: Joined, person: Person | null, actor: string): RawBuilder<string | null> =>
  sql<string | null>`case when ${seenBy(eb, person)} then ${nameFor(person, actor, 'question.administration_id')} end`
