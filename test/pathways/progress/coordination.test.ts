import { describe, expect, test } from 'vitest'
import { revokeCertificatesOf } from '#src/certificates/actions.ts'
import { asMoment } from '#src/database/moment.ts'
import type { Database } from '#src/database/schema.ts'
import { inTransaction } from '#src/database/transaction.ts'
import { handIn, reviewSubmission } from '#src/pathways/assignments/actions.ts'
import { completeModule, recheckAfterHandOver } from '#src/pathways/progress/actions.ts'
import { extendDue, takeBack } from '#src/pathways/progress/coordination/actions.ts'
import { askRecognition, decideRecognition, recogniseStraightAway } from '#src/pathways/progress/coordination/recognition.ts'
import { coordinationRefusal } from '#src/pathways/progress/coordination/rules.ts'
import { currentEnrolments, pathwayStanding } from '#src/pathways/progress/queries.ts'
import { findPersonByEmail } from '#src/people/queries.ts'
import { carla, cosenza, enzo, luca, newDatabase, noon, paolo, rosa, salerno, zone } from '#test/support.ts'
import { buildPathway, endEnrolment, enrol, stateOf } from '../builder.ts'

const later = (minutes: number) => noon.add({ minutes })
const byCarla = (minutes = 0) => ({ by: carla, at: later(minutes), zone, whenReopened: revokeCertificatesOf })
const day = Temporal.PlainDate.from

const read = (
  db: Database,
  ids: { enrolmentId: number; moduleId: number },
  person: { id: number },
  at = noon,
  sourceId: number | null = null,
) =>
  inTransaction(db, (tx) =>
    completeModule(tx, { ...ids, evidence: { kind: sourceId ? 'attendance' : 'reading', sourceId, personId: person.id }, by: person, at }),
  )

async function built(db: Database, modules: Parameters<typeof buildPathway>[1] = [{}]) {
  const pathway = await buildPathway(db, modules)
  return { ...pathway, ids: { enrolmentId: pathway.enrolmentId, moduleId: pathway.firstId } }
}

const happenings = async (db: Database) =>
  (await db.selectFrom('history').orderBy('id').select('happening').execute()).map(({ happening }) => happening)

describe('who completes a module', () => {
  const ask = (db: Database, met_by: 'all' | 'at_least', met_by_count: number | null = null) =>
    db.updateTable('pathway_module').set({ met_by, met_by_count }).execute()
  const leave = (db: Database, person: { id: number }) =>
    db
      .updateTable('referent')
      .set({ until: asMoment(noon) })
      .where('person_id', '=', person.id)
      .execute()

  test('where all are asked, the first is not enough and the last is', async () => {
    const db = await newDatabase()
    const { ids } = await built(db)
    await ask(db, 'all')
    await read(db, ids, rosa)
    await read(db, ids, rosa)
    expect(await stateOf(db, ids.enrolmentId, ids.moduleId)).toBe('in_progress')
    await read(db, ids, luca)
    expect(await stateOf(db, ids.enrolmentId, ids.moduleId)).toBe('completed')
    expect(await db.selectFrom('completion_evidence').selectAll().execute()).toHaveLength(3)
  })

  test('when the one who was missing leaves, the module is completed', async () => {
    const db = await newDatabase()
    const { ids } = await built(db)
    await ask(db, 'all')
    await read(db, ids, rosa)
    await leave(db, luca)
    await inTransaction(db, (tx) => recheckAfterHandOver(tx, salerno.id, byCarla()))
    expect(await stateOf(db, ids.enrolmentId, ids.moduleId)).toBe('completed')
  })

  test('when nobody is left, nothing is completed by that', async () => {
    const db = await newDatabase()
    const { ids } = await built(db)
    await ask(db, 'all')
    await read(db, ids, rosa)
    await leave(db, rosa)
    await leave(db, luca)
    await inTransaction(db, (tx) => recheckAfterHandOver(tx, salerno.id, byCarla()))
    expect(await stateOf(db, ids.enrolmentId, ids.moduleId)).toBe('in_progress')
  })

  test('who has left still counts where some are enough', async () => {
    const db = await newDatabase()
    const { ids } = await built(db)
    await ask(db, 'at_least', 2)
    await read(db, ids, rosa)
    await leave(db, rosa)
    await read(db, ids, luca)
    expect(await stateOf(db, ids.enrolmentId, ids.moduleId)).toBe('completed')
  })
})

