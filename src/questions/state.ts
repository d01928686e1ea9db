import { type ExpressionBuilder, sql } from 'kysely'
import type { Schema } from '../database/schema.ts'

/** How far a question is: the last word is the administration's, staff's, or it is solved. The order is that of the queue. */
export const questionStates = ['waiting', 'answered', 'solved'] as const
export type QuestionState = (typeof questionStates)[number]

/** The index of a question's state, worked out from its answers and not kept anywhere. */
export const stateOf = (eb: ExpressionBuilder<Schema, 'question'>) =>
  eb
    .case()
    .when('question.solved_at', 'is not', null)
    .then(sql.lit(questionStates.indexOf('solved')))
    .when(eb.exists(lastWordByStaff(eb)))
    .then(sql.lit(questionStates.indexOf('answered')))
    .else(sql.lit(questionStates.indexOf('waiting')))
    .end()

const lastWordByStaff = (eb: ExpressionBuilder<Schema, 'question'>) =>
  eb
    .selectFrom('answer')
    .whereRef('answer.question_id', '=', 'question.id')
    .whereRef('answer.answered_by', '<>', 'question.asked_by')
    .where((each) => each.or([each.exists(grantHeld(each, 'trainer')), each.exists(grantHeld(each, 'coordinator'))]))
    .where((each) =>
      each.not(
        each.exists(
          each
            .selectFrom('answer as later')
            .whereRef('later.question_id', '=', 'answer.question_id')
            .whereRef('later.id', '>', 'answer.id')
            .select('later.id'),
        ),
      ),
    )
    .select('answer.id')

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
