import { createHmac } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isTokenOf, signedAddress } from '#src/sessions/rooms/bigbluebutton/address.ts'
import { readAnalytics } from '#src/sessions/rooms/bigbluebutton/analytics.ts'
import { readAnswer, textIn } from '#src/sessions/rooms/bigbluebutton/answer.ts'
import { personOf } from '#src/sessions/rooms/bigbluebutton/provider.ts'
import { RoomFailure } from '#src/sessions/rooms/provider.ts'
import { noon } from '#test/support.ts'

// The example of the API's documentation, section "Usage".
const documented = { secret: '639259d4-9dd8-4b25-bf01-95f9567eaf4b', checksum: 'sha1' as const }
const parameters = { name: 'Test Meeting', meetingID: 'abc123', attendeePW: '111222', moderatorPW: '333444' }
const query = 'name=Test+Meeting&meetingID=abc123&attendeePW=111222&moderatorPW=333444'

test.each(['https://bbb.example/bigbluebutton', 'https://bbb.example/bigbluebutton/', 'https://bbb.example/bigbluebutton/api/'])(
  'the documented call to %s is signed as documented',
  (url) => {
    expect(signedAddress({ ...documented, url }, 'create', parameters)).toBe(
      `https://bbb.example/bigbluebutton/api/create?${query}&checksum=1fcbb0c4fc1f039f73aa6d697d2db9ba7f803f17`,
    )
  },
)

// printf '%s' "create$query$secret" | sha256sum
test('with SHA-256 the same call has the sum that sha256sum gives', () => {
  const address = signedAddress({ ...documented, checksum: 'sha256', url: 'https://bbb.example' }, 'create', parameters)
  expect(new URL(address).searchParams.get('checksum')).toBe('da9185f7f333cfdfcd6eeac32dca3777510c4c436020d8b887ba5515bd1d189e')
})

test('a call without parameters is signed too', () => {
  expect(signedAddress({ ...documented, url: 'https://bbb.example' }, 'getMeetings', {})).toMatch(
    /\/api\/getMeetings\?checksum=[0-9a-f]{40}$/,
  )
})

test('what people are called never gets out of its parameter', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (name) => {
      const { origin, searchParams } = new URL(signedAddress({ ...documented, url: 'https://bbb.example' }, 'join', { fullName: name }))
      expect([origin, [...searchParams.keys()], searchParams.get('fullName')]).toEqual([
        'https://bbb.example',
        ['fullName', 'checksum'],
        name.toWellFormed(),
      ])
    }),
  )
})

test('an answer is read with its five entities and its CDATA', () => {
  const answer = readAnswer(
    '<?xml version="1.0"?><response>\n <returncode>SUCCESS</returncode><name>Rosa &amp; &quot;Luca&quot; &#x41;</name><text><![CDATA[a < b]]></text></response>',
  )
  expect(['returncode', 'name', 'text', 'absent'].map((name) => textIn(answer, name))).toEqual(['SUCCESS', 'Rosa & "Luca" A', 'a < b', ''])
})

test.each([
  ['nothing', ''],
  ['a page', '<html><body>It works</body></html>'],
  ['half an answer', '<response><returncode>SUCC'],
  ['a document type', '<!DOCTYPE response SYSTEM "file:///etc/passwd"><response></response>'],
  ['an entity of its own', '<!DOCTYPE r [<!ENTITY a "b">]><response>&a;</response>'],
  ['an unknown entity', '<response>&a;</response>'],
  ['JSON', '{"returncode":"SUCCESS"}'],
])('%s is no answer', (_what, xml) => {
  expect(() => readAnswer(xml)).toThrow(RoomFailure)
})

const token = (claims: object, { key = documented.secret, alg = 'HS512' } = {}) => {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const signed = `${part({ typ: 'JWT', alg })}.${part(claims)}`
  return `Bearer ${signed}.${createHmac('sha512', key).update(signed).digest('base64url')}`
}
const inAnHour = noon.add({ hours: 1 }).epochMilliseconds / 1000

test.each([
  ['a token of the server', token({ exp: inAnHour }), true],
  ['one that has expired', token({ exp: inAnHour - 7200 }), false],
  ['one without an end', token({}), false],
  ['one of somebody else’s', token({ exp: inAnHour }, { key: 'other' }), false],
  ['one that claims not to be signed', token({ exp: inAnHour }, { alg: 'none' }), false],
  ['nothing', undefined, false],
  ['rubbish', 'Bearer a.b.c', false],
])('%s is accepted: %s', (_what, authorization, expected) => {
  const server = { ...documented, url: 'https://bbb.example' }
  expect(isTokenOf(server, authorization, noon)).toBe(expected)
})

const attendee = (given: object) => ({ ext_user_id: 'percorsi-1', name: 'Rosa', moderator: false, joins: [], leaves: [], ...given })
const told = (attendees: object[], finish?: string) => ({ version: '1.0', meeting_id: 'm', data: { duration: 1, finish, attendees } })
const staysOf = (body: unknown) =>
  readAnalytics(body)?.stays.map(({ personId, from, until }) => [personId, from.toString(), until.toString()])

test('who came and went is read, however the server writes its times', () => {
  const body = told([
    attendee({ joins: ['2026-03-10 09:00:04 +0000'], leaves: ['2026-03-10 10:30:00 +0000'] }),
    attendee({ ext_user_id: 45, joins: ['2026-03-10T10:05:00.000+01:00'], leaves: ['2026-03-10T11:00:00.500+01:00'] }),
  ])
  expect(staysOf(body)).toEqual([
    [1, '2026-03-10T09:00:04Z', '2026-03-10T10:30:00Z'],
    [null, '2026-03-10T09:05:00Z', '2026-03-10T10:00:00.5Z'],
  ])
})

test('who came twice has two stays; who never left stays until the end; who left before coming has none', () => {
  const [a, b, c, d] = ['09:00', '09:20', '09:40', '10:00'].map((time) => `2026-03-10 ${time}:00 +0000`)
  expect(staysOf(told([attendee({ joins: [a, c], leaves: [b] })], d))).toEqual([
    [1, '2026-03-10T09:00:00Z', '2026-03-10T09:20:00Z'],
    [1, '2026-03-10T09:40:00Z', '2026-03-10T10:00:00Z'],
  ])
  expect(staysOf(told([attendee({ joins: [c], leaves: [a] })]))).toEqual([])
})

test.each([null, 'text', {}, told([attendee({ joins: ['yesterday'] })]), told([attendee({ joins: 'x' })]), { meeting_id: 'm', data: [] }])(
  'what is not analytics is not read: %j',
  (body) => expect(readAnalytics(body)).toBeNull(),
)

test('only the names that we give at the door are our people', () => {
  expect(['percorsi-17', 'percorsi-', 'percorsi-1x', '17', 'w_percorsi-1', 'percorsi-99999999999'].map(personOf)).toEqual([
    17,
    null,
    null,
    null,
    null,
    null,
  ])
})
