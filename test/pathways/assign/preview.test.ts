import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Database } from '#src/database/schema.ts'
import { assign, resumeAssignments } from '#src/pathways/assign/actions.ts'
import { movesOfDraft } from '#src/pathways/assign/moves/queries.ts'
import { undoRun } from '#src/pathways/assign/undo.ts'
import { confirmReading } from '#src/pathways/modules/actions.ts'
import { answerIntake } from '#src/pathways/orientation/actions.ts'
import { removeRule, saveRule } from '#src/pathways/rules/actions.ts'
import type { Condition } from '#src/pathways/rules/condition.ts'
import { rulesEdited } from '#src/pathways/rules/versions/queries.ts'
import { buildMiglioraPa, byCarla, made, publishDraft } from '#test/programmes/build.ts'
import { asl, carla, cosenza, engine, enzo, newDatabase, noon, openApp, rosa, salerno, torino } from '#test/support.ts'

const everybody = [salerno, cosenza, asl, torino]
const national = { ...byCarla, scope: 'national' as const }

const followed = async (db: Database): Promise<Map<number, number>> => {
  const rows = await db.selectFrom('enrolment').where('ended_at', 'is', null).select(['administration_id', 'pathway_id']).execute()
  return new Map(rows.map(({ administration_id, pathway_id }) => [administration_id, pathway_id]))
}

const condition: fc.Arbitrary<Condition> = fc.constantFrom<Condition>(
  { characteristic: 'experience', operator: 'is', value: 'none' },
  { characteristic: 'experience', operator: 'one_of', value: ['one', 'many'] },
  { characteristic: 'experience', operator: 'unknown' },
  { characteristic: 'staff', operator: 'at_least', value: 3 },
  { characteristic: 'roc', operator: 'is', value: 'yes' },
  { characteristic: 'region', operator: 'is', value: '01' },
  { all: [] },
)
const answer = fc.record({ experience: fc.constantFrom('none', 'one', 'many', ''), staff: fc.constantFrom('1', '4', '') })

test('what the preview of a draft says is what assigning then does, for those without a pathway and for those who follow one', async () => {
  const drafts = fc.array(fc.tuple(fc.nat({ max: 2 }), condition), { minLength: 1, maxLength: 4 })
  await fc.assert(
    fc.asyncProperty(fc.array(answer, { minLength: 4, maxLength: 4 }), drafts, fc.nat({ max: 4 }), async (answers, draft, followers) => {
      const db = await newDatabase()
      const { programmeId, standard, expert, advanced } = await buildMiglioraPa(db)
      for (const [index, { id }] of everybody.entries()) {
        const given = answers[index] ?? { experience: '', staff: '' }
        // A coordinator's run also meets administrations that have answered nothing.
        if (given.experience && given.staff)
          made2(await answerIntake(db, { programmeId, administrationId: id, answers: given }, { by: rosa, at: noon }))
      }
      const regions = ['15', '18', '01'].slice(0, followers)
      if (regions.length > 0) await assign(db, programmeId, { ...byCarla, scope: regions })
      const before = await followed(db)

      for (const { id } of (await rulesEdited(db, programmeId)).rules) await removeOne(db, programmeId, id)
      for (const [index, [which, each]] of draft.entries())
        made(
          await saveRule(
            db,
            programmeId,
            { title: `r${index}`, pathwayId: [standard, expert, advanced][which] ?? 0, condition: each },
            byCarla,
          ),
        )

      const said = new Map((await movesOfDraft(db, programmeId, 'national'))?.moves.map(({ candidate, to }) => [candidate.id, to]))
      await publishDraft(db, programmeId)
      await assign(db, programmeId, { ...national, moving: true })
      const after = await followed(db)
      for (const { id } of everybody) {
        if (said.has(id)) expect([id, after.get(id) ?? null]).toEqual([id, said.get(id)])
        else if (before.has(id)) expect([id, after.get(id)]).toEqual([id, before.get(id)])
      }
    }),
    { numRuns: engine === 'sqlite' ? 30 : 8 },
  )
})

const made2 = (outcome: object) => expect(outcome).not.toHaveProperty('problems')

/** The first removal makes the draft: after it the first rule of the draft is taken each time. */
async function removeOne(db: Database, programmeId: number, _id: number) {
  await removeRule(db, programmeId, (await rulesEdited(db, programmeId)).rules[0]?.id ?? 0, byCarla)
}

test('a run whose process died is taken up, and nobody is enrolled twice', async () => {
  const db = await newDatabase()
  const { programmeId } = await buildMiglioraPa(db)
  await assign(db, programmeId, { ...byCarla, scope: ['15'] })
  const set = await db.selectFrom('rule_set').select('id').executeTakeFirstOrThrow()
  const half = {
    rule_set_id: set.id,
    scope: '"national"',
    enrolled: 2,
    processed: 2,
    total: 4,
    created_at: '2026-03-02T10:00:00.000Z',
    created_by: carla.id,
  }
  await db
    .insertInto('assignment_run')
    .values({ programme_id: programmeId, ...half, claimed_until: '2026-03-02T10:01:00.000Z' })
    .execute()
  expect(await resumeAssignments(db, noon)).toBe(1)
  expect(await resumeAssignments(db, noon)).toBe(0)
  expect((await followed(db)).size).toBe(4)
  const run = await db.selectFrom('assignment_run').orderBy('id', 'desc').selectAll().executeTakeFirstOrThrow()
  expect(run).toMatchObject({ enrolled: 4, processed: 4, claimed_until: null })
})

test('undoing takes back who has done nothing, keeps who has begun, and assigning again works', async () => {
  const db = await newDatabase()
  const { programmeId, guide } = await buildMiglioraPa(db)
  const { runId } = await assign(db, programmeId, national)
  const { id } = await db.selectFrom('enrolment').where('administration_id', '=', salerno.id).select('id').executeTakeFirstOrThrow()
  await confirmReading(db, { enrolmentId: id, moduleId: guide }, { by: rosa, at: noon.add({ hours: 1 }) })
  expect(await undoRun(db, runId ?? 0, byCarla)).toEqual({ removed: 3, movedBack: 0, kept: 1 })
  expect([...(await followed(db)).keys()]).toEqual([salerno.id])
  expect(await undoRun(db, runId ?? 0, byCarla)).toEqual({ refusal: 'undone_already' })
  expect(await assign(db, programmeId, national)).toMatchObject({ enrolled: 3 })
})

test('a run’s page shows what it did and undoes it; a regional coordinator undoes only runs of their own regions', async () => {
  const { db, as } = await openApp()
  const { programmeId } = await buildMiglioraPa(db)
  const { runId } = await assign(db, programmeId, national)
  const url = `/programmes/${programmeId}/assign/${runId}`
  expect((await (await as(carla)).get(url)).text).toContain('<strong>4</strong> Hanno ricevuto un percorso')
  expect((await (await as(enzo)).post(`${url}/undo`)).status).toBe(403)
  expect((await (await as(carla)).post(`${url}/undo`)).location).toBe(url)
  expect((await followed(db)).size).toBe(0)
})
