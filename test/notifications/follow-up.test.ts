import { expect, test } from 'vitest'
import type { Database } from '#src/database/schema.ts'
import { followUpSessions } from '#src/notifications/follow-up/actions.ts'
import { cancelSession } from '#src/sessions/actions.ts'
import { recordAttendance } from '#src/sessions/attendance/actions.ts'
import type { AttendanceStatus } from '#src/sessions/attendance/rules.ts'
import { addMaterials, askFollowUp } from '#src/sessions/materials/actions.ts'
import { byPaolo, idOf, moment, schedule } from '#test/sessions/stage.ts'
import { cosenza, luca, nadia, newDatabase, openApp, paolo, rosa, salerno } from '#test/support.ts'

const ended = moment('2026-03-10T10:30:00Z')
const later = (hours: number) => ended.add({ hours })
const send = (db: Database, now: Temporal.Instant) => followUpSessions(db, { now, baseUrl: 'https://percorsi.example.it' })
const mails = (db: Database) => db.selectFrom('outbox').orderBy('id').select(['recipient', 'subject', 'text', 'calendar']).execute()

async function open(given: Parameters<typeof schedule>[1] = {}) {
  const db = await newDatabase()
  const id = await schedule(db, { followUpHours: 24, ...given })
  const record = (people: [{ id: number }, AttendanceStatus][], at = ended) =>
    recordAttendance(
      db,
      id,
      people.map(([person, status]) => ({
        personId: person.id,
        administrationId: person.id === nadia.id ? cosenza.id : salerno.id,
        status,
        minutes: status === 'absent' ? 0 : 90,
      })),
      { by: paolo, at },
    )
  return { db, id, record }
}

test('so many hours after the end, whoever attended is written to once, in their language, with the materials', async () => {
  const { db, id, record } = await open()
  await db.updateTable('person').set({ language: 'en' }).where('id', '=', nadia.id).execute()
  await addMaterials(
    db,
    id,
    { phase: 'recording', audience: 'attended', title: 'La registrazione', link: 'https://video.example/secret', files: [] },
    byPaolo,
  )
  await record([
    [rosa, 'present'],
    [nadia, 'partial'],
    [luca, 'absent'],
  ])
  expect([await send(db, later(23)), await send(db, later(24)), await send(db, later(25))]).toEqual([0, 2, 0])
  const written = await mails(db)
  expect(written.map(({ recipient, subject }) => [recipient, subject])).toEqual([
    [rosa.email, 'Dopo l’incontro: Impostare l’indagine'],
    [nadia.email, 'After the session: Impostare l’indagine'],
  ])
  expect(written[0]?.text).toContain(`La registrazione: https://percorsi.example.it/sessions/${id}/materials/1`)
  expect(written[0]?.text).toContain(`https://percorsi.example.it/sessions/${id}/feedback`)
  expect([written[0]?.text.includes('video.example'), written[0]?.calendar]).toEqual([false, null])
})

test('whoever is recorded as present later is written to then', async () => {
  const { db, record } = await open()
  await record([[rosa, 'present']])
  await send(db, later(24))
  await record([[luca, 'present']], later(30))
  expect([await send(db, later(31)), (await mails(db)).map(({ recipient }) => recipient)]).toEqual([1, [rosa.email, luca.email]])
})

test('two processes at once write once', async () => {
  const { db, record } = await open()
  await record([[rosa, 'present']])
  expect((await Promise.all([send(db, later(24)), send(db, later(24))])).toSorted()).toEqual([0, 1])
})

test('without hours it waits for the trainer, whose message goes with it', async () => {
  const { db, id, record } = await open({ followUpHours: null })
  await record([[rosa, 'present']])
  expect(await send(db, later(100))).toBe(0)
  idOf(await askFollowUp(db, id, 'A presto\na Salerno!', { by: paolo, at: later(100) }))
  expect(await send(db, later(100))).toBe(1)
  expect((await mails(db))[0]?.text).toContain('> A presto\n> a Salerno!')
})

test('nothing is asked for before the end, nor sent after a session that was called off', async () => {
  const { db, id } = await open()
  expect(await askFollowUp(db, id, '', { by: paolo, at: ended.subtract({ seconds: 1 }) })).toEqual({ refusal: 'not_over' })
  idOf(await cancelSession(db, id, 'Docente malato', byPaolo))
  expect(await askFollowUp(db, id, '', { by: paolo, at: ended })).toEqual({ refusal: 'cancelled' })
  expect(await send(db, later(48))).toBe(0)
})

test('the trainer sends it from the page of the materials', async () => {
  const { db, id, record } = await open({ followUpHours: null })
  await record([[rosa, 'present']])
  const { as, clock } = await openApp({ db })
  clock.now = later(1)
  const browser = await as(paolo)
  expect((await browser.get(`/sessions/${id}/materials`)).text).toContain('Non parte da sola')
  expect((await browser.post(`/sessions/${id}/follow-up`, { note: 'Grazie!' })).status).toBe(303)
  await send(db, later(1))
  expect((await browser.get(`/sessions/${id}/materials`)).text).toContain('Già scritta a: 1.')
})
