import { expect, test } from 'vitest'
import { carla, enzo, type OpenedApp, openApp, paolo, rosa } from '#test/support.ts'
import { totpAt } from './authenticator.ts'

const secretIn = (text: string) => /<code>([A-Z2-7 ]+)<\/code>/.exec(text)?.[1]?.replaceAll(' ', '') ?? ''
const codesIn = (text: string) => [...text.matchAll(/<code>([a-z2-9]{5}-[a-z2-9]{5})<\/code>/g)].map(([, code]) => code ?? '')
const later = (opened: OpenedApp, seconds: number) => {
  opened.clock.now = opened.clock.now.add({ seconds })
}

/** Carla sets hers up; her browser, the secret in her phone and her recovery codes. */
async function withFactor(opened: OpenedApp) {
  const browser = await opened.as(carla)
  const secret = secretIn((await browser.get('/me/second-factor')).text)
  const { text, status } = await browser.post('/me/second-factor', { code: totpAt(secret, opened.clock.now) })
  expect(status).toBe(200)
  later(opened, 60)
  return { browser, secret, codes: codesIn(text) }
}

test('a coordinator sets up a second factor and gets ten recovery codes, shown once', async () => {
  const opened = await openApp()
  const { browser, codes } = await withFactor(opened)
  expect(new Set(codes).size).toBe(10)
  const again = await browser.get('/me/second-factor')
  expect(codesIn(again.text)).toEqual([])
  expect(again.text).toContain('Restano 10 codici')
  expect(again.headers.get('Cache-Control')).toBe('no-store')
})

test('after the mailed code a sign-in with a second factor opens nothing until the app’s code is typed', async () => {
  const opened = await openApp()
  const { secret } = await withFactor(opened)
  const browser = await opened.as(carla)
  expect((await browser.get('/administrations')).location).toBe('/sign-in/second-factor?next=%2Fadministrations')
  expect((await browser.get('/')).text).not.toContain('Ciao Carla')
  expect(
    (await browser.post('/sign-in/second-factor', { code: totpAt(secret, opened.clock.now), next: '/administrations' })).location,
  ).toBe('/administrations')
  expect((await browser.get('/administrations')).status).toBe(200)
})

test('a code is taken once, and not after its minute', async () => {
  const opened = await openApp()
  const { secret } = await withFactor(opened)
  const code = totpAt(secret, opened.clock.now)
  expect((await (await opened.as(carla)).post('/sign-in/second-factor', { code })).status).toBe(303)
  expect((await (await opened.as(carla)).post('/sign-in/second-factor', { code })).status).toBe(422)
  const next = totpAt(secret, opened.clock.now.add({ seconds: 30 }))
  later(opened, 120)
  expect((await (await opened.as(carla)).post('/sign-in/second-factor', { code: next })).status).toBe(422)
})

test('a recovery code opens once, however it is typed', async () => {
  const opened = await openApp()
  const { codes } = await withFactor(opened)
  const typed = codes[0]?.toUpperCase().replace('-', ' ') ?? ''
  expect((await (await opened.as(carla)).post('/sign-in/second-factor', { code: typed })).status).toBe(303)
  expect((await (await opened.as(carla)).post('/sign-in/second-factor', { code: typed })).status).toBe(422)
})

test('after five wrong codes even the right one waits a quarter of an hour', async () => {
  const opened = await openApp()
  const { secret } = await withFactor(opened)
  const browser = await opened.as(carla)
  for (let tries = 0; tries < 5; tries += 1) await browser.post('/sign-in/second-factor', { code: '000000' })
  const right = await browser.post('/sign-in/second-factor', { code: totpAt(secret, opened.clock.now) })
  expect(right.status).toBe(422)
  expect(right.text).toContain('Troppi codici sbagliati')
  later(opened, 15 * 60)
  expect((await browser.post('/sign-in/second-factor', { code: totpAt(secret, opened.clock.now) })).status).toBe(303)
})

test('many wrong codes at once are all counted', async () => {
  const opened = await openApp()
  await withFactor(opened)
  const browser = await opened.as(carla)
  const answers = await Promise.all(
    Array.from({ length: 20 }, (_, index) => browser.post('/sign-in/second-factor', { code: `00000${index % 10}` })),
  )
  expect(answers.filter(({ text }) => text.includes('Troppi codici sbagliati'))).toHaveLength(15)
})

test('where it is required, a coordinator without one gets no further than setting it up; others are not asked', async () => {
  const opened = await openApp({ secondFactor: 'required' })
  const browser = await opened.as(enzo)
  expect((await browser.get('/reports')).location).toBe('/me/second-factor?next=%2Freports')
  const setting = await browser.get('/me/second-factor?next=%2Freports')
  expect(setting.text).toContain('Prima di continuare')
  const secret = secretIn(setting.text)
  const done = await browser.post('/me/second-factor', { code: totpAt(secret, opened.clock.now), next: '/reports' })
  expect(done.text).toContain('href="/reports"')
  expect((await browser.get('/reports/participation')).status).not.toBe(303)
  later(opened, 60)
  expect((await browser.post('/me/second-factor/remove', { code: totpAt(secret, opened.clock.now) })).status).toBe(422)
  expect((await (await opened.as(paolo)).get('/sessions')).status).toBe(200)
  expect((await (await opened.as(rosa)).get('/pathway')).status).not.toBe(303)
})

test('it is removed with a code of the app, and the person’s other sign-ins end', async () => {
  const opened = await openApp()
  const { browser, secret } = await withFactor(opened)
  const other = await opened.as(carla)
  await other.post('/sign-in/second-factor', { code: totpAt(secret, opened.clock.now) })
  later(opened, 60)
  expect((await browser.post('/me/second-factor/remove', { code: '123456' })).status).toBe(422)
  expect((await browser.post('/me/second-factor/remove', { code: totpAt(secret, opened.clock.now) })).location).toBe('/me')
  expect((await browser.get('/people')).status).toBe(200)
  expect((await other.get('/people')).location).toBe('/sign-in?next=%2Fpeople')
})

test('the secret of somebody’s app is not shown again once it is confirmed, not even to themselves', async () => {
  const opened = await openApp()
  const { browser, secret } = await withFactor(opened)
  expect(secretIn((await browser.get('/me/second-factor')).text)).toBe('')
  expect((await browser.get('/me/second-factor')).text).not.toContain(secret)
})

test('a national coordinator removes the second factor of a colleague who lost the phone; nobody else can', async () => {
  const opened = await openApp()
  const enzos = await opened.as(enzo)
  const secret = secretIn((await enzos.get('/me/second-factor')).text)
  await enzos.post('/me/second-factor', { code: totpAt(secret, opened.clock.now) })
  expect((await enzos.post(`/people/${enzo.id}/second-factor/remove`)).status).toBe(403)
  const carlas = await opened.as(carla)
  expect((await carlas.get(`/people/${enzo.id}`)).text).toContain('Togli il secondo fattore')
  expect((await carlas.post(`/people/${enzo.id}/second-factor/remove`)).status).toBe(303)
  expect((await enzos.get('/reports')).location).toContain('/sign-in')
  expect((await (await opened.as(enzo)).get('/me')).status).toBe(200)
  const history = await opened.db.selectFrom('history').where('happening', '=', 'second_factor_removed').select('person_id').execute()
  expect(history).toEqual([{ person_id: carla.id }])
})
