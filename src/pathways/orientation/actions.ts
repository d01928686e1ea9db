import { asMoment } from '../../database/moment.ts'
import type { Database, Tx } from '../../database/schema.ts'
import { inTransaction, isDuplicate, lockRow } from '../../database/transaction.ts'
import { recordHistory } from '../../history/record.ts'
import type { Who } from '../../programmes/actions.ts'
import type { Typed } from '../../web/forms.ts'
import type { FieldProblem } from '../../web/words.ts'
import { intakeQuestions } from '../intake/queries.ts'
import { creditEarlierAttendance } from '../progress/actions.ts'
import type { Value } from '../rules/condition.ts'
import { wordingOf } from '../rules/in-words.ts'
import type { Added } from '../rules/recommend.ts'
import { addModules } from './additions.ts'
import { currentAnswers } from './queries.ts'
import { type EnrolmentRefusal, readAnswer } from './rules.ts'
import type { Trace } from './trace.ts'

type Intake = { programmeId: number; administrationId: number; answers: Typed }

/**
 * Keeps an administration's answers, all of them or none: `problems` says by question what is wrong. An answer that
 * changes is closed and kept; one that stays the same stays dated as it was.
 */
export async function answerIntake(
  db: Database,
  { programmeId, administrationId, answers }: Intake,
  { by, at }: Who,
): Promise<{ problems: Record<string, FieldProblem> } | { changed: string[] }> {
  return inTransaction(db, async (tx) => {
    await lockRow(tx, 'administration', administrationId)
    const questions = await intakeQuestions(tx, programmeId)
    const read = questions.map(({ id, name, ...question }) => ({ id, name, ...readAnswer(question, answers[name]) }))
    const problems = Object.fromEntries(read.flatMap((each) => ('problem' in each ? [[each.name, each.problem]] : [])))
    if (Object.keys(problems).length > 0) return { problems }

    const before = await currentAnswers(tx, programmeId, administrationId)
    const values = read.flatMap((each) => ('value' in each ? [each] : []))
    const changed = values.filter(({ name, value }) => JSON.stringify(before[name] ?? null) !== JSON.stringify(value))
    if (changed.length === 0) return { changed: [] }

    await replaceAnswers(tx, administrationId, changed, { by, at })
    const names = changed.map(({ name }) => name)
    await recordHistory(tx, {
      happening: 'intake_answered',
      subject: 'programme',
      subjectId: programmeId,
      administrationId,
      by,
      at,
      details: { changed: names },
    })
    return { changed: names }
  })
}

async function replaceAnswers(tx: Tx, administrationId: number, changed: readonly { id: number; value: Value | null }[], { by, at }: Who) {
  await tx
    .updateTable('intake_answer')
    .set({ replaced_at: asMoment(at) })
    .where('administration_id', '=', administrationId)
    .where(
      'intake_question_id',
      'in',
      changed.map(({ id }) => id),
    )
    .where('replaced_at', 'is', null)
    .execute()
  const rows = changed
    .filter(({ value }) => value !== null)
    .map(({ id, value }) => ({
      intake_question_id: id,
      administration_id: administrationId,
      value: JSON.stringify(value),
      answered_at: asMoment(at),
      answered_by: by?.id ?? null,
      replaced_at: null,
    }))
  if (rows.length > 0) await tx.insertInto('intake_answer').values(rows).execute()
}

export type NewEnrolment = {
  programmeId: number
  administrationId: number
  pathwayId: number
  /** Null when a person chose the pathway. */
  ruleId: number | null
  /** The version of the rules that was in force. */
  ruleSetId?: number | null
  /** What rules add to it, whoever chose it. */
  added?: readonly Added[]
  trace: Trace
  assignmentRunId?: number | null
}

/** Puts an administration on a pathway, with its region, category and kind as they are today. One at a time in a programme. */
export async function enrol(
  db: Database,
  enrolment: NewEnrolment,
  { by, at }: Who,
): Promise<{ id: number } | { refusal: EnrolmentRefusal }> {
  const { programmeId, administrationId, pathwayId, ruleId, ruleSetId = null, added = [], trace, assignmentRunId = null } = enrolment
  try {
    return await inTransaction(db, async (tx) => {
      const administration = await findToEnrol(tx, enrolment)
      if (!administration) return { refusal: 'unknown_pathway' }
      if (administration.closed_at !== null) return { refusal: 'closed' }

      const { region_code, category, kind } = administration
      const { id } = await tx
        .insertInto('enrolment')
        .values({
          programme_id: programmeId,
          administration_id: administrationId,
          pathway_id: pathwayId,
          rule_id: ruleId,
          rule_set_id: ruleSetId,
          assignment_run_id: assignmentRunId,
          trace: JSON.stringify(trace),
          region_code,
          category,
          kind,
          enrolled_at: asMoment(at),
          enrolled_by: by?.id ?? null,
          completed_at: null,
          ended_at: null,
          ended_by: null,
        })
        .returning('id')
        .executeTakeFirstOrThrow()
      await recordHistory(tx, {
        happening: 'enrolled',
        subject: 'enrolment',
        subjectId: id,
        administrationId,
        by,
        at,
        details: { pathwayId },
      })
      const wording = added.length > 0 ? wordingOf('it', await intakeQuestions(tx, programmeId)) : null
      if (wording) await addModules(tx, [{ enrolmentId: id, pathwayId, added }], wording, { by, at })
      await creditEarlierAttendance(tx, { enrolmentId: id }, { by, at })
      return { id }
    })
  } catch (error) {
    if (isDuplicate(error)) return { refusal: 'already_enrolled' }
    throw error
  }
}

/** The administration, when the pathway is one of the programme's. */
async function findToEnrol(tx: Tx, { administrationId, pathwayId, programmeId }: NewEnrolment) {
  return tx
    .selectFrom('administration')
    .where('id', '=', administrationId)
    .where((eb) =>
      eb.exists(
        eb
          .selectFrom('pathway')
          .where('pathway.id', '=', pathwayId)
          .where('programme_id', '=', programmeId)
          .where('root_id', 'is', null)
          .select('pathway.id'),
      ),
    )
    .select(['region_code', 'category', 'kind', 'closed_at'])
    .executeTakeFirst()
}
