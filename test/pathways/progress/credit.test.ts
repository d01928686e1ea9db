import { expect, test } from 'vitest'
import type { Database } from '#src/database/schema.ts'
import { assign } from '#src/pathways/assign/actions.ts'
import { addModule, addPathway, setPathwayModules } from '#src/pathways/definition/actions.ts'
import { confirmReading } from '#src/pathways/modules/actions.ts'
import { enrol } from '#src/pathways/orientation/actions.ts'
import { chosenByHand } from '#src/pathways/orientation/trace.ts'
import { saveRule } from '#src/pathways/rules/actions.ts'
import { markPreviewed, publishRules } from '#src/pathways/rules/versions/actions.ts'
import { createProgramme, publishProgramme } from '#src/programmes/actions.ts'
import { createSession, publishSession } from '#src/sessions/actions.ts'
import { recordAttendance } from '#src/sessions/attendance/actions.ts'
import { carla, newDatabase, noon, paolo, rosa, salerno } from '#test/support.ts'

const who = { by: carla, at: noon }
const step = { section: '', dueAfterDays: null, optional: false, requires: [] }

/** A webinar (1) and a reading (2) in one pathway; Rosa was at the webinar before her administration followed anything. */
async function attendedFirst(db: Database) {
  await createProgramme(db, { title: 'MiglioraPA', summary: '', startsOn: '2026-02-01', endsOn: '2026-12-31' }, who)
  const module = { summary: '', body: '', link: null }
  await addModule(db, 1, { ...module, kind: 'webinar', title: 'Webinar' }, who)
  await addModule(db, 1, { ...module, kind: 'reading', title: 'Lettura' }, who)
  await addPathway(db, 1, { title: 'Standard', summary: '' }, who)
  await setPathwayModules(
    db,
    1,
    [1, 2].map((moduleId) => ({ ...step, moduleId })),
    who,
  )
  await saveRule(db, 1, { title: 'Tutti', pathwayId: 1, condition: { all: [] } }, who)
  await markPreviewed(db, 1, who)
  await publishRules(db, 1, who)
  await publishProgramme(db, 1, who)

  const room = {
    place: null,
    joinUrl: 'https://room.example',
    capacity: null,
    thresholdMinutes: 60,
    regionCode: null,
    trainerIds: [paolo.id],
  }
  const times = { startsAt: noon.add({ minutes: 10 }), endsAt: noon.add({ minutes: 100 }) }
  await createSession(db, { moduleId: 1, kind: 'webinar', title: 'Webinar', description: '', ...times, ...room }, { by: paolo, at: noon })
  await publishSession(db, 1, { by: paolo, at: noon })
  const present = { personId: rosa.id, administrationId: salerno.id, status: 'present' as const, minutes: 90 }
  await recordAttendance(db, 1, [present], { by: paolo, at: noon.add({ minutes: 120 }) })
}

const states = (db: Database) => db.selectFrom('progress').orderBy('module_id').select(['module_id', 'state']).execute()

test('a webinar attended before the enrolment counts for it', async () => {
  const db = await newDatabase()
  await attendedFirst(db)
  await enrol(db, { programmeId: 1, administrationId: salerno.id, pathwayId: 1, ruleId: null, trace: chosenByHand }, who)
  expect(await states(db)).toEqual([{ module_id: 1, state: 'completed' }])
})

test('the same when a coordinator assigns everybody at once', async () => {
  const db = await newDatabase()
  await attendedFirst(db)
  await assign(db, 1, { ...who, scope: 'national' })
  expect(await states(db)).toEqual([{ module_id: 1, state: 'completed' }])
})

test('a pathway that asks for less from now on is completed for those who have done the rest', async () => {
  const db = await newDatabase()
  await attendedFirst(db)
  const enrolled = await enrol(db, { programmeId: 1, administrationId: salerno.id, pathwayId: 1, ruleId: null, trace: chosenByHand }, who)
  expect(enrolled).toEqual({ id: 1 })
  await setPathwayModules(
    db,
    1,
    [
      { ...step, moduleId: 1 },
      { ...step, moduleId: 2, optional: true },
    ],
    who,
  )
  expect((await db.selectFrom('enrolment').select('completed_at').executeTakeFirst())?.completed_at).toBe('2026-03-02T11:00:00.000Z')
  expect(await confirmReading(db, { enrolmentId: 1, moduleId: 2 }, { by: rosa, at: noon })).toBeNull()
})
