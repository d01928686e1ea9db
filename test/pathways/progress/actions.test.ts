import { describe, expect, test } from 'vitest'
import type { Database, RecordedState } from '#src/database/schema.ts'
import { inTransaction } from '#src/database/transaction.ts'
import { completeForAdministration, completeModule, recordState } from '#src/pathways/progress/actions.ts'
import { newDatabase, noon, paolo, rosa, salerno, torino } from '#test/support.ts'
import { buildPathway, stateOf } from '../builder.ts'

const who = { by: paolo, at: noon }
const attended = { kind: 'attendance', sourceId: 1, personId: rosa.id } as const

/** What each recorded state may become by a fact, written down by hand. */
const becomes: Record<RecordedState, RecordedState[]> = {
  in_progress: ['submitted', 'completed', 'recognised', 'not_relevant'],
  submitted: ['in_progress', 'completed', 'recognised', 'not_relevant'],
  completed: [],
  recognised: [],
  not_relevant: [],
}
const recordedStates = Object.keys(becomes) as RecordedState[]

describe.each(recordedStates)('a module that is %s', (from) => {
  test('becomes what the table allows and nothing else', async () => {
    const db = await newDatabase()
    const { enrolmentId, moduleIds } = await buildPathway(
      db,
      recordedStates.map(() => ({})),
    )
    for (const [index, to] of recordedStates.entries()) {
      const module = { enrolmentId, moduleId: moduleIds[index] ?? 0 }
      await inTransaction(db, (tx) => recordState(tx, { ...module, state: from, ...who }))
      const changed = await inTransaction(db, (tx) => recordState(tx, { ...module, state: to, ...who }))
      const allowed = becomes[from].includes(to)
      expect([to, changed, await stateOf(db, enrolmentId, module.moduleId)]).toEqual([to, allowed, allowed ? to : from])
    }
  })
})

test('the last mandatory module completes the pathway, once, whatever is optional', async () => {
  const db = await newDatabase()
  const { enrolmentId, moduleIds } = await buildPathway(db, [{}, {}, { optional: true }])
  await complete(db, enrolmentId, moduleIds[0])
  expect(await completedAt(db, enrolmentId)).toBeNull()
  await complete(db, enrolmentId, moduleIds[1])
  expect(await completedAt(db, enrolmentId)).toBe('2026-03-02T11:00:00.000Z')

  await complete(db, enrolmentId, moduleIds[2])
  await complete(db, enrolmentId, moduleIds[1])
  expect(await happenings(db)).toEqual(['module_completed', 'module_completed', 'pathway_completed', 'module_completed'])
})

test('two last modules completed at the same time complete the pathway', async () => {
  const db = await newDatabase()
  const { enrolmentId, moduleIds } = await buildPathway(db, [{}, {}])
  const slow = inTransaction(db, async (tx) => {
    await completeModule(tx, { enrolmentId, moduleId: moduleIds[0] ?? 0, evidence: attended, ...who })
    // While this one takes its time, the other gets as far as it can.
    for (let query = 0; query < 60; query += 1) await tx.selectFrom('module').selectAll().execute()
  })
  await Promise.all([slow, complete(db, enrolmentId, moduleIds[1])])
  expect(await completedAt(db, enrolmentId)).not.toBeNull()
  expect((await happenings(db)).filter((happening) => happening === 'pathway_completed')).toHaveLength(1)
})

test('every piece of evidence is kept, also for what is completed already', async () => {
  const db = await newDatabase()
  const { enrolmentId, firstId } = await buildPathway(db, [{}, {}])
  await complete(db, enrolmentId, firstId)
  await complete(db, enrolmentId, firstId)
  expect(await db.selectFrom('completion_evidence').select(['module_id', 'kind', 'person_id']).execute()).toEqual([
    { module_id: firstId, kind: 'attendance', person_id: rosa.id },
    { module_id: firstId, kind: 'attendance', person_id: rosa.id },
  ])
})

test('a meeting completes its module for whoever follows a pathway with it, and nothing for others', async () => {
  const db = await newDatabase()
  const { enrolmentId, firstId } = await buildPathway(db, [{}, {}])
  const attend = (administrationId: number) =>
    inTransaction(db, (tx) => completeForAdministration(tx, { administrationId, moduleId: firstId, evidence: attended, ...who }))
  expect([await attend(salerno.id), await attend(torino.id)]).toEqual([true, false])
  expect(await stateOf(db, enrolmentId, firstId)).toBe('completed')
})

const complete = (db: Database, enrolmentId: number, moduleId = 0) =>
  inTransaction(db, (tx) => completeModule(tx, { enrolmentId, moduleId, evidence: attended, ...who }))

async function completedAt(db: Database, enrolmentId: number) {
  const row = await db.selectFrom('enrolment').where('id', '=', enrolmentId).select('completed_at').executeTakeFirstOrThrow()
  return row.completed_at
}

const happenings = async (db: Database) =>
  (await db.selectFrom('history').orderBy('id').select('happening').execute()).map(({ happening }) => happening)
