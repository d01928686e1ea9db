import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { CalendarSession } from '#src/calendars/queries.ts'
import { renderFeed, renderInvitation } from '#src/calendars/render.ts'
import { faultsOf, readCalendar } from './stage.ts'

const setting = { language: 'it', baseUrl: 'https://percorsi.example.it' } as const
const instant = (text: string) => Temporal.Instant.from(text)

const session = (change: Partial<CalendarSession> = {}): CalendarSession => ({
  id: 7,
  uid: '7f1c@percorsi',
  revision: 2,
  revisedAt: instant('2026-03-02T11:00:00Z'),
  kind: 'webinar',
  title: 'Impostare l’indagine',
  description: '',
  startsAt: instant('2026-03-10T09:00:00Z'),
  endsAt: instant('2026-03-10T10:30:00Z'),
  place: null,
  mapUrl: null,
  region: null,
  cancelledAt: null,
  ...change,
})
const feed = (...sessions: CalendarSession[]) => renderFeed(sessions, { ...setting, name: 'Percorsi' })
const summaryOf = (title: string) => readCalendar(feed(session({ title }))).events[0]?.summary

test.each([
  ['commas, semicolons; and \\ backslashes', 'commas, semicolons; and \\ backslashes'],
  ['perché è già così: città', 'perché è già così: città'],
  ['👩‍👩‍👧 famiglie 📊', '👩‍👩‍👧 famiglie 📊'],
  ['two\r\nlines', 'two lines'],
  ['END:VEVENT\nEND:VCALENDAR', 'END:VEVENT END:VCALENDAR'],
  ['bell\u0007 and\u0000 null and\u0085 next', 'bell and null and next'],
  ['half \ud83d of an emoji', 'half \ufffd of an emoji'],
])('a title arrives as it was written: %j', (title, expected) => {
  expect(summaryOf(title)).toBe(expected)
})

test('a description keeps its lines', () => {
  const [event] = readCalendar(feed(session({ description: 'Prima, poi;\r\nancora\n\nfine' }))).events
  expect(event?.description).toBe('Prima, poi;\nancora\n\nfine\n\nDettagli e iscrizione: https://percorsi.example.it/sessions/7')
})

test('whatever is typed, the calendar stays readable', () => {
  const text = fc.string({ unit: 'binary', maxLength: 200 })
  fc.assert(
    fc.property(text, text, text, (title, description, place) => {
      const written = feed(session({ title, description, place }), session({ uid: 'after@percorsi' }))
      expect(faultsOf(written)).toEqual([])
      expect(readCalendar(written).events.map(({ uid }) => uid)).toEqual(['7f1c@percorsi', 'after@percorsi'])
    }),
    { numRuns: 60 },
  )
})

test('the name of a calendar can break nothing', () => {
  const written = renderFeed([], { ...setting, name: 'Incontri, seminari;\nX-EVIL:1' })
  expect(readCalendar(written).name).toBe('Incontri seminari X-EVIL:1')
})

test('an address with commas in it is still an address', () => {
  const written = renderFeed([session()], { ...setting, baseUrl: 'https://pa.example.it/a,b;c', name: 'Percorsi' })
  expect(readCalendar(written).events[0]?.url).toBe('https://pa.example.it/a%2Cb%3Bc/sessions/7')
})

test.each([
  ['before the clocks change in spring', '2026-03-29T00:30:00Z', '2026-03-29T02:00:00Z'],
  ['over the change in autumn', '2026-10-25T00:30:00Z', '2026-10-25T02:30:00Z'],
])('times are in UTC %s', (_, start, end) => {
  const written = feed(session({ startsAt: instant(start), endsAt: instant(end) }))
  const [event] = readCalendar(written).events
  expect([event?.start, event?.end]).toEqual([start, end])
  expect(faultsOf(written)).toEqual([])
})

test('an English calendar says cancelled in English', () => {
  const written = renderFeed([session({ cancelledAt: instant('2026-03-03T08:00:00Z') })], { ...setting, language: 'en', name: 'Percorsi' })
  expect(readCalendar(written).events[0]?.summary).toBe('CANCELLED: Impostare l’indagine')
})

const organizer = { name: 'Percorsi', email: 'percorsi@example.it' }
const attendee = { name: 'Rosa "Rosetta" Esposito; PhD', email: 'rosa@comune.salerno.example' }

test('an invitation names the organiser and the recipient, and nobody else', () => {
  const written = renderInvitation(session(), { ...setting, method: 'REQUEST', organizer, attendee, at: instant('2026-03-02T11:07:00Z') })
  const { method, events } = readCalendar(written)
  expect([method, events.length, events[0]?.uid, events[0]?.sequence, events[0]?.stamp]).toEqual([
    'REQUEST',
    1,
    '7f1c@percorsi',
    2,
    '2026-03-02T11:07:00Z',
  ])
  expect(events[0]?.organizer).toBe('mailto:percorsi@example.it')
  expect(events[0]?.attendees.map((each) => each?.toLowerCase())).toEqual(['mailto:rosa@comune.salerno.example'])
  expect(faultsOf(written)).toEqual([])
})

test('somebody whose registration ends is told to drop a session that goes on', () => {
  const written = renderInvitation(session(), { ...setting, method: 'CANCEL', organizer, attendee, at: instant('2026-03-02T11:07:00Z') })
  const { method, events } = readCalendar(written)
  expect([method, events[0]?.status, events[0]?.uid, events[0]?.summary]).toEqual([
    'CANCEL',
    'CANCELLED',
    '7f1c@percorsi',
    'Impostare l’indagine',
  ])
})

test('several sessions stay apart, whatever is written in them, also when they are rendered again', () => {
  // So long that the words of the format end a folded line.
  const hostile = Array.from({ length: 80 }, (_, length) => `${'a'.repeat(length)}END:VEVENT`).join('\n')
  const sessions = [1, 2, 3].map((id) => session({ id, uid: `${id}@percorsi`, description: hostile, title: `END:VCALENDAR ${id}` }))
  const first = renderFeed(sessions, { ...setting, name: `${'x'.repeat(45)} END:VCALENDAR` })
  expect(faultsOf(first)).toEqual([])
  expect(readCalendar(first).events.map(({ uid, description }) => [uid, description?.startsWith(hostile)])).toEqual(
    [1, 2, 3].map((id) => [`${id}@percorsi`, true]),
  )
  const changed = sessions.with(1, session({ id: 2, uid: '2@percorsi', description: hostile, revision: 3 }))
  expect(readCalendar(renderFeed(changed, { ...setting, name: 'x' })).events.map(({ sequence }) => sequence)).toEqual([2, 3, 2])
})
