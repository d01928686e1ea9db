import { expect, test } from 'vitest'
import { asMoment } from '#src/database/moment.ts'
import type { Database } from '#src/database/schema.ts'
import { addSession, faultsOf, readCalendar, register, reviseSession, unregister } from '#test/calendars/stage.ts'
import { luca, nadia, newDatabase, noon, openApp, rosa } from '#test/support.ts'
import { happened, mailsIn, tell, told } from './stage.ts'

const later = noon.add({ minutes: 10 })

test('a registration is confirmed with an invitation for the person alone', async () => {
  const db = await newDatabase()
  const session = await addSession(db)
  const registration = await register(db, session, rosa)
  await register(db, session, luca)
  await happened(db, 'registered', ['registration', registration], { by: rosa })

  expect(await told(db)).toEqual([[rosa.email, 'Iscrizione confermata: Impostare l’indagine']])
  const [mail] = await mailsIn(db)
  expect(mail?.text).toContain('Quando: martedì 10 marzo 2026, 10:00-11:30\nDove: Online')
  expect(mail?.text).toContain(`https://percorsi.example.it/sessions/${session.id}`)
  expect(await eventsFor(db, rosa)).toEqual([
    {
      method: 'REQUEST',
      uid: session.uid,
      sequence: 0,
      start: '2026-03-10T09:00:00Z',
      status: 'CONFIRMED',
      organizer: 'mailto:percorsi@example.it',
      attendees: [`mailto:${rosa.email}`],
    },
  ])
})

test('a calendar that obeys the mails sees the session move, then go', async () => {
  const db = await newDatabase()
  const session = await addSession(db)
  await happened(db, 'registered', ['registration', await register(db, session, rosa)], { by: rosa })
  await tell(db)
  await reviseSession(db, session, { starts_at: '2026-03-11T13:00:00.000Z', ends_at: '2026-03-11T14:00:00.000Z' })
  await happened(db, 'session_changed', ['session', session])
  await tell(db)
  await reviseSession(db, session, { cancelled_at: asMoment(later), cancellation_reason: 'Sciopero dei treni' })
  await happened(db, 'session_cancelled', ['session', session], { when: later })
  await tell(db, later)

  const events = await eventsFor(db, rosa)
  expect(events.map(({ method, uid, sequence, start, status }) => [method, uid, sequence, start, status])).toEqual([
    ['REQUEST', session.uid, 0, '2026-03-10T09:00:00Z', 'CONFIRMED'],
    ['REQUEST', session.uid, 1, '2026-03-11T13:00:00Z', 'CONFIRMED'],
    ['CANCEL', session.uid, 2, '2026-03-11T13:00:00Z', 'CANCELLED'],
  ])
  expect(new Set(events.map(({ organizer }) => organizer)).size).toBe(1)
  expect((await mailsIn(db)).at(-1)?.text).toContain('Il motivo:\n\n> Sciopero dei treni')
})

test('mail and feed speak of the same event', async () => {
  const { db, as } = await openApp()
  const session = await addSession(db, { revision: 4 })
  await happened(db, 'registered', ['registration', await register(db, session, rosa)])
  await tell(db)
  const [inFeed] = readCalendar((await (await as(null)).get('/calendar.ics')).text).events
  const [inMail] = await eventsFor(db, rosa)
  expect([inMail?.uid, inMail?.sequence]).toEqual([inFeed?.uid, inFeed?.sequence])
})

test('a change is told to those registered today, each as the only attendee', async () => {
  const db = await newDatabase()
  const session = await addSession(db)
  await register(db, session, rosa)
  await register(db, session, nadia)
  await unregister(db, await register(db, session, luca))
  await happened(db, 'session_changed', ['session', session])
  expect((await told(db)).map(([recipient]) => recipient)).toEqual([rosa.email, nadia.email])
  expect((await eventsFor(db, nadia))[0]?.attendees).toEqual([`mailto:${nadia.email}`])
})

