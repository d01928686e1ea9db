import { asMoment } from '../../database/moment.ts'
import type { Database, Tx } from '../../database/schema.ts'
import { inTransaction } from '../../database/transaction.ts'
import { recordHistory } from '../../history/record.ts'
import type { Who } from '../../programmes/actions.ts'
import type { DocumentPathway, DocumentQuestion, DocumentStep, ProgrammeDocument } from './document.ts'
import { exportProgramme } from './queries.ts'
import { checkDocument } from './read.ts'
import type { Problem } from './rules.ts'
import { daysBetween, shifted } from './shift.ts'

/** Makes a programme of a document, whole or not at all. It is a draft, and so are its rules. */
export async function importProgramme(db: Database, document: unknown, who: Who): Promise<{ id: number } | { problems: Problem[] }> {
  const checked = checkDocument(document)
  if ('problems' in checked) return checked

  return inTransaction(db, async (tx) => {
    const id = await writeProgramme(tx, checked.document, who)
    await recordHistory(tx, { happening: 'programme_imported', subject: 'programme', subjectId: id, ...who })
    return { id }
  })
}

export type Copy = { title: string; startsOn: string }

/** The same programme under another title, every day of it moved with the first one; undefined when there is none. Sessions are not cloned. */
export async function cloneProgramme(
  db: Database,
  id: number,
  { title, startsOn }: Copy,
  who: Who,
): Promise<{ id: number } | { problems: Problem[] } | undefined> {
  return inTransaction(db, async (tx) => {
    const document = await exportProgramme(tx, id)
    if (!document) return undefined
    const days = daysBetween(document.programme.startsOn, startsOn)
    const later = shifted(document, days)
    const checked = checkDocument({ ...later, programme: { ...later.programme, title } })
    if ('problems' in checked) return checked

    const cloneId = await writeProgramme(tx, checked.document, who)
    await recordHistory(tx, {
      happening: 'programme_cloned',
      subject: 'programme',
      subjectId: cloneId,
      details: { from: id, days },
      ...who,
    })
    return { id: cloneId }
  })
}

type Ids = ReadonlyMap<string, number>
type Stamp = { created_at: string; created_by: number | null }

async function writeProgramme(tx: Tx, document: ProgrammeDocument, { by, at }: Who): Promise<number> {
  const stamp = { created_at: asMoment(at), created_by: by?.id ?? null }
  const { title, summary, startsOn, endsOn } = document.programme
  const { id } = await tx
    .insertInto('programme')
    .values({ title, summary, starts_on: startsOn, ends_on: endsOn, published_at: null, ...stamp })
    .returning('id')
    .executeTakeFirstOrThrow()
  const modules = await writeModules(tx, id, document.modules, stamp)
  const pathways = await writePathways(tx, id, document.pathways, { modules, stamp })
  for (const [index, question] of document.intake.entries()) await writeQuestion(tx, id, question, index + 1)
  await writeRules(tx, id, document, { modules, pathways, stamp })
  return id
}

async function writeModules(tx: Tx, programmeId: number, modules: ProgrammeDocument['modules'], stamp: Stamp): Promise<Ids> {
  const ids = new Map<string, number>()
  for (const { key, worksheet, rubric, recognitionMonths, ...module } of modules) {
    const { id } = await tx
      .insertInto('module')
      .values({ ...module, programme_id: programmeId, recognition_months: recognitionMonths, ...stamp })
      .returning('id')
      .executeTakeFirstOrThrow()
    ids.set(key, id)
    const fields = worksheet.map(({ required, settings, ...field }, index) => ({
      ...field,
      required: required ? 1 : 0,
      settings: JSON.stringify(settings),
      module_id: id,
      position: index + 1,
    }))
    if (fields.length > 0) await tx.insertInto('worksheet_field').values(fields).execute()
    const criteria = rubric.map((criterion, index) => ({ ...criterion, module_id: id, position: index + 1 }))
    if (criteria.length > 0) await tx.insertInto('rubric_criterion').values(criteria).execute()
  }
  return ids
}