describe('taking back', () => {
  test('needs a reason and something that is done', async () => {
    const db = await newDatabase()
    const { ids } = await built(db)
    expect(await takeBack(db, { ...ids, reason: 'Errore' }, byCarla())).toBe('not_done')
    await read(db, ids, rosa)
    expect(await takeBack(db, { ...ids, reason: '  ' }, byCarla())).toBe('reason_missing')
    expect(await stateOf(db, ids.enrolmentId, ids.moduleId)).toBe('completed')
  })

  test('reopens module and pathway, keeps the evidence, and says why', async () => {
    const db = await newDatabase()
    const { ids } = await built(db)
    await read(db, ids, rosa)
    expect(await takeBack(db, { ...ids, reason: 'Letta un’altra direttiva' }, byCarla(10))).toBeNull()
    expect(await stateOf(db, ids.enrolmentId, ids.moduleId)).toBeUndefined()
    expect(await db.selectFrom('enrolment').select('completed_at').execute()).toEqual([{ completed_at: null }])
    expect(await db.selectFrom('completion_evidence').selectAll().execute()).toHaveLength(1)
    expect(await happenings(db)).toEqual(['module_completed', 'pathway_completed', 'completion_withdrawn'])
    const told = await db.selectFrom('history').where('happening', '=', 'completion_withdrawn').select('reason').executeTakeFirst()
    expect(told?.reason).toBe('Letta un’altra direttiva')
  })

  test('revokes the certificates of a pathway that reopens, with the same reason', async () => {
    const db = await newDatabase()
    const { ids } = await built(db)
    await read(db, ids, rosa)
    const certificate = { code: '7KQM-2XWA-9PTD', enrolment_id: ids.enrolmentId, person_id: null, content: '{}' }
    const figures = { minutes_offered: 90, minutes_attended: 90, percent: 100, threshold_percent: 75 }
    const issued = { issued_at: asMoment(noon), issued_by: rosa.id, revoked_at: null, revoked_by: null, revocation_reason: null }
    await db
      .insertInto('certificate')
      .values({ ...certificate, ...figures, ...issued })
      .execute()
    await takeBack(db, { ...ids, reason: 'Letta un’altra direttiva' }, byCarla(10))
    expect(await db.selectFrom('certificate').select(['revoked_by', 'revocation_reason']).execute()).toEqual([
      { revoked_by: carla.id, revocation_reason: 'Letta un’altra direttiva' },
    ])
    expect(await happenings(db)).toContain('certificate_revoked')
  })

  test('a pathway that is still complete keeps its certificates', async () => {
    const db = await newDatabase()
    const { ids, pathwayId, moduleIds } = await built(db, [{ section: 'A' }, { section: 'A' }])
    await db.insertInto('pathway_section').values({ pathway_id: pathwayId, title: 'A', needed: 1 }).execute()
    for (const moduleId of moduleIds) await read(db, { ...ids, moduleId }, rosa)
    let reopened = false
    const whenReopened = async () => {
      reopened = true
    }
    expect(await takeBack(db, { ...ids, reason: 'Errore' }, { ...byCarla(10), whenReopened })).toBeNull()
    expect(reopened).toBe(false)
    expect(await db.selectFrom('enrolment').select('completed_at').executeTakeFirst()).not.toEqual({ completed_at: null })
  })

  test('what was handed in is still there: it waits again, or is to be revised', async () => {
    const db = await newDatabase()
    const { ids } = await built(db, [{ kind: 'assignment' }])
    const who = { by: rosa, at: noon }
    await handIn(db, { ...ids, text: 'Il piano', files: [] }, who)
    const { id } = await db.selectFrom('submission').select('id').executeTakeFirstOrThrow()
    await reviewSubmission(db, id, { verdict: 'accepted', comment: '' }, { by: paolo, at: later(5) })
    expect(await stateOf(db, ids.enrolmentId, ids.moduleId)).toBe('completed')
    await takeBack(db, { ...ids, reason: 'Manca un allegato' }, byCarla(10))
    expect(await stateOf(db, ids.enrolmentId, ids.moduleId)).toBe('in_progress')
    expect(await handIn(db, { ...ids, text: 'Il piano, con allegato', files: [] }, { by: rosa, at: later(20) })).toMatchObject({
      version: 2,
    })
  })

  test('the same attendance written down again completes nothing, a new one does', async () => {
    const db = await newDatabase()
    const { ids } = await built(db, [{ kind: 'webinar' }])
    await read(db, ids, rosa, noon, 7)
    await takeBack(db, { ...ids, reason: 'Presenza di un’altra persona' }, byCarla(10))
    await read(db, ids, rosa, later(20), 7)
    expect(await stateOf(db, ids.enrolmentId, ids.moduleId)).toBeUndefined()
    await read(db, ids, rosa, later(30), 8)
    expect(await stateOf(db, ids.enrolmentId, ids.moduleId)).toBe('completed')
  })
})

