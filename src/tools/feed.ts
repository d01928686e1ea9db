import type { Database, ToolName } from '../database/schema.ts'
import { type Answers, numberOf, rowsOf, textOf } from '../pathways/worksheets/fields.ts'
import { type Action, actionsOf } from './improvement/plan.ts'
import { planOf, type SamplingPlan } from './sampling/plan.ts'
import { type SurveyFindings, surveyFindings } from './surveys/analysis/summary.ts'

/** What the tools of one administration take over from one another. */
export type Feed = {
  /** The service chosen, and how many people use it in a year. */
  service: string | null
  users: number | null
  sampling: SamplingPlan | null
  /** Where problems arise, as found so far: what citizens said first, then what the process map shows. */
  weak: readonly string[]
  /** What the newest survey says, for the public and against the one that it repeats. */
  survey: Omit<SurveyFindings, 'weak'>
  /** Of the improvement plan. */
  actions: readonly Action[]
}

/** All that has been found so far in an enrolment; a handful of queries. */
export async function feedOf(db: Database, enrolmentId: number): Promise<Feed> {
  const written = await writtenIn(db, enrolmentId)
  const choice = written.get('service_choice') ?? {}
  const { weak, ...survey } = await surveyFindings(db, enrolmentId)
  const chosen = textOf(choice, 'chosen')
  const row = rowsOf(choice, 'services').find(({ name }) => name?.toLowerCase() === chosen.toLowerCase())
  return {
    service: row?.name ?? (chosen || null),
    users: numberOf(row?.users),
    sampling: planOf(written.get('sampling_plan') ?? {}),
    weak: [...weak, ...rowsOf(written.get('process_map') ?? {}, 'steps').flatMap(({ trouble }) => trouble || [])],
    survey,
    actions: actionsOf(written.get('improvement_plan') ?? {}),
  }
}

/** What was written in each tool of an enrolment; where a tool is used twice, what was saved last. */
async function writtenIn(db: Database, enrolmentId: number): Promise<Map<ToolName, Answers>> {
  const rows = await db
    .selectFrom('worksheet')
    .innerJoin('module', 'module.id', 'worksheet.module_id')
    .where('enrolment_id', '=', enrolmentId)
    .where('tool', 'is not', null)
    .orderBy('saved_at')
    .select(['tool', 'answers'])
    .execute()
  return new Map(rows.flatMap(({ tool, answers }) => (tool ? [[tool, JSON.parse(answers) as Answers] as const] : [])))
}
