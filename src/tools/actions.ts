import { asMoment } from '../database/moment.ts'
import type { Database, Tx } from '../database/schema.ts'
import { inTransaction } from '../database/transaction.ts'
import { recordHistory } from '../history/record.ts'
import { completeModule, holdModule, recordState } from '../pathways/progress/actions.ts'
import { isDone } from '../pathways/progress/rules.ts'
import { fieldsToFill, findWorksheet, type Worksheet } from './queries.ts'
import { type Answers, missingFields, type SaveRefusal, sameAnswers, saveRefusal } from './rules.ts'

type Save = {
  enrolmentId: number
  moduleId: number
  answers: Answers
  /** The revision that the writer had before the eyes; 0 when nothing was saved yet. */
  revision: number
  complete: boolean
}
export type SaveOutcome = { revision: number } | { refusal: SaveRefusal } | { missing: string[] } | { conflict: 'saved_meanwhile' }

/** Saves what an administration wrote in a tool; nothing is written over what a colleague saved in between. */
export async function saveWorksheet(
  db: Database,
  save: Save,
  { by, at }: { by: { id: number }; at: Temporal.Instant },
): Promise<SaveOutcome> {
  const { enrolmentId, moduleId, complete } = save
  return inTransaction(db, async (tx): Promise<SaveOutcome> => {
    const module = await holdModule(tx, save)
    const refusal = module ? saveRefusal(module) : 'not_a_tool'
    if (!module || refusal) return { refusal: refusal ?? 'not_a_tool' }

    const fields = await fieldsToFill(tx, moduleId)
    const missing = missingFields(fields, save.answers, { complete, state: module.state })
    if (missing.length > 0) return { missing }

    const kept = await findWorksheet(tx, save)
    const unchanged = kept !== undefined && sameAnswers(fields, kept.answers, save.answers)
    if (kept && !unchanged && kept.revision !== save.revision) return { conflict: 'saved_meanwhile' }

    const who = { by, at, administrationId: module.administrationId }
    const answers = Object.fromEntries(fields.map(({ name }) => [name, save.answers[name] ?? '']))
    const written = unchanged ? kept : await write(tx, { enrolmentId, moduleId, answers }, kept, who)
    if (complete && !isDone(module.state)) {
      const evidence = { kind: 'worksheet', sourceId: written.id, personId: by.id } as const
      await completeModule(tx, { enrolmentId, moduleId, evidence, by, at })
    } else await recordState(tx, { enrolmentId, moduleId, state: 'in_progress', by, at })
    return { revision: written.revision }
  })
}

type Who = { by: { id: number }; at: Temporal.Instant; administrationId: number }

/** The enrolment is held, so nobody can save between reading and writing. Answers to fields that were since removed are kept. */
async function write(
  tx: Tx,
  { enrolmentId, moduleId, answers }: Pick<Save, 'enrolmentId' | 'moduleId' | 'answers'>,
  kept: Worksheet | undefined,
  { administrationId, ...who }: Who,
) {
  const revision = (kept?.revision ?? 0) + 1
  const fact = {
    answers: JSON.stringify({ ...kept?.answers, ...answers }),
    revision,
    saved_at: asMoment(who.at),
    saved_by: who.by.id,
  }
  const { id } = await tx
    .insertInto('worksheet')
    .values({ enrolment_id: enrolmentId, module_id: moduleId, ...fact })
    .onConflict((conflict) => conflict.columns(['enrolment_id', 'module_id']).doUpdateSet(fact))
    .returning('id')
    .executeTakeFirstOrThrow()
  await recordHistory(tx, {
    happening: 'worksheet_saved',
    subject: 'worksheet',
    subjectId: id,
    administrationId,
    details: { revision },
    ...who,
  })
  return { id, revision }
}
