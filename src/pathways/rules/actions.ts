import { asMoment } from '../../database/moment.ts'
import type { Database, Tx } from '../../database/schema.ts'
import { inTransaction, lockRow } from '../../database/transaction.ts'
import { recordHistory } from '../../history/record.ts'
import type { Who } from '../../programmes/actions.ts'
import { intakeQuestions } from '../intake/queries.ts'
import { characteristicsFor } from './characteristics.ts'
import type { Condition } from './condition.ts'
import { additionsOf, rulesOf } from './queries.ts'
import { conditionRefusal, type RuleRefusal } from './rules.ts'
import { type Draft, holdDraft } from './versions/actions.ts'

export type RuleDetails = { id?: number; title: string; pathwayId: number; condition: Condition }
export type AdditionDetails = { id?: number; title: string; moduleId: number; condition: Condition }
type Saved = { id: number } | { refusal: RuleRefusal }

/**
 * Writes a new rule at the end of the draft, or changes the one with this id in its place. Nothing that is in force
 * changes: where there is no draft yet, one is made of the rules in force.
 */
export async function saveRule(
  db: Database,
  programmeId: number,
  { id, title, pathwayId, condition }: RuleDetails,
  who: Who,
): Promise<Saved> {
  const details = { title, pathway_id: pathwayId, condition: JSON.stringify(condition) }
  return inTransaction(db, async (tx) => {
    await lockRow(tx, 'programme', programmeId)
    const refusal = (await pathwayRefusal(tx, programmeId, pathwayId)) ?? (await badCondition(tx, programmeId, condition))
    if (refusal) return { refusal }
    if (id !== undefined && !(await isEditable(tx, 'rule', programmeId, id))) return { refusal: 'rule_removed' }

    const draft = await holdDraft(tx, programmeId, who)
    const saved = id === undefined ? await insertRule(tx, { programmeId, draft }, details, who) : (draft.rules.get(id) ?? id)
    if (id !== undefined) await tx.updateTable('rule').set(details).where('id', '=', saved).execute()
    await recordRule(tx, 'rule_saved', saved, who, { title, pathwayId, condition })
    return { id: saved }
  })
}

/** The same for a rule that adds a module. */
export async function saveAddition(
  db: Database,
  programmeId: number,
  { id, title, moduleId, condition }: AdditionDetails,
  who: Who,
): Promise<Saved> {
  const details = { title, module_id: moduleId, condition: JSON.stringify(condition) }
  return inTransaction(db, async (tx) => {
    await lockRow(tx, 'programme', programmeId)
    const refusal = (await moduleRefusal(tx, programmeId, moduleId)) ?? (await badCondition(tx, programmeId, condition))
    if (refusal) return { refusal }
    if (id !== undefined && !(await isEditable(tx, 'addition', programmeId, id))) return { refusal: 'rule_removed' }

    const draft = await holdDraft(tx, programmeId, who)
    const saved = id === undefined ? await insertAddition(tx, draft, details, who) : (draft.additions.get(id) ?? id)
    if (id !== undefined) await tx.updateTable('addition').set(details).where('id', '=', saved).execute()
    await recordRule(tx, 'rule_saved', saved, who, { title, moduleId, condition })
    return { id: saved }
  })
}

async function pathwayRefusal(tx: Tx, programmeId: number, pathwayId: number): Promise<RuleRefusal | null> {
  const found = await tx
    .selectFrom('pathway')
    .where('id', '=', pathwayId)
    .where('programme_id', '=', programmeId)
    .where('root_id', 'is', null)
    .select('id')
    .executeTakeFirst()
  return found ? null : 'unknown_pathway'
}

async function moduleRefusal(tx: Tx, programmeId: number, moduleId: number): Promise<RuleRefusal | null> {
  const found = await tx
    .selectFrom('module')
    .where('id', '=', moduleId)
    .where('programme_id', '=', programmeId)
    .select('id')
    .executeTakeFirst()
  return found ? null : 'unknown_module'
}

async function badCondition(tx: Tx, programmeId: number, condition: Condition): Promise<RuleRefusal | null> {
  return conditionRefusal(condition, characteristicsFor('it', await intakeQuestions(tx, programmeId)))
}

