import { fromMoment, fromMomentOrNull } from '../../../database/moment.ts'
import type { Database } from '../../../database/schema.ts'
import { additionsOf, rulesOf } from '../queries.ts'
import type { Addition, Rule } from '../recommend.ts'

/** A version of a programme's rules: draft while `liveAt` is null, in force until `replacedAt`. */
export type RuleSet = {
  id: number
  version: number
  changedAt: Temporal.Instant
  previewedAt: Temporal.Instant | null
  liveAt: Temporal.Instant | null
  liveBy: string | null
  replacedAt: Temporal.Instant | null
}
export type RulesInFull = { set: RuleSet; rules: Rule[]; additions: Addition[] }

/** All versions, the newest first. */
export async function ruleSets(db: Database, programmeId: number): Promise<RuleSet[]> {
  const rows = await db
    .selectFrom('rule_set')
    .leftJoin('person', 'person.id', 'rule_set.live_by')
    .where('programme_id', '=', programmeId)
    .orderBy('version', 'desc')
    .select(['rule_set.id', 'version', 'changed_at', 'previewed_at', 'live_at', 'replaced_at', 'person.name as liveBy'])
    .execute()
  return rows.map(({ changed_at, previewed_at, live_at, replaced_at, ...row }) => ({
    ...row,
    changedAt: fromMoment(changed_at),
    previewedAt: fromMomentOrNull(previewed_at),
    liveAt: fromMomentOrNull(live_at),
    replacedAt: fromMomentOrNull(replaced_at),
  }))
}

export const draftOf = (sets: readonly RuleSet[]) => sets.find(({ liveAt }) => liveAt === null)
export const liveOf = (sets: readonly RuleSet[]) => sets.find(({ liveAt, replacedAt }) => liveAt !== null && replacedAt === null)

/** A version with its rules; without a version, nothing in it. */
export async function inFull(db: Database, set: RuleSet | undefined): Promise<{ rules: Rule[]; additions: Addition[] }> {
  return set ? { rules: await rulesOf(db, set.id), additions: await additionsOf(db, set.id) } : { rules: [], additions: [] }
}

/** What decides today; `ruleSetId` null when no rules are in force yet. Three queries. */
export async function rulesInForce(
  db: Database,
  programmeId: number,
): Promise<{ ruleSetId: number | null; rules: Rule[]; additions: Addition[] }> {
  const live = liveOf(await ruleSets(db, programmeId))
  return { ruleSetId: live?.id ?? null, ...(await inFull(db, live)) }
}

/** What is being edited: the draft, or what is in force while there is none. */
export async function rulesEdited(db: Database, programmeId: number) {
  const sets = await ruleSets(db, programmeId)
  const draft = draftOf(sets)
  const live = liveOf(sets)
  return { sets, draft, live, ...(await inFull(db, draft ?? live)) }
}

/** Every rule, of either effect, that is in force or in the draft: what they look at must stay. */
export async function rulesInUse(db: Database, programmeId: number): Promise<(Rule | Addition)[]> {
  const sets = await ruleSets(db, programmeId)
  const live = await inFull(db, liveOf(sets))
  const draft = await inFull(db, draftOf(sets))
  return [...live.rules, ...live.additions, ...draft.rules, ...draft.additions]
}
