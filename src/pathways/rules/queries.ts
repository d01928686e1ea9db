import type { Database } from '../../database/schema.ts'
import { type Condition, conditionSchema } from './condition.ts'
import type { Addition, Rule } from './recommend.ts'

/** The rules in force, in the order in which they decide. */
export async function liveRules(db: Database, programmeId: number): Promise<Rule[]> {
  const rows = await rules(db)
    .innerJoin('rule_set', 'rule_set.id', 'rule.rule_set_id')
    .where('rule_set.programme_id', '=', programmeId)
    .where('live_at', 'is not', null)
    .where('replaced_at', 'is', null)
    .execute()
  return rows.map(asRule)
}

/** The rules of one version. */
export async function rulesOf(db: Database, ruleSetId: number): Promise<Rule[]> {
  const rows = await rules(db).where('rule_set_id', '=', ruleSetId).execute()
  return rows.map(asRule)
}

const rules = (db: Database) =>
  db
    .selectFrom('rule')
    .where('removed_at', 'is', null)
    .orderBy('position')
    .orderBy('rule.id')
    .select(['rule.id', 'title', 'pathway_id as pathwayId', 'condition'])

const asRule = <R extends { condition: string }>(row: R) => ({ ...row, condition: readCondition(row.condition) })

/** What one version adds to whichever pathway is chosen. */
export async function additionsOf(db: Database, ruleSetId: number): Promise<Addition[]> {
  const rows = await db
    .selectFrom('addition')
    .where('rule_set_id', '=', ruleSetId)
    .orderBy('position')
    .orderBy('id')
    .select(['id', 'title', 'module_id as moduleId', 'condition'])
    .execute()
  return rows.map(asRule)
}

const readCondition = (json: string): Condition => conditionSchema.parse(JSON.parse(json))
