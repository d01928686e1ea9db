import { expect, test } from 'vitest'
import type { Database } from '#src/database/schema.ts'
import { inTransaction } from '#src/database/transaction.ts'
import { mailboxOf, mailsAtOnce, sendOutbox } from '#src/notifications/outbox/send.ts'
import { openTransport } from '#src/notifications/outbox/transport.ts'
import { writeMail, writeMails } from '#src/notifications/outbox.ts'
import type { Mail } from '#src/web/env.ts'
import { addSession, readCalendar, register } from '#test/calendars/stage.ts'
import { newDatabase, noon, rosa } from '#test/support.ts'
import { openMailServer } from './mail-server.ts'
import { happened, mailsIn, tell } from './stage.ts'

test('a mail arrives as it was written, once', async () => {
  const db = await newDatabase()
  const server = await openMailServer()
  await write(db, { subject: 'È arrivata la città 📊', text: 'Ciao,\n\nperché no?', html: '<p>Ciao, perché no?</p>' })
  const transport = server.connect()
  expect(await sendOutbox(db, transport, noon)).toBe(1)
  expect(await sendOutbox(db, transport, noon.add({ minutes: 60 }))).toBe(0)

  const [kept] = await mailsIn(db)
  expect(kept).toMatchObject({ sent_at: '2026-03-02T11:00:00.000Z', attempts: 0, last_error: null })
  expect(server.received).toHaveLength(1)
  expect(server.received[0]).toMatchObject({
    to: [rosa.email],
    mail: {
      from: { name: 'Percorsi', address: 'percorsi@example.it' },
      subject: 'È arrivata la città 📊',
      text: 'Ciao,\n\nperché no?\n',
      html: expect.stringContaining('<p>Ciao, perché no?</p>'),
      messageId: kept?.message_id,
    },
  })
})

test('an invitation arrives where calendars look for it: beside the text, with its method', async () => {
  const db = await newDatabase()
  const server = await openMailServer()
  const session = await addSession(db, { title: 'Città, qualità; servizi' })
  await happened(db, 'registered', ['registration', await register(db, session, rosa)])
  await tell(db)
  await sendOutbox(db, server.connect(), noon)

  const [part, ...others] = server.received[0]?.mail.attachments ?? []
  expect([part?.mimeType, part?.method, part?.disposition, others.length]).toEqual(['text/calendar', 'REQUEST', null, 0])
  const content = part?.content
  const text = typeof content === 'string' ? content : new TextDecoder().decode(content)
  // The reader of the mail turns every line break into \n.
  expect(text).toBe((await mailsIn(db))[0]?.calendar?.replaceAll('\r\n', '\n'))
  expect(readCalendar(text)).toMatchObject({ method: 'REQUEST', events: [{ uid: session.uid, summary: 'Città, qualità; servizi' }] })
})

test('two senders at once send each mail once', async () => {
  const db = await newDatabase()
  const server = await openMailServer()
  await writeMany(db, 30)
  const counts = await Promise.all([sendOutbox(db, server.connect(), noon), sendOutbox(db, server.connect(), noon)])
  // On PostgreSQL a sender that waited for the other's claim may find its batch taken and come back with nothing.
  const rest = await sendOutbox(db, server.connect(), noon)
  expect(counts[0] + counts[1] + rest).toBe(30)
  expect(new Set(server.received.map(({ mail }) => mail.messageId)).size).toBe(30)
  expect(server.received).toHaveLength(30)
})

test('a mail that another sender is just taking is left to it', async () => {
  const db = await newDatabase()
  const transport = (await openMailServer()).connect()
  await write(db)
  await Promise.all([mailsIn(db), mailsIn(db)])
  const other = await db.transaction().execute(async (tx) => {
    await tx.updateTable('outbox').set({ claimed_until: '2026-03-02T11:15:00.000Z' }).execute()
    const sending = sendOutbox(db, transport, noon)
    // Long enough for the second sender to have looked, and to wait for the first.
    for (let query = 0; query < 50; query += 1) await mailsIn(tx)
    return { sending }
  })
  expect(await other.sending).toBe(0)
})

test('the oldest mails go first, twenty at a time', async () => {
  const db = await newDatabase()
  const server = await openMailServer()
  await writeMany(db, 22)
  expect(await sendOutbox(db, server.connect(), noon)).toBe(mailsAtOnce)
  expect(server.received.map(({ mail }) => mail.subject)).toEqual(Array.from({ length: 20 }, (_, each) => `Messaggio ${each}`))
})

