import { fromMoment, fromMomentOrNull } from '../../database/moment.ts'
import type { Database } from '../../database/schema.ts'
import type { Person } from '../../web/env.ts'
import { type IntakeQuestion, intakeQuestions } from '../intake/queries.ts'
import { characteristicsOf } from '../rules/characteristics.ts'
import type { Characteristics, Value } from '../rules/condition.ts'
import { type Change, changesThatLead } from '../rules/counterfactual.ts'
import { type Added, addedModules, type Recommendation, type Rule, recommend } from '../rules/recommend.ts'
import { rulesInForce } from '../rules/versions/queries.ts'

/** What an administration has answered, by the question's name. */
export async function currentAnswers(db: Database, programmeId: number, administrationId: number): Promise<Record<string, Value>> {
  const rows = await db
    .selectFrom('intake_answer')
    .innerJoin('intake_question', 'intake_question.id', 'intake_answer.intake_question_id')
    .where('programme_id', '=', programmeId)
    .where('administration_id', '=', administrationId)
    .where('removed_at', 'is', null)
    .where('replaced_at', 'is', null)
    .select(['name', 'value'])
    .execute()
  return Object.fromEntries(rows.map(({ name, value }) => [name, JSON.parse(value) as Value]))
}

export type Oriented = {
  recommendation: Recommendation
  /** What rules add to whichever pathway is chosen. */
  added: Added[]
  /** For other pathways, the one answer that would lead there. */
  changes: ReadonlyMap<number, Change>
  characteristics: Characteristics
  /** The version in force; null when there is none. */
  ruleSetId: number | null
  rules: Rule[]
  questions: IntakeQuestion[]
  answers: Record<string, Value>
}

/**
 * The pathway that the rules propose to an administration today, with all that explains it; undefined when there is none
 * with this id. With `given`, as if those were its answers.
 */
export async function recommendFor(
  db: Database,
  programmeId: number,
  administrationId: number,
  given?: Record<string, Value>,
): Promise<Oriented | undefined> {
  const administration = await db
    .selectFrom('administration')
    .leftJoin('maturity_assessment', (join) =>
      join.onRef('maturity_assessment.administration_id', '=', 'administration.id').on('maturity_assessment.replaced_at', 'is', null),
    )
    .where('administration.id', '=', administrationId)
    .select(['region_code as region', 'kind', 'category', 'size_class as size', 'level as maturity'])
    .executeTakeFirst()
  if (!administration) return undefined

  const { ruleSetId, rules, additions } = await rulesInForce(db, programmeId)
  const questions = await intakeQuestions(db, programmeId)
  const answers = given ?? (await currentAnswers(db, programmeId, administrationId))
  const characteristics = characteristicsOf(administration, answers)
  return {
    recommendation: recommend(rules, characteristics),
    added: addedModules(additions, characteristics),
    changes: changesThatLead(rules, characteristics, questions),
    characteristics,
    ruleSetId,
    rules,
    questions,
    answers,
  }
}

export type CurrentEnrolment = {
  id: number
  programmeId: number
  administrationId: number
  pathwayId: number
  ruleId: number | null
  enrolledAt: Temporal.Instant
  completedAt: Temporal.Instant | null
}

const columns = [
  'enrolment.id',
  'enrolment.programme_id as programmeId',
  'enrolment.administration_id as administrationId',
  'enrolment.pathway_id as pathwayId',
  'enrolment.rule_id as ruleId',
  'enrolment.enrolled_at',
  'enrolment.completed_at',
] as const

type Row = Omit<CurrentEnrolment, 'enrolledAt' | 'completedAt'> & { enrolled_at: string; completed_at: string | null }

const asEnrolment = ({ enrolled_at, completed_at, ...row }: Row): CurrentEnrolment => ({
  ...row,
  enrolledAt: fromMoment(enrolled_at),
  completedAt: fromMomentOrNull(completed_at),
})

/** The pathway that an administration follows in a programme today, if any. */
export async function findEnrolment(
  db: Database,
  { programmeId, administrationId }: { programmeId: number; administrationId: number },
): Promise<CurrentEnrolment | undefined> {
  const row = await db
    .selectFrom('enrolment')
    .where('programme_id', '=', programmeId)
    .where('administration_id', '=', administrationId)
    .where('ended_at', 'is', null)
    .select(columns)
    .executeTakeFirst()
  return row && asEnrolment(row)
}

/** What the administrations of which this person is a referent follow today. */
export async function currentEnrolments(db: Database, person: Person): Promise<CurrentEnrolment[]> {
  if (person.administrations.length === 0) return []
  const rows = await db
    .selectFrom('enrolment')
    .where('administration_id', 'in', [...person.administrations])
    .where('ended_at', 'is', null)
    .orderBy('enrolment.id')
    .select(columns)
    .execute()
  return rows.map(asEnrolment)
}

export type ToOrient<P> = { programme: P; administration: { id: number; name: string } }

/** Which of the person's own administrations have no pathway yet, in which of these programmes; two queries. */
export async function toOrient<P extends { id: number }>(db: Database, person: Person, programmes: readonly P[]): Promise<ToOrient<P>[]> {
  if (person.administrations.length === 0) return []
  const administrations = await db
    .selectFrom('administration')
    .where('id', 'in', [...person.administrations])
    .where('closed_at', 'is', null)
    .orderBy('search_text')
    .select(['id', 'name'])
    .execute()
  const enrolments = await currentEnrolments(db, person)
  const isEnrolled = (programmeId: number, administrationId: number) =>
    enrolments.some((each) => each.programmeId === programmeId && each.administrationId === administrationId)
  return programmes.flatMap((programme) =>
    administrations.filter(({ id }) => !isEnrolled(programme.id, id)).map((administration) => ({ programme, administration })),
  )
}
