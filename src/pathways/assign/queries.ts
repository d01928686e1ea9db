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

/** Sorts all administrations in scope by the rules of today, by name; three queries however many there are. */
export async function sortAdministrations(db: Database, programmeId: number, scope: Scope): Promise<Sorted> {
  const rules = await liveRules(db, programmeId)
  return sortOut(await candidates(db, programmeId, scope), rules)
}

async function candidates(db: Database, programmeId: number, scope: Scope): Promise<Candidate[]> {
  if (scope !== 'national' && scope.length === 0) return []
  const rows = await db
    .selectFrom('administration')
    .leftJoin('enrolment', (join) =>
      join
        .onRef('enrolment.administration_id', '=', 'administration.id')
        .on('enrolment.programme_id', '=', programmeId)
        .on('enrolment.ended_at', 'is', null),
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
      'administration.closed_at',
      'enrolment.id as enrolmentId',
    ])
    .execute()
  const answers = await answersByAdministration(db, programmeId)

  return rows.map(({ closed_at, enrolmentId, ...row }) => ({
    ...row,
    closed: closed_at !== null,
    enrolled: enrolmentId !== null,
    characteristics: characteristicsOf(row, answers.get(row.id) ?? {}),
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
