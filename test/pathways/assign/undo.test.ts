import { expect, test } from 'vitest'
import { asMoment } from '#src/database/moment.ts'
import type { Database } from '#src/database/schema.ts'
import { assign } from '#src/pathways/assign/actions.ts'
import { findRun } from '#src/pathways/assign/queries.ts'
import { undoRun } from '#src/pathways/assign/undo.ts'
import { confirmReading } from '#src/pathways/modules/actions.ts'
import { enrol } from '#src/pathways/orientation/actions.ts'
import { findEnrolment } from '#src/pathways/orientation/queries.ts'
import { chosenByHand } from '#src/pathways/orientation/trace.ts'
import { saveAddition } from '#src/pathways/rules/actions.ts'
import { followed, insertRun } from '#test/pathways/assign/build.ts'
import { buildMiglioraPa, byCarla, made, newModule, publishDraft, refusalOf } from '#test/programmes/build.ts'
import { carla, cosenza, newDatabase, noon, rosa, salerno, torino } from '#test/support.ts'

const national = { ...byCarla, scope: 'national' as const }
const later = noon.add({ hours: 2 })
const undoing = { by: carla, at: noon.add({ hours: 3 }) }

async function open() {
  const db = await newDatabase()
  const built = await buildMiglioraPa(db)
  const enrolmentOf = async ({ id }: { id: number }) =>
    (await findEnrolment(db, { programmeId: built.programmeId, administrationId: id }))?.id ?? 0
  const byHand = async ({ id }: { id: number }, pathwayId: number) =>
    made(await enrol(db, { programmeId: built.programmeId, administrationId: id, pathwayId, ruleId: null, trace: chosenByHand }, byCarla))
  return { db, ...built, enrolmentOf, byHand }
}

/** A run over everybody, undone three hours later. */
async function openAssigned({ moving = false } = {}) {
  const built = await open()
  const { runId } = await assign(built.db, built.programmeId, { ...national, moving })
  if (runId === null) throw new Error('no run')
  return { ...built, runId }
}

test('undoing leaves nothing of the enrolments that nobody has touched', async () => {
  const { db, programmeId, runId } = await openAssigned()
  expect(await undoRun(db, runId, undoing)).toEqual({ removed: 4, movedBack: 0, kept: 0 })
  expect((await followed(db, programmeId)).size).toBe(0)
  expect(await db.selectFrom('enrolment').select('id').execute()).toEqual([])
  expect((await findRun(db, runId))?.undoneAt).toEqual(undoing.at)
})

test('undoing is remembered once, with what it did', async () => {
  const { db, runId } = await openAssigned()
  await undoRun(db, runId, undoing)
  const rows = await db
    .selectFrom('history')
    .where('happening', '=', 'assignment_undone')
    .select(['subject_id', 'person_id', 'details'])
    .execute()
  expect(rows.map(({ details, ...row }) => ({ ...row, details: JSON.parse(details ?? '') }))).toEqual([
    { subject_id: runId, person_id: carla.id, details: { removed: 4, movedBack: 0, kept: 0 } },
  ])
})

const begun: Record<string, (db: Database, enrolmentId: number, moduleId: number) => Promise<unknown>> = {
  'a reading confirmed': (db, enrolmentId, moduleId) => confirmReading(db, { enrolmentId, moduleId }, { by: rosa, at: later }),
  'a worksheet begun': (db, enrolmentId, moduleId) =>
    db
      .insertInto('worksheet')
      .values({
        enrolment_id: enrolmentId,
        module_id: moduleId,
        answers: '{}',
        revision: 1,
        saved_at: asMoment(later),
        saved_by: rosa.id,
      })
      .execute(),
  'an assignment handed in': (db, enrolmentId, moduleId) =>
    db
      .insertInto('submission')
      .values({
        enrolment_id: enrolmentId,
        module_id: moduleId,
        version: 1,
        text: 'Ecco',
        handed_in_at: asMoment(later),
        handed_in_by: rosa.id,
        verdict: null,
        reviewed_at: null,
        reviewed_by: null,
      })
      .execute(),
}

test.each(Object.entries(begun))('who has begun keeps the pathway: %s', async (_name, begin) => {
  const { db, programmeId, runId, guide, enrolmentOf, standard } = await openAssigned()
  await begin(db, await enrolmentOf(salerno), guide)
  expect(await undoRun(db, runId, undoing)).toEqual({ removed: 3, movedBack: 0, kept: 1 })
  expect(await followed(db, programmeId)).toEqual(new Map([[salerno.id, standard]]))
})

