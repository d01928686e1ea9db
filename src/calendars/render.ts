import ical, {
  ICalAttendeeStatus,
  type ICalCalendar,
  ICalCalendarMethod,
  type ICalEventData,
  ICalEventStatus,
  ICalEventTransparency,
} from 'ical-generator'
import type { Language } from '../language/language.ts'
import type { CalendarSession } from './queries.ts'
import { words } from './words.ts'

type Setting = { language: Language; baseUrl: string }
export type Mailbox = { name: string; email: string }

const secondsBetweenReads = 3600

/** A feed to subscribe to: every time in UTC, cancelled sessions kept as such, nobody's name in it. */
export function renderFeed(sessions: readonly CalendarSession[], { name, ...setting }: Setting & { name: string }): string {
  const calendar = newCalendar(ICalCalendarMethod.PUBLISH)
    // The library leaves the calendar's name as it comes, and clients don't agree on how to unescape it.
    .name(oneLine(name.replace(/[\\;,]/g, ' ')))
    .ttl(secondsBetweenReads)
  // An empty calendar ends with its last line: the events go before that.
  const frame = textOf(calendar).slice(0, -calendarEnd.length)
  return `${frame}${eventTexts(sessions, setting).join('')}${calendarEnd}`
}

const calendarEnd = 'END:VCALENDAR\r\n'
/** Text that is folded begins its lines with a space, so nothing that people write looks like this. */
const eventEnd = '\r\nEND:VEVENT\r\n'
const eventsKept = 5_000
const events = new Map<string, string>()

/** Most sessions are in many feeds and change in none: each is written once, and again when anything of it changes. */
function eventTexts(sessions: readonly CalendarSession[], setting: Setting): string[] {
  const keyed = sessions.map((session) => ({ session, key: keyOf(session, setting) }))
  const missing = keyed.filter(({ key }) => !events.has(key))
  const written = writeEvents(
    missing.map(({ session }) => session),
    setting,
  )
  const fresh = new Map(missing.map(({ key }, index) => [key, written[index] ?? ''] as const))
  const texts = keyed.map(({ key }) => fresh.get(key) ?? events.get(key) ?? '')
  if (events.size + fresh.size > eventsKept) events.clear()
  for (const [key, text] of fresh) events.set(key, text)
  return texts
}

const keyOf = (
  { id, uid, revision, kind, title, description, place, revisedAt, startsAt, endsAt, cancelledAt }: CalendarSession,
  { language, baseUrl }: Setting,
): string =>
  [
    language,
    baseUrl,
    id,
    uid,
    revision,
    kind,
    cancelledAt !== null,
    revisedAt.epochMilliseconds,
    startsAt.epochMilliseconds,
    endsAt.epochMilliseconds,
    place,
    title,
    description,
  ].join('\0')

function writeEvents(sessions: readonly CalendarSession[], setting: Setting): string[] {
  const calendar = newCalendar(ICalCalendarMethod.PUBLISH)
  for (const session of sessions) calendar.createEvent(eventOf(session, setting))
  const text = textOf(calendar)
  const first = text.indexOf('BEGIN:VEVENT')
  return first === -1
    ? []
    : text
        .slice(first, text.lastIndexOf(calendarEnd))
        .split(eventEnd)
        .slice(0, -1)
        .map((event) => event + eventEnd)
}

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
    .createEvent(eventOf(session, setting))
    .stamp(at)
    .organizer({ name: oneLine(organizer.name), email: organizer.email })
  event.createAttendee({ name: oneLine(attendee.name), email: attendee.email, status: ICalAttendeeStatus.ACCEPTED, rsvp: false })
  if (method === 'CANCEL') event.status(ICalEventStatus.CANCELLED).transparency(ICalEventTransparency.TRANSPARENT)
  return textOf(calendar)
}

// Never give the calendar a time zone: DTSTAMP and the like would lose their Z.
const newCalendar = (method: ICalCalendarMethod) => ical({ method, prodId: { company: 'Percorsi', product: 'Percorsi', language: 'IT' } })

function eventOf(session: CalendarSession, { language, baseUrl }: Setting): ICalEventData {
  const t = words[language]
  const cancelled = session.cancelledAt !== null
  const title = oneLine(session.title)
  const url = withoutSeparators(`${baseUrl}/sessions/${session.id}`)
  return {
    id: oneLine(session.uid),
    sequence: session.revision,
    stamp: session.revisedAt,
    lastModified: session.revisedAt,
    start: session.startsAt,
    end: session.endsAt,
    // Outlook shows what is cancelled in a subscribed calendar like anything else, so the title says it too.
    summary: cancelled ? t.cancelledTitle(title) : title,
    description: [cleaned(session.description), t.details(url)].filter(Boolean).join('\n\n'),
    location: oneLine(session.place ?? (isOnline(session) ? t.online : '')) || null,
    url,
    status: cancelled ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
    transparency: cancelled ? ICalEventTransparency.TRANSPARENT : ICalEventTransparency.OPAQUE,
  }
}

const isOnline = ({ kind }: CalendarSession) => kind === 'webinar' || kind === 'virtual_classroom'

/** The library ends without the line break that the standard asks for. */
const textOf = (calendar: ICalCalendar) => `${calendar.toString()}\r\n`

/** Control characters and halves of characters make a whole calendar unreadable; the library lets them through. */
const cleaned = (text: string) =>
  text
    .toWellFormed()
    .replace(/\r\n?/g, '\n')
    .replace(/(?![\n\t])\p{Cc}/gu, '')
    .trim()

const oneLine = (text: string) => cleaned(text).replace(/\s+/g, ' ')

/** The library escapes an address as if it were text; without these characters there is nothing to escape. */
const withoutSeparators = (url: string) => url.replace(/[\\;,]/g, encodeURIComponent)
