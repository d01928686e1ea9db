import { expect, test } from 'vitest'
import { createFeed } from '#src/calendars/actions.ts'
import { cancelSession, changeSession, type SessionFields } from '#src/sessions/actions.ts'
import { cancelRegistration, register } from '#src/sessions/registration/actions.ts'
import { mailsIn, tell } from '#test/notifications/stage.ts'
import { byPaolo, fieldsOf, idOf, moment, readSession, schedule } from '#test/sessions/stage.ts'
import { luca, noon, openApp, rosa, salerno } from '#test/support.ts'
import { openCalendarClient } from './client.ts'
import { readCalendar } from './stage.ts'

/** Rosa and Luca are registered; Rosa's three calendars: everybody's feed, her own, and the one that obeys her mails. */
async function open() {
  const opened = await openApp()
  const { db, as, clock } = opened
  const id = await schedule(db)
  const { uid } = await readSession(db, id)
  const registration = idOf(await register(db, id, { personId: rosa.id, administrationId: salerno.id }, { by: rosa, at: noon }))
  idOf(await register(db, id, { personId: luca.id, administrationId: salerno.id }, { by: luca, at: noon }))
  const { token } = await createFeed(db, { label: 'Telefono' }, { by: rosa, at: noon })
  const [everybodys, own, mailed] = [openCalendarClient(), openCalendarClient(), openCalendarClient()]
  const visitor = await as(null)
  let read = 0

  /** As calendars do some minutes later. */
  async function synchronise() {
    await tell(db, clock.now)
    for (const { recipient, calendar } of (await mailsIn(db)).slice(read)) if (calendar && recipient === rosa.email) mailed.obey(calendar)
    read = (await mailsIn(db)).length
    await everybodys.subscribe((headers) => visitor.get('/calendar.ics', headers))
    await own.subscribe((headers) => visitor.get(`/calendars/${token}.ics`, headers))
  }
  async function change(fields: Partial<SessionFields>) {
    clock.now = clock.now.add({ minutes: 10 })
    current = { ...current, ...fields }
    idOf(await changeSession(db, id, current, { ...byPaolo, at: clock.now }))
    await synchronise()
  }
  let current: SessionFields = fieldsOf((await readSession(db, id)).module_id)
  await synchronise()
  return { ...opened, id, uid, registration, clients: { everybodys, own, mailed }, change, synchronise }
}

const all = ({ clients }: Awaited<ReturnType<typeof open>>) => [clients.everybodys, clients.own, clients.mailed]
const title = 'Impostare l’indagine'

test('a session that moves and is then cancelled is seen as such by every calendar of a person', async () => {
  const stage = await open()
  expect(all(stage).map((client) => client.shows())).toEqual(Array(3).fill([[title, '2026-03-10T09:00:00Z', 'CONFIRMED']]))

  await stage.change({ startsAt: moment('2026-03-29T00:30:00Z'), endsAt: moment('2026-03-29T02:30:00Z') })
  expect(all(stage).map((client) => client.shows())).toEqual(Array(3).fill([[title, '2026-03-29T00:30:00Z', 'CONFIRMED']]))

  stage.clock.now = stage.clock.now.add({ minutes: 10 })
  idOf(await cancelSession(stage.db, stage.id, 'Docente malato', { ...byPaolo, at: stage.clock.now }))
  await stage.synchronise()
  expect(all(stage).map((client) => client.shows())).toEqual(Array(3).fill([[`ANNULLATO: ${title}`, '2026-03-29T00:30:00Z', 'CANCELLED']]))
  expect(all(stage).flatMap(({ faults }) => faults)).toEqual([])
})

test('time, place and link each raise the SEQUENCE in mail and feed alike; what calendars don’t show leaves it', async () => {
  const stage = await open()
  const sequences = () => all(stage).map((client) => client.sequenceOf(stage.uid))
  await stage.change({ startsAt: moment('2026-03-10T09:30:00Z') })
  expect(sequences()).toEqual([1, 1, 1])
  await stage.change({ place: 'Salerno, sala Verdi' })
  expect(sequences()).toEqual([2, 2, 2])
  await stage.change({ joinUrl: 'https://room.example/other' })
  expect(sequences()).toEqual([3, 3, 3])
  const mails = (await mailsIn(stage.db)).length
  await stage.change({ capacity: 40, reminderHours: '1', followUpHours: 3 })
  expect([sequences(), (await mailsIn(stage.db)).length]).toEqual([[3, 3, 3], mails])
  expect(all(stage).flatMap(({ faults }) => faults)).toEqual([])
})

test('whoever cancels the registration loses the session from the own calendars, and keeps it in everybody’s', async () => {
  const stage = await open()
  stage.clock.now = stage.clock.now.add({ minutes: 10 })
  idOf(await cancelRegistration(stage.db, stage.registration, { by: rosa, at: stage.clock.now }))
  await stage.synchronise()
  const { everybodys, own, mailed } = stage.clients
  expect([everybodys.shows().length, own.shows().length, mailed.shows().map(([, , status]) => status)]).toEqual([1, 0, ['CANCELLED']])

  stage.clock.now = stage.clock.now.add({ minutes: 10 })
  idOf(await register(stage.db, stage.id, { personId: rosa.id, administrationId: salerno.id }, { by: rosa, at: stage.clock.now }))
  await stage.synchronise()
  expect(all(stage).map((client) => client.shows())).toEqual(Array(3).fill([[title, '2026-03-10T09:00:00Z', 'CONFIRMED']]))
})

test('every mailed message names its recipient as the only attendee, whatever happens', async () => {
  const stage = await open()
  await stage.change({ startsAt: moment('2026-03-10T09:30:00Z') })
  idOf(await cancelSession(stage.db, stage.id, 'Docente malato', { ...byPaolo, at: stage.clock.now }))
  await stage.synchronise()
  const named = (await mailsIn(stage.db)).map(({ recipient, calendar, calendar_method }) => {
    const [event] = readCalendar(calendar ?? '').events
    return [calendar_method, event?.uid === stage.uid, event?.attendees.map((each) => each?.toLowerCase() === `mailto:${recipient}`)]
  })
  expect(named).toEqual(['REQUEST', 'REQUEST', 'REQUEST', 'REQUEST', 'CANCEL', 'CANCEL'].map((method) => [method, true, [true]]))
})
