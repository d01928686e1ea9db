import { createHmac } from 'node:crypto'
import { expect, test } from 'vitest'
import { register } from '#src/sessions/registration/actions.ts'
import { watchRooms } from '#src/sessions/rooms/watch.ts'
import { luca, nadia, paolo, rosa, salerno, tina, zone } from '#test/support.ts'
import { byPaolo, historyOf, moment, openSession, typedForm } from '../stage.ts'
import { secret, startRoomServer } from './server.ts'

/** A webinar in a room of ours, 10:00-11:30 in Rome, for which Rosa is registered; the clock stands ten minutes before it. */
async function openClassroom() {
  const server = await startRoomServer()
  const opened = await openSession({ room: 'bigbluebutton', joinUrl: null, roomServer: server.settings })
  await register(opened.db, opened.id, { personId: rosa.id, administrationId: salerno.id }, { by: rosa, at: byPaolo.at })
  opened.clock.now = moment('2026-03-10T08:50:00Z')
  const at = (time: string) => {
    opened.clock.now = moment(`2026-03-10T${time}:00Z`)
  }
  const look = (time: string) => {
    at(time)
    return watchRooms(opened.db, server.settings, { now: opened.clock.now, zone })
  }
  const attendance = () =>
    opened.db.selectFrom('attendance').orderBy('person_id').select(['person_id', 'minutes', 'status', 'source']).execute()
  return { ...opened, server, at, look, attendance, join: `${opened.path}/join` }
}
const insider = (person: { id: number; name: string }) => ({ userID: `percorsi-${person.id}`, fullName: person.name })

test('a session in a room of ours needs no link to be published; one by link does', async () => {
  const server = await startRoomServer()
  const { as, path, db, id } = await openSession({ draft: true, roomServer: server.settings, joinUrl: null })
  const trainer = await as(paolo)
  expect((await trainer.post(`${path}/publish`)).status).toBe(422)
  expect((await trainer.post(`${path}/edit`, { ...typedForm(1), joinUrl: '', room: 'bigbluebutton' })).status).toBe(303)
  expect((await trainer.post(`${path}/publish`)).status).toBe(303)
  expect(await db.selectFrom('session').where('id', '=', id).select(['room', 'join_url']).execute()).toEqual([
    { room: 'bigbluebutton', join_url: null },
  ])
})

test('the form offers a room only where there is a server for it', async () => {
  const server = await startRoomServer()
  const withServer = await openSession({ roomServer: server.settings })
  expect((await (await withServer.as(paolo)).get('/sessions/new')).text).toContain('BigBlueButton')
  const without = await openSession()
  expect((await (await without.as(paolo)).get('/sessions/new')).text).not.toContain('BigBlueButton')
})

test('who is registered enters by a signed address of their own, the trainer as moderator', async () => {
  const { as, join, server } = await openClassroom()
  const [ofRosa, ofPaolo] = await Promise.all([(await as(rosa)).get(join), (await as(paolo)).get(join)])
  for (const [answer, person, role] of [
    [ofRosa, rosa, 'VIEWER'],
    [ofPaolo, paolo, 'MODERATOR'],
  ] as const) {
    const { origin, pathname, searchParams } = new URL(answer.location ?? '')
    expect([answer.status, `${origin}${pathname}`]).toEqual([302, `${server.url}api/join`])
    expect(Object.fromEntries(searchParams)).toMatchObject({ fullName: person.name, userID: `percorsi-${person.id}`, role })
    expect(searchParams.get('meetingID')).toBe(server.only()[0])
    expect(answer.headers.get('cache-control')).toContain('no-store')
  }
  expect(server.meetings.size).toBe(1)
})

test('before the fifteenth minute, and to whoever is not registered, nothing is revealed and nothing opened', async () => {
  const { as, join, server, at } = await openClassroom()
  expect((await (await as(luca)).get(join)).status).toBe(403)
  expect((await (await as(nadia)).get(join)).status).toBe(403)
  at('08:44')
  for (const person of [rosa, paolo]) {
    const { location, text } = await (await as(person)).get(join)
    expect([location, text.includes(server.url)]).toEqual([null, false])
  }
  expect(server.calls).toEqual([])
})

test('the room is made once, and again after a minute in case the server has forgotten it', async () => {
  const { as, join, server, at, db } = await openClassroom()
  const browser = await as(rosa)
  for (const time of ['08:50', '08:50', '08:52']) {
    at(time)
    await browser.get(join)
  }
  expect(server.calls).toEqual(['create', 'create'])
  expect(server.meetings.size).toBe(1)
  expect(await historyOf(db, 'room_opened')).toHaveLength(1)
})

test('the server gets the title, and addresses of ours with a secret in them', async () => {
  const { as, join, server, path } = await openClassroom()
  await (await as(rosa)).get(join)
  const [, { parameters }] = server.only()
  expect(parameters).toMatchObject({ name: 'Impostare l’indagine', logoutURL: `http://localhost${path}`, record: 'false' })
  expect(parameters.meta_endCallbackUrl).toMatch(new RegExp(`^http://localhost${path}/room/ended/[0-9a-f]{64}$`))
})

