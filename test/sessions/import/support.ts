import { minutesIn } from '#src/sessions/attendance/import/minutes.ts'
import type { Participant } from '#src/sessions/attendance/import/read/participants.ts'
import { readAttendance } from '#src/sessions/attendance/import/read/read.ts'
import { zone } from '#test/support.ts'

/** A moment of the office's clock, e.g. `2026-03-02 09:30`. */
export const rome = (text: string) => Temporal.PlainDateTime.from(text.replace(' ', 'T')).toZonedDateTime(zone).toInstant()

export const frameOf = (from: string, until: string) => ({ startsAt: rome(from), endsAt: rome(until), zone })

/** Monday 2 March 2026, 9:00 to 10:00. */
export const meeting = frameOf('2026-03-02 09:00', '2026-03-02 10:00')

export const bytesOf = (text: string) => new TextEncoder().encode(text)

export function utf16(text: string, { bigEndian = false, bom = true } = {}): Uint8Array {
  const units = [...(bom ? `\uFEFF${text}` : text)].flatMap((letter) => letter.split('')).map((unit) => unit.charCodeAt(0))
  return Uint8Array.from(units.flatMap((unit) => (bigEndian ? [unit >> 8, unit & 255] : [unit & 255, unit >> 8])))
}

/** The table that one can check by eye: each participant's minutes in the session, or the refusal. */
export const minutesRead = (content: string | Uint8Array, frame = meeting) => minutesBy(({ name }) => name, content, frame)

/** The same by address, and by name where there is none. */
export const minutesByAddress = (content: string | Uint8Array, frame = meeting) =>
  minutesBy(({ email, name }) => email ?? name, content, frame)

function minutesBy(titleOf: (participant: Participant) => string, content: string | Uint8Array, frame: typeof meeting) {
  const read = readAttendance(typeof content === 'string' ? bytesOf(content) : content, frame)
  if ('refusal' in read) return read
  return Object.fromEntries(read.participants.map((participant) => [titleOf(participant), minutesIn(participant.intervals, frame)]))
}

/** Line and reason of each row that doesn't count. */
export function ignoredIn(content: string, frame = meeting) {
  const read = readAttendance(bytesOf(content), frame)
  return 'refusal' in read ? read : read.ignored.map(({ line, reason }) => `${line} ${reason}`)
}
