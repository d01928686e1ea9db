import { expect, test } from 'vitest'
import type { Database } from '#src/database/schema.ts'
import { openApp, rosa } from '#test/support.ts'

test('a mailed code signs in, once', async () => {
  const { db, as } = await openApp()
  const visitor = await as(null)
  await visitor.post('/sign-in', { email: rosa.email })
  const code = (await mails(db))[0]?.subject.slice(0, 6)

  const first = await visitor.post('/sign-in/code', { email: rosa.email, code })
  expect([first.status, first.headers.get('set-cookie')]).toEqual([303, expect.stringContaining('HttpOnly')])
  expect((await visitor.post('/sign-in/code', { email: rosa.email, code })).status).toBe(422)
})

test('a mailed link signs in, and leads where the person wanted to go', async () => {
  const { db, as } = await openApp()
  const visitor = await as(null)
  await visitor.post('/sign-in', { email: rosa.email, next: '/faq?q=campione' })
  const link = new URL((await mails(db))[0]?.text.match(/http\S+/)?.[0] ?? '')

  expect((await visitor.get(link.pathname + link.search)).text).toContain('value="/faq?q=campione"')
  expect((await visitor.post(link.pathname, { next: '/faq?q=campione' })).location).toBe('/faq?q=campione')
})

test('opening the link does not use it up: mail scanners do that', async () => {
  const { db, as } = await openApp()
  const visitor = await as(null)
  await visitor.post('/sign-in', { email: rosa.email })
  const link = new URL((await mails(db))[0]?.text.match(/http\S+/)?.[0] ?? '').pathname
  await visitor.get(link)
  expect((await visitor.post(link)).status).toBe(303)
})

test('known and unknown addresses get the same answer', async () => {
  const { db, as } = await openApp()
  const visitor = await as(null)
  const known = await visitor.post('/sign-in', { email: rosa.email })
  const unknown = await visitor.post('/sign-in', { email: 'nobody@nowhere.example' })
  expect(unknown.text.replaceAll('nobody@nowhere.example', rosa.email)).toBe(known.text)
  expect(await mails(db)).toHaveLength(1)
})

test('a code is worth nothing after ten minutes', async () => {
  const { db, as, clock } = await openApp()
  const visitor = await as(null)
  await visitor.post('/sign-in', { email: rosa.email })
  const code = (await mails(db))[0]?.subject.slice(0, 6)
  clock.now = clock.now.add({ minutes: 10 })
  expect((await visitor.post('/sign-in/code', { email: rosa.email, code })).status).toBe(422)
})

test('after five wrong guesses the right code no longer works', async () => {
  const { db, as } = await openApp()
  const visitor = await as(null)
  await visitor.post('/sign-in', { email: rosa.email })
  const code = (await mails(db))[0]?.subject.slice(0, 6) ?? ''
  const wrong = code === '000000' ? '000001' : '000000'
  for (let guess = 0; guess < 5; guess += 1) await visitor.post('/sign-in/code', { email: rosa.email, code: wrong })
  expect((await visitor.post('/sign-in/code', { email: rosa.email, code })).status).toBe(422)
})

test('an address gets at most five mails in a quarter of an hour', async () => {
  const { db, as, clock } = await openApp()
  const visitor = await as(null)
  for (let request = 0; request < 8; request += 1) await visitor.post('/sign-in', { email: rosa.email })
  expect(await mails(db)).toHaveLength(5)
  clock.now = clock.now.add({ minutes: 16 })
  await visitor.post('/sign-in', { email: rosa.email })
  expect(await mails(db)).toHaveLength(6)
})

test('signing in never leads to another site', async () => {
  const { as } = await openApp()
  const visitor = await as(null)
  for (const next of ['https://evil.example', '//evil.example', '/\\evil.example', 'javascript:alert(1)'])
    expect((await visitor.get(`/sign-in?next=${encodeURIComponent(next)}`)).text).toContain('name="next" value="/"')
})

test('signing out ends the sign-in on the server too', async () => {
  const { as } = await openApp()
  const browser = await as(rosa)
  expect((await browser.get('/')).text).toContain(rosa.name)
  await browser.post('/sign-out')
  expect((await browser.get('/')).text).not.toContain(rosa.name)
})

test('a form posted from another site is refused', async () => {
  const { as } = await openApp()
  const browser = await as(rosa)
  expect((await browser.post('/sign-out', {}, { origin: 'https://evil.example' })).status).toBe(403)
})

test('an address that is no address is refused beside the field', async () => {
  const { as } = await openApp()
  const answer = await (await as(null)).post('/sign-in', { email: 'rosa' })
  expect(answer.status).toBe(422)
  expect(answer.text).toContain('id="email-error"')
})

const mails = (db: Database) => db.selectFrom('outbox').orderBy('id').select(['subject', 'text']).execute()
