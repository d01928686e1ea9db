import type { ExpressionBuilder } from 'kysely'
import type { QuestionState, Schema } from '../database/schema.ts'

export type { QuestionState } from '../database/schema.ts'

/** How far a question is: the last word is the administration's, staff's, or it is solved; or it goes on in another. The order is that of the queue. */
export const questionStates = ['waiting', 'answered', 'solved', 'merged'] as const satisfies readonly QuestionState[]

/** The role that an answer's author held when they wrote it; null when none. */
export const grantHeld = (eb: ExpressionBuilder<Schema, 'answer'>, role: 'trainer' | 'coordinator') =>
  eb
    .selectFrom('role_grant')
    .whereRef('role_grant.person_id', '=', 'answer.answered_by')
    .where('role_grant.role', '=', role)
    .whereRef('role_grant.granted_at', '<=', 'answer.answered_at')
    .where((grant) =>
      grant.or([grant('role_grant.revoked_at', 'is', null), grant('role_grant.revoked_at', '>', grant.ref('answer.answered_at'))]),
    )
    .select('role_grant.id')
    .limit(1)
