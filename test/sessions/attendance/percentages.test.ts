import { describe, expect, test } from 'vitest'
import type { Database } from '#src/database/schema.ts'
import { cancelSession } from '#src/sessions/actions.ts'
import { recordAttendance } from '#src/sessions/attendance/actions.ts'
import { setCounting } from '#src/sessions/attendance/percentages/actions.ts'
import { expectedSessions, percentagesOfPeople } from '#src/sessions/attendance/percentages/queries.ts'
import { percentagesOf, usualCounting } from '#src/sessions/attendance/percentages/rules.ts'
import type { AttendanceStatus } from '#src/sessions/attendance/rules.ts'
import { register } from '#src/sessions/registration/actions.ts'
import { carla, countQueries, luca, nadia, noon, openApp, paolo, rosa, salerno } from '#test/support.ts'
import { buildPathway } from '../../pathways/builder.ts'
import { byPaolo, moment, schedule } from '../stage.ts'

test.each([
  [[], { attended: 0, held: 0, planned: 0, possible: 0 }],
  [['attended', 'missed', 'open', 'open'], { attended: 1, held: 2, planned: 4, possible: 3 }],
  [['attended', 'left_out'], { attended: 1, held: 1, planned: 1, possible: 1 }],
] as const)('%j makes %o', (outcomes, percentages) => {
  expect(percentagesOf(outcomes)).toEqual(percentages)
})

const now = moment('2026-03-20T12:00:00Z')
const day = (number: number) => ({
  startsAt: moment(`2026-03-${number}T09:00:00Z`),
  endsAt: moment(`2026-03-${number}T10:00:00Z`),
  thresholdMinutes: 30,
})

/** Rosa is registered for three sessions, on the 10th, the 11th and the 25th of March; it is the 20th. */
async function open() {
  const opened = await openApp()
  const { db } = opened
  const { firstId, programmeId, enrolmentId } = await buildPathway(db, [{ kind: 'webinar' }])
  const sessions = []
  for (const number of [10, 11, 25]) {
    const id = await schedule(db, { moduleId: firstId, ...day(number) })
    await register(db, id, { personId: rosa.id, administrationId: salerno.id }, { by: rosa, at: noon })
    sessions.push(id)
  }
  const [first = 0, second = 0, third = 0] = sessions
  const record = (session: number, status: AttendanceStatus, minutes: number, person: { id: number } = rosa) =>
    recordAttendance(db, session, [{ personId: person.id, administrationId: salerno.id, status, minutes }], { by: paolo, at: now })
  const ofRosa = async () => (await percentagesOfPeople(db, { programmeId, personIds: [rosa.id], now })).get(rosa.id)
  opened.clock.now = now
  return { ...opened, programmeId, enrolmentId, moduleId: firstId, first, second, third, record, ofRosa }
}

const ofSalerno = async (db: Database, programmeId: number) =>
  percentagesOf((await expectedSessions(db, { programmeId, of: { administrationId: salerno.id }, now })).map(({ outcome }) => outcome))

test('of three sessions one attended and one to come: half to date, a third of those planned, two thirds still possible', async () => {
  const { record, first, second, ofRosa } = await open()
  await record(first, 'present', 60)
  await record(second, 'absent', 0)
  expect(await ofRosa()).toEqual({ attended: 1, held: 2, planned: 3, possible: 2 })
})

test('a session whose attendance nobody has taken yet is still open', async () => {
  const { record, first, second, ofRosa, db } = await open()
  await record(first, 'present', 60)
  expect(await ofRosa()).toEqual({ attended: 1, held: 1, planned: 3, possible: 3 })
  await register(db, second, { personId: luca.id, administrationId: salerno.id }, { by: luca, at: noon })
  await record(second, 'present', 60, luca)
  expect(await ofRosa()).toEqual({ attended: 1, held: 2, planned: 3, possible: 2 })
})

test('an administration attended when one of its people did', async () => {
  const { db, programmeId, record, first, second } = await open()
  await record(first, 'absent', 0)
  await record(first, 'present', 60, luca)
  await record(second, 'excused', 0)
  expect(await ofSalerno(db, programmeId)).toEqual({ attended: 1, held: 1, planned: 2, possible: 2 })
})

