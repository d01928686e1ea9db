import { expect, test } from 'vitest'
import { createApp } from '#src/app.ts'
import type { Database } from '#src/database/schema.ts'
import { inTransaction } from '#src/database/transaction.ts'
import { writeMail, writeMails } from '#src/notifications/outbox.ts'
import { startSignIn } from '#src/people/sign-in/actions.ts'
import type { Mail } from '#src/web/env.ts'
import { baseUrl, carla, countQueries, enzo, newDatabase, noon, openApp, paolo, rosa, zone } from '#test/support.ts'

test('the national coordinator reads what was written, newest first', async () => {
  const { db, as } = await openApp()
  await write(db, { subject: 'La prima' })
  await write(db, { subject: 'La seconda' })
  const { text } = await (await as(carla)).get('/outbox')
  expect(subjectsIn(text)).toEqual(['La seconda', 'La prima'])
})

test('nobody else does', async () => {
  const { db, as } = await openApp()
  await write(db)
  for (const path of ['/outbox', '/outbox/1']) {
    for (const person of [rosa, paolo, enzo]) expect((await (await as(person)).get(path)).status).toBe(403)
    expect((await (await as(null)).get(path)).location).toBe(`/sign-in?next=${encodeURIComponent(path)}`)
  }
})

test('a mail shows its text, its HTML as it is written, and its part for calendars', async () => {
  const { db, as } = await openApp()
  await write(db, {
    text: 'Testo <b>semplice</b>',
    html: '<p onclick="x()">Testo</p><script>alert(1)</script>',
    calendar: { method: 'REQUEST', content: 'BEGIN:VCALENDAR' },
  })
  const { text } = await (await as(carla)).get('/outbox/1')
  expect(text).toContain('Testo &lt;b&gt;semplice&lt;/b&gt;')
  expect(text).toContain('&lt;p onclick=&quot;x()&quot;&gt;')
  expect(text).not.toContain('<script>alert')
  expect(text).toContain('BEGIN:VCALENDAR')
  expect(text.match(/<h1/g)).toHaveLength(1)
})

test('a mail says whether it waits, was sent, or could not be delivered', async () => {
  const { db, as } = await openApp()
  await write(db, { subject: 'Aspetta' })
  await write(db, { subject: 'Partita' })
  await write(db, { subject: 'Fallita' })
  await db.updateTable('outbox').set({ sent_at: '2026-03-02T11:05:00.000Z' }).where('id', '=', 2).execute()
  await db.updateTable('outbox').set({ attempts: 10, last_error: '550 No such mailbox' }).where('id', '=', 3).execute()

  const browser = await as(carla)
  expect(subjectsIn((await browser.get('/outbox?state=waiting')).text)).toEqual(['Aspetta'])
  expect(subjectsIn((await browser.get('/outbox?state=sent')).text)).toEqual(['Partita'])
  expect(subjectsIn((await browser.get('/outbox?state=given_up')).text)).toEqual(['Fallita'])
  expect((await browser.get('/outbox/3')).text).toContain('550 No such mailbox')
})

test('mails are found by recipient and by words of the subject, however they are written', async () => {
  const { db, as } = await openApp()
  await write(db, { subject: 'Iscrizione confermata' })
  await write(db, { subject: 'Elaborato accettato', to: { id: null, email: 'ugo@ente.example' } })
  const browser = await as(carla)
  expect(subjectsIn((await browser.get('/outbox?q=ISCRIZIONE')).text)).toEqual(['Iscrizione confermata'])
  expect(subjectsIn((await browser.get('/outbox?q=Ugo%40')).text)).toEqual(['Elaborato accettato'])
  expect((await browser.get('/outbox?q=%25zzz')).text).toContain('Nessun risultato')
})

test('the list comes in pages', async () => {
  const { db, as } = await openApp()
  await inTransaction(db, (tx) =>
    writeMails(
      tx,
      Array.from({ length: 26 }, (_, each) => mail({ subject: `Numero ${each}` })),
      noon,
    ),
  )
  const browser = await as(carla)
  expect(subjectsIn((await browser.get('/outbox')).text)).toHaveLength(25)
  expect(subjectsIn((await browser.get('/outbox?page=2')).text)).toEqual(['Numero 0'])
})

test('while typing only the list comes back, with its id', async () => {
  const { as } = await openApp()
  const { text } = await (await as(carla)).get('/outbox?q=x', { 'HX-Request': 'true' })
  expect(text).toMatch(/^<div id="mails">/)
})

test('codes and links to sign in can be neither read nor searched for', async () => {
  const { db, as } = await openApp()
  await (await as(null)).post('/sign-in', { email: rosa.email })
  const { subject, text: written } = await db.selectFrom('outbox').select(['subject', 'text']).executeTakeFirstOrThrow()
  const code = subject.slice(0, 6)
  const link = written.match(/sign-in\/(\S+)/)?.[1] ?? ''

  const browser = await as(carla)
  for (const path of ['/outbox', '/outbox/1', `/outbox?q=${rosa.email}`]) {
    const { text } = await browser.get(path)
    expect(text).toContain('Codice per entrare')
    expect(text).not.toContain(code)
    expect(text).not.toContain(link)
  }
  expect((await browser.get(`/outbox?q=${code}`)).text).toContain('Nessun risultato')
})

test('outside production, where nobody else is let in, they can be read', async () => {
  const db = await newDatabase()
  const { as } = await openApp({ db })
  await (await as(null)).post('/sign-in', { email: rosa.email })
  const { subject } = await db.selectFrom('outbox').select('subject').executeTakeFirstOrThrow()

  const app = createApp({ db, now: () => noon, baseUrl, zone, uploads: '/nowhere', writeMail, production: false })
  const token = await inTransaction(db, (tx) => startSignIn(tx, carla.id, noon))
  const answer = await app.request('/outbox/1', { headers: { cookie: `percorsi_sign_in=${token}` } })
  expect(await answer.text()).toContain(subject)
})

test('an invitation to sign in hides nothing: it has no code in it', async () => {
  const { db, as } = await openApp()
  await write(db, { subject: 'Sei referente', text: 'Entra in Percorsi:\nhttps://percorsi.example.it/sign-in\n' })
  expect((await (await as(carla)).get('/outbox/1')).text).toContain('https://percorsi.example.it/sign-in')
})

test('a mail that is not there is not found', async () => {
  const { as } = await openApp()
  expect((await (await as(carla)).get('/outbox/999')).status).toBe(404)
})

test('an empty outbox says where mails come from', async () => {
  const { as } = await openApp()
  expect((await (await as(carla)).get('/outbox')).text).toContain('Non c’è ancora nessun messaggio')
})

test('the list takes as many queries with three mails as with one', async () => {
  const db = await newDatabase()
  const counted = () => countQueries(db, async (each) => (await (await openApp({ db: each })).as(carla)).get('/outbox'))
  await write(db)
  const one = await counted()
  await write(db)
  await write(db)
  expect(await counted()).toBe(one)
})

const mail = (change: Partial<Mail> = {}): Mail => ({ to: rosa, subject: 'Messaggio', text: 'Testo', html: '<p>Testo</p>', ...change })
const write = (db: Database, change: Partial<Mail> = {}) => inTransaction(db, (tx) => writeMail(tx, mail(change), noon))
const subjectsIn = (page: string) => [...page.matchAll(/<a href="\/outbox\/\d+">([^<]+)/g)].map((match) => match[1])
