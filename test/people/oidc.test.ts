import { expect, test } from 'vitest'
import { identityProvider } from '#src/people/oidc/provider.ts'
import { carla, type OpenedApp, openApp, rosa } from '#test/support.ts'
import { openProvider } from './provider.ts'

const accounts = {
  rosa: { email: rosa.email.toUpperCase(), email_verified: true },
  unverified: { email: rosa.email, email_verified: false },
  nameless: {},
  stranger: { email: 'nessuno@example.org', email_verified: true },
  // What the provider says of roles has no meaning here.
  boss: { email: rosa.email, email_verified: true, role: 'coordinator', groups: ['coordinator'] },
}

async function openWithProvider() {
  const provider = await openProvider(accounts)
  const opened = await openApp({ oidc: provider.oidc })
  return { ...opened, ...provider }
}

/** A browser that keeps its cookies. */
function browserOf({ app }: Pick<OpenedApp, 'app'>) {
  const jar = new Map<string, string>()
  return async (path: string) => {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
    const answer = await app.request(path, { headers: { cookie } })
    for (const line of answer.headers.getSetCookie()) {
      const [pair = ''] = line.split(';')
      jar.set(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1))
    }
    return { status: answer.status, location: answer.headers.get('location') ?? '', text: await answer.text() }
  }
}

test('somebody signs in with a verified address, however it is written, and goes where they wanted to', async () => {
  const world = await openWithProvider()
  const get = browserOf(world)
  expect((await get('/sign-in')).text).toContain('Entra con l’identità digitale')
  const away = await get('/sign-in/oidc?next=/pathway')
  const back = await world.visit(away.location, 'rosa')
  expect(await get(back)).toMatchObject({ status: 303, location: '/pathway' })
  expect((await get('/me')).text).toContain(rosa.email)
})

test('the address to go to carries PKCE, a state and a nonce, and asks for nothing but the address', async () => {
  const world = await openWithProvider()
  const { searchParams } = new URL((await browserOf(world)('/sign-in/oidc')).location)
  expect(searchParams.get('code_challenge_method')).toBe('S256')
  for (const name of ['code_challenge', 'state', 'nonce']) expect(searchParams.get(name)).toMatch(/^[\w-]{43}$/)
  expect(searchParams.get('scope')).toBe('openid email')
})

for (const [account, sentence] of [
  ['unverified', 'non è verificato'],
  ['nameless', 'non ci ha detto un indirizzo'],
  ['stranger', 'Nessuno è registrato'],
  ['cancel', 'non ha confermato'],
] as const)
  test(`nobody is signed in by the account “${account}”, and the page says why`, async () => {
    const world = await openWithProvider()
    const get = browserOf(world)
    const answer = await get(await world.visit((await get('/sign-in/oidc')).location, account))
    expect(answer).toMatchObject({ status: 422 })
    expect(answer.text).toContain(sentence)
    expect((await get('/me')).location).toContain('/sign-in')
  })

test('roles are never taken from the provider', async () => {
  const world = await openWithProvider()
  const get = browserOf(world)
  await get(await world.visit((await get('/sign-in/oidc')).location, 'boss'))
  expect((await get('/people')).status).toBe(403)
})

test('what one browser began another can’t finish', async () => {
  const world = await openWithProvider()
  const back = await world.visit((await browserOf(world)('/sign-in/oidc')).location, 'rosa')
  const other = browserOf(world)
  expect((await other(back)).status).toBe(422)
  await other('/sign-in/oidc')
  expect((await other(back)).status).toBe(422)
})

test('the way back is good once, and not after a quarter of an hour', async () => {
  const world = await openWithProvider()
  const get = browserOf(world)
  const late = await world.visit((await get('/sign-in/oidc')).location, 'rosa')
  world.clock.now = world.clock.now.add({ minutes: 16 })
  expect((await get(late)).text).toContain('durato troppo')

  const back = await world.visit((await get('/sign-in/oidc')).location, 'rosa')
  expect((await get(back)).status).toBe(303)
  expect((await get(back)).status).toBe(422)
})

test('an answer made up for somebody else’s request is refused', async () => {
  const world = await openWithProvider()
  const get = browserOf(world)
  const state = new URL((await get('/sign-in/oidc')).location).searchParams.get('state')
  const answer = await get(`/sign-in/oidc/callback?code=indovinato&state=${state}&iss=${encodeURIComponent(world.settings.issuer)}`)
  expect(answer.status).toBe(422)
})

test('a coordinator who signs in elsewhere still gives the second factor', async () => {
  const provider = await openProvider({ carla: { email: carla.email, email_verified: true } })
  const world = await openApp({ oidc: provider.oidc, secondFactor: 'required' })
  const get = browserOf(world)
  await get(await provider.visit((await get('/sign-in/oidc')).location, 'carla'))
  expect((await get('/people')).location).toBe('/me/second-factor?next=%2Fpeople')
})

test('a provider that does not answer is told in words, and the mailed code still works', async () => {
  const oidc = identityProvider({
    issuer: 'http://127.0.0.1:9',
    clientId: 'x',
    clientSecret: 'y',
    baseUrl: 'http://localhost',
    plainHttp: true,
  })
  const get = browserOf(await openApp({ oidc }))
  const answer = await get('/sign-in/oidc')
  expect(answer.status).toBe(422)
  expect(answer.text).toContain('ora non risponde')
  expect(answer.text).toContain('action="/sign-in"')
})
