import { expect, test } from 'vitest'
import { inTransaction } from '#src/database/transaction.ts'
import { startSignIn } from '#src/people/sign-in/actions.ts'
import { baseUrl, luca, type OpenedApp, openHelpDesk, paolo, rosa, sampling } from './support.ts'

const written = {
  subject: 'Quante risposte?',
  body: 'Ho scritto a lungo, e poi l’accesso è scaduto.',
  module: sampling.id,
  visibility: 'unnamed',
}

/** A browser that keeps its cookies, and may sign in. */
function browserOf({ app, db, clock }: Pick<OpenedApp, 'app' | 'db' | 'clock'>) {
  const cookies = new Map<string, string>()
  async function ask(path: string, init: RequestInit = {}) {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const response = await app.request(path, { ...init, headers: { cookie, origin: baseUrl } })
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      if (value === '' || /max-age=0/i.test(line)) cookies.delete(name)
      else cookies.set(name, value)
    }
    return { status: response.status, location: response.headers.get('location'), text: await response.text() }
  }
  return {
    get: (path: string) => ask(path),
    post: (path: string, form: Record<string, string | number>) =>
      ask(path, { method: 'POST', body: new URLSearchParams(Object.entries(form).map(([name, value]) => [name, String(value)])) }),
    signIn: async (person: { id: number }) =>
      void cookies.set('percorsi_sign_in', await inTransaction(db, (tx) => startSignIn(tx, person.id, clock.now))),
    forget: (name: string) => cookies.delete(name),
  }
}

test('a question posted after the sign-in expired is there again after signing in, and gone once it is sent', async () => {
  const desk = await openHelpDesk()
  const browser = browserOf(desk)
  const lost = await browser.post('/questions', { ...written, as: rosa.id })
  expect(lost.location).toBe(`/sign-in?next=${encodeURIComponent('/questions/new')}`)
  expect((await browser.get(lost.location ?? '')).text).toContain('Quello che hai scritto è conservato')
  expect(await desk.db.selectFrom('question').select('id').execute()).toEqual([])

  await browser.signIn(rosa)
  const form = (await browser.get('/questions/new')).text
  for (const words of [written.body, `value="${written.subject}"`, 'Ecco quello che avevi scritto', `value="${sampling.id}" selected`])
    expect(form).toContain(words)
  expect((await browser.post('/questions', { ...written, as: rosa.id })).status).toBe(303)
  expect((await browser.get('/questions/new')).text).not.toContain(written.body)
  expect(await desk.db.selectFrom('kept_draft').select('id').execute()).toEqual([])
})

test('an answer is kept for its question, and shown on no other', async () => {
  const desk = await openHelpDesk()
  const [first, second] = [await desk.ask(), await desk.ask({ subject: 'Altra' })]
  const browser = browserOf(desk)
  const lost = await browser.post(`/questions/${first}/answers`, { body: 'Ne servono 278, ecco perché.', as: paolo.id })
  expect(lost.location).toBe(`/sign-in?next=${encodeURIComponent(`/questions/${first}`)}`)
  await browser.signIn(paolo)
  expect((await browser.get(`/questions/${second}`)).text).not.toContain('ecco perché')
  expect((await browser.get(`/questions/${first}`)).text).toContain('ecco perché')
})

test('whoever else signs in at the same computer reads nothing of it', async () => {
  const desk = await openHelpDesk()
  const browser = browserOf(desk)
  await browser.post('/questions', { ...written, as: rosa.id })
  await browser.signIn(luca)
  expect((await browser.get('/questions/new')).text).not.toContain(written.body)
})

test('the same person at another computer reads nothing of it either', async () => {
  const desk = await openHelpDesk()
  await browserOf(desk).post('/questions', { ...written, as: rosa.id })
  const elsewhere = browserOf(desk)
  await elsewhere.signIn(rosa)
  expect((await elsewhere.get('/questions/new')).text).not.toContain(written.body)
})

test('after a day a draft is no longer offered, and the next one sweeps it away', async () => {
  const desk = await openHelpDesk()
  const browser = browserOf(desk)
  await browser.post('/questions', { ...written, as: rosa.id })
  desk.clock.now = desk.clock.now.add({ hours: 24, seconds: 1 })
  await browser.signIn(rosa)
  expect((await browser.get('/questions/new')).text).not.toContain(written.body)
  await browserOf(desk).post('/questions', { ...written, as: luca.id })
  expect(await desk.db.selectFrom('kept_draft').select('person_id').execute()).toEqual([{ person_id: luca.id }])
})

test('a form for nobody, an empty one and one of a megabyte are not kept', async () => {
  const desk = await openHelpDesk()
  for (const form of [
    written,
    { ...written, as: 999 },
    { ...written, as: 'x' },
    { ...written, as: rosa.id, body: '' },
    { ...written, as: rosa.id, body: 'x'.repeat(1_000_000) },
  ])
    expect((await browserOf(desk).post('/questions', form)).location).toBe('/sign-in')
  expect(await desk.db.selectFrom('kept_draft').select('id').execute()).toEqual([])
})

test('what is kept is sent by nobody but the person: signing in asks nothing', async () => {
  const desk = await openHelpDesk()
  const browser = browserOf(desk)
  await browser.post('/questions', { ...written, as: rosa.id, body: '<script>alert(1)</script>' })
  await browser.signIn(rosa)
  expect((await browser.get('/questions/new')).text).not.toContain('<script>alert')
  expect(await desk.db.selectFrom('question').select('id').execute()).toEqual([])
})
