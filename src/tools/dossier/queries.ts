import type { Database, ToolName } from '../../database/schema.ts'
import type { Answers, Field } from '../../pathways/worksheets/fields.ts'
import { readSettings } from '../../pathways/worksheets/settings.ts'

/** What was written in the tools of an enrolment, by module; one query. */
export async function worksheetsOf(db: Database, enrolmentId: number): Promise<Map<number, Answers>> {
  const rows = await db.selectFrom('worksheet').where('enrolment_id', '=', enrolmentId).select(['module_id', 'answers']).execute()
  return new Map(rows.map(({ module_id, answers }) => [module_id, JSON.parse(answers) as Answers]))
}

/** Which tool each of these modules is; modules that are none aren't there. */
export async function toolsOf(db: Database, moduleIds: readonly number[]): Promise<Map<number, ToolName | null>> {
  if (moduleIds.length === 0) return new Map()
  const rows = await db
    .selectFrom('module')
    .where('id', 'in', [...moduleIds])
    .where('kind', '=', 'tool')
    .select(['id', 'tool'])
    .execute()
  return new Map(rows.map(({ id, tool }) => [id, tool]))
}

/** The coordinators' own fields of these modules, in order; one query. */
export async function ownFieldsOf(db: Database, moduleIds: readonly number[]): Promise<Map<number, Field[]>> {
  if (moduleIds.length === 0) return new Map()
  const rows = await db
    .selectFrom('worksheet_field')
    .where('module_id', 'in', [...moduleIds])
    .orderBy('position')
    .select(['id', 'module_id', 'label', 'help', 'kind', 'required', 'settings'])
    .execute()
  return new Map(
    [...Map.groupBy(rows, ({ module_id }) => module_id)].map(
      ([module, several]) =>
        [
          module,
          several.map(({ id, label, help, kind, required, settings }) => ({
            ...readSettings(settings),
            ...{ name: `field-${id}`, label, help, kind, required: required === 1 },
          })),
        ] as const,
    ),
  )
}

export type LastSubmission = {
  moduleId: number
  version: number
  text: string
  verdict: string | null
  handedInAt: string
  files: string[]
}

/** The last version of everything that was handed in, with the names of its files; two queries. */
export async function lastSubmissionsOf(db: Database, enrolmentId: number): Promise<Map<number, LastSubmission>> {
  const rows = await db
    .selectFrom('submission')
    .where('enrolment_id', '=', enrolmentId)
    .orderBy('version')
    .select(['id', 'module_id as moduleId', 'version', 'text', 'verdict', 'handed_in_at as handedInAt'])
    .execute()
  const files = await db
    .selectFrom('submission_file')
    .innerJoin('submission', 'submission.id', 'submission_file.submission_id')
    .where('submission.enrolment_id', '=', enrolmentId)
    .orderBy('submission_file.id')
    .select(['submission_id', 'name'])
    .execute()
  return new Map(
    rows.map(({ id, ...row }) => [
      row.moduleId,
      { ...row, files: files.filter(({ submission_id }) => submission_id === id).map(({ name }) => name) },
    ]),
  )
}