test('who cancels the own registration is told too: the calendar must drop it', async () => {
  const db = await newDatabase()
  const session = await addSession(db)
  const registration = await register(db, session, rosa)
  await unregister(db, registration)
  await happened(db, 'registration_cancelled', ['registration', registration], { by: rosa })
  expect(await told(db)).toEqual([[rosa.email, 'Iscrizione annullata: Impostare l’indagine']])
  expect((await eventsFor(db, rosa)).map(({ method, uid, status }) => [method, uid, status])).toEqual([
    ['CANCEL', session.uid, 'CANCELLED'],
  ])
})

test('after leaving and coming back, the last word to the calendar is an invitation', async () => {
  const db = await newDatabase()
  const session = await addSession(db)
  const first = await register(db, session, rosa)
  await happened(db, 'registered', ['registration', first], { by: rosa })
  await unregister(db, first, later)
  await happened(db, 'registration_cancelled', ['registration', first], { by: rosa, when: later })
  const again = noon.add({ minutes: 20 })
  await happened(db, 'registered', ['registration', await register(db, session, rosa)], { by: rosa, when: again })
  await tell(db, again)

  const stamped = (await mailsIn(db)).map(({ calendar, calendar_method }) => [
    calendar_method,
    readCalendar(calendar ?? '').events[0]?.stamp,
  ])
  expect(stamped).toEqual([
    ['CANCEL', '2026-03-02T11:10:00Z'],
    ['REQUEST', '2026-03-02T11:20:00Z'],
  ])
})

test('those whose registration ended with the session are told of its cancellation', async () => {
  const db = await newDatabase()
  const session = await addSession(db)
  const [withIt, before] = [await register(db, session, rosa), await register(db, session, luca)]
  await unregister(db, before, noon)
  await reviseSession(db, session, { cancelled_at: asMoment(later) })
  await unregister(db, withIt, later)
  await happened(db, 'session_cancelled', ['session', session], { when: later })
  expect(await told(db, later)).toEqual([[rosa.email, 'Incontro annullato: Impostare l’indagine']])
})

test('nobody is invited to a session that was cancelled in the meantime', async () => {
  const db = await newDatabase()
  const session = await addSession(db)
  await happened(db, 'registered', ['registration', await register(db, session, rosa)])
  await happened(db, 'session_changed', ['session', session])
  await reviseSession(db, session, { cancelled_at: asMoment(noon) })
  await happened(db, 'session_cancelled', ['session', session])
  expect(await told(db)).toEqual([[rosa.email, 'Incontro annullato: Impostare l’indagine']])
})

test('nothing is said of a session that is over', async () => {
  const db = await newDatabase()
  const session = await addSession(db, { startsAt: '2026-03-01T09:00:00.000Z' })
  await happened(db, 'registered', ['registration', await register(db, session, rosa)])
  await happened(db, 'session_changed', ['session', session])
  expect(await told(db)).toEqual([])
})

test('what mails carry keeps to the standard, whatever the title', async () => {
  const db = await newDatabase()
  const session = await addSession(db, { title: 'Città, “qualità”;\nBcc: tutti@ente.example 📊'.repeat(3), place: 'Sala Verdi\nSalerno' })
  await happened(db, 'registered', ['registration', await register(db, session, rosa)])
  await tell(db)
  const [mail] = await mailsIn(db)
  expect(faultsOf(mail?.calendar ?? '')).toEqual([])
  expect(mail?.subject).not.toMatch(/[\r\n]/)
})

/** What the person's calendar was told, in order. */
async function eventsFor(db: Database, { email }: { email: string }) {
  const mails = (await mailsIn(db)).filter(({ recipient }) => recipient === email)
  return mails.flatMap(({ calendar }) => {
    const { method, events } = readCalendar(calendar ?? '')
    return events.map(({ uid, sequence, start, status, organizer, attendees }) => ({
      method,
      uid,
      sequence,
      start,
      status,
      organizer,
      attendees: attendees.map((each) => each?.replace('MAILTO:', 'mailto:')),
    }))
  })
}
