import { describe, expect, test } from 'vitest'
import type { Database } from '#src/database/schema.ts'
import { importAttendance } from '#src/sessions/attendance/import/actions.ts'
import { checkInByCode, checkInByTicket, closeDesk, openDesk } from '#src/sessions/check-in/actions.ts'
import { codeAt, isShown, newTicket, readTicket } from '#src/sessions/check-in/code.ts'
import { countCheckIns, countEntries } from '#src/sessions/check-in/counting.ts'
import { countsFrom } from '#src/sessions/check-in/rules.ts'
import { register } from '#src/sessions/registration/actions.ts'
import { carla, cosenza, luca, nadia, noon, openApp, paolo, rosa, salerno, zone } from '#test/support.ts'
import { buildPathway, stateOf } from '../../pathways/builder.ts'
import { bytesOf } from '../import/support.ts'
import { historyOf, moment, schedule } from '../stage.ts'

/** The session is on 10 March 2026, 10:00-11:30 in Rome; 63 of its 90 minutes count. */
const start = moment('2026-03-10T09:00:00Z')
const end = moment('2026-03-10T10:30:00Z')
const at = (minutes: number) => start.add({ minutes })

async function open(given: { grace?: number } = {}) {
  const opened = await openApp()
  const { firstId, enrolmentId } = await buildPathway(opened.db, [{ kind: 'webinar' }])
  const id = await schedule(opened.db, { moduleId: firstId })
  await register(opened.db, id, { personId: rosa.id, administrationId: salerno.id }, { by: rosa, at: noon })
  await openDesk(opened.db, id, given.grace ?? 15, { by: paolo, at: at(-10) })
  const { secret } = await opened.db.selectFrom('check_in_desk').select('secret').executeTakeFirstOrThrow()
  opened.clock.now = at(3)
  const type = (person: { id: number }, minutes: number) =>
    checkInByCode(opened.db, id, codeAt(secret, at(minutes)).digits, { by: person, at: at(minutes) })
  return { ...opened, id, secret, path: `/sessions/${id}`, type, state: () => stateOf(opened.db, enrolmentId, firstId) }
}

const attendance = (db: Database) =>
  db.selectFrom('attendance').orderBy('person_id').select(['person_id', 'status', 'minutes', 'source']).execute()

describe('the code', () => {
  const moments = [0, 29, 30, 89, 119].map((seconds) => [seconds, start.add({ seconds })] as const)

  test('changes every half minute, and is taken for a minute after it has changed', () => {
    const { digits, token } = codeAt('segreto', start)
    expect(digits).toMatch(/^\d{6}$/)
    expect(moments.map(([seconds, later]) => [seconds, isShown('segreto', digits, later), isShown('segreto', token, later)])).toEqual([
      [0, true, true],
      [29, true, true],
      [30, true, true],
      [89, true, true],
      [119, false, false],
    ])
  })

  test('is another one at another session', () => {
    expect(isShown('altro', codeAt('segreto', start).token, start)).toBe(false)
  })

  test('a ticket gives back the moment of its scan, and none that was touched', () => {
    const ticket = newTicket('segreto', start)
    expect(readTicket('segreto', ticket)?.scannedAt).toEqual(start)
    expect(readTicket('altro', ticket)).toBeNull()
    const [, ...rest] = ticket.split('.')
    expect(readTicket('segreto', [(start.epochMilliseconds - 60_000).toString(36), ...rest].join('.'))).toBeNull()
    expect(readTicket('segreto', 'a.b.c')).toBeNull()
  })
})

test.each([
  [-20, 0],
  [0, 0],
  [15, 0],
  [16, 16],
  [70, 70],
])('who checks in %d minutes after the start counts from minute %d, with 15 of grace', (scanned, counted) => {
  expect(countsFrom(at(scanned), { startsAt: start }, 15)).toEqual(at(counted))
})

test('a check-in is attendance when the session is over: until the end, from the start within the grace', async () => {
  const { db, type, state } = await open()
  await type(rosa, 5)
  await type(luca, 40)
  await countCheckIns(db, end.subtract({ seconds: 1 }))
  expect(await attendance(db)).toEqual([])
  await countCheckIns(db, end)
  expect(await attendance(db)).toEqual([
    { person_id: rosa.id, status: 'present', minutes: 90, source: 'check_in' },
    { person_id: luca.id, status: 'partial', minutes: 50, source: 'check_in' },
  ])
  expect(await state()).toBe('completed')
})

test('counting again changes nothing, and two processes count once', async () => {
  const { db, type } = await open()
  await type(rosa, 5)
  await Promise.all([countCheckIns(db, end), countCheckIns(db, end)])
  await countCheckIns(db, end.add({ minutes: 1 }))
  expect(await historyOf(db, 'check_ins_counted')).toHaveLength(1)
})

test('what a file says of somebody wins over their check-in', async () => {
  const { db, id, type } = await open()
  await type(rosa, 5)
  await type(luca, 5)
  await countCheckIns(db, end)
  const file = bytesOf(`Nome,E-mail,Ingresso,Uscita\n${rosa.name},${rosa.email},2026-03-10 10:00,2026-03-10 10:20\n`)
  await importAttendance(db, id, { fileName: 'teams.csv', bytes: file }, { by: paolo, at: end, zone })
  expect(await attendance(db)).toEqual([
    { person_id: rosa.id, status: 'partial', minutes: 20, source: 'import' },
    { person_id: luca.id, status: 'present', minutes: 90, source: 'check_in' },
  ])
})

