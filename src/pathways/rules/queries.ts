import type { Database } from '../../database/schema.ts'
import { type Condition, conditionSchema } from './condition.ts'
import type { Rule } from './recommend.ts'

/** The programme's rules in the order in which they decide. */
export async function liveRules(db: Database, programmeId: number): Promise<Rule[]> {
  const rows = await db
    .selectFrom('rule')
    .where('programme_id', '=', programmeId)
    .where('removed_at', 'is', null)
    .orderBy('position')
    .orderBy('id')
    .select(['id', 'title', 'pathway_id as pathwayId', 'condition'])
    .execute()
  return rows.map((row) => ({ ...row, condition: readCondition(row.condition) }))
}

const readCondition = (json: string): Condition => conditionSchema.parse(JSON.parse(json))
