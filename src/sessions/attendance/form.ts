import { optionalNumber, optionalText, type Problems, type Typed } from '../../web/forms.ts'
import { minutesOf } from '../rules.ts'
import type { Attendee } from './queries.ts'
import { type AttendanceRow, type AttendanceStatus, attendanceStatuses } from './rules.ts'
import type { words } from './words.ts'

type Meeting = { startsAt: Temporal.Instant; endsAt: Temporal.Instant }
type Sentences = (typeof words)['it']['refusal']

export const statusName = (personId: number) => `status-${personId}`
export const minutesName = (personId: number) => `minutes-${personId}`
export const reasonName = (personId: number) => `reason-${personId}`

/** The people of whom the table posted something. */
export const peopleIn = (typed: Typed): number[] =>
  Object.keys(typed).flatMap((name) => {
    const id = /^status-(\d{1,9})$/.exec(name)?.[1]
    return id && typed[name] !== '' ? [Number(id)] : []
  })

/** The rows of the table as posted, of those people only who were in it; a person without a status is left alone. */
export function readRows(
  attendees: readonly Attendee[],
  typed: Typed,
  session: Meeting,
  t: Sentences,
): { rows: AttendanceRow[]; problems: Problems } {
  const rows: AttendanceRow[] = []
  const problems: Problems = {}
  for (const { personId, administrationId } of attendees) {
    const status = attendanceStatuses.find((each) => each === typed[statusName(personId)])
    if (!status) continue
    const minutes = minutesFrom(typed[minutesName(personId)], status, session, t)
    const reason = optionalText(500).safeParse(typed[reasonName(personId)])
    if (typeof minutes === 'string') problems[minutesName(personId)] = minutes
    else rows.push({ personId, administrationId, status, minutes, reason: reason.data ?? '' })
  }
  return { rows, problems }
}

/** Minutes, or what is wrong with them: who was there all the time needs none written, who was absent has none. */
export function minutesFrom(text: Typed[string], status: AttendanceStatus, session: Meeting, t: Sentences): number | string {
  if (status === 'absent' || status === 'excused') return 0
  const most = Math.ceil(minutesOf(session))
  const { success, data } = optionalNumber({ least: 0, most }).safeParse(text)
  if (!success) return t.minutes_out_of_range
  if (data !== null) return data
  return status === 'present' ? most : t.minutes_missing
}
