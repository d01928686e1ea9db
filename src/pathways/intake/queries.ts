import type { Database } from '../../database/schema.ts'
import type { Option, QuestionKind } from './rules.ts'

export type IntakeQuestion = {
  id: number
  /** Names the characteristic in rules. */
  name: string
  kind: QuestionKind
  label: string
  help: string
  required: boolean
  options: Option[]
}

/** What an administration is asked today, in order, with the choices; two queries. */
export async function intakeQuestions(db: Database, programmeId: number): Promise<IntakeQuestion[]> {
  const rows = await db
    .selectFrom('intake_question')
    .where('programme_id', '=', programmeId)
    .where('removed_at', 'is', null)
    .orderBy('position')
    .orderBy('id')
    .select(['id', 'name', 'kind', 'label', 'help', 'required'])
    .execute()
  const options = await db
    .selectFrom('intake_option')
    .innerJoin('intake_question', 'intake_question.id', 'intake_option.intake_question_id')
    .where('programme_id', '=', programmeId)
    .where('removed_at', 'is', null)
    .orderBy('intake_option.position')
    .select(['intake_question_id', 'value', 'intake_option.label'])
    .execute()

  const byQuestion = Map.groupBy(options, ({ intake_question_id }) => intake_question_id)
  return rows.map((row) => ({
    ...row,
    required: row.required === 1,
    options: (byQuestion.get(row.id) ?? []).map(({ value, label }) => ({ value, label })),
  }))
}