test('attendance credited when the enrolment began does not hold it', async () => {
  const { db, programmeId, runId, webinar, enrolmentOf } = await openAssigned()
  const ids = { enrolment_id: await enrolmentOf(salerno), module_id: webinar }
  const evidence = { kind: 'attendance' as const, source_id: null, person_id: rosa.id, recorded_at: asMoment(noon), recorded_by: carla.id }
  await db
    .insertInto('completion_evidence')
    .values({ ...ids, ...evidence })
    .execute()
  expect(await undoRun(db, runId, undoing)).toMatchObject({ removed: 4, kept: 0 })
  expect((await followed(db, programmeId)).size).toBe(0)
})

test('a pathway that a person chose stays', async () => {
  const { db, programmeId, expert, byHand } = await open()
  await byHand(torino, expert)
  const { runId } = await assign(db, programmeId, national)
  expect(await undoRun(db, runId ?? 0, undoing)).toEqual({ removed: 3, movedBack: 0, kept: 0 })
  expect(await followed(db, programmeId)).toEqual(new Map([[torino.id, expert]]))
})

test('who was moved is back where they were, with the rule and the reasons of then', async () => {
  const { db, programmeId, expert, standard, byHand } = await open()
  const id = await byHand(torino, expert)
  const columns = ['pathway_id', 'rule_id', 'rule_set_id', 'trace'] as const
  const read = () => db.selectFrom('enrolment').where('id', '=', id).select(columns).executeTakeFirstOrThrow()
  const before = await read()
  const { runId, moved } = await assign(db, programmeId, { ...national, moving: true })
  expect([moved, (await read()).pathway_id]).toEqual([1, standard])
  expect(await undoRun(db, runId ?? 0, undoing)).toEqual({ removed: 3, movedBack: 1, kept: 0 })
  expect(await read()).toEqual(before)
})

test('who has been moved elsewhere since stays there', async () => {
  const { db, programmeId, expert, advanced, byHand } = await open()
  const id = await byHand(torino, expert)
  const { runId } = await assign(db, programmeId, { ...national, moving: true })
  await db.updateTable('enrolment').set({ pathway_id: advanced }).where('id', '=', id).execute()
  expect(await undoRun(db, runId ?? 0, undoing)).toEqual({ removed: 3, movedBack: 0, kept: 1 })
  expect((await followed(db, programmeId)).get(torino.id)).toBe(advanced)
})

test('what rules added goes with the enrolment', async () => {
  const { db, programmeId } = await open()
  const kit = await newModule(db, programmeId, { title: 'Kit' })
  made(await saveAddition(db, programmeId, { title: 'A tutti', moduleId: kit, condition: { all: [] } }, byCarla))
  await publishDraft(db, programmeId)
  const { runId } = await assign(db, programmeId, national)
  expect(await db.selectFrom('enrolment_module').select('id').execute()).toHaveLength(4)
  await undoRun(db, runId ?? 0, undoing)
  expect(await db.selectFrom('enrolment_module').select('id').execute()).toEqual([])
})

test('a run is undone once', async () => {
  const { db, runId } = await openAssigned()
  await undoRun(db, runId, undoing)
  expect(refusalOf(await undoRun(db, runId, undoing))).toBe('undone_already')
})

test('of two who undo at the same moment one does', async () => {
  const { db, runId } = await openAssigned()
  const outcomes = await Promise.all([undoRun(db, runId, undoing), undoRun(db, runId, undoing)])
  expect(outcomes.filter((outcome) => 'removed' in outcome)).toEqual([{ removed: 4, movedBack: 0, kept: 0 }])
})

test('a run that is still under way or was never there is not undone', async () => {
  const { db, programmeId } = await open()
  const id = await insertRun(db, programmeId, { total: 4, claimedUntil: later })
  expect(refusalOf(await undoRun(db, id, undoing))).toBe('still_running')
  expect(refusalOf(await undoRun(db, id + 1, undoing))).toBe('not_found')
})

test('after undoing, assigning works as the first time', async () => {
  const { db, programmeId, runId, standard } = await openAssigned()
  await undoRun(db, runId, undoing)
  const again = await assign(db, programmeId, { by: carla, at: later, scope: 'national' })
  expect(again).toMatchObject({ enrolled: 4, alreadyEnrolled: 0 })
  expect(again.runId).not.toBe(runId)
  expect((await followed(db, programmeId)).get(cosenza.id)).toBe(standard)
})