test('a mail that the server refuses is kept, with the reason, and tried again later', async () => {
  const db = await newDatabase()
  const server = await openMailServer()
  const transport = server.connect()
  await write(db)
  server.state.refusal = 'Mailbox busy'
  await sendOutbox(db, transport, noon)
  expect((await mailsIn(db))[0]).toMatchObject({ attempts: 1, last_error: expect.stringContaining('Mailbox busy'), sent_at: null })

  server.state.refusal = null
  expect(await sendOutbox(db, transport, noon.add({ seconds: 59 }))).toBe(0)
  expect(await sendOutbox(db, transport, noon.add({ seconds: 60 }))).toBe(1)
  expect((await mailsIn(db))[0]).toMatchObject({ sent_at: '2026-03-02T11:01:00.000Z', last_error: null })
})

test('one refused mail holds up no other', async () => {
  const db = await newDatabase()
  const server = await openMailServer()
  await write(db, { to: { id: null, email: 'not an address' } })
  await write(db)
  await sendOutbox(db, server.connect(), noon)
  expect((await mailsIn(db)).map(({ sent_at }) => sent_at !== null)).toEqual([false, true])
})

test('the waits grow, and after ten failures over some days a mail is given up', async () => {
  const db = await newDatabase()
  const server = await openMailServer()
  const transport = server.connect()
  await write(db)
  server.state.refusal = 'No'

  const waits: number[] = []
  let now = noon
  for (let attempt = 0; attempt < 10; attempt += 1) {
    expect(await sendOutbox(db, transport, now)).toBe(1)
    const next = Temporal.Instant.from((await mailsIn(db))[0]?.claimed_until ?? '')
    waits.push(next.since(now).total('minutes'))
    now = next
  }
  expect(waits).toEqual([1, 3, 9, 27, 81, 243, 729, 1440, 1440, 1440])
  expect(await sendOutbox(db, transport, now.add({ hours: 1000 }))).toBe(0)
})

test('a mail server that is away loses nothing', async () => {
  const db = await newDatabase()
  const away = openTransport('smtp://127.0.0.1:1', 'percorsi@example.it')
  await write(db)
  await sendOutbox(db, away, noon)
  away.close()
  const server = await openMailServer()
  await sendOutbox(db, server.connect(), noon.add({ minutes: 1 }))
  expect(server.received).toHaveLength(1)
})

test('mails that a dead process had taken are sent by another one after a while', async () => {
  const db = await newDatabase()
  const server = await openMailServer()
  await write(db)
  await db.updateTable('outbox').set({ claimed_until: '2026-03-02T11:15:00.000Z' }).execute()
  const transport = server.connect()
  expect(await sendOutbox(db, transport, noon.add({ minutes: 14 }))).toBe(0)
  expect(await sendOutbox(db, transport, noon.add({ minutes: 15 }))).toBe(1)
})

test('a recipient is one address, whatever it looks like', async () => {
  const db = await newDatabase()
  const server = await openMailServer()
  await write(db, { to: { id: null, email: 'rosa@ente.example, tutti@ente.example' } })
  await sendOutbox(db, server.connect(), noon)
  expect(server.received.filter(({ to }) => to.includes('tutti@ente.example'))).toEqual([])
})

test.each([
  ['Percorsi <percorsi@example.it>', { name: 'Percorsi', email: 'percorsi@example.it' }],
  ['"Dipartimento, Ufficio 3" <uff3@example.it>', { name: 'Dipartimento, Ufficio 3', email: 'uff3@example.it' }],
  ['percorsi@example.it', { name: 'percorsi@example.it', email: 'percorsi@example.it' }],
])('the sender %s is also who invites', (text, mailbox) => {
  expect(mailboxOf(text)).toEqual(mailbox)
})

test('a sender without an address is refused in words', () => {
  expect(() => mailboxOf('')).toThrow('MAIL_FROM must be an address')
})

async function write(db: Database, mail: Partial<Mail> = {}) {
  const whole = { to: rosa, subject: 'Messaggio', text: 'Testo', html: '<p>Testo</p>', ...mail }
  await inTransaction(db, (tx) => writeMail(tx, whole, noon))
}

async function writeMany(db: Database, count: number) {
  const mails = Array.from({ length: count }, (_, each) => ({
    to: rosa,
    subject: `Messaggio ${each}`,
    text: 'Testo',
    html: '<p>Testo</p>',
  }))
  await inTransaction(db, (tx) => writeMails(tx, mails, noon))
}
