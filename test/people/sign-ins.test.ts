import { expect, test } from 'vitest'
import { browserName } from '#src/people/sign-ins/browser.ts'
import { carla, nadia, openApp, rosa } from '#test/support.ts'

test('people see where they are signed in and end one of them', async () => {
  const opened = await openApp()
  const here = await opened.as(rosa)
  const there = await opened.as(rosa)
  const list = await here.get('/me/sign-ins')
  expect(list.text).toContain('questo browser')
  const [, id] = /action="\/me\/sign-ins\/(\d+)\/end"/.exec(list.text) ?? []
  expect((await here.post(`/me/sign-ins/${id}/end`)).location).toBe('/me/sign-ins')
  expect((await there.get('/me')).location).toBe('/sign-in?next=%2Fme')
  expect((await here.get('/me')).status).toBe(200)
})

test('somebody else’s sign-in can’t be ended', async () => {
  const opened = await openApp()
  const rosas = await opened.as(rosa)
  const { id } = await opened.db.selectFrom('sign_in').select('id').executeTakeFirstOrThrow()
  expect((await (await opened.as(nadia)).post(`/me/sign-ins/${id}/end`)).status).toBe(404)
  expect((await rosas.get('/me')).status).toBe(200)
})

test('all others end at once, this browser stays', async () => {
  const opened = await openApp()
  const [here, one, two] = [await opened.as(rosa), await opened.as(rosa), await opened.as(rosa)]
  await here.post('/me/sign-ins/others/end')
  expect([(await one.get('/me')).status, (await two.get('/me')).status, (await here.get('/me')).status]).toEqual([303, 303, 200])
})

for (const [who, person, idle, inAll] of [
  ['a coordinator’s', carla, { hours: 2 }, { hours: 12 }],
  ['a referent’s', rosa, { hours: 48 }, { hours: 168 }],
] as const) {
  test(`${who} sign-in ends by itself when no page is asked for`, async () => {
    const opened = await openApp()
    const browser = await opened.as(person)
    const start = opened.clock.now
    opened.clock.now = start.add(idle).subtract({ seconds: 1 })
    expect((await browser.get('/me')).status).toBe(200)
    opened.clock.now = opened.clock.now.add(idle)
    expect((await browser.get('/me')).status).toBe(303)
  })

  test(`${who} sign-in ends after its time, however busy`, async () => {
    const opened = await openApp()
    const browser = await opened.as(person)
    const end = opened.clock.now.add(inAll)
    for (; Temporal.Instant.compare(opened.clock.now, end) < 0; opened.clock.now = opened.clock.now.add({ hours: 1 }))
      expect((await browser.get('/me')).status).toBe(200)
    expect((await browser.get('/me')).status).toBe(303)
  })
}

test('browsers are called by names that people know', () => {
  expect(
    browserName('Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0 Safari/537.36 Edg/130.0'),
  ).toBe('Edge, Windows')
  expect(browserName('Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1 Version/18.0 Mobile Safari/604.1')).toBe(
    'Safari, iOS',
  )
  expect(browserName('curl/8')).toBe(null)
})
