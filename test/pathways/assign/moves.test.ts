import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Database } from '#src/database/schema.ts'
import { assign } from '#src/pathways/assign/actions.ts'
import { movesOfDraft } from '#src/pathways/assign/moves/queries.ts'
import { answerIntake, enrol } from '#src/pathways/orientation/actions.ts'
import { recommendFor } from '#src/pathways/orientation/queries.ts'
import { chosenByHand } from '#src/pathways/orientation/trace.ts'
import { removeRule, saveRule } from '#src/pathways/rules/actions.ts'
import type { Condition } from '#src/pathways/rules/condition.ts'
import { rulesEdited } from '#src/pathways/rules/versions/queries.ts'
import { addAdministrations, followed } from '#test/pathways/assign/build.ts'
import { buildMiglioraPa, byCarla, made, publishDraft } from '#test/programmes/build.ts'
import { asl, cosenza, countQueries, newDatabase, noon, rosa, salerno, torino } from '#test/support.ts'

const national = { ...byCarla, scope: 'national' as const }
const everybody = [salerno, cosenza, asl, torino]

// Any answers, any draft, any of the four already on a pathway ----------------------------------------------------------

const answers = fc.record({
  experience: fc.constantFrom('none', 'one', 'many'),
  staff: fc.integer({ min: 0, max: 5 }).map(String),
  goals: fc.subarray(['listen', 'compare']),
})
const leaf: fc.Arbitrary<Condition> = fc.oneof(
  fc.constantFrom('none', 'one', 'many').map((value): Condition => ({ characteristic: 'experience', operator: 'is', value })),
  fc.integer({ min: 0, max: 5 }).map((value): Condition => ({ characteristic: 'staff', operator: 'at_least', value })),
  fc.constantFrom('listen', 'compare').map((value): Condition => ({ characteristic: 'goals', operator: 'is', value })),
  fc.constantFrom('15', '18', '01').map((value): Condition => ({ characteristic: 'region', operator: 'is', value })),
  fc.constantFrom('experience', 'staff', 'goals').map((name): Condition => ({ characteristic: name, operator: 'unknown' })),
)
const condition = fc
  .tuple(fc.constantFrom('all', 'any', 'none'), fc.array(leaf, { minLength: 1, maxLength: 3 }))
  .map(([group, inside]) => ({ [group]: inside }) as Condition)
const pathway = fc.constantFrom('standard' as const, 'expert' as const, 'advanced' as const)
const situation = fc.record({
  answers: fc.array(fc.option(answers), { minLength: 4, maxLength: 4 }),
  following: fc.array(fc.option(pathway), { minLength: 4, maxLength: 4 }),
  rest: fc.boolean(),
  closed: fc.boolean(),
  completed: fc.boolean(),
  kept: fc.array(fc.boolean(), { minLength: 3, maxLength: 3 }),
  added: fc.array(fc.record({ condition, pathway }), { minLength: 1, maxLength: 3 }),
})
type Situation = typeof situation extends fc.Arbitrary<infer Value> ? Value : never

async function bringAbout(db: Database, { answers: given, following, rest, closed, completed, kept, added }: Situation) {
  await db.updateTable('administration').set({ closed_at: null }).execute()
  const built = await buildMiglioraPa(db, { rest })
  const { programmeId } = built
  for (const [index, administration] of everybody.entries()) {
    const place = { programmeId, administrationId: administration.id }
    const said = given[index]
    if (said) await answerIntake(db, { ...place, answers: said }, { by: rosa, at: noon })
    const onto = following[index]
    if (onto) made(await enrol(db, { ...place, pathwayId: built[onto], ruleId: null, trace: chosenByHand }, byCarla))
  }
  if (closed) await db.updateTable('administration').set({ closed_at: '2026-03-01T00:00:00.000Z' }).where('id', '=', asl.id).execute()
  const done = { completed_at: '2026-03-01T00:00:00.000Z' }
  if (completed)
    await db
      .updateTable('enrolment')
      .set(done)
      .where('programme_id', '=', programmeId)
      .where('administration_id', '=', cosenza.id)
      .execute()

  for (const { condition: each, pathway: onto } of added)
    await saveRule(db, programmeId, { title: 'Nuova', pathwayId: built[onto], condition: each }, byCarla)
  made(await saveRule(db, programmeId, { title: 'Certa', pathwayId: built.expert, condition: { all: [{ any: [inCampania] }] } }, byCarla))
  const { rules } = await rulesEdited(db, programmeId)
  for (const [index, { id }] of rules.entries()) if (kept[index] === false) await removeRule(db, programmeId, id, byCarla)
  return programmeId
}

