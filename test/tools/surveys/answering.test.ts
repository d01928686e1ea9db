import { describe, expect, test } from 'vitest'
import { closeSurvey, saveSettings } from '#src/tools/surveys/actions.ts'
import { engine, rosa } from '#test/support.ts'
import { aForm, answersOf, byRosa, openSurvey } from './stage.ts'

const later = (days: number) => Temporal.PlainDate.from('2026-03-02').add({ days })

async function settled(changes: { closesOn?: Temporal.PlainDate; mostAnswers?: number }) {
  const stage = await openSurvey()
  const { survey } = stage
  const settings = { ...survey, closesOn: changes.closesOn ?? null, mostAnswers: changes.mostAnswers ?? null }
  await saveSettings(stage.db, survey.id, { settings, revision: survey.revision }, byRosa)
  return stage
}

describe('the page for citizens', () => {
  test('asks both scales of each question, without script, cookie or another host', async () => {
    const { as, url } = await openSurvey()
    const { status, text, headers } = await (await as(null)).get(url)
    expect(status).toBe(200)
    for (const part of [
      'name="Q1_s" value="5"',
      'name="Q1_i" value="1"',
      'name="P1" value="A2"',
      '<textarea',
      'Gli orari in cui il servizio è aperto',
    ])
      expect(text).toContain(part)
    expect(text).not.toContain('<script')
    expect(text).not.toMatch(/(href|src|action)="https?:/)
    expect([headers.get('set-cookie'), headers.get('cache-control')]).toEqual([null, 'no-store'])
  })

  test('knows nobody, not even a referent who is signed in', async () => {
    const { as, url } = await openSurvey()
    const { text } = await (await as(rosa)).get(url)
    expect(text).not.toContain(rosa.name)
  })

  test('speaks English where it is asked to', async () => {
    const { as, url } = await openSurvey()
    const visitor = await as(null)
    expect((await visitor.get(`${url}?lang=en`)).text).toContain('The hours when the service is open')
    expect((await visitor.get(url, { 'accept-language': 'en-GB' })).text).toContain('<html lang="en">')
  })

  test('is not found before it is published, nor under a code that is not there', async () => {
    const { as, url } = await openSurvey({ published: false })
    const visitor = await as(null)
    expect([(await visitor.get(url)).status, (await visitor.get('/s/abcdefghj')).status]).toEqual([404, 404])
    expect((await visitor.post(url, {})).status).toBe(404)
  })
})

describe('answering', () => {
  test('keeps what was answered and nothing about who did', async () => {
    const { db, as, url, survey, ...stage } = await openSurvey()
    const answer = await (await as(rosa)).post(url, {
      ...aForm({ survey }, { Q1_s: 4, Q1_i: 5, Q2_s: '', P1: 'A2', T1: 'Più sportelli' }),
      ...{ Q3_i: 2 },
    })
    expect([answer.status, answer.location]).toEqual([303, `${url}/thanks?lang=it`])
    expect(await answersOf(db, stage.items.length && survey.id)).toEqual([
      { Q1: { s: 4, i: 5 }, Q3: { i: 2 }, P1: 'A2', T1: 'Più sportelli' },
    ])
    const [row] = await db.selectFrom('survey_response').selectAll().execute()
    expect([row?.received_on, row?.keyed_by, row?.source]).toEqual(['2026-03-02', null, 'online'])
    expect((await (await as(null)).get(answer.location ?? '')).text).toContain('Grazie, le risposte sono arrivate')
  })

  test('the same form sent twice, or ten times at once, counts once', async () => {
    const { db, as, url, survey } = await openSurvey()
    const visitor = await as(null)
    const form = aForm({ survey }, { Q1_s: 4 })
    const all = await Promise.all(Array.from({ length: 10 }, () => visitor.post(url, form)))
    expect(all.map(({ status }) => status)).toEqual(Array(10).fill(303))
    expect(await answersOf(db, survey.id)).toHaveLength(1)
  })

  test('with points off the scale or choices that are not there is refused beside the question, and keeps the rest', async () => {
    const { db, as, url, survey } = await openSurvey()
    const visitor = await as(null)
    const answer = await visitor.post(url, aForm({ survey }, { Q1_s: 6, Q1_i: 4, P1: 'A9', T1: 'x'.repeat(2001) }))
    expect(answer.status).toBe(422)
    for (const part of [
      'id="Q1_s-error"',
      'id="P1-error"',
      'id="T1-error"',
      'name="Q1_i" value="4" checked',
      'Ci sono 3 risposte da correggere',
    ])
      expect(answer.text).toContain(part)
    for (const wrong of ['0', '-1', '4.5', '٣', '1e0', ' '.repeat(5000)]) {
      const status = (await visitor.post(url, aForm({ survey }, { Q1_s: wrong, Q1_i: wrong.trim() === '' ? '' : 3 }))).status
      expect([wrong.slice(0, 5), status]).toEqual([wrong.slice(0, 5), 422])
    }
    expect(await answersOf(db, survey.id)).toEqual([])
  })

  test('without a single answer says what is needed', async () => {
    const { as, url, survey } = await openSurvey()
    const answer = await (await as(null)).post(url, aForm({ survey }, { Q1_s: '', T1: '  ' }))
    expect([answer.status, answer.text.includes('Risponda almeno a una domanda')]).toEqual([422, true])
  })

  test('on a form that was not handed out gets a fresh one with the answers in it', async () => {
    const { db, as, url, survey } = await openSurvey()
    const visitor = await as(null)
    for (const form of ['', 'x', aForm({ survey: { formSecret: 'another' } }, {}).form]) {
      const answer = await visitor.post(url, { form, Q1_s: 4 })
      expect(answer.status).toBe(422)
      expect(answer.text).toContain('name="Q1_s" value="4" checked')
      const token = /name="form" value="([^"]+)"/.exec(answer.text)?.[1] ?? ''
      expect((await visitor.post(url, { form: token, Q1_s: 4 })).status).toBe(303)
    }
    expect(await answersOf(db, survey.id)).toHaveLength(3)
  })

  test('HTML in an answer is shown as text when the form comes back', async () => {
    const { as, url, survey } = await openSurvey()
    const answer = await (await as(null)).post(url, aForm({ survey }, { Q1_s: 9, T1: '</textarea><script>alert(1)</script>' }))
    expect(answer.text).not.toContain('<script>alert')
  })

  test('a huge body is refused with a page that says so', async () => {
    const { as, url, survey } = await openSurvey()
    const answer = await (await as(null)).post(url, aForm({ survey }, { T1: 'x'.repeat(400_000) }), { 'content-length': '400100' })
    expect([answer.status, answer.text.includes('troppo grande per essere un questionario')]).toEqual([413, true])
  })
})