test.each([
  ['failing', 'Il server delle aule non risponde.'],
  ['redirecting', 'Il server delle aule non risponde.'],
  ['garbled', 'ha dato una risposta che non si capisce'],
  ['silent', 'ci mette troppo a rispondere'],
  ['endless', 'ha dato una risposta che non si capisce'],
  ['with_entities', 'ha dato una risposta che non si capisce'],
] as const)(
  'a server that is %s is told to the trainer in words; the session stays and the next attempt works',
  async (behaviour, sentence) => {
    const { as, join, server, path, db } = await openClassroom()
    server.state.behaviour = behaviour
    const [referent, trainer] = [await as(rosa), await as(paolo)]
    const shut = await referent.get(join)
    expect([shut.status, shut.text.includes('non si apre'), shut.text.includes(server.url)]).toEqual([503, true, false])
    expect((await trainer.get(path)).text).toContain(sentence)
    expect((await referent.get(path)).text).not.toContain('Il server delle aule')
    expect(await historyOf(db, 'room_failed')).toHaveLength(1)

    server.state.behaviour = 'well'
    expect((await referent.get(join)).status).toBe(302)
    expect((await trainer.get(path)).text).not.toContain('La stanza non si è aperta')
  },
)

test('a wrong secret, and a server that is down, are told for what they are', async () => {
  const server = await startRoomServer()
  const { as, path, clock } = await openSession({
    room: 'bigbluebutton',
    joinUrl: null,
    roomServer: { ...server.settings, secret: 'another' },
  })
  clock.now = moment('2026-03-10T08:50:00Z')
  const trainer = await as(paolo)
  await trainer.get(`${path}/join`)
  expect((await trainer.get(path)).text).toContain('non riconosce la chiave')
  await server.close()
  await trainer.get(`${path}/join`)
  expect((await trainer.get(path)).text).toContain('non risponde')
})

test('a server that has left the settings is told to the trainer; a link put in its place opens', async () => {
  const { as, path, clock } = await openSession({ room: 'bigbluebutton', joinUrl: null })
  clock.now = moment('2026-03-10T08:50:00Z')
  const trainer = await as(paolo)
  expect((await trainer.get(path)).text).toContain('non è più tra le impostazioni')
  await trainer.post(`${path}/edit`, { ...typedForm(1), joinUrl: 'https://room.example/b', room: 'link' })
  expect((await trainer.get(`${path}/join`)).location).toBe('https://room.example/b')
})

test('who is seen in the room, minute by minute, is attendance once the room closes', async () => {
  const { as, join, server, look, attendance, app, db } = await openClassroom()
  await (await as(rosa)).get(join)
  const [, meeting] = server.only()
  meeting.attendees.push(insider(rosa), insider(paolo), { userID: 'w_x', fullName: 'Ospite' })
  for (let minute = 0; minute < 70; minute += 1) await look(`${minute < 60 ? '09' : '10'}:${String(minute % 60).padStart(2, '0')}`)
  expect(await attendance()).toEqual([])

  const ended = meeting.parameters.meta_endCallbackUrl ?? ''
  const tell = () => app.request(`${ended}?meetingID=${server.only()[0]}&recordingmarks=false`)
  expect([(await tell()).status, (await tell()).status]).toEqual([200, 200])
  // 63 of the 90 minutes are asked for: 09:00-10:09 were seen.
  expect(await attendance()).toEqual([{ person_id: rosa.id, minutes: 69, status: 'present', source: 'import' }])
  expect(await historyOf(db, 'room_ended')).toHaveLength(1)
  const imports = await db.selectFrom('attendance_import').select(['provider', 'imported_by']).execute()
  expect(imports).toEqual([{ provider: 'bigbluebutton', imported_by: null }])
})

test('whoever goes out and comes back is not counted in between', async () => {
  const { as, join, server, look, attendance } = await openClassroom()
  await (await as(rosa)).get(join)
  const [id, meeting] = server.only()
  meeting.attendees.push(insider(rosa))
  for (const time of ['09:00', '09:02', '09:04']) await look(time)
  meeting.attendees.length = 0
  for (const time of ['09:06', '09:10']) await look(time)
  meeting.attendees.push(insider(rosa))
  for (const time of ['09:20', '09:22']) await look(time)
  server.meetings.delete(id)
  await look('09:30')
  expect(await attendance()).toEqual([{ person_id: rosa.id, minutes: 6, status: 'partial', source: 'import' }])
})

test('a room is looked into once a minute whoever asks, and no more when it is closed', async () => {
  const { as, join, server, look } = await openClassroom()
  await (await as(rosa)).get(join)
  server.calls.length = 0
  await Promise.all([look('09:00'), look('09:00')])
  await look('09:00')
  expect(server.calls).toEqual(['getMeetingInfo'])
  server.state.behaviour = 'failing'
  await look('09:05')
  server.state.behaviour = 'well'
  server.meetings.clear()
  await look('09:10')
  await look('09:20')
  expect(server.calls).toEqual(['getMeetingInfo', 'getMeetingInfo', 'getMeetingInfo'])
})

