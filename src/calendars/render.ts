import ical, {
  ICalAttendeeStatus,
  type ICalCalendar,
  ICalCalendarMethod,
  type ICalEventData,
  ICalEventStatus,
  ICalEventTransparency,
} from 'ical-generator'
import type { Language } from '../language/language.ts'
import { type EventFacts, writeEvent } from './event.ts'
import type { CalendarSession } from './queries.ts'
import { words } from './words.ts'

type Setting = {
  language: Language
  baseUrl: string
  /** For somebody who takes part: it says where to go in, through our own page. */
  entrance?: boolean
}
export type Mailbox = { name: string; email: string }

const secondsBetweenReads = 3600

/** A feed to subscribe to: every time in UTC, cancelled sessions kept as such, nobody's name in it. */
export function renderFeed(sessions: readonly CalendarSession[], { name, ...setting }: Setting & { name: string }): string {
  const calendar = newCalendar(ICalCalendarMethod.PUBLISH)
    // The library leaves the calendar's name as it comes, and clients don't agree on how to unescape it.
    .name(oneLine(name.replace(/[\\;,]/g, ' ')))
    .ttl(secondsBetweenReads)
  // An empty calendar ends with its last line: the events go before that.
  const lines = [textOf(calendar).slice(0, -`${lineEnd}${calendarEnd}${lineEnd}`.length)]
  for (const session of sessions) writeEvent(lines, factsOf(session, setting))
  lines.push(calendarEnd, '')
  return lines.join(lineEnd)
}

const lineEnd = '\r\n'
const calendarEnd = 'END:VCALENDAR'

type Invitation = Setting & {
  method: 'REQUEST' | 'CANCEL'
  /** Always the same one, or calendars take it for another meeting. */
  organizer: Mailbox
  /** The recipient, and nobody else. */
  attendee: Mailbox
  /** When this message was made: of two with one SEQUENCE, calendars obey the later. */
  at: Temporal.Instant
}

/** What a mail says to the recipient's calendar (iTIP, RFC 5546): same UID as in the feeds, SEQUENCE is the revision. */
export function renderInvitation(session: CalendarSession, { method, organizer, attendee, at, ...setting }: Invitation): string {
  const calendar = newCalendar(ICalCalendarMethod[method])
  const event = calendar
    .createEvent(asData(factsOf(session, { ...setting, entrance: method === 'REQUEST' })))
    .stamp(at)
    .organizer({ name: oneLine(organizer.name), email: organizer.email })
  event.createAttendee({ name: oneLine(attendee.name), email: attendee.email, status: ICalAttendeeStatus.ACCEPTED, rsvp: false })
  if (method === 'CANCEL') event.status(ICalEventStatus.CANCELLED).transparency(ICalEventTransparency.TRANSPARENT)
  return textOf(calendar)
}

// Never give the calendar a time zone: DTSTAMP and the like would lose their Z.
const newCalendar = (method: ICalCalendarMethod) => ical({ method, prodId: { company: 'Percorsi', product: 'Percorsi', language: 'IT' } })

function factsOf(session: CalendarSession, { language, baseUrl, entrance = false }: Setting): EventFacts {
  const t = words[language]
  const cancelled = session.cancelledAt !== null
  const title = oneLine(session.title)
  const url = withoutSeparators(`${baseUrl}/sessions/${session.id}`)
  return {
    uid: oneLine(session.uid),
    sequence: session.revision,
    revisedAt: session.revisedAt,
    startsAt: session.startsAt,
    endsAt: session.endsAt,
    // Outlook shows what is cancelled in a subscribed calendar like anything else, so the title says it too.
    summary: cancelled ? t.cancelledTitle(title) : title,
    description: descriptionOf(session, url, { language, entrance }),
    location: oneLine(session.place ?? (isOnline(session) ? t.online : '')) || null,
    url,
    cancelled,
  }
}

function descriptionOf(session: CalendarSession, url: string, { language, entrance }: Pick<Setting, 'language' | 'entrance'>): string {
  const t = words[language]
  return [
    cleaned(session.description),
    session.mapUrl && t.map(oneLine(session.mapUrl)),
    entrance && isOnline(session) && session.cancelledAt === null && t.entrance(`${url}/join`),
    t.details(url),
  ]
    .filter(Boolean)
    .join('\n\n')
}

const asData = ({ uid, revisedAt, startsAt, endsAt, cancelled, ...facts }: EventFacts): ICalEventData => ({
  ...facts,
  id: uid,
  stamp: revisedAt,
  lastModified: revisedAt,
  start: startsAt,
  end: endsAt,
  status: cancelled ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
  transparency: cancelled ? ICalEventTransparency.TRANSPARENT : ICalEventTransparency.OPAQUE,
})

const isOnline = ({ kind }: CalendarSession) => kind === 'webinar' || kind === 'virtual_classroom'

/** The library ends without the line break that the standard asks for. */
const textOf = (calendar: ICalCalendar) => `${calendar.toString()}${lineEnd}`

/** Control characters and halves of characters make a whole calendar unreadable; the library lets them through. */
const cleaned = (text: string): string => {
  const wellFormed = text.toWellFormed()
  const plain = /(?![\n\t])\p{Cc}/u.test(wellFormed) ? wellFormed.replace(/\r\n?/g, '\n').replace(/(?![\n\t])\p{Cc}/gu, '') : wellFormed
  return plain.trim()
}

const oneLine = (text: string) => cleaned(text).replace(/\s+/g, ' ')

/** The library escapes an address as if it were text; without these characters there is nothing to escape. */
const withoutSeparators = (url: string) => url.replace(/[\\;,]/g, encodeURIComponent)