describe('recognising', () => {
  const earlier = (ids: { enrolmentId: number; moduleId: number }, doneOn: string | null = '2025-10-01') => ({
    ...ids,
    wanted: 'recognised' as const,
    evidence: 'Indagine del 2025',
    doneOn: doneOn === null ? null : day(doneOn),
  })
  const byRosa = { by: rosa, at: noon, zone }

  test('a request waits, one at a time, and granted it counts as done', async () => {
    const db = await newDatabase()
    const { ids } = await built(db)
    expect(await askRecognition(db, earlier(ids), byRosa)).toEqual({ id: 1 })
    expect(await askRecognition(db, earlier(ids), byRosa)).toEqual({ refusal: 'waiting' })
    expect(await decideRecognition(db, 1, { verdict: 'granted', comment: '' }, byCarla())).toBeNull()
    expect(await decideRecognition(db, 1, { verdict: 'granted', comment: '' }, byCarla())).toBe('already_decided')
    expect(await stateOf(db, ids.enrolmentId, ids.moduleId)).toBe('recognised')
    expect(await happenings(db)).toEqual(['recognition_asked', 'recognition_decided', 'pathway_completed'])
  })

  test('two coordinators who decide at once decide it once', async () => {
    const db = await newDatabase()
    const { ids } = await built(db)
    await askRecognition(db, earlier(ids), byRosa)
    const granted = decideRecognition(db, 1, { verdict: 'granted', comment: '' }, byCarla())
    const refused = decideRecognition(db, 1, { verdict: 'refused', comment: 'No' }, { by: enzo, at: noon, zone })
    expect((await Promise.all([granted, refused])).toSorted()).toEqual(['already_decided', null])
    expect((await happenings(db)).filter((each) => each === 'recognition_decided')).toHaveLength(1)
  })

  test('whoever refuses says why, and then it can be asked again', async () => {
    const db = await newDatabase()
    const { ids } = await built(db)
    await askRecognition(db, earlier(ids), byRosa)
    expect(await decideRecognition(db, 1, { verdict: 'refused', comment: ' ' }, byCarla())).toBe('comment_missing')
    expect(await decideRecognition(db, 1, { verdict: 'refused', comment: 'Manca il verbale' }, byCarla())).toBeNull()
    expect(await stateOf(db, ids.enrolmentId, ids.moduleId)).toBeUndefined()
    expect(await askRecognition(db, earlier(ids), byRosa)).toEqual({ id: 2 })
  })

  test.each([
    ['2026-03-03', 'in_future'],
    [null, 'day_missing'],
    ['2025-09-01', 'too_old'],
    ['2025-09-02', null],
  ])('work of %s with an age limit of six months: %s', async (doneOn, refusal) => {
    const db = await newDatabase()
    const { ids } = await built(db)
    await db.updateTable('module').set({ recognition_months: 6 }).execute()
    expect(await recogniseStraightAway(db, earlier(ids, doneOn), byCarla())).toBe(refusal)
    expect(await stateOf(db, ids.enrolmentId, ids.moduleId)).toBe(refusal ? undefined : 'recognised')
  })

  test('age is counted on the day of the decision', async () => {
    const db = await newDatabase()
    const { ids } = await built(db)
    await db.updateTable('module').set({ recognition_months: 6 }).execute()
    await askRecognition(db, earlier(ids, '2025-09-02'), byRosa)
    expect(await decideRecognition(db, 1, { verdict: 'granted', comment: '' }, byCarla(24 * 60))).toBe('too_old')
  })

  test('a locked module may be set aside', async () => {
    const db = await newDatabase()
    const { enrolmentId, moduleIds } = await built(db, [{}, { requires: [0] }])
    const request = {
      enrolmentId,
      moduleId: moduleIds[1] ?? 0,
      wanted: 'not_relevant' as const,
      evidence: 'Nessuno sportello',
      doneOn: null,
    }
    expect(await recogniseStraightAway(db, request, byCarla())).toBeNull()
    expect(await stateOf(db, enrolmentId, moduleIds[1] ?? 0)).toBe('not_relevant')
  })
})