test('a room that nobody closed counts as closed two hours after the session', async () => {
  const { as, join, server, look, attendance, db } = await openClassroom()
  await (await as(rosa)).get(join)
  server.only()[1].attendees.push(insider(rosa))
  for (const time of ['09:00', '09:02', '12:31']) await look(time)
  expect(await attendance()).toMatchObject([{ person_id: rosa.id, minutes: 2 }])
  expect(await historyOf(db, 'room_ended')).toHaveLength(1)
})

const token = (key = secret) => {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const signed = `${part({ typ: 'JWT', alg: 'HS512' })}.${part({ exp: moment('2026-03-11T00:00:00Z').epochMilliseconds / 1000 })}`
  return `Bearer ${signed}.${createHmac('sha512', key).update(signed).digest('base64url')}`
}

test('what the server tells afterwards adds up with what was seen, and the same again changes nothing', async () => {
  const { as, join, server, look, attendance, app, db, at } = await openClassroom()
  await (await as(rosa)).get(join)
  const [id, meeting] = server.only()
  meeting.attendees.push(insider(rosa))
  for (const time of ['09:10', '09:12']) await look(time)
  const ended = meeting.parameters.meta_endCallbackUrl ?? ''
  await app.request(ended)
  at('12:00')
  const body = JSON.stringify({
    version: '1.0',
    meeting_id: id,
    data: {
      attendees: [
        {
          ext_user_id: `percorsi-${rosa.id}`,
          name: 'R.',
          moderator: false,
          joins: ['2026-03-10 08:55:00 +0000'],
          leaves: ['2026-03-10 10:40:00 +0000'],
        },
        {
          ext_user_id: 'w_1',
          name: luca.name,
          moderator: false,
          joins: ['2026-03-10 09:00:00 +0000'],
          leaves: ['2026-03-10 09:30:00 +0000'],
        },
      ],
    },
  })
  const headers = { authorization: token(), 'content-type': 'application/json' }
  const tell = (init = {}) => app.request(ended, { method: 'POST', headers, body, ...init })
  expect([(await tell()).status, (await tell()).status]).toEqual([200, 200])
  expect(await attendance()).toEqual([{ person_id: rosa.id, minutes: 90, status: 'present', source: 'import' }])
  expect(await db.selectFrom('attendance_import').select('id').execute()).toHaveLength(2)

  const before = await attendance()
  for (const [init, status] of [
    [{ headers: { ...headers, authorization: token('other') } }, 404],
    [{ headers: { 'content-type': 'application/json' } }, 404],
    [{ body: body.replace(id, 'another') }, 400],
    [{ body: '{"half":' }, 400],
    [{ body: JSON.stringify({ meeting_id: id, data: { attendees: 'x' } }) }, 400],
    [{ body: 'x'.repeat(6 * 1024 * 1024) }, 400],
  ] as const)
    expect((await tell(init)).status).toBe(status)
  expect(await attendance()).toEqual(before)
})

test('without the secret of its address nobody closes a room', async () => {
  const { as, join, server, path, app, db } = await openClassroom()
  await (await as(rosa)).get(join)
  const right = server.only()[1].parameters.meta_endCallbackUrl ?? ''
  const wrong = right.replace(/.$/, (last) => (last === '0' ? '1' : '0'))
  for (const address of [wrong, `${path}/room/ended/${'0'.repeat(64)}`, `${path}/room/ended/x`, right.replace(path, '/sessions/999')])
    expect((await app.request(address)).status).toBe(404)
  expect(await historyOf(db, 'room_ended')).toEqual([])
})

test('a trainer brings attendance up to date while the room is open; another region’s trainer does not', async () => {
  const { as, join, server, look, attendance, path } = await openClassroom()
  const trainer = await as(paolo)
  expect((await trainer.post(`${path}/room/attendance`)).status).toBe(403)
  await (await as(rosa)).get(join)
  server.only()[1].attendees.push(insider(rosa))
  for (const time of ['09:00', '09:01', '09:02', '09:03']) await look(time)
  expect((await (await as(tina)).post(`${path}/room/attendance`)).status).toBe(403)
  expect((await trainer.post(`${path}/room/attendance`)).location).toBe(`${path}/attendance`)
  expect(await attendance()).toMatchObject([{ person_id: rosa.id, minutes: 3 }])
})

test('two people who come first at the same moment find the same room', async () => {
  const { as, join, server } = await openClassroom()
  const browsers = await Promise.all(Array.from({ length: 8 }, () => as(rosa)))
  const doors = await Promise.all(browsers.map(async (browser) => (await browser.get(join)).location))
  expect(new Set(doors.map((door) => new URL(door ?? '').searchParams.get('meetingID'))).size).toBe(1)
  expect(server.meetings.size).toBe(1)
})