test('checking in again keeps the first moment', async () => {
  const { db, type } = await open()
  await type(rosa, 5)
  expect(await type(rosa, 50)).toMatchObject({ already: true, scannedAt: at(5) })
  expect(await historyOf(db, 'checked_in')).toHaveLength(1)
})

test('one scan is good for one person', async () => {
  const { db, id, secret } = await open()
  const ticket = newTicket(secret, at(5))
  expect(await checkInByTicket(db, id, ticket, { by: rosa, at: at(6) })).toMatchObject({ scannedAt: at(5), already: false })
  expect(await checkInByTicket(db, id, ticket, { by: nadia, at: at(7) })).toEqual({ refusal: 'ticket_spent' })
})

test('a scan is good for half an hour, also after the session ended or check-in was closed', async () => {
  const { db, id, secret } = await open()
  await closeDesk(db, id, { by: paolo, at: at(88) })
  const [last, late] = [newTicket(secret, at(87)), newTicket(secret, at(89))]
  expect(await checkInByTicket(db, id, last, { by: rosa, at: at(116) })).toMatchObject({ already: false })
  expect(await checkInByTicket(db, id, newTicket(secret, at(60)), { by: luca, at: at(91) })).toEqual({ refusal: 'ticket_too_old' })
  expect(await checkInByTicket(db, id, late, { by: luca, at: at(90) })).toEqual({ refusal: 'not_open' })
})

test.each([
  [-31, 'too_early'],
  [90, 'over'],
])('at minute %d nobody checks in: %s', async (minutes, refusal) => {
  const { type } = await open()
  expect(await type(rosa, minutes)).toEqual({ refusal })
})

test('staff who represent no administration do not check in', async () => {
  const { type } = await open()
  expect(await type(carla, 5)).toEqual({ refusal: 'not_a_participant' })
})

test('after ten wrong codes not even the right one is taken', async () => {
  const { db, id, secret, type } = await open()
  const wrong = codeAt(secret, at(5)).digits === '000000' ? '000001' : '000000'
  for (let tries = 0; tries < 10; tries += 1)
    expect(await checkInByCode(db, id, wrong, { by: rosa, at: at(5) })).toEqual({ refusal: 'wrong_code' })
  expect(await type(rosa, 5)).toEqual({ refusal: 'too_many_tries' })
  expect(await type(luca, 5)).toMatchObject({ already: false })
})

test('going into the room by our link is kept, and counts only where the trainer says so', async () => {
  const { db, id, as, path, clock } = await open()
  clock.now = at(20)
  const browser = await as(rosa)
  expect((await browser.get(`${path}/join`, { 'sec-purpose': 'prefetch' })).status).toBe(302)
  await browser.head(`${path}/join`)
  expect(await db.selectFrom('room_entry').selectAll().execute()).toEqual([])
  await browser.get(`${path}/join`)
  clock.now = at(60)
  await browser.get(`${path}/join`)
  expect(await db.selectFrom('room_entry').select(['person_id', 'entered_at']).execute()).toEqual([
    { person_id: rosa.id, entered_at: '2026-03-10T09:20:00.000Z' },
  ])

  await countEntries(db, id, true, { by: paolo, at: end })
  expect(await attendance(db)).toEqual([{ person_id: rosa.id, status: 'present', minutes: 70, source: 'check_in' }])
  await countEntries(db, id, false, { by: paolo, at: end })
  expect(await attendance(db)).toEqual([])
})

describe('in the browser', () => {
  test('a visitor who scans signs in and is checked in at the moment of the scan', async () => {
    const { as, path, secret, clock, db } = await open()
    const scan = await (await as(null)).get(`${path}/check-in/scan/${codeAt(secret, at(3)).token}`)
    expect(scan.status).toBe(303)
    const ticket = scan.location ?? ''
    const asked = await (await as(null)).get(ticket)
    expect(asked.location).toBe(`/sign-in?next=${encodeURIComponent(ticket)}`)

    clock.now = at(25)
    const browser = await as(rosa)
    expect((await browser.get(ticket)).text).toContain('10:03')
    expect(await db.selectFrom('check_in').selectAll().execute()).toEqual([])
    expect((await browser.post(ticket)).location).toBe(`${path}/check-in`)
    expect(await db.selectFrom('check_in').select(['person_id', 'scanned_at', 'recorded_at']).execute()).toEqual([
      { person_id: rosa.id, scanned_at: '2026-03-10T09:03:00.000Z', recorded_at: '2026-03-10T09:25:00.000Z' },
    ])
    expect((await browser.get(path)).text).toContain('Hai registrato la tua presenza alle 10:03')
  })

  test('a code that is no longer shown says so, with what was typed', async () => {
    const { as, path } = await open()
    const answer = await (await as(rosa)).post(`${path}/check-in`, { code: '12 34 5' })
    expect(answer.status).toBe(422)
    expect(answer.text).toContain('value="12 34 5"')
    expect(answer.text).toContain('riprova con quello che vedi sullo schermo')
  })

  test('the page of the session leads to check-in only while it is open', async () => {
    const { as, path, clock } = await open()
    const browser = await as(luca)
    expect((await browser.get(path)).text).toContain(`href="${path}/check-in"`)
    clock.now = end
    expect((await browser.get(path)).text).not.toContain(`href="${path}/check-in"`)
  })
})

test('who checks in without being registered counts for the administration they represent', async () => {
  const { db, type } = await open()
  await type(nadia, 5)
  await countCheckIns(db, end)
  expect(await db.selectFrom('attendance').select(['person_id', 'administration_id']).execute()).toEqual([
    { person_id: nadia.id, administration_id: cosenza.id },
  ])
})
