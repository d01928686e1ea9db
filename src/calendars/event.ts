/** What calendars read about one session; cleaned, not yet escaped. */
export type EventFacts = {
  uid: string
  sequence: number
  revisedAt: Temporal.Instant
  startsAt: Temporal.Instant
  endsAt: Temporal.Instant
  summary: string
  description: string
  location: string | null
  /** Without characters that would have to be escaped. */
  url: string
  cancelled: boolean
}

/**
 * Adds the lines of a VEVENT (RFC 5545), letter by letter those that the library of the invitations writes, which takes some
 * 150 µs for each and so makes a first calendar of a thousand sessions wait; `test/calendars/event.test.ts` holds the two
 * against each other.
 */
export function writeEvent(
  lines: string[],
  { uid, sequence, revisedAt, startsAt, endsAt, summary, description, location, url, cancelled }: EventFacts,
): void {
  const revised = utc(revisedAt)
  lines.push(
    'BEGIN:VEVENT',
    folded(`UID:${uid}`),
    `SEQUENCE:${sequence}`,
    `DTSTAMP:${revised}`,
    `DTSTART:${utc(startsAt)}`,
    `DTEND:${utc(endsAt)}`,
    folded(`SUMMARY:${escaped(summary)}`),
    cancelled ? 'TRANSP:TRANSPARENT' : 'TRANSP:OPAQUE',
  )
  if (location !== null) lines.push(folded(`LOCATION:${escaped(location)}`))
  lines.push(
    folded(`DESCRIPTION:${escaped(description)}`),
    folded(`URL;VALUE=URI:${url}`),
    cancelled ? 'STATUS:CANCELLED' : 'STATUS:CONFIRMED',
    `LAST-MODIFIED:${revised}`,
    'END:VEVENT',
  )
}

/** "20260302T110000Z"; an instant writes itself ten times as slowly as a date. */
function utc(instant: Temporal.Instant): string {
  const text = new Date(instant.epochMilliseconds).toISOString()
  return `${text.slice(0, 4)}${text.slice(5, 7)}${text.slice(8, 13)}${text.slice(14, 16)}${text.slice(17, 19)}Z`
}

const escaped = (text: string): string => text.replace(/[\\;,]/g, '\\$&').replaceAll('\n', '\\n')

/** In octets, the line break apart; a line that goes on begins with a space. */
const longestLine = 74

/** Cut where a line would be too long, never inside a character. */
function folded(line: string): string {
  const length = Buffer.byteLength(line)
  if (length <= longestLine) return line
  return (length === line.length ? equalParts(line) : partsByCharacter(line)).join('\r\n ')
}

/** Of a line whose characters take one octet each, as most do. */
const equalParts = (line: string): string[] =>
  Array.from({ length: Math.ceil(line.length / longestLine) }, (_, part) => line.slice(part * longestLine, (part + 1) * longestLine))

function partsByCharacter(line: string): string[] {
  const parts: string[] = []
  let from = 0
  let octets = 0
  for (let at = 0; at < line.length; ) {
    const code = line.codePointAt(at) ?? 0
    const size = code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4
    if (octets + size > longestLine) {
      parts.push(line.slice(from, at))
      from = at
      octets = 0
    }
    octets += size
    at += size === 4 ? 2 : 1
  }
  return [...parts, line.slice(from)]
}