type Parts = { modules: Ids; stamp: Stamp }

async function writePathways(tx: Tx, programmeId: number, pathways: readonly DocumentPathway[], { modules, stamp }: Parts): Promise<Ids> {
  const ids = new Map<string, number>()
  for (const [index, { key, title, summary, certificatePercent, ...pathway }] of pathways.entries()) {
    const row = { programme_id: programmeId, position: index + 1, title, summary, certificate_percent: certificatePercent, ...stamp }
    const { id } = await tx.insertInto('pathway').values(row).returning('id').executeTakeFirstOrThrow()
    ids.set(key, id)
    const sections = pathway.sections.map((section) => ({ ...section, pathway_id: id }))
    if (sections.length > 0) await tx.insertInto('pathway_section').values(sections).execute()
    await writeSteps(tx, id, pathway.modules, { modules, stamp })
  }
  return ids
}

async function writeSteps(tx: Tx, pathwayId: number, steps: readonly DocumentStep[], { modules, stamp }: Parts) {
  const rows = steps.map(({ module, section, due, notBefore, optional, metBy, metByCount }, index) => ({
    pathway_id: pathwayId,
    module_id: idIn(modules, module),
    position: index + 1,
    section,
    due_from: due?.from ?? null,
    due_after_days: due && 'days' in due ? due.days : null,
    due_module_id: due && 'module' in due ? idIn(modules, due.module) : null,
    due_on: due && 'on' in due ? due.on : null,
    not_before: notBefore,
    optional_at: optional ? stamp.created_at : null,
    met_by: metBy,
    met_by_count: metByCount,
  }))
  if (rows.length > 0) await tx.insertInto('pathway_module').values(rows).execute()
  for (const { module, requires } of steps) {
    const needed = { pathway_id: pathwayId, module_id: idIn(modules, module) }
    const prerequisites = requires.map((key) => ({ ...needed, required_module_id: idIn(modules, key) }))
    if (prerequisites.length > 0) await tx.insertInto('prerequisite').values(prerequisites).execute()
  }
}

async function writeQuestion(tx: Tx, programmeId: number, { options, required, ...question }: DocumentQuestion, position: number) {
  const { id } = await tx
    .insertInto('intake_question')
    .values({ ...question, programme_id: programmeId, position, required: required ? 1 : 0, removed_at: null })
    .returning('id')
    .executeTakeFirstOrThrow()
  const rows = options.map((option, index) => ({ ...option, intake_question_id: id, position: index + 1 }))
  if (rows.length > 0) await tx.insertInto('intake_option').values(rows).execute()
}

/** A draft, also where the rules it comes from are in force: somebody previews and publishes it here. */
async function writeRules(
  tx: Tx,
  programmeId: number,
  { rules, additions }: ProgrammeDocument,
  { modules, pathways, stamp }: Parts & { pathways: Ids },
) {
  if (rules.length + additions.length === 0) return
  const draft = { previewed_at: null, previewed_by: null, live_at: null, live_by: null, replaced_at: null }
  const { id } = await tx
    .insertInto('rule_set')
    .values({ programme_id: programmeId, version: 1, changed_at: stamp.created_at, ...draft, ...stamp })
    .returning('id')
    .executeTakeFirstOrThrow()
  const row = <P extends { title: string; condition: unknown }>({ title, condition }: P, index: number) => ({
    rule_set_id: id,
    position: index + 1,
    title,
    condition: JSON.stringify(condition),
    ...stamp,
  })
  for (const [index, rule] of rules.entries())
    await tx
      .insertInto('rule')
      .values({ ...row(rule, index), programme_id: programmeId, pathway_id: idIn(pathways, rule.pathway), removed_at: null })
      .execute()
  for (const [index, addition] of additions.entries())
    await tx
      .insertInto('addition')
      .values({ ...row(addition, index), module_id: idIn(modules, addition.module) })
      .execute()
}

function idIn(ids: Ids, key: string): number {
  const id = ids.get(key)
  if (id === undefined) throw new Error(`The document was not checked: nothing is called ${key}`)
  return id
}