describe('the collection closes', () => {
  test('by itself after the last day', async () => {
    const { db, as, url, survey, clock } = await settled({ closesOn: later(1) })
    const visitor = await as(null)
    const form = aForm({ survey }, { Q1_s: 3 })
    clock.now = Temporal.Instant.from('2026-03-03T22:59:00Z')
    expect((await visitor.post(url, aForm({ survey }, { Q1_s: 3 }))).status).toBe(303)
    clock.now = Temporal.Instant.from('2026-03-03T23:01:00Z')
    expect([(await visitor.get(url)).status, (await visitor.post(url, form)).status]).toEqual([410, 410])
    expect(await answersOf(db, survey.id)).toHaveLength(1)
  })

  test('at its number exactly, however many send at once', async () => {
    const { db, as, url, survey } = await settled({ mostAnswers: 5 })
    const visitor = await as(null)
    const all = await Promise.all(Array.from({ length: 12 }, () => visitor.post(url, aForm({ survey }, { Q1_s: 3 }))))
    expect(all.filter(({ status }) => status === 303)).toHaveLength(5)
    expect(all.filter(({ status }) => status === 410)).toHaveLength(7)
    expect(await answersOf(db, survey.id)).toHaveLength(5)
  })

  test('when the administration closes it, also for a form that was open', async () => {
    const { db, as, url, survey } = await openSurvey()
    const visitor = await as(null)
    await closeSurvey(db, survey.id, byRosa)
    const answer = await visitor.post(url, aForm({ survey }, { Q1_s: 3 }))
    expect([answer.status, answer.text.includes('ha chiuso la raccolta')]).toEqual([410, true])
  })

  test('a form that arrived before is thanked for when it is sent again after the end', async () => {
    const { as, url, survey } = await settled({ mostAnswers: 1 })
    const visitor = await as(null)
    const form = aForm({ survey }, { Q1_s: 3 })
    expect([(await visitor.post(url, form)).status, (await visitor.post(url, form)).status]).toEqual([303, 303])
  })
})

describe(`a flood (${engine})`, () => {
  const from = (address: string) => ({ incoming: { socket: { remoteAddress: address, remotePort: 1, remoteFamily: 'IPv4' } } })

  test('a thousand answers in a minute from one address: the first are taken, the rest are told to wait, nothing is lost', async () => {
    const { app, db, url, survey, clock } = await openSurvey()
    const send = (address: string, form: Record<string, string | number>) =>
      app.request(url, { method: 'POST', body: new URLSearchParams(form as never), headers: { origin: 'http://localhost' } }, from(address))
    const statuses: number[] = []
    let refused = ''
    for (let count = 0; count < 1000; count += 1) {
      clock.now = clock.now.add({ milliseconds: 60 })
      const answer = await send('203.0.113.7', aForm({ survey }, { Q1_s: 4, T1: 'parole mie' }))
      statuses.push(answer.status)
      if (answer.status === 429) {
        expect(Number(answer.headers.get('retry-after'))).toBe(1)
        refused = await answer.text()
      }
    }
    const taken = statuses.filter((status) => status === 303).length
    // 120 at once, and one more each second of the minute.
    expect([taken >= 175 && taken <= 181, statuses.length]).toEqual([true, 1000])
    expect(refused).toContain('tutti escono dalla stessa rete')
    expect(refused).toContain('name="T1" value="parole mie"')
    expect(await answersOf(db, survey.id)).toHaveLength(taken)

    expect((await send('203.0.113.8', aForm({ survey }, { Q1_s: 4 }))).status).toBe(303)
    clock.now = clock.now.add({ seconds: 2 })
    const token = /name="form" value="([^"]+)"/.exec(refused)?.[1] ?? ''
    expect((await send('203.0.113.7', { form: token, Q1_s: 4 })).status).toBe(303)
  })
})
