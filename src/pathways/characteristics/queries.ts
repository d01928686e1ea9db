import { nameFor } from '../../administrations/referents/names.ts'
import { fromMoment, fromMomentOrNull } from '../../database/moment.ts'
import type { Database } from '../../database/schema.ts'
import type { Person } from '../../web/env.ts'
import type { Value } from '../rules/condition.ts'

/** What an administration has answered to one question, when and by whom; answers that were replaced say until when. */
export type DatedAnswer = {
  name: string
  label: string
  value: Value
  answeredAt: Temporal.Instant
  answeredBy: string | null
  replacedAt: Temporal.Instant | null
}

/** All answers of an administration in a programme, by question and then the newest first; one query. */
export async function datedAnswers(
  db: Database,
  { programmeId, administrationId }: { programmeId: number; administrationId: number },
  viewer: Person | null,
): Promise<DatedAnswer[]> {
  const rows = await db
    .selectFrom('intake_answer')
    .innerJoin('intake_question', 'intake_question.id', 'intake_answer.intake_question_id')
    .where('programme_id', '=', programmeId)
    .where('administration_id', '=', administrationId)
    .orderBy('position')
    .orderBy('intake_answer.id', 'desc')
    .select(['intake_question.name', 'label', 'value', 'answered_at', 'replaced_at'])
    .select(nameFor(viewer, 'intake_answer.answered_by', 'intake_answer.administration_id').as('answeredBy'))
    .execute()
  return rows.map(({ value, answered_at, replaced_at, ...row }) => ({
    ...row,
    value: JSON.parse(value) as Value,
    answeredAt: fromMoment(answered_at),
    replacedAt: fromMomentOrNull(replaced_at),
  }))
}
