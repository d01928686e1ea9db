import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { CalendarSession } from '#src/calendars/queries.ts'
import { renderFeed, renderInvitation } from '#src/calendars/render.ts'

const setting = { language: 'it', baseUrl: 'https://percorsi.example.it' } as const
const mailbox = { name: 'Percorsi', email: 'percorsi@example.it' }

/** The lines of the event, without those that only an invitation has. */
function eventIn(calendar: string): string {
  const event = calendar.slice(calendar.indexOf('BEGIN:VEVENT'), calendar.indexOf('END:VCALENDAR'))
  return event.replace(/^(DTSTAMP|ORGANIZER|ATTENDEE).*\r\n( .*\r\n)*/gm, '')
}

const milliseconds = fc.integer({ min: Date.UTC(1990, 0), max: Date.UTC(2100, 0) })
const instant = milliseconds.map((each) => Temporal.Instant.fromEpochMilliseconds(each))
const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.string({ unit: 'grapheme', maxLength: 300 }),
  fc.string({ unit: fc.constantFrom('a', ' ', 'è', '’', '👩', '\\', ';', ',', '\n', '\r', '\ud83d'), maxLength: 400 }),
)
// No session ends before it starts.
const period = fc
  .tuple(instant, fc.integer({ min: 1, max: 1440 }))
  .map(([startsAt, minutes]) => ({ startsAt, endsAt: startsAt.add({ minutes }) }))
const others = fc.record({
  id: fc.integer({ min: 1, max: 1_000_000 }),
  uid: fc.uuid().map((each) => `${each}@percorsi`),
  revision: fc.nat(1000),
  revisedAt: instant,
  kind: fc.constantFrom('webinar' as const, 'virtual_classroom' as const, 'seminar' as const, 'infoday' as const, 'working_table' as const),
  title: text,
  description: text,
  place: fc.option(text),
  mapUrl: fc.option(fc.webUrl({ withQueryParameters: true })),
  region: fc.constant(null),
  cancelledAt: fc.option(instant),
})
const session: fc.Arbitrary<CalendarSession> = fc.tuple(others, period).map(([rest, times]) => ({ ...rest, ...times }))

// The library writes the invitations: it is what the feeds' own writer is held against.
test('an event of a feed is the one that the calendar library writes, whatever is in it', () => {
  fc.assert(
    fc.property(session, (each) => {
      const method = each.cancelledAt ? ('CANCEL' as const) : ('REQUEST' as const)
      const invitation = renderInvitation(each, { ...setting, method, organizer: mailbox, attendee: mailbox, at: each.revisedAt })
      expect(eventIn(renderFeed([each], { ...setting, name: 'Percorsi', entrance: true }))).toBe(eventIn(invitation))
    }),
    { numRuns: 400 },
  )
})

test('no line is longer than 75 octets, and none ends inside a character', () => {
  fc.assert(
    fc.property(session, (each) => {
      for (const line of renderFeed([each], { ...setting, name: 'Percorsi' }).split('\r\n')) {
        expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75)
        expect(line.isWellFormed()).toBe(true)
      }
    }),
  )
})