describe('extending', () => {
  const extension = (enrolmentIds: number[], moduleId: number, dueOn = '2026-05-01') => ({
    enrolmentIds,
    moduleId,
    dueOn: day(dueOn),
    reason: 'Elezioni comunali',
  })

  test('the newest extension is the due date that counts', async () => {
    const db = await newDatabase()
    const { ids, pathwayId } = await built(db, [{ dueAfterDays: 7 }])
    for (const dueOn of ['2026-05-01', '2026-04-01'])
      expect(await extendDue(db, extension([ids.enrolmentId], ids.moduleId, dueOn), byCarla())).toEqual({ extended: 1 })
    const enrolment = { id: ids.enrolmentId, pathwayId, enrolledAt: noon, region: '15' }
    const { modules } = await pathwayStanding(db, enrolment, { now: later(24 * 60 * 10), zone })
    expect([modules[0]?.due?.toString(), modules[0]?.late]).toEqual(['2026-04-01', false])
  })

  test('for several, one that is refused leaves all as they were', async () => {
    const db = await newDatabase()
    const { ids, programmeId, pathwayId } = await built(db, [{ dueAfterDays: 7 }])
    const other = await enrol(db, { programmeId, pathwayId, administration: cosenza })
    await endEnrolment(db, other)
    expect(await extendDue(db, extension([ids.enrolmentId, other], ids.moduleId), byCarla())).toEqual({
      refusal: 'ended',
      enrolmentId: other,
    })
    expect(await db.selectFrom('extension').selectAll().execute()).toEqual([])
  })

  test('today is no extension, nor is a date for what has none', async () => {
    const db = await newDatabase()
    const { ids, moduleIds } = await built(db, [{ dueAfterDays: 7 }, {}])
    const refusal = async (moduleId: number, dueOn?: string) => extendDue(db, extension([ids.enrolmentId], moduleId, dueOn), byCarla())
    expect(await refusal(ids.moduleId, '2026-03-02')).toMatchObject({ refusal: 'not_later' })
    expect(await refusal(moduleIds[1] ?? 0)).toMatchObject({ refusal: 'no_due' })
  })
})

test('a section that needs one of three counts as one, everywhere', async () => {
  const db = await newDatabase()
  const { ids, pathwayId } = await built(db, [{ section: 'A' }, { section: 'A' }, { section: 'A' }])
  await db.insertInto('pathway_section').values({ pathway_id: pathwayId, title: 'A', needed: 1 }).execute()
  await read(db, ids, rosa)
  const [card] = await currentEnrolments(db, [salerno.id], await findPersonByEmail(db, carla.email))
  expect([card?.done, card?.total, card?.completedAt?.toString()]).toEqual([1, 1, '2026-03-02T11:00:00Z'])
})

test('a module added for one administration is needed by it alone', async () => {
  const db = await newDatabase()
  const { ids, programmeId, pathwayId } = await built(db)
  const module = {
    programme_id: programmeId,
    kind: 'reading' as const,
    title: 'In più',
    link: null,
    created_at: asMoment(noon),
    created_by: null,
  }
  const { id } = await db.insertInto('module').values(module).returning('id').executeTakeFirstOrThrow()
  const added = { enrolment_id: ids.enrolmentId, module_id: id, addition_id: null, reason: 'Più di 500 dipendenti' }
  await db
    .insertInto('enrolment_module')
    .values({ ...added, added_at: asMoment(noon), added_by: null, removed_at: null })
    .execute()
  const enrolment = { id: ids.enrolmentId, pathwayId, enrolledAt: noon, region: '15' }
  const { total, sections } = await pathwayStanding(db, enrolment, { now: noon, zone })
  expect([total, sections.map(({ added }) => added), sections[1]?.modules[0]?.addedFor]).toEqual([
    2,
    [false, true],
    'Più di 500 dipendenti',
  ])
})

test('only coordinators of the region coordinate, and not their own administration', async () => {
  const db = await newDatabase()
  const about = { administrationId: salerno.id, region: '15' }
  const refusalFor = async ({ email }: { email: string }) => {
    const person = await findPersonByEmail(db, email)
    return person && coordinationRefusal(person, about)
  }
  expect([await refusalFor(carla), await refusalFor(enzo), await refusalFor(paolo), await refusalFor(rosa)]).toEqual([
    null,
    'out_of_scope',
    'out_of_scope',
    'out_of_scope',
  ])
})
