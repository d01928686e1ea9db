import { expect, test } from 'vitest'
import { baseUrl, openApp, paolo, rosa } from '#test/support.ts'
import { buildWorld } from './world.ts'

test('HEAD on a file gives its headers and opens nothing', async () => {
  const opened = await openApp()
  await buildWorld(opened)
  const answer = await (await opened.as(rosa)).head('/submissions/1/files/1')
  expect([answer.status, answer.headers.get('content-length'), answer.text]).toEqual([200, '4', ''])
})

test('a file that has left the disk is not found, not a failure', async () => {
  const opened = await openApp()
  await buildWorld(opened)
  await opened.db.updateTable('submission_file').set({ stored_name: 'gone' }).execute()
  expect((await (await opened.as(rosa)).get('/submissions/1/files/1')).status).toBe(404)
})

for (const path of [
  '/sessions?q=%00',
  '/questions?q=%00',
  '/administrations?q=%00&region=%00&kind=%00',
  '/submissions?region=%00',
  '/faq?q=%00',
])
  test(`a NUL in the address is nobody’s failure: ${path}`, async () => {
    const { as } = await openApp()
    expect((await (await as(paolo)).get(path)).status).toBe(200)
  })

test('a form cut off in the middle is a bad request, with a page that says so', async () => {
  const { app } = await openApp()
  const broken = {
    method: 'POST',
    body: '--x\r\nContent-Disposition: form-data; name="message"\r\n\r\nCia',
    headers: { origin: baseUrl, 'content-type': 'multipart/form-data' },
  }
  const answer = await app.request('/feedback', broken)
  expect([answer.status, (await answer.text()).includes('Il modulo inviato non è leggibile')]).toEqual([400, true])
})

test('a language is never changed into a broken address', async () => {
  const { as } = await openApp()
  const visitor = await as(null)
  for (const next of ['/\u0000', '/a\nb', '//evil.example'])
    expect((await visitor.post('/language', { language: 'en', next })).location).toBe('/')
})

test('the language switch of a refused form leads back to the page of the form', async () => {
  const { as } = await openApp()
  const answer = await (await as(rosa)).post('/questions', {}, { referer: `${baseUrl}/questions/new?module=1` })
  expect(answer.text).toContain('name="next" value="/questions/new?module=1"')
})

test('the summary of problems names each field', async () => {
  const { as } = await openApp()
  const answer = await (await as(null)).post('/feedback', {})
  expect(answer.text).toContain('<a href="#message">Che cosa è successo: Questo campo è obbligatorio.</a>')
  expect(answer.text).toContain('<title>Da correggere: Segnala un problema')
})
