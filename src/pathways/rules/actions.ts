import { asMoment } from '../../database/moment.ts'
import type { Database, Tx } from '../../database/schema.ts'
import { inTransaction, lockRow } from '../../database/transaction.ts'
import { recordHistory } from '../../history/record.ts'
import type { Who } from '../../programmes/actions.ts'
import { intakeQuestions } from '../intake/queries.ts'
import { characteristicsFor } from './characteristics.ts'
import type { Condition } from './condition.ts'
import { liveRules } from './queries.ts'
import { conditionRefusal, type RuleRefusal } from './rules.ts'

export type RuleDetails = { id?: number; title: string; pathwayId: number; condition: Condition }

/** Writes a new rule at the end, or changes the one with this id in its place. */
export async function saveRule(
  db: Database,
  programmeId: number,
  rule: RuleDetails,
  who: Who,
): Promise<{ id: number } | { refusal: RuleRefusal }> {
  return inTransaction(db, async (tx) => {
    await lockRow(tx, 'programme', programmeId)
    const refusal = (await pathwayRefusal(tx, programmeId, rule.pathwayId)) ?? (await badCondition(tx, programmeId, rule.condition))
    if (refusal) return { refusal }

    const id = rule.id ?? (await insertRule(tx, programmeId, rule, who))
    if (rule.id !== undefined && !(await updateRule(tx, programmeId, id, rule))) return { refusal: 'rule_removed' }
    await recordRule(tx, 'rule_saved', id, who, { title: rule.title, pathwayId: rule.pathwayId, condition: rule.condition })
    return { id }
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

async function badCondition(tx: Tx, programmeId: number, condition: Condition): Promise<RuleRefusal | null> {
  return conditionRefusal(condition, characteristicsFor('it', await intakeQuestions(tx, programmeId)))
}

async function insertRule(tx: Tx, programmeId: number, { title, pathwayId, condition }: RuleDetails, { by, at }: Who) {
  const { last } = await tx
    .selectFrom('rule')
    .where('programme_id', '=', programmeId)
    .select((eb) => eb.fn.max('position').as('last'))
    .executeTakeFirstOrThrow()
  const { id } = await tx
    .insertInto('rule')
    .values({
      programme_id: programmeId,
      position: (last ?? 0) + 1,
      title,
      pathway_id: pathwayId,
      condition: JSON.stringify(condition),
      created_at: asMoment(at),
      created_by: by?.id ?? null,
      removed_at: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

async function updateRule(tx: Tx, programmeId: number, id: number, { title, pathwayId, condition }: RuleDetails) {
  const { numUpdatedRows } = await tx
    .updateTable('rule')
    .set({ title, pathway_id: pathwayId, condition: JSON.stringify(condition) })
    .where('id', '=', id)
    .where('programme_id', '=', programmeId)
    .where('removed_at', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/** Exchanges a rule with its neighbour; at the end of the list nothing changes. */
export async function moveRule(db: Database, programmeId: number, id: number, direction: 'up' | 'down', who: Who): Promise<void> {
  await inTransaction(db, async (tx) => {
    await lockRow(tx, 'programme', programmeId)
    const ids = (await liveRules(tx, programmeId)).map((rule) => rule.id)
    const from = ids.indexOf(id)
    const to = from + (direction === 'up' ? -1 : 1)
    const neighbour = ids[to]
    if (from === -1 || neighbour === undefined) return

    ids[from] = neighbour
    ids[to] = id
    for (const [index, each] of ids.entries())
      await tx
        .updateTable('rule')
        .set({ position: index + 1 })
        .where('id', '=', each)
        .execute()
    await recordRule(tx, 'rule_saved', id, who, { moved: direction })
  })
}

/** From now on it proposes nothing; the enrolments it made keep it as their reason. */
export async function removeRule(db: Database, programmeId: number, id: number, who: Who): Promise<void> {
  await inTransaction(db, async (tx) => {
    const { numUpdatedRows } = await tx
      .updateTable('rule')
      .set({ removed_at: asMoment(who.at) })
      .where('id', '=', id)
      .where('programme_id', '=', programmeId)
      .where('removed_at', 'is', null)
      .executeTakeFirst()
    if (numUpdatedRows > 0n) await recordRule(tx, 'rule_removed', id, who)
  })
}

const recordRule = (tx: Tx, happening: 'rule_saved' | 'rule_removed', id: number, { by, at }: Who, details?: Record<string, unknown>) =>
  recordHistory(tx, { happening, subject: 'rule', subjectId: id, by, at, details })