/** In the draft or, while there is none, in force; anything else belongs to the past. */
async function isEditable(tx: Tx, table: 'rule' | 'addition', programmeId: number, id: number): Promise<boolean> {
  const found = await tx
    .selectFrom('rule_set')
    .where('programme_id', '=', programmeId)
    .where('replaced_at', 'is', null)
    .where((eb) =>
      eb.exists(
        eb.selectFrom(table).where(`${table}.id`, '=', id).whereRef(`${table}.rule_set_id`, '=', 'rule_set.id').select(`${table}.id`),
      ),
    )
    .where((eb) =>
      eb.or([
        eb('live_at', 'is', null),
        eb.not(
          eb.exists(
            eb
              .selectFrom('rule_set as draft')
              .where('draft.programme_id', '=', programmeId)
              .where('draft.live_at', 'is', null)
              .select('draft.id'),
          ),
        ),
      ]),
    )
    .select('id')
    .executeTakeFirst()
  return found !== undefined
}

type Row<K extends string> = { title: string; condition: string } & Record<K, number>

async function insertRule(
  tx: Tx,
  { programmeId, draft }: { programmeId: number; draft: Draft },
  details: Row<'pathway_id'>,
  { by, at }: Who,
) {
  const position = (await rulesOf(tx, draft.id)).length + 1
  const made = { programme_id: programmeId, rule_set_id: draft.id, created_at: asMoment(at), created_by: by?.id ?? null, removed_at: null }
  const { id } = await tx
    .insertInto('rule')
    .values({ ...details, ...made, position })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

async function insertAddition(tx: Tx, draft: Draft, details: Row<'module_id'>, { by, at }: Who) {
  const position = (await additionsOf(tx, draft.id)).length + 1
  const made = { rule_set_id: draft.id, created_at: asMoment(at), created_by: by?.id ?? null }
  const { id } = await tx
    .insertInto('addition')
    .values({ ...details, ...made, position })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

/** Exchanges a rule of the draft with its neighbour; at the end of the list nothing changes. Returns the rule's id in the draft. */
export async function moveRule(db: Database, programmeId: number, id: number, direction: 'up' | 'down', who: Who): Promise<number> {
  return inTransaction(db, async (tx) => {
    await lockRow(tx, 'programme', programmeId)
    if (!(await isEditable(tx, 'rule', programmeId, id))) return id
    const draft = await holdDraft(tx, programmeId, who)
    const moved = draft.rules.get(id) ?? id
    const ids = (await rulesOf(tx, draft.id)).map((rule) => rule.id)
    const from = ids.indexOf(moved)
    const to = from + (direction === 'up' ? -1 : 1)
    const neighbour = ids[to]
    if (from === -1 || neighbour === undefined) return moved

    ids[from] = neighbour
    ids[to] = moved
    for (const [index, each] of ids.entries())
      await tx
        .updateTable('rule')
        .set({ position: index + 1 })
        .where('id', '=', each)
        .execute()
    await recordRule(tx, 'rule_saved', moved, who, { moved: direction })
    return moved
  })
}

/** Takes a rule, or one that adds a module, out of the draft. */
export async function removeRule(
  db: Database,
  programmeId: number,
  id: number,
  who: Who,
  table: 'rule' | 'addition' = 'rule',
): Promise<void> {
  await inTransaction(db, async (tx) => {
    await lockRow(tx, 'programme', programmeId)
    if (!(await isEditable(tx, table, programmeId, id))) return
    const draft = await holdDraft(tx, programmeId, who)
    const removed = (table === 'rule' ? draft.rules : draft.additions).get(id) ?? id
    const { title } = await tx.selectFrom(table).where('id', '=', removed).select('title').executeTakeFirstOrThrow()
    await tx.deleteFrom(table).where('id', '=', removed).execute()
    await recordRule(tx, 'rule_removed', removed, who, { title })
  })
}

const recordRule = (tx: Tx, happening: 'rule_saved' | 'rule_removed', id: number, { by, at }: Who, details?: Record<string, unknown>) =>
  recordHistory(tx, { happening, subject: 'rule', subjectId: id, by, at, details })