const inCampania: Condition = { characteristic: 'region', operator: 'is', value: '15' }

/** By administration: what it follows, or what the rules in force propose to it; null when that is nothing. */
async function standing(db: Database, programmeId: number): Promise<Map<number, number | null>> {
  const pathways = await followed(db, programmeId)
  const entries = await Promise.all(
    everybody.map(async ({ id }) => {
      const recommendation = (await recommendFor(db, programmeId, id))?.recommendation
      const proposed = recommendation && !('none' in recommendation) ? recommendation.pathwayId : null
      return [id, pathways.get(id) ?? proposed] as const
    }),
  )
  return new Map(entries)
}

test('what the preview of a draft says is what happens when it is put into force and assigned', { timeout: 60_000 }, async () => {
  const db = await newDatabase()
  await fc.assert(
    fc.asyncProperty(situation, async (given) => {
      const programmeId = await bringAbout(db, given)
      const before = await standing(db, programmeId)
      const followedBefore = await followed(db, programmeId)
      const moves = (await movesOfDraft(db, programmeId, 'national'))?.moves ?? []
      const said = new Map(moves.map(({ candidate, to }) => [candidate.id, to]))
      for (const { candidate, from } of moves) expect(from).toBe(before.get(candidate.id))

      await publishDraft(db, programmeId)
      await assign(db, programmeId, { ...national, moving: true })
      const after = await followed(db, programmeId)
      const isOut = (id: number) => given.closed && id === asl.id && !followedBefore.has(id)
      const expected = everybody.map(({ id }) => (isOut(id) ? null : said.has(id) ? said.get(id) : before.get(id)))
      expect(everybody.map(({ id }) => after.get(id) ?? null)).toEqual(expected)
    }),
    { numRuns: 25 },
  )
})

test('without being asked to, assigning moves none of those whom the preview says would move', { timeout: 60_000 }, async () => {
  const db = await newDatabase()
  await fc.assert(
    fc.asyncProperty(situation, async (given) => {
      const programmeId = await bringAbout(db, given)
      const before = await followed(db, programmeId)
      await publishDraft(db, programmeId)
      await assign(db, programmeId, national)
      const after = await followed(db, programmeId)
      expect([...before].map(([id]) => [id, after.get(id)])).toEqual([...before])
    }),
    { numRuns: 10 },
  )
})

test('without a draft there is nothing to preview', async () => {
  const db = await newDatabase()
  const { programmeId } = await buildMiglioraPa(db)
  expect(await movesOfDraft(db, programmeId, 'national')).toBeUndefined()
})

test('a regional coordinator’s preview is of their region', async () => {
  const db = await newDatabase()
  const { programmeId, rules } = await buildMiglioraPa(db)
  await removeRule(db, programmeId, rules.standard ?? 0, byCarla)
  const found = await movesOfDraft(db, programmeId, ['18'])
  expect(found?.moves.map(({ candidate }) => candidate.id)).toEqual([cosenza.id])
  expect(found?.looked).toBe(1)
})

test('the preview takes as many queries for four administrations as for a thousand', async () => {
  const db = await newDatabase()
  const { programmeId, rules } = await buildMiglioraPa(db)
  await removeRule(db, programmeId, rules.standard ?? 0, byCarla)
  const preview = (counted: Database) => movesOfDraft(counted, programmeId, 'national')
  const few = await countQueries(db, preview)
  await addAdministrations(db, 1000)
  expect(await countQueries(db, preview)).toBe(few)
})
