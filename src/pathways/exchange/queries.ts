import type { Database, MetBy } from '../../database/schema.ts'
import { findProgramme } from '../../programmes/queries.ts'
import { toolNames } from '../definition/rules.ts'
import { intakeQuestions } from '../intake/queries.ts'
import { modulesOfPathways, type PathwayModule } from '../queries.ts'
import { conditionSchema } from '../rules/condition.ts'
import { readSettings } from '../worksheets/settings.ts'
import { type DocumentStep, format, type ProgrammeDocument, version } from './document.ts'

/** A programme as a document, its rules as they are in force (the draft before any are); eleven queries however large it is. */
export async function exportProgramme(db: Database, id: number): Promise<ProgrammeDocument | undefined> {
  const programme = await findProgramme(db, id)
  if (!programme) return undefined
  const modules = await modulesOf(db, id)
  const pathways = await pathwayRows(db, id)
  const moduleKeys = keysOf('module', modules)
  const questions = await intakeQuestions(db, id)
  return {
    format,
    version,
    programme: {
      title: programme.title,
      summary: programme.summary,
      startsOn: programme.startsOn.toString(),
      endsOn: programme.endsOn.toString(),
    },
    modules: modules.map(({ id, ...module }) => ({ key: moduleKeys.get(id) ?? '', ...module })),
    pathways: await writtenPathways(db, pathways, moduleKeys),
    intake: questions.map(({ name, kind, label, help, required, options }) => ({ name, kind, label, help, required, options })),
    ...(await rulesOf(db, id, { modules: moduleKeys, pathways: keysOf('pathway', pathways) })),
  }
}

type Keys = ReadonlyMap<number, string>

const keysOf = (noun: string, rows: readonly { id: number }[]): Keys => new Map(rows.map(({ id }, index) => [id, `${noun}-${index + 1}`]))

async function modulesOf(db: Database, programmeId: number) {
  const rows = await db
    .selectFrom('module')
    .where('programme_id', '=', programmeId)
    .orderBy('id')
    .select(['id', 'kind', 'title', 'summary', 'body', 'link', 'tool', 'recognition_months as recognitionMonths'])
    .execute()
  const fields = await db
    .selectFrom('worksheet_field')
    .innerJoin('module', 'module.id', 'worksheet_field.module_id')
    .where('programme_id', '=', programmeId)
    .orderBy('position')
    .select(['module_id', 'label', 'help', 'worksheet_field.kind', 'required', 'settings'])
    .execute()
  const byModule = Map.groupBy(fields, ({ module_id }) => module_id)
  const criteria = await db
    .selectFrom('rubric_criterion')
    .innerJoin('module', 'module.id', 'rubric_criterion.module_id')
    .where('programme_id', '=', programmeId)
    .orderBy('rubric_criterion.position')
    .select(['module_id', 'label', 'points'])
    .execute()
  const rubrics = Map.groupBy(criteria, ({ module_id }) => module_id)
  return rows.map((row) => ({
    ...row,
    tool: toolNames.find((name) => name === row.tool) ?? null,
    rubric: (rubrics.get(row.id) ?? []).map(({ label, points }) => ({ label, points })),
    worksheet: (byModule.get(row.id) ?? []).map(({ module_id, required, settings, ...field }) => ({
      ...field,
      required: required === 1,
      settings: readSettings(settings),
    })),
  }))
}

async function pathwayRows(db: Database, programmeId: number) {
  return db
    .selectFrom('pathway')
    .where('programme_id', '=', programmeId)
    .where('root_id', 'is', null)
    .orderBy('position')
    .orderBy('id')
    .select(['id', 'title', 'summary', 'certificate_percent as certificatePercent'])
    .execute()
}

async function writtenPathways(db: Database, pathways: Awaited<ReturnType<typeof pathwayRows>>, keys: Keys) {
  const ids = pathways.map(({ id }) => id)
  const modules = await modulesOfPathways(db, ids)
  const sections = await db
    .selectFrom('pathway_section')
    .where('pathway_id', 'in', ids.length > 0 ? ids : [0])
    .orderBy('id')
    .select(['pathway_id', 'title', 'needed'])
    .execute()
  const byPathway = Map.groupBy(sections, ({ pathway_id }) => pathway_id)
  return pathways.map(({ id, title, summary, certificatePercent }, index) => ({
    key: `pathway-${index + 1}`,
    title,
    summary,
    certificatePercent,
    sections: (byPathway.get(id) ?? []).map(({ title, needed }) => ({ title, needed })),
    modules: (modules.get(id) ?? []).map((module) => writtenStep(module, keys)),
  }))
}

function writtenStep(module: PathwayModule, keys: Keys): DocumentStep {
  const { moduleId, section, notBefore, optional, metBy, requires } = module
  return {
    module: keys.get(moduleId) ?? '',
    section,
    due: writtenDue(module, keys),
    notBefore: notBefore?.toString() ?? null,
    optional,
    metBy,
    metByCount: countFor(metBy, module.metByCount),
    requires: requires.map((id) => keys.get(id) ?? ''),
  }
}

const countFor = (metBy: MetBy, count: number | null) => (metBy === 'at_least' ? (count ?? 1) : null)

function writtenDue({ moduleId, dueFrom, dueAfterDays, dueModuleId, dueOn }: PathwayModule, keys: Keys): DocumentStep['due'] {
  const days = dueAfterDays ?? 0
  if (dueFrom === 'fixed') return dueOn && { from: dueFrom, on: dueOn.toString() }
  if (dueFrom === 'module' || dueFrom === 'session') return { from: dueFrom, module: keys.get(dueModuleId ?? moduleId) ?? '', days }
  return dueFrom && { from: dueFrom, days }
}

async function rulesOf(db: Database, programmeId: number, keys: { modules: Keys; pathways: Keys }) {
  const setId = await ruleSetToExport(db, programmeId)
  const rules = await db
    .selectFrom('rule')
    .where('programme_id', '=', programmeId)
    .where('removed_at', 'is', null)
    .$if(setId !== null, (query) => query.where('rule_set_id', '=', setId))
    .orderBy('position')
    .orderBy('id')
    .select(['title', 'pathway_id', 'condition'])
    .execute()
  const additions = await db
    .selectFrom('addition')
    .where('rule_set_id', '=', setId ?? 0)
    .orderBy('position')
    .orderBy('id')
    .select(['title', 'module_id', 'condition'])
    .execute()
  const condition = (json: string) => conditionSchema.parse(JSON.parse(json))
  return {
    rules: rules.map((row) => ({
      title: row.title,
      pathway: keys.pathways.get(row.pathway_id) ?? '',
      condition: condition(row.condition),
    })),
    additions: additions.map((row) => ({
      title: row.title,
      module: keys.modules.get(row.module_id) ?? '',
      condition: condition(row.condition),
    })),
  }
}

/** The version in force, else the draft; null while the programme has no versions. */
async function ruleSetToExport(db: Database, programmeId: number): Promise<number | null> {
  const sets = await db
    .selectFrom('rule_set')
    .where('programme_id', '=', programmeId)
    .where('replaced_at', 'is', null)
    .select(['id', 'live_at'])
    .execute()
  return (sets.find(({ live_at }) => live_at !== null) ?? sets[0])?.id ?? null
}
