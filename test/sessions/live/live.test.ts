import { setTimeout as pause } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { askQuestion } from '#src/questions/actions.ts'
import { checkInByCode, openDesk } from '#src/sessions/check-in/actions.ts'
import { codeAt } from '#src/sessions/check-in/code.ts'
import { livePeople } from '#src/sessions/live/queries.ts'
import { streamChanges } from '#src/sessions/live/stream.ts'
import { register } from '#src/sessions/registration/actions.ts'
import type { Person } from '#src/web/env.ts'
import { carla, cosenza, countQueries, nadia, noon, openApp, paolo, rosa, salerno, tina } from '#test/support.ts'
import { buildPathway } from '../../pathways/builder.ts'
import { addPerson, registerFor } from '../import/stage.ts'
import { moment, schedule } from '../stage.ts'

const during = moment('2026-03-10T09:05:00Z')
const list = { path: '', q: '', sort: 'checked', descending: false, page: 1, filters: {} } as const

async function open() {
  const opened = await openApp()
  const { firstId, programmeId } = await buildPathway(opened.db, [{ kind: 'webinar' }])
  const id = await schedule(opened.db, { moduleId: firstId })
  await register(opened.db, id, { personId: rosa.id, administrationId: salerno.id }, { by: rosa, at: noon })
  await register(opened.db, id, { personId: nadia.id, administrationId: cosenza.id }, { by: nadia, at: noon })
  opened.clock.now = during
  const checkIn = async (person: { id: number }) => {
    await openDesk(opened.db, id, 15, { by: paolo, at: during })
    const { secret } = await opened.db.selectFrom('check_in_desk').select('secret').executeTakeFirstOrThrow()
    await checkInByCode(opened.db, id, codeAt(secret, during).digits, { by: person, at: during })
  }
  return { ...opened, id, moduleId: firstId, programmeId, path: `/sessions/${id}/live`, checkIn }
}

test('the trainer sees who is registered, who has checked in, the room and the questions of the module', async () => {
  const { db, as, path, id, checkIn, moduleId, programmeId } = await open()
  await checkIn(rosa)
  const asked = { programmeId, moduleId, administrationId: salerno.id, subject: 'Il campione è stratificato?', body: 'Grazie.' }
  await askQuestion(db, asked, { by: rosa, at: during })
  const { text } = await (await as(paolo)).get(path)
  expect(text).toMatch(new RegExp(`${rosa.name}.*registrata alle 10:05.*${nadia.name}.*non ancora`, 's'))
  expect(text).toContain(`href="/sessions/${id}/join"`)
  expect(text).toContain('Il campione è stratificato?')
})

test('the code and its QR code are there once check-in is open, and gone when it is closed', async () => {
  const { as, path, id } = await open()
  const trainer = await as(paolo)
  expect((await trainer.get(path)).text).not.toContain('check-in-digits')
  await trainer.post(`/sessions/${id}/check-in/open`, { grace: 10 })
  const screen = (await trainer.get(`${path}/screen`)).text
  expect(screen).toMatch(/check-in-digits.*\d{3} \d{3}/s)
  expect(screen).toContain('role="img"')
  await trainer.post(`/sessions/${id}/check-in/close`)
  expect((await trainer.get(`${path}/code`)).text).toContain('è chiusa')
})

test.each(['', 'x', '-1', '121'])('minutes of grace as “%s” are refused at the field', async (grace) => {
  const { as, id } = await open()
  const answer = await (await as(paolo)).post(`/sessions/${id}/check-in/open`, { grace })
  expect(answer.status).toBe(422)
  expect(answer.text).toContain('id="grace-error"')
})

test('the line tells figures, people and questions in places that the page has', async () => {
  const { as, path, checkIn } = await open()
  await checkIn(rosa)
  const trainer = await as(paolo)
  const answer = await trainer.get(`${path}/events`)
  expect(answer.headers.get('content-type')).toBe('text/event-stream')
  const targets = [...answer.text.matchAll(/hx-target="#([\w-]+)"/g)].map(([, target]) => target)
  expect(targets).toEqual(['live-figures', 'live-list', 'live-questions'])
  const whole = (await trainer.get(path)).text
  for (const target of targets) expect(whole).toContain(`id="${target}"`)
})

test('a change made by another process is told, what stays is not', async () => {
  const written: string[] = []
  const seen = { count: 0 }
  const stream = {
    onAbort: () => {},
    write: async (text: string) => void written.push(text),
    writeSSE: async ({ data }: { data: string }) => void written.push(data),
  }
  let looks = 0
  await streamChanges(stream as never, { look: 1, last: 4 }, async () => {
    looks += 1
    const found = looks < 3 ? 1 : 2
    const changed = found !== seen.count
    seen.count = found
    return changed ? `<p>${found}</p>` : null
  })
  expect(written).toEqual(['<p>1</p>', ': \n\n', '<p>2</p>', ': \n\n'])
})

test('nothing is asked of the database any more when the browser has gone', async () => {
  let leave = () => {}
  let looks = 0
  const stream = { onAbort: (then: () => void) => (leave = then), write: async () => {}, writeSSE: async () => {} }
  const streaming = streamChanges(stream as never, { look: 5, last: 60_000 }, async () => {
    looks += 1
    return null
  })
  await pause(12)
  leave()
  await streaming
  const before = looks
  await pause(15)
  expect(looks).toBe(before)
})

test('a trainer of another region is refused, and sees nobody of other regions in their own session', async () => {
  const { db, as, path, id } = await open()
  expect((await (await as(tina)).get(path)).status).toBe(403)
  await db.insertInto('session_trainer').values({ session_id: id, person_id: tina.id }).execute()
  expect((await (await as(tina)).get(path)).text).not.toContain(rosa.name)
})

test('people are searched and filtered by whether they have checked in', async () => {
  const { as, path, checkIn } = await open()
  await checkIn(rosa)
  const trainer = await as(paolo)
  const missing = (await trainer.get(`${path}?state=missing`)).text
  expect([missing.includes(nadia.name), missing.includes(rosa.name)]).toEqual([true, false])
  expect((await trainer.get(`${path}?q=salerno`, { 'hx-request': 'true' })).text).not.toContain(nadia.name)
})

test('with 60 registered the list has a second page, in as many queries as with two', async () => {
  const { db, id } = await open()
  const reader: Person = { ...carla, language: 'it', coordinator: 'national', trainer: null, administrations: [] }
  const few = await countQueries(db, (counted) => livePeople(counted, id, list, reader))
  for (let number = 0; number < 58; number += 1) await registerFor(db, id, (await addPerson(db, `Persona ${number}`)).id, salerno.id)
  expect(await countQueries(db, (counted) => livePeople(counted, id, list, reader))).toBe(few)
  const { rows, total } = await livePeople(db, id, list, reader)
  expect([rows.length, total]).toEqual([25, 60])
})
