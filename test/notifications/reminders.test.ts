import { expect, test } from 'vitest'
import type { Database } from '#src/database/schema.ts'
import { remindOfSessions } from '#src/notifications/reminders/actions.ts'
import { cancelSession, changeSession, type SessionFields } from '#src/sessions/actions.ts'
import { cancelRegistration, register } from '#src/sessions/registration/actions.ts'
import { readReminderHours } from '#src/sessions/rules.ts'
import { byPaolo, fieldsOf, idOf, moment, readSession, schedule } from '#test/sessions/stage.ts'
import { cosenza, nadia, newDatabase, noon, rosa, salerno, zone } from '#test/support.ts'

/** 10:00 in Rome. */
const starts = moment('2026-03-10T09:00:00Z')
const before = (hours: number) => starts.subtract({ hours })
const remind = (db: Database, now: Temporal.Instant) => remindOfSessions(db, { now, baseUrl: 'https://percorsi.example.it', zone })
const mails = (db: Database) => db.selectFrom('outbox').orderBy('id').select(['recipient', 'subject', 'text']).execute()

/** Rosa is registered since noon of 2 March. */
async function open(given: Partial<SessionFields> = {}) {
  const db = await newDatabase()
  const id = await schedule(db, given)
  const registration = idOf(await register(db, id, { personId: rosa.id, administrationId: salerno.id }, { by: rosa, at: noon }))
  const change = async (fields: Partial<SessionFields>, at: Temporal.Instant) =>
    idOf(await changeSession(db, id, { ...fieldsOf((await readSession(db, id)).module_id), ...given, ...fields }, { ...byPaolo, at }))
  return { db, id, registration, change }
}

test('a day before, whoever is registered is reminded once, in their language', async () => {
  const { db, id } = await open()
  await db.updateTable('person').set({ language: 'en' }).where('id', '=', nadia.id).execute()
  await register(db, id, { personId: nadia.id, administrationId: cosenza.id }, { by: nadia, at: noon })
  expect(await remind(db, before(24).subtract({ seconds: 1 }))).toBe(0)
  expect(await remind(db, before(24))).toBe(2)
  expect(await remind(db, before(23))).toBe(0)
  const written = await mails(db)
  expect(written.map(({ recipient, subject }) => [recipient, subject])).toEqual([
    [rosa.email, 'Promemoria: Impostare l’indagine, 10 mar 2026, 10:00'],
    [nadia.email, 'Reminder: Impostare l’indagine, 10 Mar 2026, 10:00'],
  ])
  expect(written[0]?.text).toContain(`https://percorsi.example.it/sessions/${id}`)
  expect(written[0]?.text).not.toContain('room.example')
})

test('two processes at once remind once', async () => {
  const { db } = await open()
  const counts = await Promise.all([remind(db, before(24)), remind(db, before(24))])
  expect(counts.toSorted()).toEqual([0, 1])
})

test('each of the hours that the trainer chose reminds; what was missed is not made up for twice', async () => {
  const { db } = await open({ reminderHours: '48,24,1' })
  expect([await remind(db, before(24)), await remind(db, before(2)), await remind(db, before(1))]).toEqual([1, 0, 1])
  expect([await remind(db, starts), await remind(db, starts.add({ hours: 1 }))]).toEqual([0, 0])
})

test('without hours nobody is reminded', async () => {
  const { db } = await open({ reminderHours: '' })
  expect(await remind(db, before(1))).toBe(0)
})

test('a session that moves reminds of its new time, and not where the mail about the change came after that hour', async () => {
  const { db, change } = await open()
  expect(await remind(db, before(24))).toBe(1)
  await change({ startsAt: starts.add({ hours: 48 }), endsAt: starts.add({ hours: 49 }) }, before(20))
  expect([await remind(db, before(10)), await remind(db, starts.add({ hours: 24 }))]).toEqual([0, 1])
  await change({ startsAt: starts.add({ hours: 47 }), endsAt: starts.add({ hours: 49 }) }, starts.add({ hours: 30 }))
  expect(await remind(db, starts.add({ hours: 31 }))).toBe(0)
})

test('whoever registers later than that, cancels, or holds a place at a cancelled session is not reminded', async () => {
  const late = await open()
  await register(late.db, late.id, { personId: nadia.id, administrationId: cosenza.id }, { by: nadia, at: before(20) })
  await cancelRegistration(late.db, late.registration, { by: rosa, at: before(20) })
  expect(await remind(late.db, before(19))).toBe(0)

  const calledOff = await open()
  await cancelSession(calledOff.db, calledOff.id, 'Docente malato', byPaolo)
  expect(await remind(calledOff.db, before(24))).toBe(0)
})

test.each([
  ['24, 1', [24, 1]],
  ['1;24 1', [24, 1]],
  ['', []],
  ['domani', null],
  ['0', null],
  ['337', null],
  ['1 2 3 4 5', null],
])('hours typed as "%s" are %o', (text, hours) => expect(readReminderHours(text)).toEqual(hours))
