import { asMoment } from '../../../database/moment.ts'
import type { Database, Tx } from '../../../database/schema.ts'
import { inTransaction, lockRow } from '../../../database/transaction.ts'
import { recordHistory } from '../../../history/record.ts'
import type { Who } from '../../../programmes/actions.ts'
import { intakeQuestions } from '../../intake/queries.ts'
import { characteristicsFor } from '../characteristics.ts'
import { additionsOf, rulesOf } from '../queries.ts'
import { conditionRefusal } from '../rules.ts'
import { draftOf, liveOf, ruleSets } from './queries.ts'
import { type PublicationRefusal, publicationRefusal } from './rules.ts'

type Copied = ReadonlyMap<number, number>
export type Draft = { id: number; rules: Copied; additions: Copied }

/**
 * The draft to write in, made from the rules in force when there is none; hold the programme first. `rules` and
 * `additions` say which row of the draft stands for one in force, so that a page opened before may still be saved.
 */
export async function holdDraft(tx: Tx, programmeId: number, { by, at }: Who): Promise<Draft> {
  const sets = await ruleSets(tx, programmeId)
  const draft = draftOf(sets)
  if (draft) {
    await tx
      .updateTable('rule_set')
      .set({ changed_at: asMoment(at), previewed_at: null, previewed_by: null })
      .where('id', '=', draft.id)
      .execute()
    return { id: draft.id, rules: new Map(), additions: new Map() }
  }

  const { id } = await tx
    .insertInto('rule_set')
    .values({
      programme_id: programmeId,
      version: Math.max(0, ...sets.map(({ version }) => version)) + 1,
      created_at: asMoment(at),
      created_by: by?.id ?? null,
      changed_at: asMoment(at),
      previewed_at: null,
      previewed_by: null,
      live_at: null,
      live_by: null,
      replaced_at: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  const live = liveOf(sets)
  return live
    ? { id, ...(await copyRules(tx, { programmeId, from: live.id, to: id }, { by, at })) }
    : { id, rules: new Map(), additions: new Map() }
}

type Copying = { programmeId: number; from: number; to: number }

async function copyRules(tx: Tx, { programmeId, from, to }: Copying, { by, at }: Who) {
  const made = { rule_set_id: to, created_at: asMoment(at), created_by: by?.id ?? null }
  const rules = new Map<number, number>()
  for (const [index, { id, title, pathwayId, condition }] of (await rulesOf(tx, from)).entries()) {
    const row = {
      title,
      pathway_id: pathwayId,
      condition: JSON.stringify(condition),
      position: index + 1,
      programme_id: programmeId,
      removed_at: null,
    }
    rules.set(
      id,
      (
        await tx
          .insertInto('rule')
          .values({ ...row, ...made })
          .returning('id')
          .executeTakeFirstOrThrow()
      ).id,
    )
  }
  const additions = new Map<number, number>()
  for (const [index, { id, title, moduleId, condition }] of (await additionsOf(tx, from)).entries()) {
    const row = { title, module_id: moduleId, condition: JSON.stringify(condition), position: index + 1 }
    additions.set(
      id,
      (
        await tx
          .insertInto('addition')
          .values({ ...row, ...made })
          .returning('id')
          .executeTakeFirstOrThrow()
      ).id,
    )
  }
  return { rules, additions }
}

/** Somebody has looked at what the draft would change; any later change asks for another look. */
export async function markPreviewed(db: Database, programmeId: number, { by, at }: Who): Promise<void> {
  await db
    .updateTable('rule_set')
    .set({ previewed_at: asMoment(at), previewed_by: by?.id ?? null })
    .where('programme_id', '=', programmeId)
    .where('live_at', 'is', null)
    .execute()
}

/** The draft, once previewed, decides from now on; what the version before has made stays as it is. */
export async function publishRules(
  db: Database,
  programmeId: number,
  { by, at }: Who,
): Promise<{ id: number } | { refusal: PublicationRefusal }> {
  return inTransaction(db, async (tx) => {
    await lockRow(tx, 'programme', programmeId)
    const draft = draftOf(await ruleSets(tx, programmeId))
    const refusal = publicationRefusal(draft) ?? (draft ? await staleCondition(tx, programmeId, draft.id) : null)
    if (refusal || !draft) return { refusal: refusal ?? 'no_draft' }

    await tx
      .updateTable('rule_set')
      .set({ replaced_at: asMoment(at) })
      .where('programme_id', '=', programmeId)
      .where('live_at', 'is not', null)
      .where('replaced_at', 'is', null)
      .execute()
    await tx
      .updateTable('rule_set')
      .set({ live_at: asMoment(at), live_by: by?.id ?? null })
      .where('id', '=', draft.id)
      .execute()
    const details = { version: draft.version }
    await recordHistory(tx, { happening: 'rules_published', subject: 'programme', subjectId: programmeId, by, at, details })
    return { id: draft.id }
  })
}

/** A question may have been removed while the draft was resting. */
async function staleCondition(tx: Tx, programmeId: number, draftId: number): Promise<PublicationRefusal | null> {
  const characteristics = characteristicsFor('it', await intakeQuestions(tx, programmeId))
  const conditions = [...(await rulesOf(tx, draftId)), ...(await additionsOf(tx, draftId))].map(({ condition }) => condition)
  return conditions.some((condition) => conditionRefusal(condition, characteristics)) ? 'condition_refused' : null
}

/** Back to what is in force. */
export async function discardDraft(db: Database, programmeId: number, { by, at }: Who): Promise<void> {
  await inTransaction(db, async (tx) => {
    await lockRow(tx, 'programme', programmeId)
    const draft = draftOf(await ruleSets(tx, programmeId))
    if (!draft) return
    await tx.deleteFrom('rule').where('rule_set_id', '=', draft.id).execute()
    await tx.deleteFrom('addition').where('rule_set_id', '=', draft.id).execute()
    await tx.deleteFrom('rule_set').where('id', '=', draft.id).execute()
    const details = { version: draft.version }
    await recordHistory(tx, { happening: 'rules_discarded', subject: 'programme', subjectId: programmeId, by, at, details })
  })
}
