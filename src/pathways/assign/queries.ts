import { fromMoment, fromMomentOrNull } from '../../database/moment.ts'
import type { Database } from '../../database/schema.ts'
import type { Person, Scope } from '../../web/env.ts'
import { pathwaysOf } from '../definition/queries.ts'
import { characteristicsOf } from '../rules/characteristics.ts'
import type { Value } from '../rules/condition.ts'
import { liveRules } from '../rules/queries.ts'
import { type Candidate, type Preview, previewOf, type Sorted, sortOut } from './rules.ts'

/** What assigning would do for the administrations of a coordinator's regions; of the whole country for the operator (null). */
export async function previewAssignment(db: Database, programmeId: number, person: Person | null): Promise<Preview> {
  return previewOf(await sortAdministrations(db, programmeId, coordinatorScope(person)), await pathwaysOf(db, programmeId))
}

/** A trainer's regions don't count here. */
export const coordinatorScope = (person: Person | null): Scope => (person === null ? 'national' : (person.coordinator ?? []))

/** Sorts all administrations in scope by the rules in force, by name; three queries however many there are. */
export async function sortAdministrations(db: Database, programmeId: number, scope: Scope): Promise<Sorted> {
  const rules = await liveRules(db, programmeId)
  return sortOut(await candidates(db, programmeId, scope), rules)
}

/** Every administration in scope with its characteristics and what it follows, by name; two queries. */
export async function candidates(db: Database, programmeId: number, scope: Scope): Promise<Candidate[]> {
  if (scope !== 'national' && scope.length === 0) return []
  const rows = await db
    .selectFrom('administration')
    .leftJoin('enrolment', (join) =>
      join
        .onRef('enrolment.administration_id', '=', 'administration.id')
        .on('enrolment.programme_id', '=', programmeId)
        .on('enrolment.ended_at', 'is', null),
    )
    .leftJoin('pathway', 'pathway.id', 'enrolment.pathway_id')
    .leftJoin('maturity_assessment', (join) =>
      join.onRef('maturity_assessment.administration_id', '=', 'administration.id').on('maturity_assessment.replaced_at', 'is', null),
    )
    .$if(scope !== 'national', (query) => query.where('administration.region_code', 'in', scope as string[]))
    .orderBy('administration.search_text')
    .orderBy('administration.id')
    .select([
      'administration.id',
      'administration.name',
      'administration.region_code as region',
      'administration.category',
      'administration.kind',
      'administration.size_class',
      'maturity_assessment.level as maturity',
      'administration.closed_at',
      'enrolment.id as enrolmentId',
      'enrolment.completed_at',
    ])
    // An earlier version of a pathway counts as that pathway.
    .select((eb) => eb.fn.coalesce('pathway.root_id', 'pathway.id').as('pathwayId'))
    .execute()
  const answers = await answersByAdministration(db, programmeId)

  return rows.map(({ closed_at, enrolmentId, pathwayId, completed_at, size_class, maturity, ...row }) => ({
    ...row,
    closed: closed_at !== null,
    following: enrolmentId === null || pathwayId === null ? null : { enrolmentId, pathwayId, completed: completed_at !== null },
    characteristics: characteristicsOf({ ...row, size: size_class, maturity }, answers.get(row.id) ?? {}),
  }))
}

async function answersByAdministration(db: Database, programmeId: number): Promise<Map<number, Record<string, Value>>> {
  const rows = await db
    .selectFrom('intake_answer')
    .innerJoin('intake_question', 'intake_question.id', 'intake_answer.intake_question_id')
    .where('programme_id', '=', programmeId)
    .where('removed_at', 'is', null)
    .where('replaced_at', 'is', null)
    .select(['administration_id', 'name', 'value'])
    .execute()
  const found = new Map<number, Record<string, Value>>()
  for (const { administration_id, name, value } of rows) {
    const answers = found.get(administration_id) ?? {}
    answers[name] = JSON.parse(value) as Value
    found.set(administration_id, answers)
  }
  return found
}

/** An assignment of many at once; under way until `finishedAt`. */
export type Run = {
  id: number
  programmeId: number
  version: number | null
  scope: Scope
  moving: boolean
  enrolled: number
  moved: number
  processed: number
  total: number
  createdAt: Temporal.Instant
  by: string | null
  finishedAt: Temporal.Instant | null
  undoneAt: Temporal.Instant | null
}

/** The runs of a programme, the newest first. */
export async function assignmentRuns(db: Database, programmeId: number, most = 20): Promise<Run[]> {
  const rows = await runs(db)
    .where('assignment_run.programme_id', '=', programmeId)
    .orderBy('assignment_run.id', 'desc')
    .limit(most)
    .execute()
  return rows.map(asRun)
}

export async function findRun(db: Database, id: number): Promise<Run | undefined> {
  const row = await runs(db).where('assignment_run.id', '=', id).executeTakeFirst()
  return row && asRun(row)
}

const runs = (db: Database) =>
  db
    .selectFrom('assignment_run')
    .leftJoin('person', 'person.id', 'assignment_run.created_by')
    .leftJoin('rule_set', 'rule_set.id', 'assignment_run.rule_set_id')
    .select([
      'assignment_run.id',
      'assignment_run.programme_id',
      'rule_set.version',
      'scope',
      'moving',
      'enrolled',
      'moved',
      'processed',
      'total',
    ])
    .select(['assignment_run.created_at', 'person.name as by', 'finished_at', 'undone_at'])

type Row = Awaited<ReturnType<ReturnType<typeof runs>['executeTakeFirstOrThrow']>>

const asRun = ({ programme_id, scope, moving, created_at, finished_at, undone_at, ...row }: Row): Run => ({
  ...row,
  programmeId: programme_id,
  scope: JSON.parse(scope) as Scope,
  moving: moving === 1,
  createdAt: fromMoment(created_at),
  finishedAt: fromMomentOrNull(finished_at),
  undoneAt: fromMomentOrNull(undone_at),
})