test('a session that was called off counts for nobody', async () => {
  const { db, third, ofRosa } = await open()
  await cancelSession(db, third, 'Docente malato', byPaolo)
  expect(await ofRosa()).toMatchObject({ planned: 2 })
})

describe('what a status counts as', () => {
  test('is a setting of the programme, with its author', async () => {
    const { db, programmeId, record, first, ofRosa } = await open()
    await record(first, 'partial', 20)
    expect(await ofRosa()).toMatchObject({ attended: 0, held: 1 })
    const counting = { ...usualCounting, partial: 'attended' } as const
    expect(await setCounting(db, programmeId, counting, { by: carla, at: now })).toEqual({ changed: true })
    expect(await setCounting(db, programmeId, counting, { by: carla, at: now })).toEqual({ changed: false })
    expect(await ofRosa()).toMatchObject({ attended: 1, held: 1 })
    expect(await db.selectFrom('attendance_counting').select(['status', 'counts_as', 'set_by']).execute()).toEqual([
      { status: 'partial', counts_as: 'attended', set_by: carla.id },
    ])
  })

  test('is set on a page of the programme', async () => {
    const { as, programmeId, record, first, ofRosa } = await open()
    await record(first, 'excused', 0)
    expect(await ofRosa()).toMatchObject({ held: 0, planned: 2 })
    const browser = await as(carla)
    const path = `/programmes/${programmeId}/attendance`
    expect((await browser.post(path, { present: 'attended', partial: 'missed', absent: 'missed' })).status).toBe(422)
    await browser.post(path, { present: 'attended', partial: 'missed', absent: 'missed', excused: 'missed' })
    expect(await ofRosa()).toMatchObject({ attended: 0, held: 1, planned: 3 })
  })
})

describe('on the pages where people look', () => {
  test('the pathway shows the administration’s figures and one’s own, and the sessions behind them', async () => {
    const { as, enrolmentId, record, first, second } = await open()
    await record(first, 'present', 60)
    await record(second, 'present', 60, luca)
    const browser = await as(rosa)
    const pathway = (await browser.get(`/pathway/${enrolmentId}`)).text
    expect(pathway).toMatch(/Della tua amministrazione.*100%.*2 su 2.*66,7%.*2 su 3.*100%.*Le tue.*50%.*1 su 2/s)
    const counted = (await browser.get(`/pathway/${enrolmentId}/attendance`)).text
    expect(counted.match(/state (good|late|busy)/g)).toEqual([
      'state good',
      'state good',
      'state busy',
      'state good',
      'state late',
      'state busy',
    ])
  })

  test('the module and the session show them too', async () => {
    const { as, enrolmentId, moduleId, record, first } = await open()
    await record(first, 'present', 60)
    const browser = await as(rosa)
    expect((await browser.get(`/pathway/${enrolmentId}/modules/${moduleId}`)).text).toContain('1 su 3')
    expect((await browser.get(`/sessions/${first}`)).text).toContain('Nel programma: 1 su 1 incontri svolti (100%)')
  })

  test('the trainer reads each person’s beside their name', async () => {
    const { as, record, first, second } = await open()
    await record(first, 'present', 60)
    await record(second, 'absent', 0)
    expect((await (await as(paolo)).get(`/sessions/${first}/attendance`)).text).toContain('1 su 2 incontri svolti (50%)')
  })

  test('another administration’s sessions are not found', async () => {
    const { as, enrolmentId } = await open()
    expect((await (await as(nadia)).get(`/pathway/${enrolmentId}/attendance`)).status).toBe(404)
  })
})

test('the percentages of many take as many queries as those of one', async () => {
  const { db, programmeId } = await open()
  const asked = (personIds: number[]) => countQueries(db, (counted) => percentagesOfPeople(counted, { programmeId, personIds, now }))
  expect(await asked([rosa.id, luca.id, nadia.id])).toBe(await asked([rosa.id]))
})
