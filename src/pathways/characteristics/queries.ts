import { nameFor } from '../../administrations/referents/names.ts'
import { fromMoment, fromMomentOrNull } from '../../database/moment.ts'
import type { Database, MaturityLevel } from '../../database/schema.ts'
import type { Person } from '../../web/env.ts'
import type { Value } from '../rules/condition.ts'

export type Assessed = { level: MaturityLevel; score: number; assessedAt: Temporal.Instant }

/** How far an administration says it is, by its last self-assessment. */
export async function currentMaturity(db: Database, administrationId: number): Promise<Assessed | undefined> {
  const row = await db
    .selectFrom('maturity_assessment')
    .where('administration_id', '=', administrationId)
    .where('replaced_at', 'is', null)
    .select(['level', 'score', 'assessed_at'])
    .executeTakeFirst()
  return row && { level: row.level, score: row.score, assessedAt: fromMoment(row.assessed_at) }
}

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
