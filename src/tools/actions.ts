import { asMoment } from '../database/moment.ts'
import type { Database, Saving, Tx } from '../database/schema.ts'
import { inTransaction } from '../database/transaction.ts'
import { recordHistory } from '../history/record.ts'
import type { Language } from '../language/language.ts'
import { completeModule, holdModule, recordState } from '../pathways/progress/actions.ts'
import { isDone } from '../pathways/progress/rules.ts'
import type { Answers } from '../pathways/worksheets/fields.ts'
import { findForm, findToolName, findWorksheet, type Worksheet } from './queries.ts'
import { toolCalled } from './registry.ts'
import { isConflict, missingFields, mustBeComplete, type SaveRefusal, sameAnswers, saveRefusal } from './rules.ts'
import { isPaged, type Place } from './tool.ts'

type Save = {
  enrolmentId: number
  moduleId: number
  answers: Answers
  /** The revision that the writer had before the eyes; 0 when nothing was saved yet. */
  revision: number
  complete: boolean
  /** The open page that saves by itself. */
  formKey?: string | null
  /** By hand unless said. */
  saving?: Saving
  today?: Temporal.PlainDate
}
type Who = { by: { id: number }; at: Temporal.Instant; language?: Language }
export type SaveOutcome =
  | { revision: number }
  | { refusal: SaveRefusal }
  /** The names of fields, and what else is missing in words. */
  | { missing: string[]; lacking: readonly string[] }
  | { conflict: 'saved_meanwhile' }

/** Saves what an administration wrote in a tool; nothing is written over what a colleague saved in between. */
export async function saveWorksheet(db: Database, save: Save, { by, at, language = 'it' }: Who): Promise<SaveOutcome> {
  const { enrolmentId, moduleId, complete } = save
  return inTransaction(db, async (tx): Promise<SaveOutcome> => {
    const module = await holdModule(tx, save)
    const form = module?.kind === 'tool' && (await findForm(tx, { ...save, tool: await findToolName(tx, moduleId) }, language))
    const refusal = module ? saveRefusal(module) : 'not_a_tool'
    if (!module || !form || refusal) return { refusal: refusal ?? 'not_a_tool' }

    const { tool, fields } = form
    const missing = missingFields(fields, save.answers, { complete, state: module.state })
    const lacking = (mustBeComplete({ complete, state: module.state }) && tool?.missing?.(save.answers, language)) || []
    if (missing.length + lacking.length > 0) return { missing, lacking }

    const kept = await findWorksheet(tx, save)
    const unchanged = kept !== undefined && sameAnswers(fields, kept.answers, save.answers)
    if (kept && !unchanged && isConflict(kept, save)) return { conflict: 'saved_meanwhile' }

    const answers = Object.fromEntries(fields.map(({ name }) => [name, save.answers[name] ?? '']))
    const place = { enrolmentId, moduleId, administrationId: module.administrationId }
    const written = unchanged ? kept : await write(tx, { ...save, ...place, answers }, kept, { by, at })
    if (!unchanged && tool?.whenSaved) {
      const { programme_id: programmeId } = await tx
        .selectFrom('enrolment')
        .where('id', '=', enrolmentId)
        .select('programme_id')
        .executeTakeFirstOrThrow()
      await tool.whenSaved(tx, { place: { ...place, programmeId }, answers, by, at })
    }
    if (complete && !isDone(module.state)) {
      const evidence = { kind: 'worksheet', sourceId: written.id, personId: by.id } as const
      await completeModule(tx, { enrolmentId, moduleId, evidence, by, at })
    } else await recordState(tx, { enrolmentId, moduleId, state: 'in_progress', by, at })
    return { revision: written.revision }
  })
}

type Writing = Pick<Save, 'enrolmentId' | 'moduleId' | 'answers' | 'formKey' | 'saving'> & { administrationId: number }

/** The enrolment is held, so nobody can save between reading and writing. Answers to fields that were since removed are kept. */
async function write(tx: Tx, writing: Writing, kept: Worksheet | undefined, { by, at }: Who) {
  const { enrolmentId, moduleId, answers, administrationId, saving = 'by_hand' } = writing
  const revision = (kept?.revision ?? 0) + 1
  const said = { answers: JSON.stringify({ ...kept?.answers, ...answers }), revision, saved_at: asMoment(at), saved_by: by.id }
  const fact = { ...said, form_key: saving === 'automatic' ? (writing.formKey ?? null) : null }
  const { id } = await tx
    .insertInto('worksheet')
    .values({ enrolment_id: enrolmentId, module_id: moduleId, ...fact })
    .onConflict((conflict) => conflict.columns(['enrolment_id', 'module_id']).doUpdateSet(fact))
    .returning('id')
    .executeTakeFirstOrThrow()
  if (await keepVersion(tx, id, { ...said, saving }))
    await recordHistory(tx, {
      happening: 'worksheet_saved',
      subject: 'worksheet',
      subjectId: id,
      administrationId,
      details: { revision },
      by,
      at,
    })
  return { id, revision }
}

/** What a page saved by itself takes the place of what the same person's page saved just before; false then. */
async function keepVersion(
  tx: Tx,
  worksheetId: number,
  version: { answers: string; revision: number; saved_at: string; saved_by: number; saving: Saving },
): Promise<boolean> {
  const last = await tx
    .selectFrom('worksheet_version')
    .where('worksheet_id', '=', worksheetId)
    .orderBy('revision', 'desc')
    .select(['id', 'saving', 'saved_by'])
    .limit(1)
    .executeTakeFirst()
  if (last?.saving === 'automatic' && last.saved_by === version.saved_by) {
    await tx.updateTable('worksheet_version').set(version).where('id', '=', last.id).execute()
    return false
  }
  await tx
    .insertInto('worksheet_version')
    .values({ worksheet_id: worksheetId, ...version })
    .execute()
  return true
}

/** Marks a tool with pages of its own as completed; what is still missing comes back in words. */
export async function completeTool(
  db: Database,
  place: Place & { today?: Temporal.PlainDate },
  { by, at, language = 'it' }: Who,
): Promise<{ refusal: SaveRefusal } | { lacking: readonly string[] }> {
  return inTransaction(db, async (tx) => {
    const module = await holdModule(tx, place)
    const name = await findToolName(tx, place.moduleId)
    const tool = name && toolCalled(name)
    const refusal = module ? saveRefusal(module) : 'not_a_tool'
    if (!module || !tool || !isPaged(tool) || refusal) return { refusal: refusal ?? 'not_a_tool' }
    const lacking = await tool.missing(tx, place, language)
    if (lacking.length > 0 || isDone(module.state)) return { lacking }
    const evidence = { kind: 'worksheet', sourceId: null, personId: by.id } as const
    await completeModule(tx, { enrolmentId: place.enrolmentId, moduleId: place.moduleId, evidence, by, at })
    return { lacking }
  })
}
